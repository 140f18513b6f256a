"""What many tests share: a small model and a report on it, made once a session."""

import csv
import os
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql

from labels.labelled import LabelledComment
from labels.own import (
    COMMENT_COLUMNS,
    COMMENTS,
    DATA,
    JUDGEMENT_COLUMNS,
    JUDGEMENTS,
    read_own,
)
from labels.settings import load_settings
from labels.store import Store
from labels.suites import SUITE_COLUMNS
from model.scorer import Scorer
from training.evaluation_data import as_plain
from training.evaluation_inputs import ReportOptions
from training.evaluation_report import make_report
from training.rows import as_rows
from training.train import Trained, train

# Every fifth comes from every writing batch, held-out ones too.
_EVERY = 5

# A report on fewer of them holds everything, in seconds.
_EVERY_OWN = 25
_HIDDEN_WORD = "zanzibarquay"


def pytest_configure() -> None:
    """Give what tests start an ear for Ctrl-C.

    A run that a script put into the background ignores it, and children inherit that.
    """
    signal.signal(signal.SIGINT, signal.default_int_handler)


@contextmanager
def _instance(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GAVEL_INSTANCE", str(tmp_path_factory.mktemp("instance")))
        yield


@pytest.fixture(scope="session", autouse=True)
def _own_instance(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the tests' store and registry apart from those of whoever tests."""
    with _instance(tmp_path_factory):
        yield


@pytest.fixture(scope="module", autouse=True)
def _instance_of_its_own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep keys and promoted models of one module from the next, in any order."""
    with _instance(tmp_path_factory):
        yield


@dataclass(frozen=True)
class Postgres:
    """A PostgreSQL server of our own, in a temporary folder, on a free port."""

    programs: Path
    folder: Path
    port: int

    def run(self, program: str, *options: str) -> None:
        """Run one of its programs; it refuses to run as root."""
        subprocess.run(
            [self.programs / program, *options],
            check=True,
            stdout=subprocess.DEVNULL,
            user="postgres" if os.getuid() == 0 else None,
            cwd=self.folder,
            timeout=60,
        )

    def start(self) -> None:
        """Start it and wait until it answers."""
        # What a crash of the server leaves behind needs no disk that syncs.
        told = f"-p {self.port} -h 127.0.0.1 -k {self.folder} -F"
        log = str(self.folder / "log")
        data = str(self.folder / "data")
        self.run("pg_ctl", "-D", data, "-l", log, "-o", told, "-w", "start")

    def start_again(self) -> None:
        """Start it if a test left it stopped."""
        if not (self.folder / "data" / "postmaster.pid").exists():
            self.start()

    def stop(self, mode: str = "fast") -> None:
        """Stop it; ``immediate`` is what a crash would be."""
        self.run("pg_ctl", "-D", str(self.folder / "data"), "-m", mode, "-w", "stop")

    def new_database(self) -> str:
        """Return the URL of an empty database."""
        name = f"gavel_{secrets.token_hex(4)}"
        url = self.url("postgres")
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(
                sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name))
            )
        return self.url(name)

    def empty_database(self) -> str:
        """Return the URL of a database that many tests share, emptied.

        A database of its own for each test takes thousands of files.
        """
        url = self.url("postgres")
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("DROP SCHEMA public CASCADE")
            connection.execute("CREATE SCHEMA public")
        return url

    def url(self, database: str) -> str:
        """Return where a database is."""
        return f"postgresql://gavel:gavel@127.0.0.1:{self.port}/{database}"


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    programs = found[-1].parent if found else None
    if programs is None:
        pytest.skip(
            "needs PostgreSQL; on Debian: make services, or apt-get install postgresql"
        )
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    folder = Path(tempfile.mkdtemp(prefix="gavel-postgres-"))
    (folder / "password").write_text("gavel")
    if os.getuid() == 0:
        shutil.chown(folder, "postgres")
        shutil.chown(folder / "password", "postgres")
    server = Postgres(programs, folder, port)
    server.run(
        "initdb",
        "--no-sync",
        "-U",
        "gavel",
        "-A",
        "scram-sha-256",
        "--pwfile",
        str(folder / "password"),
        "-E",
        "UTF8",
        "--locale",
        "C",
        str(folder / "data"),
    )
    server.start()
    yield server
    server.stop("immediate")
    shutil.rmtree(folder)


@pytest.fixture(params=["sqlite", "postgres"])
def store_settings(request: pytest.FixtureRequest, tmp_path: Path) -> dict[str, str]:
    """Settings of an empty store: what holds for one database holds for the other."""
    if request.param == "sqlite":
        return {"instance": str(tmp_path / "instance")}
    server: Postgres = request.getfixturevalue("postgres")
    return {"instance": str(tmp_path), "database_url": server.empty_database()}


@pytest.fixture
def store(store_settings: dict[str, str]) -> Iterator[Store]:
    opened = Store(load_settings(store_settings))
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def few_labelled() -> list[LabelledComment]:
    """Some of our own comments: enough to train on in seconds."""
    return read_own()[::_EVERY]


@pytest.fixture(scope="session")
def trained(
    few_labelled: list[LabelledComment], tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, Trained]:
    folder = tmp_path_factory.mktemp("model") / "small"
    return folder, train(as_rows(few_labelled), folder, jobs=1)


@pytest.fixture(scope="session")
def artefact(trained: tuple[Path, Trained]) -> Path:
    """The folder of a small trained model."""
    return trained[0]


@pytest.fixture(scope="session")
def scorer(artefact: Path) -> Scorer:
    return Scorer.load(artefact)


@pytest.fixture(scope="session")
def small_own(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Some of our own comments with all their judgements, as a folder."""
    folder = tmp_path_factory.mktemp("own")
    kept: set[str] = set()
    for name, key in ((COMMENTS, "id"), (JUDGEMENTS, "comment_id")):
        with (DATA / name).open(newline="", encoding="utf-8") as file:
            reader = csv.DictReader(file)
            rows = list(reader)
        if name == COMMENTS:
            rows = rows[::_EVERY_OWN]
            kept = {row["id"] for row in rows}
        with (folder / name).open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, reader.fieldnames or [])
            writer.writeheader()
            writer.writerows(row for row in rows if row[key] in kept)
    return folder


@pytest.fixture(scope="session")
def hidden_corpora(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus whose every comment holds a word that must not be shown."""
    folder = tmp_path_factory.mktemp("corpora")
    (folder / "cad").mkdir()
    rows = [
        f"r{at}\tyou are an idiot {_HIDDEN_WORD} {at}\t"
        + ("PersonDirectedAbuse" if at % 2 else "Neutral")
        for at in range(40)
    ]
    table = "\n".join(["id\ttext\tlabels", *rows]) + "\n"
    (folder / "cad" / "cad_v1_1_train.tsv").write_text(table, "utf-8")
    return folder


@pytest.fixture(scope="session")
def report_options(
    artefact: Path,
    small_own: Path,
    hidden_corpora: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> ReportOptions:
    folder = tmp_path_factory.mktemp("brought")
    suite = folder / "theircheck.csv"
    suite.write_text(
        "functionality,test_case,label_gold\n"
        + "derogation,all women are idiots and vermin,hateful\n"
        + "thanks,thank you all,non-hateful\nodd,what is this,perhaps\n"
    )
    three = folder / "three.csv"
    three.write_text("text,abuse,insult\nall quiet,0,1\nyou clod,1,1\nbye now,0,1\n")
    recent = folder / "recent.csv"
    recent.write_text("text\nwell said\nyou utter idiot\n")
    return ReportOptions(
        artefact,
        own=small_own,
        corpora=hidden_corpora,
        files=[three],
        suites=[suite],
        against=artefact,
        unlabelled=recent,
        jobs=1,
        command="gavel evaluate small",
    )


@pytest.fixture(scope="session")
def report_steps() -> list[str]:
    return []


@pytest.fixture(scope="session")
def report(report_options: ReportOptions, report_steps: list[str]) -> dict[str, Any]:
    return as_plain(make_report(report_options, report_steps.append))


@pytest.fixture(scope="session")
def hidden_word() -> str:
    """A word of every comment of ``hidden_corpora``, and of no other."""
    return _HIDDEN_WORD


@pytest.fixture
def write_tables(tmp_path: Path) -> Callable[..., Path]:
    """Return a function that writes comments, judgements and a suite into a folder.

    Cells that a row does not name are those of a row without fault. The suite is
    called ``cases.csv`` and lies in the folder ``suites``.
    """

    def write(
        comments: Sequence[dict[str, str]],
        judgements: Sequence[dict[str, str]],
        cases: Sequence[dict[str, str]] = (),
    ) -> Path:
        (tmp_path / "suites").mkdir()
        for name, columns, usual, rows in (
            ("comments.csv", COMMENT_COLUMNS, _COMMENT, comments),
            ("judgements.csv", JUDGEMENT_COLUMNS, _JUDGEMENT, judgements),
            ("suites/cases.csv", SUITE_COLUMNS, _CASE, cases),
        ):
            with (tmp_path / name).open("w", newline="", encoding="utf-8") as file:
                writer = csv.DictWriter(file, columns, restval="")
                writer.writeheader()
                writer.writerows(usual | row for row in rows)
        return tmp_path

    return write


_COMMENT = {"id": "c1", "text": "some words", "batch": "b1", "split": "train"}
_JUDGEMENT = {
    "comment_id": "c1",
    "annotator": "a1",
    "round": "1",
    "codebook_version": "2",
    "rule": "none",
}
_CASE = {
    "id": "s1",
    "function": "thanks",
    "tests": "Thanks are harmless.",
    "text": "thank you all",
    "label": "abuse",
    "expected": "0",
    "part": "open",
}
