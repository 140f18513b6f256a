import shutil
from pathlib import Path

import numpy as np

from labels.comments import Comment
from labels.labelled import LabelledComment
from labels.schema import LABELS
from model.scorer import Scorer
from training.bulk_scores import BulkScorer, unseen_scores
from training.evaluation_table import read_table
from training.goal_measures import megabytes, suite_figures
from training.rows import as_rows
from training.suite_check import FunctionResult


def _texts(rows: list[LabelledComment]) -> list[Comment]:
    return [row.comment for row in rows]


def test_scores_and_flags_are_those_of_the_scorer(
    artefact: Path, scorer: Scorer, few_labelled: list[LabelledComment]
) -> None:
    comments = _texts(few_labelled)
    judge = BulkScorer(artefact)

    singly = scorer.score(comments)

    np.testing.assert_array_equal(
        judge.scores(comments), [list(one.scores.values()) for one in singly]
    )
    np.testing.assert_array_equal(
        judge.flags(comments),
        [[label in one.reasons for label in LABELS] for one in singly],
    )


def test_no_comments_have_no_scores(artefact: Path) -> None:
    assert BulkScorer(artefact).scores([]).shape == (0, len(LABELS))


def test_rows_that_training_knew_have_their_out_of_fold_scores(
    artefact: Path, few_labelled: list[LabelledComment]
) -> None:
    new = LabelledComment(Comment("n", "never seen before"), "elsewhere")
    table = read_table(artefact)
    assert table is not None
    judge = BulkScorer(artefact)

    scores = unseen_scores(judge, as_rows([new, *few_labelled]), table)

    np.testing.assert_array_equal(scores[:1], judge.scores([new.comment]))
    places = {name: place for place, name in enumerate(table.hashes.tolist())}
    known = [places[name] for name in as_rows(few_labelled).hashes()]
    np.testing.assert_array_equal(scores[1:], table.scores[known])


def test_what_lies_beside_a_model_does_not_count_as_its_size(
    artefact: Path, tmp_path: Path
) -> None:
    copied = shutil.copytree(artefact, tmp_path / "model")
    (copied / "report.html").write_bytes(bytes(5_000_000))

    assert megabytes(copied) == megabytes(artefact)
    assert 0 < megabytes(artefact) < 5


def _result(
    suite: str, function: str, passed: int, *, is_expected: bool = True
) -> FunctionResult:
    return FunctionResult(suite, function, "abuse", is_expected, True, 10, passed)


def test_of_locked_halves_only_sums_are_told() -> None:
    results = [
        _result("praisecheck", "a", 4),
        _result("praisecheck", "b", 8),
        _result("praisecheck", "c", 9, is_expected=False),
        _result("abusecheck", "d", 10),
        _result("abusecheck", "e", 0),
        _result("abusecheck", "e", 10, is_expected=False),
        FunctionResult("abusecheck", "open", "abuse", True, False, 10, 0),
    ]

    assert suite_figures(results) == {
        "praisecheck.flagged": 0.6,
        "praisecheck.left_alone": 0.9,
        "abusecheck.mean": 0.75,
    }
