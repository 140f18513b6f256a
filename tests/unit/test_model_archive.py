from collections.abc import Sequence
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest

from labels.comments import Comment
from labels.readers import open_comments
from labels.rows import Fault
from labels.schema import LABELS
from model.archive import score_archive
from model.archive_jobs import OneProcess
from model.archive_report import Report
from model.scorer import Score, ScoreArrays


@dataclass
class FakeScorer:
    """Gives every comment the same score, and remembers how many came at once."""

    name: str = "fake"
    version: str = "v1"
    batches: list[int] = field(default_factory=list)

    def score(
        self, comments: Sequence[Comment | str], *, explain: bool = False
    ) -> list[Score]:
        del explain
        scores = dict.fromkeys(LABELS, 0.12345678)
        one = Score(scores, "review", ("abuse",), {"obfuscated": False})
        return [one] * len(comments)

    def score_arrays(self, comments: Sequence[Comment | str]) -> ScoreArrays:
        self.batches.append(len(comments))
        scores = np.full((len(comments), len(LABELS)), 0.12345678)
        actions = np.ones(len(comments), np.int8)
        return ScoreArrays(scores, actions, np.zeros(len(comments), np.bool_))


def batch_sizes(data: bytes, *, batch_rows: int) -> list[int]:
    scorer = FakeScorer()
    with open_comments(BytesIO(data)) as comments:
        score_archive(comments, OneProcess(scorer), BytesIO(), batch_rows=batch_rows)
    return scorer.batches


@pytest.mark.parametrize(
    ("data", "sizes"),
    [
        pytest.param(b"a\n\xff\nb\nc\n", [1, 2], id="a fault among them"),
        pytest.param(b"\xff\n\xff\n", [], id="faults alone"),
        pytest.param(b"", [], id="nothing"),
    ],
)
def test_rows_are_scored_in_batches(data: bytes, sizes: list[int]) -> None:
    assert batch_sizes(data, batch_rows=2) == sizes


def test_long_texts_make_small_batches() -> None:
    assert batch_sizes((b"a" * 2**21 + b"\n") * 5, batch_rows=512) == [2, 2, 1]


def test_an_archive_is_written_as_it_is_read() -> None:
    output = BytesIO()
    written: list[tuple[int, int]] = []

    def note(report: Report) -> None:
        written.append((report.scored, output.getvalue().count(b"\n")))

    with open_comments(BytesIO(b"a\nb\nc\n")) as comments:
        score_archive(
            comments, OneProcess(FakeScorer()), output, batch_rows=2, on_batch=note
        )
    assert written == [(0, 0), (2, 2), (3, 3)]


def test_an_archive_becomes_a_table(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    with open_comments(BytesIO(b"a\n\xff\nb\n")) as comments:
        report = score_archive(comments, OneProcess(FakeScorer()), path)
    scores = ",".join(["0.123457"] * 7)
    assert path.read_text(encoding="utf-8").splitlines() == [
        f"id,text,{','.join(LABELS)},action,obfuscated,model_version",
        f"1,a,{scores},review,false,v1",
        f"3,b,{scores},review,false,v1",
    ]
    fault = Fault(2, "byte 0xFF at position 1 is not UTF-8")
    assert report == Report("line", scored=2, left_out=1, faults=[fault])
