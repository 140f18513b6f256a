"""Measures ``gavel score`` from Parquet to Parquet: rows a second, and its memory."""

import itertools
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq

from labels.errors import GavelError
from model.scorer import Scorer
from training.bench import Measured, rate_of

_AT_ONCE: Final = 50_000
_PAUSE: Final = 0.2
_STRETCHES: Final = 10
_COMMAND: Final = "from model.cli import main; main()"


class BenchError(GavelError):
    """What was to be measured did not run."""


def bench_archive(model: Path, texts: Sequence[str], rows: int) -> list[Measured]:
    """Return throughput end to end beside the scorer's own, and memory as it went.

    The texts repeat until there are ``rows`` of them, each with its number at the
    end. Memory is what the process holds in RAM (``VmRSS``), the most in each tenth
    of the run, mapped files included.

    Raises:
        BenchError: if the command failed.
    """
    with tempfile.TemporaryDirectory() as folder:
        archive = Path(folder) / "archive.parquet"
        _write(archive, texts, rows)
        own = [f"{text} {place}" for place, text in enumerate(texts)]
        scorer = Scorer.load(model)
        before = rate_of(scorer, own)
        seconds, memory = _run(model, archive, Path(folder) / "scored.parquet")
        kernel = statistics.mean([before, rate_of(scorer, own)])
    end_to_end = rows / seconds
    found = [
        Measured(
            f"{rows:,} rows, Parquet to Parquet",
            end_to_end,
            "comments/s",
            f"{end_to_end / kernel:.2f} of the scorer alone",
        )
    ]
    return found + [
        Measured(f"memory, tenth {place} of the run", most, "MiB")
        for place, most in enumerate(_most_by_tenth(memory), start=1)
    ]


def _write(path: Path, texts: Sequence[str], rows: int) -> None:
    schema = pa.schema([("id", pa.int64()), ("text", pa.string())])
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        for first in range(0, rows, _AT_ONCE):
            ids = range(first, min(rows, first + _AT_ONCE))
            numbered = [f"{texts[place % len(texts)]} {place}" for place in ids]
            columns = [pa.array(ids, pa.int64()), pa.array(numbered, pa.string())]
            writer.write_table(pa.Table.from_arrays(columns, schema=schema))


def _run(model: Path, archive: Path, out: Path) -> tuple[float, list[float]]:
    arguments = ["score", archive, "--output", out, "--model", model]
    begin = time.perf_counter()
    with subprocess.Popen(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", _COMMAND, *map(str, arguments)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    ) as run:
        memory = []
        while run.poll() is None:
            memory.append(_mebibytes(run.pid))
            time.sleep(_PAUSE)
        said = run.stderr.read() if run.stderr else ""
    if run.returncode:
        raise BenchError(f"gavel score failed: {said.strip() or run.returncode}")
    return time.perf_counter() - begin, memory


def _mebibytes(process: int) -> float:
    status = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    # A process that has just ended holds none, and has no such line.
    _, _, size = status.partition("VmRSS:")
    return int(size.split()[0]) / 1024 if size else 0.0


def _most_by_tenth(memory: Sequence[float]) -> list[float]:
    bounds = [len(memory) * place // _STRETCHES for place in range(_STRETCHES + 1)]
    return [
        max(memory[first:last], default=0.0)
        for first, last in itertools.pairwise(bounds)
    ]
