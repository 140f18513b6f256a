from pathlib import Path

import pytest

from labels.codebook import Codebook, read_codebook
from labels.errors import InputError


def test_version_and_rules_are_read(tmp_path: Path) -> None:
    path = tmp_path / "book.md"
    path.write_text(
        "# A book\n\nVersion 7. It decides.\n\n- **A1 insults** people;\n"
        "- **E-report** news (T2), not ISO-8601 or US-led.\n"
    )

    assert read_codebook(path) == Codebook(
        7, frozenset({"A1", "E-report", "T2", "none"})
    )


def test_a_book_without_version_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "book.md"
    path.write_text("# A book\n")

    with pytest.raises(InputError, match=r"book\.md has no line that begins"):
        read_codebook(path)
