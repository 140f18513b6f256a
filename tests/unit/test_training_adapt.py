"""``training.adapt``: a model moved toward a site's own labels."""

import json
from pathlib import Path

import numpy as np
import pytest

from labels.comments import Comment
from labels.errors import InputError
from labels.labelled import LabelledComment, shares_of
from labels.schema import LABELS
from model.artefact import Artefact, load_artefact
from model.scorer import Scorer
from training.adapt import AdaptedLabel, adapt, write_adapted
from training.rows import as_rows

_ABUSE = LABELS.index("abuse")
_PLACES = ("harbour", "bridge", "market", "station", "library", "museum", "park")
_TIMES = ("monday", "tuesday", "friday", "spring", "autumn", "noon", "night")


def _row(
    text: str, abuse: float | None, *, is_held_out: bool = False
) -> LabelledComment:
    shares = shares_of(abuse=abuse)
    return LabelledComment(Comment("", text), "site", shares, is_held_out=is_held_out)


def _site(count: int) -> list[LabelledComment]:
    """Return comments in which an invented word is rude and another is not."""
    rows = []
    for number in range(count):
        place, time = _PLACES[number % 7], _TIMES[number // 7 % 7]
        word = "zworbling" if number % 2 else "plimsy"
        text = f"the {place} at {time} is {word} {number} again"
        rows.append(_row(text, float(number % 2)))
    return rows


@pytest.fixture(scope="module")
def bundled(artefact: Path) -> Artefact:
    return load_artefact(artefact)


@pytest.fixture(scope="module")
def moved(bundled: Artefact, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model adapted to 60 labels of abuse."""
    out = tmp_path_factory.mktemp("adapted") / "model"
    adapted = adapt(bundled, as_rows(_site(60)))
    write_adapted(out, adapted, bundled, [{"source": "site", "rows": 60}])
    return out


def test_a_word_of_the_site_is_learnt(bundled: Artefact, moved: Path) -> None:
    rude, kind = "what a zworbling day", "what a plimsy day"

    before = Scorer(bundled).logits([rude, kind])[:, _ABUSE]
    after = Scorer.load(moved).logits([rude, kind])[:, _ABUSE]

    assert (after[0] - after[1]) - (before[0] - before[1]) > 0.5


def test_labels_that_the_site_does_not_know_stay_as_they_were(
    bundled: Artefact, moved: Path
) -> None:
    adapted = load_artefact(moved)
    others = [column for column in range(len(LABELS)) if column != _ABUSE]

    for old, new in zip(bundled.views, adapted.views, strict=True):
        rows = [new.index[ngram] for ngram in old.index]
        np.testing.assert_array_equal(
            new.weights[rows][:, others], old.weights[:, others]
        )
        np.testing.assert_array_equal(new.idf[rows], old.idf)
    assert adapted.bias[others].tolist() == bundled.bias[others].tolist()


def test_a_new_ngram_is_one_of_three_comments(bundled: Artefact) -> None:
    rows = [
        *_site(60),
        _row("a flumpet on the roof", 0.0),
        _row("no flumpet in the cellar", 0.0),
        _row("one snorkbit on the stairs", 0.0),
        _row("their snorkbit was late today", None),
        _row("we saw a snorkbit at sea", 0.0),
    ]

    words = adapt(bundled, as_rows(rows)).model.views[0].ngrams

    assert ("snorkbit" in words, "flumpet" in words) == (True, False)


def test_below_200_labels_calibration_and_thresholds_stay(
    bundled: Artefact, moved: Path
) -> None:
    adapted = load_artefact(moved)

    assert (adapted.calibrations, adapted.thresholds) == (
        bundled.calibrations,
        bundled.thresholds,
    )


def test_from_200_labels_on_calibration_and_thresholds_are_the_sites(
    bundled: Artefact,
) -> None:
    adapted = adapt(bundled, as_rows(_site(200)))

    changed = [
        label
        for label in LABELS
        if adapted.model.calibrations[label] != bundled.calibrations[label]
        or adapted.model.thresholds.get(label) != bundled.thresholds.get(label)
    ]
    assert changed == ["abuse"]
    assert adapted.labels["abuse"].is_recalibrated


def test_the_base_rate_stays_as_it_was_stated(bundled: Artefact) -> None:
    adapted = adapt(bundled, as_rows(_site(200)))

    assert (
        adapted.model.calibrations["abuse"].base_rate
        == bundled.calibrations["abuse"].base_rate
    )


def test_rows_held_out_teach_nothing(bundled: Artefact) -> None:
    tests = [_row(f"we quabber at {place}", 1.0, is_held_out=True) for place in _PLACES]

    adapted = adapt(bundled, as_rows([*_site(60), *tests]))

    assert adapted.labels["abuse"].labels == 60
    assert "quabber" not in adapted.model.views[0].ngrams


def test_a_label_with_one_kind_alone_stays_and_is_named(bundled: Artefact) -> None:
    shares = shares_of(abuse=0.0, threat=0.0)
    calm = LabelledComment(Comment("", "all is calm"), "site", shares)

    adapted = adapt(bundled, as_rows([*_site(60), calm]))

    assert list(adapted.labels) == ["abuse"]
    assert adapted.unmoved == {"threat": "every label of threat is 0"}


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        pytest.param([_row("hello", None)], "every label column is blank", id="none"),
        pytest.param(
            [_row("hello", 1.0), _row("goodbye", 1.0)],
            "every label of abuse is 1",
            id="one kind",
        ),
        pytest.param(
            [_row("hello", 1.0, is_held_out=True)],
            "every label column is blank",
            id="all held out",
        ),
    ],
)
def test_labels_that_tell_nothing_apart_are_refused(
    rows: list[LabelledComment], message: str, bundled: Artefact
) -> None:
    with pytest.raises(InputError, match=message):
        adapt(bundled, as_rows(rows))


def test_two_labels_are_enough_to_begin(bundled: Artefact) -> None:
    adapted = adapt(bundled, as_rows(_site(2)))

    assert adapted.labels["abuse"] == AdaptedLabel(2, 1, 0.3, 2.0, False)


def test_the_same_labels_give_the_same_model(bundled: Artefact, tmp_path: Path) -> None:
    versions = {
        write_adapted(tmp_path / name, adapt(bundled, as_rows(_site(60))), bundled, [])
        for name in ("first", "second")
    }

    assert len(versions) == 1


def test_the_card_says_what_the_model_was_moved_from(
    bundled: Artefact, moved: Path
) -> None:
    card = json.loads((moved / "card.json").read_text())

    assert card["adapted_from"] == {"name": bundled.name, "version": bundled.version}
    assert card["adapted_labels"]["abuse"] == {
        "labels": 60,
        "positives": 30,
        "strength": 0.3,
        "stretch": 2.0,
        "is_recalibrated": False,
    }
    assert card["data"] == [*bundled.card["data"], {"source": "site", "rows": 60}]
    assert card["version"] != bundled.version
