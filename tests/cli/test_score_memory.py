"""``gavel score`` holds a bounded part of an archive in memory, whatever its size."""

import csv
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from itertools import cycle, islice
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import parquet

from labels.own import read_own

GAVEL = Path(sys.executable).with_name("gavel")
ROWS = 30_000
# With these the rows together hold more than the memory that is allowed.
NOTE_CHARACTERS = 24_000
MOST_BYTES = 600 * 2**20


def tables(rows: int = 500) -> Iterator[pa.Table]:
    """Yield our own comments over and over, with a running id and a long note."""
    texts = [labelled.comment.text for labelled in read_own()]
    words = " ".join(texts)
    endless = cycle(texts)
    for first in range(0, ROWS, rows):
        begins = range(first * 7, (first + rows) * 7, 7)
        yield pa.table(
            {
                "id": range(first, first + rows),
                "text": list(islice(endless, rows)),
                "note": [words[b : b + NOTE_CHARACTERS] for b in begins],
            }
        )


def write(path: Path) -> None:
    if path.suffix == ".parquet":
        # One row group: a reader that holds a whole one holds the file.
        whole = pa.concat_tables(tables())
        parquet.write_table(whole, path, row_group_size=ROWS, use_dictionary=False)
        return
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        if path.suffix == ".csv":
            writer.writerow(["id", "text", "note"])
        for table in tables():
            for row in table.to_pylist():
                if path.suffix == ".csv":
                    writer.writerow(row.values())
                else:
                    file.write(json.dumps(row) + "\n")


def tree(process: int) -> list[int]:
    """Return a process and all that descend from it."""
    found = [process]
    with suppress(OSError):  # it has ended
        for listed in Path(f"/proc/{process}/task").glob("*/children"):
            for child in listed.read_text(encoding="ascii").split():
                found += tree(int(child))
    return found


def resident_bytes(process: int) -> int:
    try:
        pages = Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1]
    except OSError:  # it has ended
        return 0
    return int(pages) * 4096


@pytest.mark.long
@pytest.mark.timeout(1_200)
@pytest.mark.parametrize("ending", [".parquet", ".csv", ".jsonl"])
@pytest.mark.parametrize("jobs", [1, 2])
def test_memory_stays_flat(tmp_path: Path, ending: str, jobs: int) -> None:
    source, output = tmp_path / f"in{ending}", tmp_path / f"out{ending}"
    write(source)
    words = [str(GAVEL), "score", str(source), "--output", str(output)]
    words += ["--jobs", str(jobs)]
    peak = 0
    with subprocess.Popen(words, stderr=subprocess.PIPE) as scoring:
        while scoring.poll() is None:
            peak = max(peak, sum(map(resident_bytes, tree(scoring.pid))))
            time.sleep(0.05)
        assert scoring.stderr is not None
        said = scoring.stderr.read()
    expected = f"wrote 30,000 rows to {output}\n"
    assert (scoring.returncode, said.decode()) == (0, expected)
    assert peak < MOST_BYTES
