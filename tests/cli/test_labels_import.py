"""``gavel labels import``."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner, Result

from labels.labelled import shares_of
from labels.labelled_files import read_labelled_file
from labels.schema import LABELS
from model.cli import main

Import = Callable[..., Result]

_MADLIBS = "Text,Label,Template\nwell put,NOT_BAD,x\nso rude,BAD,x\n"


@pytest.fixture
def labels_import() -> Import:
    """Call ``gavel labels import``."""

    def call(*arguments: object) -> Result:
        words = ["labels", "import", *map(str, arguments)]
        return CliRunner().invoke(main, words, prog_name="gavel")

    return call


@pytest.fixture
def surge(tmp_path: Path) -> Path:
    path = tmp_path / "toxicity_en.csv"
    path.write_text("text,is_toxic\n@ann so rude,Toxic\nwell put,Not Toxic\nhm,?\n,\n")
    return path


def test_corpus_is_counted_and_described(labels_import: Import, surge: Path) -> None:
    done = labels_import("surge", surge.parent)

    digest = hashlib.sha256(surge.read_bytes()).hexdigest()
    assert done.output.splitlines() == [
        "surge: 4 rows read, 2 kept",
        "  2 dropped: label unknown (is_toxic)",
        "  abuse: 2 known, 1 positive",
        "  severe_abuse: 0 known, 0 positive",
        "  insult: 0 known, 0 positive",
        "  profanity: 0 known, 0 positive",
        "  threat: 0 known, 0 positive",
        "  identity_attack: 0 known, 0 positive",
        "  extremist_praise: 0 known, 0 positive",
        f"  toxicity_en.csv: SHA-256 {digest}, not in the manifest",
        "  licence: MIT",
        "  citation: Surge AI. The Toxicity Dataset.",
        "  home: https://github.com/surge-ai/toxicity",
    ]


def test_rows_are_written_with_shares_and_placeholders(
    labels_import: Import, surge: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out.parquet"

    done = labels_import("surge", surge, "--output", out)

    assert done.output.splitlines()[-1] == f"wrote 2 rows to {out}"
    assert pq.read_table(out).to_pylist()[0] == {
        "id": "toxicity_en-2",
        "text": "<user> so rude",
        "parent_text": None,
        "source": "surge",
        "group": None,
        "split": None,
        **dict.fromkeys(LABELS),
        "abuse": 1.0,
    }


@pytest.mark.parametrize("ending", ["csv", "jsonl", "parquet"])
def test_written_rows_can_be_trained_on(
    ending: str, labels_import: Import, surge: Path, tmp_path: Path
) -> None:
    out = tmp_path / f"out.{ending}"
    labels_import("surge", surge, "--output", out)

    rows = read_labelled_file(out)

    assert [row.shares for row in rows] == [shares_of(abuse=1.0), shares_of(abuse=0.0)]


def test_rows_for_evaluation_stay_so_when_written(
    labels_import: Import, tmp_path: Path
) -> None:
    (tmp_path / "bias_madlibs_77k.csv").write_text(_MADLIBS)
    out = tmp_path / "out.csv"

    done = labels_import("bias_madlibs", tmp_path, "--output", out)

    assert "  for evaluation alone: no model may learn from it\n" in done.output
    assert [row.is_held_out for row in read_labelled_file(out)] == [True, True]


def test_own_file_is_read_by_its_columns(labels_import: Import, tmp_path: Path) -> None:
    path = tmp_path / "site.tsv"
    path.write_text("body\tis_toxic\n/u/somebody is a clod\t1\nhello\t\n")
    out = tmp_path / "out.csv"

    done = labels_import(
        *("own", path, "--text-column", "body", "--map", "abuse=is_toxic"),
        *("--output", out),
    )

    assert done.output.splitlines()[:2] == [
        "site.tsv: 2 rows read, 2 kept",
        "  abuse: 1 known, 1 positive",
    ]
    assert out.read_text().splitlines()[1:] == [
        "1,<user> is a clod,,site,,,1.0,,,,,,",
        "2,hello,,site,,,,,,,,,",
    ]


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        pytest.param(
            ["surge", "{tmp}/other.csv"],
            1,
            "holds no Surge AI Toxicity corpus; expected toxicity_en.csv with the "
            "columns text, is_toxic",
            id="a file of another name",
        ),
        pytest.param(
            ["own", "{tmp}/other.csv", "--map", "abuse=rude"],
            1,
            "has no column 'rude'; it has text, toxic",
            id="a column that is not there",
        ),
        pytest.param(
            ["own", "{tmp}/other.csv"],
            1,
            "has no column that is named after a label",
            id="no column for a label",
        ),
        pytest.param(
            ["own", "{tmp}/other.csv", "--map", "rude=toxic"],
            2,
            "'rude=toxic' is not LABEL=COLUMN, with a label of abuse,",
            id="a label that is not ours",
        ),
        pytest.param(
            ["own", "{tmp}/other.csv", "--map", "abuse"],
            2,
            "'abuse' is not LABEL=COLUMN",
            id="a label without a column",
        ),
        pytest.param(
            ["surge", "{tmp}", "--map", "abuse=toxic"],
            2,
            "describe a file of your own; say gavel labels import own FILE",
            id="columns for a corpus",
        ),
        pytest.param(
            ["own", "{tmp}"], 1, "is a folder; name a file in it", id="an own folder"
        ),
    ],
)
def test_mistake_is_answered_with_its_remedy(
    arguments: list[str],
    code: int,
    message: str,
    labels_import: Import,
    tmp_path: Path,
) -> None:
    (tmp_path / "other.csv").write_text("text,toxic\nhello,0\n")

    done = labels_import(*[one.replace("{tmp}", str(tmp_path)) for one in arguments])

    assert done.exit_code == code
    assert message in done.stderr
