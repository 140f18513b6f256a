from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from labels.errors import InputError, LabelError
from labels.labelled import LabelledComment
from labels.own import read_own, read_tagged
from labels.schema import LABELS


def test_votes_become_shares(write_tables: Callable[..., Path]) -> None:
    folder = write_tables(
        [{}],
        [
            {"abuse": "1", "insult": ""},
            {"annotator": "a2", "abuse": "0", "insult": "0"},
        ],
    )

    (row,) = read_own(folder)

    assert row.shares == (0.5, None, 0.0, None, None, None, None)


def test_adjudication_decides_blanks_too(write_tables: Callable[..., Path]) -> None:
    folder = write_tables(
        [{}],
        [
            {"annotator": "a3", "round": "3", "abuse": "1", "insult": ""},
            {"annotator": "a1", "round": "1", "abuse": "0", "insult": "1"},
            {"annotator": "a2", "round": "2", "abuse": "0", "insult": "1"},
        ],
    )

    (row,) = read_own(folder)

    assert row.shares == (1.0, None, None, None, None, None, None)


def test_tags_are_kept_beside_the_comment(write_tables: Callable[..., Path]) -> None:
    folder = write_tables(
        [{"function": "thanks", "topic": "tea", "pair_id": "p1", "split": "test"}],
        [{}],
    )

    (tagged,) = read_tagged(folder)

    assert tagged.tags == {
        "function": "thanks",
        "ideology": "",
        "style": "",
        "topic": "tea",
        "pair_id": "p1",
        "batch": "b1",
        "split": "test",
    }
    assert tagged.labelled.group == "gavel:p1"
    assert tagged.labelled.is_held_out


def test_label_that_is_none_names_its_comment(
    write_tables: Callable[..., Path],
) -> None:
    folder = write_tables([{}], [{"abuse": "maybe"}])

    with pytest.raises(LabelError, match="comment c1: a label is 1, 0 or blank"):
        read_own(folder)


def test_table_without_a_column_is_refused(tmp_path: Path) -> None:
    (tmp_path / "judgements.csv").write_text("comment_id,annotator\n")

    with pytest.raises(InputError, match="has no column round"):
        read_own(tmp_path)


def test_broken_row_is_refused_with_its_line(
    write_tables: Callable[..., Path],
) -> None:
    folder = write_tables([{}], [{}])
    with (folder / "comments.csv").open("a") as file:
        file.write("c2,too few\n")

    with pytest.raises(InputError, match=r"comments\.csv, line 3: too few"):
        read_own(folder)


@pytest.fixture(scope="module")
def own() -> list[LabelledComment]:
    return read_own()


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
