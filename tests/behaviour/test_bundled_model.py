"""What the model that ships must do; toxic examples live in labels/data."""

import re
from pathlib import Path

import numpy as np
import pytest
from sklearn.metrics import roc_auc_score

from labels.own import read_own
from labels.readers import open_comments
from labels.schema import LABELS
from model.artefact import load_artefact
from model.bundled_model import BUNDLED
from model.scorer import Score, Scorer

_THREAD = Path(__file__).parents[3] / "shared" / "examples" / "thread-page.txt"


@pytest.fixture(scope="module")
def bundled() -> Scorer:
    return Scorer.load(BUNDLED)


def test_it_is_at_most_30_megabytes() -> None:
    size = sum(path.stat().st_size for path in BUNDLED.iterdir())

    assert size <= 30_000_000


def test_it_ships_no_row_of_anybody() -> None:
    assert not (BUNDLED / "evaluation.parquet").exists()


def test_it_holds_no_handle_address_or_link() -> None:
    names = re.compile(r"(^| )@\w\w\w|https?:/|www\.\w|\d+\.\d+\.\d+\.\d+")

    found = [
        ngram
        for view in load_artefact(BUNDLED).views
        for ngram in view.index
        if names.search(ngram)
    ]

    assert found == []


@pytest.mark.parametrize(
    ("label", "least"),
    [("abuse", 0.8), ("insult", 0.8), ("profanity", 0.85), ("extremist_praise", 0.8)],
)
def test_it_ranks_comments_it_never_saw(
    bundled: Scorer, label: str, least: float
) -> None:
    column = LABELS.index(label)
    rows = [row for row in read_own() if row.is_held_out]
    known = [row for row in rows if row.shares[column] is not None]

    scores = bundled.score([row.comment for row in known])

    auc = roc_auc_score(
        [row.shares[column] for row in known], [one.scores[label] for one in scores]
    )
    assert auc >= least


_IDENTITIES = [
    "Christian",
    "Nigerian",
    "Catholic",
    "Indian",
    "Hindu",
    "Muslim",
    "Jewish",
    "gay",
]


@pytest.mark.parametrize(
    "sentence",
    [
        "My neighbour is {identity} and we share a garden.",
        "Do not talk to {identity} people like that.",
        "The {identity} baker opens early today.",
    ],
)
def test_no_identity_scores_unlike_another(bundled: Scorer, sentence: str) -> None:
    texts = [sentence.format(identity=identity) for identity in _IDENTITIES]

    scores = bundled.score(texts)

    assert [one.scores for one in scores] == [scores[0].scores] * len(scores)


@pytest.mark.parametrize(
    "text",
    [
        "My neighbour is Christian and we share a garden.",
        "My brother is gay.",
        "My teacher is blind.",
        pytest.param(
            "She is a Muslim.",
            marks=pytest.mark.xfail(
                reason="most short sentences of this build are insults: README says so"
            ),
        ),
    ],
)
def test_naming_an_identity_asks_for_no_action(bundled: Scorer, text: str) -> None:
    (score,) = bundled.score([text])

    assert score.action == "allow"


@pytest.mark.parametrize(
    "text",
    [
        "Muslims pray five times a day.",
        "My neighbours are Muslims and they grow tomatoes.",
        "The gay couple next door baked us a cake.",
    ],
)
def test_naming_identities_in_passing_asks_for_no_action(
    bundled: Scorer, text: str
) -> None:
    (score,) = bundled.score([text])

    assert score.action == "allow"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param("Thank you all for the kind words.", id="thanks"),
        pytest.param("Does anyone know when the library opens?", id="question"),
        pytest.param("The match was postponed because of the rain.", id="report"),
    ],
)
def test_ordinary_comments_ask_for_no_action(bundled: Scorer, text: str) -> None:
    (score,) = bundled.score([text])

    assert (score.action, score.reasons) == ("allow", ())


@pytest.fixture(scope="module")
def thread(bundled: Scorer) -> list[Score]:
    if not _THREAD.is_file():
        pytest.skip("the example of a thread page is not here")
    with open_comments(_THREAD) as rows:
        return bundled.score([row.comment for row in rows])  # type: ignore[union-attr]


def test_thread_page_holds_twelve_comments(thread: list[Score]) -> None:
    assert len(thread) == 12


def test_praise_outscores_the_reply_that_quotes_and_rejects_it(
    thread: list[Score],
) -> None:
    praise, reply = thread[3], thread[4]

    assert praise.scores["extremist_praise"] > 3 * reply.scores["extremist_praise"]


@pytest.mark.parametrize("place", [5, 10], ids=["insult", "attack on hill people"])
def test_abuse_in_the_thread_asks_for_review(thread: list[Score], place: int) -> None:
    assert "abuse" in thread[place].reasons


def test_abuse_outscores_everything_else_in_the_thread(thread: list[Score]) -> None:
    order = np.argsort([-score.scores["abuse"] for score in thread])

    assert set(order[:2].tolist()) == {5, 10}
