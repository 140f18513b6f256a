"""``gavel score``: rows, files and options that it cannot use."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from model.cli import main

Call = Callable[..., Result]


def test_a_broken_row_is_listed_and_every_other_is_written(
    score: Call, tmp_path: Path
) -> None:
    path, output = tmp_path / "in.csv", tmp_path / "out.csv"
    lines = [f"{number},good day" for number in range(2, 3_000)]
    lines[997] = '999,"good day'
    path.write_text("id,text\n" + "\n".join(lines), encoding="utf-8")
    result = score(path, "--output", output)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == (
        "line 999: a quotation mark is stray or is never closed\n"
        "scored 2,997 rows, left out 1\n"
        f"wrote 2,997 rows to {output}\n"
    )
    written = output.read_text(encoding="utf-8").splitlines()[1:]
    assert [line.partition(",")[0] for line in written] == [
        str(number) for number in range(2, 3_000) if number != 999
    ]


def test_evidence_in_a_table_is_a_usage_error(score: Call, tmp_path: Path) -> None:
    result = score("--explain", "--output", tmp_path / "out.csv", piped=b"a\n")
    assert (result.exit_code, result.stderr.splitlines()[-1]) == (
        2,
        "Error: --explain needs an --output that ends in .jsonl",
    )


@pytest.mark.parametrize(
    ("name", "content", "error"),
    [
        pytest.param(
            "in.csv",
            "id,body\n",
            "{path} has no column 'text'; it has 'id', 'body': say which one holds the "
            "comments with --text-column",
            id="no text column",
        ),
        pytest.param(
            "in.doc",
            "",
            "the ending of in.doc names no format; rename it to one of .csv, .tsv, "
            ".jsonl, .ndjson, .parquet, .txt (and .gz or .zst after it) or say "
            "--format csv|tsv|jsonl|parquet|lines|thread",
            id="unknown ending",
        ),
        pytest.param(
            "in.parquet",
            "",
            "{path} is not a whole Parquet file (Parquet file size is 0 bytes); write "
            "it again",
            id="empty Parquet",
        ),
        pytest.param(
            "in.parquet.gz",
            "",
            "{path} is Parquet, which is compressed inside and cannot be read through "
            ".gz; unpack it first",
            id="Parquet in gzip",
        ),
        pytest.param(
            "in.csv.gz",
            "text\na\n",
            "{path} is no whole .gz file (Not a gzipped file (b'te')); compress it "
            "again",
            id="not compressed",
        ),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_one_line(
    score: Call, tmp_path: Path, name: str, content: str, error: str
) -> None:
    path, output = tmp_path / name, tmp_path / "out.csv"
    path.write_text(content, encoding="utf-8")
    output.write_text("old", encoding="utf-8")
    result = score(path, "--output", output)
    line = f"gavel: {error.format(path=path)}\n"
    assert (result.exit_code, result.output) == (1, line)
    assert output.read_text(encoding="utf-8") == "old"


def test_an_absent_file_is_refused(score: Call, tmp_path: Path) -> None:
    path = tmp_path / "absent.csv"
    result = score(path)
    expected = (1, f"gavel: there is no file {path}\n")
    assert (result.exit_code, result.output) == expected


@pytest.mark.parametrize(
    ("output", "error"),
    [
        pytest.param(
            "in.csv", "{path} is the input itself; name another --output", id="input"
        ),
        pytest.param(
            "../absent/out.csv",
            "cannot write {path}: make the folder {path.parent} first",
            id="no folder",
        ),
        pytest.param(
            "out.xlsx",
            "the ending of out.xlsx names no format; use one of .csv, .tsv, .jsonl, "
            ".ndjson, .parquet (and .gz or .zst after it)",
            id="unknown ending",
        ),
        pytest.param(
            "out.parquet.zst",
            "out.parquet.zst would be compressed twice, for Parquet is compressed "
            "inside; leave out .zst",
            id="Parquet in Zstandard",
        ),
    ],
)
def test_an_output_that_cannot_be_written_is_refused(
    score: Call, tmp_path: Path, output: str, error: str
) -> None:
    source, path = tmp_path / "in.csv", tmp_path / output
    source.write_text("text\ngood day\n", encoding="utf-8")
    result = score(source, "--output", path)
    line = f"gavel: {error.format(path=path)}\n"
    assert (result.exit_code, result.output) == (1, line)
    assert source.read_text(encoding="utf-8") == "text\ngood day\n"


def test_a_missing_model_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "absent"
    result = CliRunner().invoke(main, ["score", "--model", str(folder)])
    assert result.exit_code == 1
    assert result.output.startswith(f"gavel: there is no model in {folder}")
