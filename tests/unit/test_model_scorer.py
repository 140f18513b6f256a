import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from labels.comments import Comment
from labels.gazetteer import Reference
from labels.labelled import LabelledComment
from labels.schema import LABELS
from model.artefact import load_artefact
from model.reference import reference_scores
from model.scorer import Scorer
from training.train import Trained

_ODD = [
    "",
    " \n\t",
    "\x00",
    "\ud800 alone",
    "a" * 5_000,
    "İstanbul",
    "👩\u200d👩\u200d👧",
    "\U0010ffff",
]


def test_every_score_is_a_probability_of_each_label(scorer: Scorer) -> None:
    (score,) = scorer.score(["What a lovely garden."])

    assert tuple(score.scores) == LABELS
    assert all(0 <= value <= 1 for value in score.scores.values())


def test_scores_equal_the_reference(
    artefact: Path, scorer: Scorer, few_labelled: list[LabelledComment]
) -> None:
    comments = [row.comment for row in few_labelled[:100]]
    comments += [Comment(str(place), text) for place, text in enumerate(_ODD)]

    scores = [list(score.scores.values()) for score in scorer.score(comments)]

    expected = reference_scores(load_artefact(artefact), comments)
    np.testing.assert_allclose(scores, expected, rtol=0, atol=1e-12)


# The reference builds its vectorisers anew each time, whatever that takes.
@settings(deadline=None, max_examples=40)
@given(st.text(st.characters(), max_size=200))
def test_any_string_is_scored_as_the_reference_does(
    artefact: Path, scorer: Scorer, text: str
) -> None:
    (score,) = scorer.score([text])

    (expected,) = reference_scores(load_artefact(artefact), [Comment("", text)])
    np.testing.assert_allclose(list(score.scores.values()), expected, atol=1e-12)


def test_stored_weights_give_the_fitted_scores(
    trained: tuple[Path, Trained], few_labelled: list[LabelledComment], scorer: Scorer
) -> None:
    """Held-out rows were scored by the very classifiers that were written."""
    table = trained[1].table
    held_out = np.flatnonzero(table.folds == -1)
    comments = [few_labelled[row].comment for row in held_out]

    scores = [list(score.scores.values()) for score in scorer.score(comments)]

    # The artefact keeps 32-bit weights.
    np.testing.assert_allclose(scores, table.scores[held_out], rtol=0, atol=1e-5)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("The brothers are heroes, and you are a clown!", id="plain"),
        pytest.param("Ｙｏｕ cl\u200bown, see https://example.org", id="folded"),
        pytest.param("> quoted words here\nI disagree.", id="quoting"),
        pytest.param("", id="empty"),
    ],
)
def test_evidence_and_bias_sum_to_the_logit(scorer: Scorer, text: str) -> None:
    (score,) = scorer.score([text], explain=True)

    sums = {label: score.units[label].bias for label in LABELS}
    for evidence in score.evidence:
        sums[evidence.label] += evidence.weight

    logits = {label: score.units[label].logit for label in LABELS}
    assert sums == pytest.approx(logits, abs=1e-9)


def test_evidence_quotes_the_original_text(scorer: Scorer) -> None:
    text = "Ｙｏｕ are a cl\u200bown"

    (score,) = scorer.score([text], explain=True)

    assert score.evidence
    assert all(
        text[evidence.begin : evidence.end] == evidence.text
        for evidence in score.evidence
    )


def test_quoted_words_do_not_count_as_the_authors(scorer: Scorer) -> None:
    parent = "The boys of the depot attack are heroes to us all."
    quoting = Comment("2", f"{parent}\nI disagree.", parent_text=parent)

    quoted, praised = scorer.score([quoting, f"{parent}\nI disagree."])

    assert quoted.scores["extremist_praise"] < praised.scores["extremist_praise"]


def test_hidden_letters_change_no_score(scorer: Scorer) -> None:
    plain, hidden = scorer.score(["what a clown", "what a cl\u200bown"])

    assert hidden.scores == plain.scores
    assert hidden.signals == {"obfuscated": True}


def test_scoring_imports_no_training_library(artefact: Path) -> None:
    program = (
        "import sys; from model.scorer import Scorer; "
        f"Scorer.load({str(artefact)!r}).score(['hello'], explain=True); "
        "print([name for name in ('sklearn', 'scipy', 'pandas', 'sqlalchemy') "
        "if name in sys.modules])"
    )

    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )

    assert done.stdout == "[]\n"


def test_name_of_an_operator_is_read_as_its_kind(
    artefact: Path, scorer: Scorer
) -> None:
    name = Reference("quiet harbour league", "group", "", "quiet harbour league")
    named, known = Scorer.load(artefact, [name]), "boko haram"

    (of_new,) = named.score(["the quiet harbour league are heroes"])
    (of_known,) = scorer.score([f"the {known} are heroes"])

    assert of_new.scores == pytest.approx(of_known.scores)


def test_names_of_an_operator_make_another_version(
    artefact: Path, scorer: Scorer
) -> None:
    name = Reference("quiet harbour league", "group", "", "quiet harbour league")

    assert Scorer.load(artefact, [name]).version != scorer.version
    assert Scorer.load(artefact, []).version == scorer.version


def test_bad_sentence_does_not_hide_in_a_long_comment(scorer: Scorer) -> None:
    bad = "You are a stupid pathetic idiot and nobody likes you."
    calm = "The train was late again and the garden needs some rain. "

    (short,) = scorer.score([bad])
    (padded,) = scorer.score([bad + " " + calm * 12], explain=True)

    unit = padded.units["insult"]
    assert (unit.begin, unit.end) == (0, len(bad))
    assert padded.scores["insult"] > short.scores["insult"] / 2
