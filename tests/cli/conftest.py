"""What the tests of several commands share."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from click.testing import CliRunner, Result
from pyarrow import parquet

from model.cli import main


@pytest.fixture
def score(artefact: Path) -> Callable[..., Result]:
    """Call ``gavel score`` with the small model."""

    def call(*arguments: object, piped: bytes = b"") -> Result:
        words = ["score", "--model", str(artefact), *map(str, arguments)]
        return CliRunner().invoke(main, words, input=piped, prog_name="gavel")

    return call


@pytest.fixture(scope="session")
def parts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of six parts in four formats, and what is no part."""
    folder = tmp_path_factory.mktemp("parts")
    texts = [f"good day to you all, reader {number}" for number in range(1_000)]
    for name in ("a.csv", "b.csv"):
        lines = "".join(f'{number},"{text}"\n' for number, text in enumerate(texts))
        (folder / name).write_text("id,text\n" + lines)
    (folder / "c.tsv").write_text("text\n" + "\n".join(texts))
    (folder / "d.jsonl").write_text("".join(f'{{"text": "{one}"}}\n' for one in texts))
    for name in ("e.parquet", "f.parquet"):
        parquet.write_table(pa.table({"text": texts}), folder / name)
    (folder / "_SUCCESS").touch()
    return folder


@pytest.fixture(scope="session")
def whole(
    artefact: Path, parts: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, Result]:
    """The folder that the parts become in one process, undisturbed; and its end."""
    out = tmp_path_factory.mktemp("whole")
    words = ["score", "--model", str(artefact), str(parts), "--output", str(out)]
    return out, CliRunner().invoke(main, words, prog_name="gavel")


@pytest.fixture(scope="session")
def contents() -> Callable[[Path], dict[str, Any]]:
    """Return a function that reads every visible part of a folder.

    It gives the bytes of each, or its table where it is Parquet.
    """

    def read(folder: Path) -> dict[str, Any]:
        return {
            path.name: parquet.read_table(path)
            if path.suffix == ".parquet"
            else path.read_bytes()
            for path in sorted(folder.glob("[!.]*"))
        }

    return read
