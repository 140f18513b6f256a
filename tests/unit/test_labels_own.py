import csv
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from labels.errors import InputError
from labels.labelled import LabelledComment
from labels.own import COMMENT_COLUMNS, JUDGEMENT_COLUMNS, read_own
from labels.schema import LABELS
from labels.validate import validate

Row = dict[str, str]


@pytest.fixture
def write(tmp_path: Path) -> Callable[[list[Row], list[Row]], Path]:
    """Return a function that writes both tables and returns their folder."""

    def write(comments: list[Row], judgements: list[Row]) -> Path:
        for name, columns, rows in (
            ("comments.csv", COMMENT_COLUMNS, comments),
            ("judgements.csv", JUDGEMENT_COLUMNS, judgements),
        ):
            with (tmp_path / name).open("w", newline="", encoding="utf-8") as file:
                writer = csv.DictWriter(file, columns, restval="")
                writer.writeheader()
                writer.writerows(rows)
        return tmp_path

    return write


def _comment(**cells: str) -> Row:
    return {"id": "c1", "text": "some words", "batch": "b1", "split": "train", **cells}


def _judgement(**cells: str) -> Row:
    return {
        "comment_id": "c1",
        "annotator": "a1",
        "round": "1",
        "codebook_version": "2",
        "rule": "none",
        **cells,
    }


def test_votes_become_shares(write: Callable[..., Path]) -> None:
    folder = write(
        [_comment()],
        [
            _judgement(abuse="1", insult=""),
            _judgement(annotator="a2", abuse="0", insult="0"),
        ],
    )

    (row,) = read_own(folder)

    assert row.shares == (0.5, None, 0.0, None, None, None, None)


@pytest.mark.parametrize(
    ("comments", "judgements", "fault"),
    [
        pytest.param(
            [_comment(), _comment()],
            [_judgement()],
            "comments.csv, line 3: id 'c1' was used before",
            id="an id twice",
        ),
        pytest.param(
            [_comment(text=" ")],
            [_judgement()],
            "comments.csv, line 2: has no text",
            id="no text",
        ),
        pytest.param(
            [_comment(split="dev")],
            [_judgement()],
            "comments.csv, line 2: split is train or test, not 'dev'",
            id="unknown split",
        ),
        pytest.param(
            [_comment(pair_id="p1")],
            [_judgement()],
            "comments.csv, line 2: pair 'p1' has no second comment",
            id="lonely pair",
        ),
        pytest.param(
            [_comment()],
            [_judgement(threat="1")],
            "judgements.csv, line 2: threat is 1, so abuse must be 1 too, not blank",
            id="missing implication",
        ),
        pytest.param(
            [_comment()],
            [_judgement(insult="maybe")],
            "judgements.csv, line 2: insult: a label is 1, 0 or blank, not 'maybe'",
            id="value of a label",
        ),
        pytest.param(
            [_comment()],
            [_judgement(), _judgement(comment_id="c9")],
            "judgements.csv, line 3: there is no comment 'c9'",
            id="judgement of nothing",
        ),
        pytest.param(
            [_comment()],
            [_judgement(), _judgement()],
            "judgements.csv, line 3: 'a1' judged comment 'c1' twice in round '1'",
            id="judged twice",
        ),
        pytest.param(
            [_comment()],
            [],
            "judgements.csv: comment 'c1' has no judgement",
            id="unjudged",
        ),
    ],
)
def test_fault_is_named_with_its_line(
    write: Callable[..., Path],
    comments: list[Row],
    judgements: list[Row],
    fault: str,
) -> None:
    assert validate(write(comments, judgements)) == [fault]


def test_table_without_a_column_is_refused(tmp_path: Path) -> None:
    (tmp_path / "judgements.csv").write_text("comment_id,annotator\n")

    with pytest.raises(InputError, match="has no column round"):
        read_own(tmp_path)


@pytest.fixture(scope="module")
def own() -> list[LabelledComment]:
    return read_own()


def test_our_own_tables_have_no_fault() -> None:
    assert validate() == []


def test_every_label_has_both_classes(own: list[LabelledComment]) -> None:
    for column in range(len(LABELS)):
        values = {row.shares[column] for row in own}
        assert {0.0, 1.0} <= values


def test_most_comments_are_hard_negatives_or_ordinary(
    own: list[LabelledComment],
) -> None:
    """A scorer that learns mostly positives flags everything."""
    praise = Counter(row.shares[-1] for row in own)

    assert praise[0.0] > 2 * praise[1.0]


def test_parents_and_pairs_are_kept(own: list[LabelledComment]) -> None:
    assert any(row.comment.parent_text for row in own)
    assert any(row.group for row in own)
    assert any(row.is_held_out for row in own)
