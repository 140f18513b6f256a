"""``gavel score --engine dask``: parts on real workers, some of which are lost."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psutil
import pytest
from click.testing import Result

from model.bundled_model import BUNDLED
from model.parts_journal import NAME
from model.scorer import Scorer

GAVEL = Path(sys.executable).with_name("gavel")
DASK = Path(sys.executable).with_name("dask")
SECONDS = 60
DEADLINE = f"nothing happened in {SECONDS} seconds"

Contents = Callable[[Path], dict[str, Any]]
Start = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def start(artefact: Path, tmp_path: Path) -> Iterator[Start]:
    """Start ``gavel score --engine dask``; it ends with the test at the latest."""
    started: list[subprocess.Popen[str]] = []

    def run(
        *arguments: object, model: Path | None = artefact
    ) -> "subprocess.Popen[str]":
        chosen = ["--model", model] if model else []
        words = [GAVEL, "score", "--engine", "dask", *chosen, *arguments]
        scoring = subprocess.Popen(
            list(map(str, words)),
            # A run that is killed leaves its scratch folder.
            env={**os.environ, "TMPDIR": str(tmp_path)},
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        started.append(scoring)
        return scoring

    yield run
    for scoring in started:
        scoring.kill()
        scoring.wait(SECONDS)
        if scoring.stderr:
            scoring.stderr.close()


def until(found: Callable[[], Any]) -> Any:
    """Return what is found as soon as there is something."""
    for _ in range(SECONDS * 500):
        if one := found():
            return one
        time.sleep(0.002)
    raise TimeoutError(DEADLINE)


def worker_at_work(scoring: "subprocess.Popen[str]") -> psutil.Process | None:
    """Return a worker that is writing a part at this moment."""
    for child in psutil.Process(scoring.pid).children(recursive=True):
        # It may end while we look.
        with suppress(psutil.NoSuchProcess):
            if any(file.path.endswith(".part") for file in child.open_files()):
                return child
    return None


def runs(process: psutil.Process) -> bool:
    """Tell whether a process still does anything; a zombie only waits to be buried."""
    try:
        return bool(process.is_running() and process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def test_killed_worker_loses_and_doubles_no_row(
    start: Start,
    parts: Path,
    whole: tuple[Path, Result],
    tmp_path: Path,
    contents: Contents,
) -> None:
    out = tmp_path / "out"
    scoring = start(parts, "--output", out, "--jobs", 2)
    until(lambda: contents(out))
    workers = psutil.Process(scoring.pid).children(recursive=True)
    until(lambda: worker_at_work(scoring)).kill()
    _, told = scoring.communicate(timeout=SECONDS)
    lost, *rest = told.splitlines()
    assert (scoring.returncode, rest) == (
        0,
        ["scored 6,000 rows of 6 parts", f"wrote 6 parts to {out}"],
    )
    assert lost.endswith(" is gone; others score what it had")
    assert contents(out) == contents(whole[0])
    assert [path.name for path in out.glob(".*")] == [NAME]
    until(lambda: not any(map(runs, workers)))


def test_a_damaged_part_and_a_broken_row_are_told_as_without_dask(
    start: Start, score: Callable[..., Result], tmp_path: Path, contents: Contents
) -> None:
    folder, here, spread = (tmp_path / name for name in ("in", "here", "spread"))
    folder.mkdir()
    (folder / "a.csv").write_bytes(b"text\n\xff\ngood day\n")
    (folder / "b.parquet").touch()
    (folder / "c.jsonl").write_text('{"text": "good day"}\n')
    alone = score(folder, "--output", here)
    scoring = start(folder, "--output", spread)
    _, told = scoring.communicate(timeout=SECONDS)
    assert (scoring.returncode, alone.exit_code) == (1, 1)
    assert told == alone.stderr.replace(str(here), str(spread))
    assert contents(spread) == contents(here)


@pytest.mark.long
def test_killed_run_leaves_no_worker_and_resumes(
    *,
    start: Start,
    score: Callable[..., Result],
    parts: Path,
    whole: tuple[Path, Result],
    tmp_path: Path,
    contents: Contents,
) -> None:
    out = tmp_path / "out"
    scoring = start(parts, "--output", out, "--jobs", 2)
    until(lambda: contents(out))
    workers = psutil.Process(scoring.pid).children(recursive=True)
    scoring.kill()
    until(lambda: not any(map(runs, workers)))
    assert score(parts, "--output", out, "--resume").exit_code == 0
    assert contents(out) == contents(whole[0])
    assert [path.name for path in out.glob(".*")] == [NAME]


def test_ctrl_c_is_quiet_and_leaves_no_process(
    start: Start, parts: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    scoring = start(parts, "--output", out, "--jobs", 2)
    until(lambda: out.exists() and worker_at_work(scoring))
    workers = psutil.Process(scoring.pid).children(recursive=True)
    # To the whole group, as a terminal sends it.
    os.killpg(scoring.pid, signal.SIGINT)
    _, told = scoring.communicate(timeout=SECONDS)
    assert (scoring.returncode, told) == (130, "")
    until(lambda: not any(map(runs, workers)))
    assert [path.name for path in out.glob(".*")] == [NAME]


@contextmanager
def ending(*words: object, **attributes: Any) -> Iterator["subprocess.Popen[bytes]"]:
    """Run a server that says nothing for as long as the block lasts."""
    with subprocess.Popen(
        list(map(str, words)),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        **attributes,
    ) as server:
        try:
            yield server
        finally:
            server.kill()


@contextmanager
def scheduler(folder: Path) -> Iterator[tuple["subprocess.Popen[bytes]", str]]:
    """Start a scheduler; yield it and its address."""
    told = folder / "scheduler.json"
    with ending(
        *(DASK, "scheduler", "--host", "127.0.0.1", "--port", 0, "--no-dashboard"),
        *("--dashboard-address", "127.0.0.1:0", "--scheduler-file", told),
    ) as server:
        until(lambda: told.exists() and told.read_text().rstrip().endswith("}"))
        yield server, json.loads(told.read_text())["address"]


def worker_words(address: str, folder: Path) -> list[object]:
    """Return the command that starts a worker of one thread."""
    return [
        *(DASK, "worker", address, "--nthreads", 1, "--no-nanny", "--no-dashboard"),
        *("--dashboard-address", "127.0.0.1:0", "--local-directory", folder),
    ]


@pytest.mark.long
def test_an_existing_scheduler_is_used_and_left_running(
    start: Start,
    parts: Path,
    whole: tuple[Path, Result],
    tmp_path: Path,
    contents: Contents,
) -> None:
    out = tmp_path / "out"
    with (
        scheduler(tmp_path) as (server, address),
        ending(*worker_words(address, tmp_path)) as worker,
    ):
        scoring = start(parts, "--output", out, "--scheduler", address)
        _, told = scoring.communicate(timeout=SECONDS)
        still_running = (server.poll(), worker.poll()) == (None, None)
    assert (scoring.returncode, told, still_running) == (
        0,
        f"scored 6,000 rows of 6 parts\nwrote 6 parts to {out}\n",
        True,
    )
    assert contents(out) == contents(whole[0])


@pytest.mark.long
def test_a_lost_scheduler_is_said_in_one_line(
    start: Start, parts: Path, tmp_path: Path, contents: Contents
) -> None:
    out = tmp_path / "out"
    with (
        scheduler(tmp_path) as (server, address),
        ending(*worker_words(address, tmp_path)),
    ):
        scoring = start(parts, "--output", out, "--scheduler", address)
        until(lambda: contents(out))
        server.kill()
        _, told = scoring.communicate(timeout=SECONDS)
    assert (scoring.returncode, told) == (
        1,
        f"gavel: lost the Dask scheduler at {address}; parts that are written stay: "
        "run this again with --resume\n",
    )


@pytest.mark.long
def test_a_part_that_loses_every_worker_has_failed_and_stops_no_other(
    start: Start, tmp_path: Path, contents: Contents
) -> None:
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    (folder / "a.csv").write_text("text\n" + "good day to you all\n" * 50_000)
    (folder / "b.csv").write_text("text\ngood day\n")
    scoring = start(folder, "--output", out, "--jobs", 1)
    for _ in range(4):
        worker = until(lambda: worker_at_work(scoring))
        worker.kill()
        worker.wait(SECONDS)
    _, told = scoring.communicate(timeout=SECONDS)
    assert (scoring.returncode, told.splitlines()[-3:]) == (
        1,
        [
            "a.csv: every worker that scored it was lost; it may need more memory than "
            "a worker has",
            "scored 1 row of 1 part, left out 0 rows; 1 part failed",
            f"wrote 1 part to {out}",
        ],
    )
    assert list(contents(out)) == ["b.csv"]


@pytest.mark.long
def test_a_cluster_that_lost_its_last_worker_is_not_waited_for_for_ever(
    start: Start, parts: Path, tmp_path: Path, contents: Contents
) -> None:
    out = tmp_path / "out"
    with (
        scheduler(tmp_path) as (_, address),
        ending(*worker_words(address, tmp_path)) as worker,
    ):
        scoring = start(parts, "--output", out, "--scheduler", address)
        until(lambda: contents(out))
        worker.kill()
        _, told = scoring.communicate(timeout=2 * SECONDS)
    assert (scoring.returncode, told.splitlines()[1:]) == (
        1,
        [
            f"gavel: no worker is left at {address}; start some, and run this again "
            "with --resume"
        ],
    )


def site_without(folder: Path, *prefixes: str) -> Path:
    """Make a folder of the packages that are installed here, but for some."""
    site = folder / "site"
    site.mkdir()
    for path in Path(psutil.__file__).parents[1].iterdir():
        if not path.name.startswith(prefixes):
            (site / path.name).symlink_to(path)
    return site


@pytest.fixture
def other_gavel(artefact: Path, tmp_path: Path) -> Path:
    """A Gavel whose bundled model is another one, as an older release has it."""
    folder = tmp_path / "other"
    for package in ("labels", "model"):
        source = BUNDLED.parents[1] / package
        left_out = shutil.ignore_patterns("bundled", "data", "__pycache__")
        shutil.copytree(source, folder / package, ignore=left_out)
    shutil.copytree(artefact, folder / "model" / "bundled")
    return folder


@pytest.mark.long
def test_a_worker_with_another_model_is_refused(
    start: Start, artefact: Path, other_gavel: Path, parts: Path, tmp_path: Path
) -> None:
    ours, theirs = Scorer.load(BUNDLED).version, Scorer.load(artefact).version
    elsewhere = {**os.environ, "PYTHONPATH": str(other_gavel)}
    with (
        scheduler(tmp_path) as (_, address),
        ending(*worker_words(address, tmp_path), env=elsewhere),
    ):
        scoring = start(
            *(parts, "--output", tmp_path / "out", "--scheduler", address),
            model=None,
        )
        _, told = scoring.communicate(timeout=SECONDS)
    worker = told.split()[8]
    assert (scoring.returncode, told) == (
        1,
        f"gavel: 1 of 1 workers cannot take part; {worker} the bundled model has "
        f"version {theirs} here and {ours} where the run began; install the same "
        "Gavel and the same model on both\n",
    )


@pytest.mark.long
def test_a_worker_without_gavel_is_refused(
    start: Start, parts: Path, tmp_path: Path
) -> None:
    starting = "from dask.__main__ import main; main()"
    with (
        scheduler(tmp_path) as (_, address),
        ending(
            # -S passes over the packages that are installed here.
            *(sys.executable, "-S", "-c", starting),
            *worker_words(address, tmp_path)[1:],
            env={"PYTHONPATH": str(site_without(tmp_path, "gavel", "__editable__"))},
            cwd=tmp_path,
        ),
    ):
        scoring = start(parts, "--output", tmp_path / "out", "--scheduler", address)
        _, told = scoring.communicate(timeout=SECONDS)
    assert (scoring.returncode, told.count("\n")) == (1, 1)
    assert "1 of 1 workers cannot take part" in told
    assert "No module named 'model'" in told
    assert "install the same Gavel there" in told


@pytest.mark.long
def test_a_scheduler_that_does_not_answer_is_refused(
    start: Start, parts: Path, tmp_path: Path
) -> None:
    address = "tcp://127.0.0.1:1"
    scoring = start(parts, "--output", tmp_path / "out", "--scheduler", address)
    _, told = scoring.communicate(timeout=SECONDS)
    assert (scoring.returncode, told) == (
        1,
        f"gavel: no Dask scheduler answers at {address}; give the address that dask "
        "scheduler prints, such as tcp://192.0.2.1:8786\n",
    )


def test_without_the_extra_one_line_says_how_to_install_it(
    parts: Path, tmp_path: Path
) -> None:
    site = site_without(tmp_path, "dask", "distributed")
    out = str(tmp_path / "out")
    words = ["score", "--engine", "dask", str(parts), "--output", out]
    ended = subprocess.run(
        # -S passes over the packages that are installed here.
        [sys.executable, "-S", "-c", "from model.cli import main; main()", *words],
        env={"PYTHONPATH": f"{site}:{BUNDLED.parents[1]}"},
        capture_output=True,
        text=True,
        check=False,
        timeout=SECONDS,
    )
    assert (ended.returncode, ended.stderr) == (
        1,
        "gavel: this command needs distributed, which is not installed; in Gavel's "
        "folder run: pip install '.[dask]'\n",
    )
    assert not Path(out).exists()
