from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from pydantic import TypeAdapter

from labels.comments import Comment
from labels.labelled import LabelledComment, shares_of
from training.evaluation_page import report_page
from training.rows import as_rows
from training.sections.studies import (
    Studies,
    describe_studies,
    read_studies,
    write_studies,
)
from training.study import SHARES, study

_HARSH = ("clod", "lout", "oaf", "boor")
_KIND = ("friend", "neighbour", "guest", "cook")


def _labelled(source: str, words: Sequence[str], said: float) -> list[LabelledComment]:
    rng = np.random.default_rng(len(source))
    places = ("mill", "inn", "quay", "barn", "market", "chapel", "bridge")
    return [
        LabelledComment(
            Comment(
                f"{source}{said}{at}",
                f"{rng.choice(places)} {at * 7} you {rng.choice(words)} "
                f"of the {rng.choice(places)} {rng.integers(999)}",
            ),
            source,
            shares_of(abuse=said),
        )
        for at in range(80)
    ]


@pytest.fixture(scope="module")
def studies() -> Studies:
    rows = [
        *_labelled("first", _HARSH, 1.0),
        *_labelled("first", _KIND, 0.0),
        *_labelled("second", _HARSH, 1.0),
        *_labelled("second", _KIND, 0.0),
        *_labelled("onesided", _KIND, 0.0),
    ]
    return study(as_rows(rows), "v1", jobs=1)


def test_each_source_that_can_teach_is_judged_on_every_source(
    studies: Studies,
) -> None:
    pairs = {(one.train, one.test) for one in studies.transfer}

    assert pairs == {
        (train, test)
        for train in ("first", "second")
        for test in ("first", "second", "onesided")
    }


def test_a_source_of_one_class_has_no_figure(studies: Studies) -> None:
    of_one = [one.roc_auc for one in studies.transfer if one.test == "onesided"]

    assert of_one == [None, None]


def test_sources_that_say_alike_teach_each_other(studies: Studies) -> None:
    found = [one.roc_auc for one in studies.transfer if one.test != "onesided"]

    assert min(one or 0.0 for one in found) > 0.9


def test_the_curve_grows_to_all_rows(studies: Studies) -> None:
    rows = [one.rows for one in studies.learning_curve]
    shares = [one.share for one in studies.learning_curve]

    assert rows == sorted(rows)
    assert shares[-1] == 1.0
    assert set(shares) <= set(SHARES)


def test_a_study_is_read_back_as_it_was(studies: Studies, tmp_path: Path) -> None:
    write_studies(tmp_path, studies)

    assert read_studies(tmp_path, "v1") == studies


def test_a_study_of_another_version_does_not_count(
    studies: Studies, tmp_path: Path
) -> None:
    write_studies(tmp_path, studies)

    assert read_studies(tmp_path, "v2") is None


def test_a_study_stands_in_the_report(
    studies: Studies, report: dict[str, object]
) -> None:
    transfer, curve = (
        TypeAdapter(type(one)).dump_python(one, mode="json")
        for one in describe_studies(studies)
    )
    sections = {**report["sections"], "transfer": transfer, "learning_curve": curve}  # type: ignore[dict-item]

    page = report_page({**report, "sections": sections})

    assert "not studied" not in page
    assert "ROC-AUC of abuse on each source" in page
    assert "learning-curve-" in page
