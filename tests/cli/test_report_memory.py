"""``gavel report`` holds a bounded part of an archive in memory, whatever its size."""

import subprocess
import sys
from pathlib import Path

import pytest

from labels.schema import LABELS

# All that a row adds, its author among them, is more than this together.
MOST_KIBIBYTES = 60 * 2**10
MEASURE = """
import resource, sys
from model.cli import main
try:
    main(sys.argv[1:])
except SystemExit:
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def peak(artefact: Path, folder: Path, rows: int) -> int:
    """Return the most memory that a report on so many scored rows takes, in KiB."""
    path = folder / "scored.csv"
    scores = ",".join(["0.9"] * len(LABELS))
    with path.open("w", encoding="utf-8") as file:
        file.write(f"text,author,thread,{','.join(LABELS)},action,model_version\n")
        for number in range(rows):
            names = f"words {number},reader number {number},thread {number}"
            file.write(f"{names},{scores},review,v1\n")
    words = ["report", path, "--model", artefact, "--report", folder / "o.html"]
    ended = subprocess.run(
        [sys.executable, "-c", MEASURE, *map(str, words)],
        capture_output=True,
        text=True,
        check=True,
    )
    return int(ended.stdout)


@pytest.mark.long
def test_memory_does_not_grow_with_rows_and_names(
    artefact: Path, tmp_path: Path
) -> None:
    few = peak(artefact, tmp_path, 60_000)

    assert peak(artefact, tmp_path, 600_000) - few < MOST_KIBIBYTES
