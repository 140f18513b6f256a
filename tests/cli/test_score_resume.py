"""``gavel score`` as a process that is killed: what is kept, and how it goes on."""

import gzip
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import parquet

from model.archive_parts import PART_ROWS

GAVEL = Path(sys.executable).with_name("gavel")
LONG = pytest.mark.long
ROWS = 2 * PART_ROWS + 1_000
BROKEN = (7, PART_ROWS + 7)
"""Rows, from 0, that hold no text."""


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The same comments in every format; two of them are broken."""
    folder = tmp_path_factory.mktemp("sources")
    # So long that no run ends before it can be killed.
    long = "what a very long and harmless line of a reader this is " * 8
    texts = [None if row in BROKEN else f"{row} {long}" for row in range(ROWS)]
    table = pa.table({"n": range(ROWS), "text": texts})
    parquet.write_table(table, folder / "in.parquet")
    lines = "".join(f"{json.dumps(row)}\n" for row in table.to_pylist())
    (folder / "in.jsonl").write_text(lines, encoding="utf-8")
    rows = (f"{row},{text or b''.decode()}\n" for row, text in enumerate(texts))
    cells = "n,text\n" + "".join(rows)
    (folder / "in.csv.gz").write_bytes(gzip.compress(cells.encode(), 1))
    (folder / "in.csv").write_text(cells, encoding="utf-8")
    return {path.name: path for path in folder.iterdir()}


@dataclass
class Runs:
    """Calls ``gavel score`` as a process."""

    artefact: Path
    sources: dict[str, Path]
    begun: list[subprocess.Popen[str]] = field(default_factory=list)

    def words(self, source: str | Path, output: Path, *options: object) -> list[str]:
        path = self.sources[source] if isinstance(source, str) else source
        fixed = [GAVEL, "score", "--model", self.artefact, path, "--output", output]
        return list(map(str, [*fixed, *options]))

    def finish(
        self, source: str | Path, output: Path, *options: object
    ) -> subprocess.CompletedProcess[str]:
        words = self.words(source, output, *options)
        return subprocess.run(words, capture_output=True, text=True, check=False)

    def begin(
        self, source: str | Path, output: Path, *options: object
    ) -> subprocess.Popen[str]:
        """Start a run and return it once its first part is finished."""
        run = subprocess.Popen(
            self.words(source, output, *options),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        self.begun.append(run)
        journal = kept(output) / "journal"
        while not (journal.exists() and journal.read_bytes().count(b"\n") > 1):
            assert run.poll() is None
            time.sleep(0.01)
        return run

    def kill(self, source: str | Path, output: Path, *options: object) -> None:
        """Start a run, kill it after its first part, and see its processes off."""
        run = self.begin(source, output, *options)
        processes = [run.pid, *children(run.pid)]
        run.kill()
        wait_until_gone(processes, seconds=5)


@pytest.fixture
def runs(artefact: Path, sources: dict[str, Path]) -> Iterator[Runs]:
    made = Runs(artefact, sources)
    yield made
    for run in made.begun:
        run.kill()
        run.communicate()


def kept(output: Path) -> Path:
    return output.with_name(f".{output.name}.partial")


def content(output: Path) -> object:
    """Return what must be the same: the bytes, or the table of a Parquet file."""
    if output.suffix == ".parquet":
        return parquet.read_table(output)
    return output.read_bytes()


def children(parent: int) -> list[int]:
    listed = Path(f"/proc/{parent}/task/{parent}/children").read_text(encoding="ascii")
    return [int(child) for child in listed.split()]


def wait_until_gone(processes: Sequence[int], *, seconds: float) -> None:
    end = time.monotonic() + seconds
    left = list(processes)
    while left and time.monotonic() < end:
        left = [one for one in left if is_running(one)]
        time.sleep(0.01)
    assert left == []


def is_running(process: int) -> bool:
    try:
        status = Path(f"/proc/{process}/stat").read_text(encoding="utf-8")
    except OSError:
        return False
    return status.rpartition(")")[2].split()[0] != "Z"


@pytest.mark.parametrize(
    ("source", "name", "options"),
    [
        pytest.param("in.csv", "out.csv", (), id="csv"),
        pytest.param("in.parquet", "out.parquet", ("--jobs", 2), id="parquet, 2 jobs"),
        pytest.param("in.csv.gz", "out.tsv.gz", ("--jobs", 2), id="gz", marks=LONG),
        pytest.param("in.jsonl", "out.jsonl.zst", (), id="zst", marks=LONG),
        pytest.param("in.jsonl", "out.parquet", (), id="rows", marks=LONG),
    ],
)
def test_killed_run_resumes_without_losing_or_doubling_a_row(
    runs: Runs,
    tmp_path: Path,
    source: str,
    name: str,
    options: Sequence[object],
) -> None:
    (tmp_path / "whole").mkdir()
    whole, output = tmp_path / "whole" / name, tmp_path / name
    output.write_text("old", encoding="utf-8")
    undisturbed = runs.finish(source, whole, *options)
    runs.kill(source, output, *options)
    assert output.read_text(encoding="utf-8") == "old"
    resumed = runs.finish(source, output, *options, "--resume")
    first, *rest = resumed.stderr.splitlines()
    done = int(first.partition(" ")[0].replace(",", ""))
    assert done in {PART_ROWS, 2 * PART_ROWS}
    assert first == f"{done:,} rows are done already; going on from there"
    expected = undisturbed.stderr.replace(str(whole), str(output)).splitlines()
    assert (resumed.returncode, rest) == (undisturbed.returncode, expected)
    assert content(output) == content(whole)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([name, "whole"])


def test_a_run_that_was_killed_is_discarded_without_resume(
    runs: Runs,
    tmp_path: Path,
) -> None:
    output = tmp_path / "out.csv"
    runs.kill("in.csv", output)
    other = tmp_path / "other.csv"
    other.write_text("text\na\n", encoding="utf-8")
    ended = runs.finish(other, output)
    assert ended.returncode == 0
    assert ended.stderr.splitlines()[1:] == [f"wrote 1 row to {output}"]
    assert ended.stderr.startswith("discarded ")
    assert not kept(output).exists()


@pytest.mark.parametrize(
    ("options", "clause"),
    [
        pytest.param(["--text-column", "n"], "the option text_column was text", id="a"),
        pytest.param(["--format", "csv"], "the option file_format was None", id="b"),
        pytest.param([], "the input's size in bytes was ", id="changed"),
    ],
)
def test_a_run_that_was_another_is_not_resumed(
    runs: Runs,
    tmp_path: Path,
    options: Sequence[str],
    clause: str,
) -> None:
    source, output = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_bytes(runs.sources["in.csv"].read_bytes())
    runs.kill(source, output)
    if not options:
        source.write_text("n,text\n1,a\n", encoding="utf-8")
    ended = runs.finish(source, output, "--resume", *options)
    assert ended.returncode == 1
    assert ended.stderr.startswith(f"gavel: cannot resume {output}: {clause}")
    assert ended.stderr.endswith("; leave out --resume to start anew\n")
    assert kept(output).exists()


def test_nothing_to_resume_begins_at_the_beginning_and_says_so(
    runs: Runs, tmp_path: Path
) -> None:
    source, output = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text("text\na\n", encoding="utf-8")
    ended = runs.finish(source, output, "--resume")
    assert (ended.returncode, ended.stderr.splitlines()) == (
        0,
        [
            f"nothing to resume for {output}; starting from the beginning",
            f"wrote 1 row to {output}",
        ],
    )


def test_two_runs_into_one_file_are_refused(
    runs: Runs,
    tmp_path: Path,
) -> None:
    output = tmp_path / "out.csv"
    run = runs.begin("in.csv", output)
    os.kill(run.pid, signal.SIGSTOP)
    second = runs.finish("in.csv", output)
    os.kill(run.pid, signal.SIGCONT)
    line = f"gavel: another run is writing {output}; let it end, or name another "
    assert (second.returncode, second.stderr) == (1, f"{line}--output\n")
    run.communicate(timeout=60)
    assert output.read_bytes().count(b"\n") == ROWS + 1


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGKILL], ids=["Ctrl-C", "-9"])
def test_a_stop_ends_every_process_and_keeps_what_is_done(
    runs: Runs,
    tmp_path: Path,
    stop: signal.Signals,
) -> None:
    output = tmp_path / "out.csv"
    run = runs.begin("in.csv", output, "--jobs", 2)
    processes = [run.pid, *children(run.pid)]
    # A terminal sends Ctrl-C to the whole group.
    os.killpg(run.pid, stop) if stop == signal.SIGINT else run.kill()
    wait_until_gone(processes, seconds=1)
    _, errors = run.communicate(timeout=60)
    assert kept(output).exists()
    if stop == signal.SIGINT:
        assert run.returncode == 130
        assert errors.endswith("the same command with --resume goes on from there\n")
        assert errors.count("\n") == 1


def test_a_worker_that_dies_ends_the_run_in_one_sentence(
    runs: Runs,
    tmp_path: Path,
) -> None:
    output = tmp_path / "out.csv"
    run = runs.begin("in.csv", output, "--jobs", 2)
    workers = [one for one in children(run.pid) if is_scoring(one)]
    os.kill(workers[0], signal.SIGKILL)
    _, errors = run.communicate(timeout=60)
    done, said = errors.splitlines()
    assert run.returncode == 1
    assert done.endswith("the same command with --resume goes on from there")
    assert said == (
        "gavel: a process that scored has ended (signal 9); if memory ran out, take "
        "fewer --jobs"
    )
    wait_until_gone(workers, seconds=1)
    assert (kept(output).exists(), output.exists()) == (True, False)


def is_scoring(process: int) -> bool:
    """Tell a worker from the process that keeps multiprocessing's books."""
    words = Path(f"/proc/{process}/cmdline").read_bytes()
    return b"spawn_main" in words


@pytest.mark.parametrize("jobs", [1, pytest.param(2, marks=LONG)])
def test_a_file_that_standard_input_fills_is_not_resumed(
    runs: Runs, tmp_path: Path, jobs: int
) -> None:
    output = tmp_path / "out.csv"
    words = runs.words(Path("-"), output, "--jobs", jobs, "--resume")
    ended = subprocess.run(
        words, input="a\n", capture_output=True, text=True, check=False
    )
    assert ended.returncode == 2
    assert ended.stderr.splitlines()[-1] == (
        "Error: --resume needs a file as INPUT and a file as --output"
    )
