"""``gavel labels …``, but for ``import``."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from labels.cli import labels
from labels.labelled import LabelledComment
from model.cli import main

_LONG = "the council has promised for years to mend the road behind the old mill"
_HEAVY = ["numpy", "pyarrow", "pydantic", "datasketch", "sklearn", "cleanlab"]


def _call(*arguments: object) -> Result:
    words = ["labels", *map(str, arguments)]
    return CliRunner().invoke(main, words, prog_name="gavel")


@pytest.fixture
def folder(write_tables: Callable[..., Path]) -> Path:
    """Two comments without fault, one judged twice, and a suite of two cases."""
    return write_tables(
        [{"text": _LONG}, {"id": "c2", "text": "all quiet", "topic": "tea"}],
        [
            {"abuse": "0", "rule": "N-critic"},
            {"annotator": "a2", "round": "2", "rule": "A1", "abuse": "1"},
            {"comment_id": "c2", "abuse": "0"},
        ],
        [{}, {"id": "s2", "function": "greeting", "part": "locked", "text": "hello"}],
    )


def test_every_command_is_listed_suspects_of_training_too() -> None:
    assert labels.list_commands(click.Context(labels)) == [
        "agreement",
        "duplicates",
        "export",
        "import",
        "stats",
        "suspects",
        "validate",
    ]


@pytest.mark.parametrize("name", labels.list_commands(click.Context(labels)))
def test_every_command_has_help(name: str) -> None:
    result = _call(name, "--help")

    assert result.exit_code == 0
    assert result.output.startswith(f"Usage: gavel labels {name} ")


def test_help_imports_nothing_heavy() -> None:
    script = (
        "import sys\nfrom model.cli import main\n"
        "main(['labels', '--help'], standalone_mode=False)\n"
        f"print([name for name in {_HEAVY} if name in sys.modules])"
    )

    ended = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )

    assert ended.stdout.splitlines()[-1] == "[]"


def test_an_unknown_command_names_the_near_one() -> None:
    result = _call("validat")

    assert result.exit_code == 2
    assert "there is no command 'validat'; did you mean validate?" in result.stderr


def test_tables_without_fault_are_counted(folder: Path) -> None:
    result = _call("validate", folder, "--suites", folder / "suites")

    assert (result.exit_code, result.stdout) == (
        0,
        "2 comments and 2 suite cases, no fault\n",
    )


def test_our_own_tables_are_valid() -> None:
    result = _call("validate")

    assert result.exit_code == 0
    assert result.stdout.endswith(" suite cases, no fault\n")


def test_faults_are_listed_and_fail(write_tables: Callable[..., Path]) -> None:
    folder = write_tables([{"text": ""}], [])

    result = _call("validate", folder, "--suites", folder / "suites")

    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        "comments.csv, line 2: text is blank",
        "comments.csv, line 2: comment 'c1' has no judgement",
    ]
    assert result.stderr == "gavel: 2 faults; mend them and run this again\n"


def test_agreement_is_printed_for_each_label_and_rule(folder: Path) -> None:
    result = _call("agreement", folder)

    lines = result.stdout.splitlines()
    assert lines[0] == "comments judged twice: 1"
    assert lines[2].split() == [
        *("abuse", "1", "0", "0.500", "0.000"),
        *("0.000", "[0.000", "0.000]", "0.000", "[0.000", "0.000]"),
    ]
    assert lines[-1].split() == ["N-critic", "abuse", "1", "1", "1"]


def test_agreement_needs_a_second_round(write_tables: Callable[..., Path]) -> None:
    result = _call("agreement", write_tables([{}], [{}]))

    assert result.exit_code == 1
    assert "was judged in both rounds 1 and 2" in result.stderr


def test_a_leak_is_listed_by_id_and_fails(write_tables: Callable[..., Path]) -> None:
    folder = write_tables(
        [{"text": _LONG}, {"id": "c2", "text": "all quiet"}],
        [],
        [{"text": f"{_LONG} now"}],
    )

    result = _call("duplicates", folder, "--suites", folder / "suites")

    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        "3 comments compared, suite cases included",
        "LEAK: cases and gavel train: 1 alike",
        "  s1  c1  0.92",
    ]
    assert result.stderr == "gavel: 1 leak; take one of each pair out\n"


def test_duplicates_and_conflicts_with_corpora_are_listed(
    folder: Path, tmp_path: Path
) -> None:
    corpus = tmp_path / "corpora" / "cad"
    corpus.mkdir(parents=True)
    (corpus / "cad_v1_1_dev.tsv").write_text(
        f"id\ttext\tlabels\nx1\t{_LONG}\tNeutral\nx2\t{_LONG}!\tNeutral\n"
        "x3\tAll quiet.\tPersonDirectedAbuse\n"
    )
    arguments = ("--suites", folder / "suites", "--corpora", corpus.parent)

    result = _call("duplicates", folder, *arguments, "--limit", 1)

    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "7 comments compared, suite cases included",
        "gavel train and cad train: 3 alike",
        "  c1  x1  1.00",
        "  and 2 more; --limit shows them",
        "one text, two labels in two sources: 2",
        "  abuse: 0.5 in gavel c1, 0 in cad x1, 0 in cad x2",
        "  and 1 more; --limit shows them",
        "no leak",
    ]


def test_stats_count_labels_tags_and_lengths(folder: Path) -> None:
    result = _call("stats", folder, "--least-comments", 1)

    lines = [line.split() for line in result.stdout.splitlines()]
    assert ["abuse", "2", "1", "0.500"] in lines
    assert ["gavel", "2", "1", *"000000"] in lines
    assert ["tea", "1", *"0000000"] in lines
    assert ["11", "to", "20", "words", "1", "1", *"000000"] in lines
    assert "abuse: behind (1 of 1)" in result.stdout


def test_export_writes_a_row_a_comment(folder: Path) -> None:
    out = folder / "out.jsonl"

    result = _call("export", out, folder)

    assert result.stdout == f"wrote 2 comments to {out}\n"
    assert len(out.read_text().splitlines()) == 2


def test_export_refuses_an_unknown_ending(folder: Path) -> None:
    result = _call("export", folder / "out.xls", folder)

    assert result.exit_code == 1
    assert "the ending of out.xls names no format" in result.stderr


def test_suspects_are_listed_with_what_was_said(
    write_tables: Callable[..., Path], few_labelled: list[LabelledComment]
) -> None:
    rows = few_labelled[:200]
    folder = write_tables(
        [{"id": row.comment.id, "text": row.comment.text} for row in rows],
        [
            {"comment_id": row.comment.id, "abuse": f"{row.shares[0] or 0:.0f}"}
            for row in rows
        ],
    )

    result = _call("suspects", folder, "--limit", 1, "--jobs", 1)

    first, last = result.stdout.splitlines()
    assert first.split("  ")[1] == "abuse"
    assert last.endswith(" suspect labels, the worst 1 listed")
