import math
from pathlib import Path

import numpy as np

from labels.comments import Comment
from labels.labelled import LabelledComment
from training.alarms import PRAISE, find_alarms, precision_at, write_alarms
from training.rows import as_rows, row_hash

_ROWS = as_rows([LabelledComment(Comment(text, text), "corpus") for text in "abcd"])
_SCORES = np.zeros((4, 7))
_SCORES[:, PRAISE] = [0.2, 0.5, 0.1, 0.9]


def test_alarms_are_those_at_or_above_the_threshold_highest_first() -> None:
    alarms = find_alarms(_ROWS, _SCORES, 0.5)

    assert alarms.hashes == [row_hash("corpus", "d"), row_hash("corpus", "b")]
    assert alarms.share == 0.5


def test_no_threshold_raises_no_alarm() -> None:
    assert find_alarms(_ROWS, _SCORES, math.inf).share == 0


def test_alarms_are_written_without_their_text(tmp_path: Path) -> None:
    path = tmp_path / "new" / "alarms.csv"

    write_alarms(path, find_alarms(_ROWS, _SCORES, 0.6))

    assert path.read_text() == (
        f"source,row,score\ncorpus,{row_hash('corpus', 'd')},0.9000\n"
    )


def test_precision_of_nothing_is_not_a_number() -> None:
    assert math.isnan(precision_at(0.0, 0.0, 0.01))
