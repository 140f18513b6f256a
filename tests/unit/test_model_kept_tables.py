"""Laid-out tables that are kept for the next start."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("numba", reason="there is no compiled scorer without Numba")

from model.kernel import kept_tables
from model.kernel.hashing import KeyTable, StringTable, key_table, string_table
from model.scorer import Scorer

_TYPES = {"words": StringTable, "keys": KeyTable}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(kept_tables, "cache_folder", lambda: tmp_path / "kept")
    return tmp_path / "kept"


def _tables() -> dict[str, object]:
    keys, _ = key_table(np.array([3, 1, 2], np.uint64))
    return {"words": string_table(["fool", "", "weiß"]), "keys": keys}


@pytest.mark.usefixtures("folder")
def test_what_is_kept_comes_back() -> None:
    tables = _tables()
    kept_tables.keep_tables("one", tables)

    found = kept_tables.read_tables("one", _TYPES)

    assert found is not None
    for name, kind in _TYPES.items():
        assert type(found[name]) is kind
        np.testing.assert_equal(found[name], tables[name])
    assert not found["keys"].keys.flags.writeable


@pytest.mark.usefixtures("folder")
def test_nothing_is_kept_under_another_key() -> None:
    kept_tables.keep_tables("one", _tables())

    assert kept_tables.read_tables("two", _TYPES) is None


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def _flip(path: Path) -> None:
    damaged = bytearray(path.read_bytes())
    damaged[-1] ^= 1
    path.write_bytes(damaged)


def _empty(path: Path) -> None:
    path.write_bytes(b"")


@pytest.mark.parametrize("damage", [_cut, _flip, _empty])
def test_damaged_tables_are_not_read(
    damage: Callable[[Path], None], folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    kept_tables.keep_tables("one", _tables())
    (path,) = folder.iterdir()
    damage(path)

    assert kept_tables.read_tables("one", _TYPES) is None
    assert "made anew" in caplog.text


def test_few_are_kept(folder: Path) -> None:
    for number in range(10):
        kept_tables.keep_tables(str(number), _tables())

    assert len(list(folder.iterdir())) == 4
    assert kept_tables.read_tables("9", _TYPES) is not None


def test_where_nothing_can_be_written_nothing_fails(folder: Path) -> None:
    folder.write_text("a file where a folder should be")

    kept_tables.keep_tables("one", _tables())


def test_a_model_scores_the_same_from_kept_tables(folder: Path, artefact: Path) -> None:
    texts = ["You are a fool.", "cl0wn", "see http://example.org", "نہیں", "a b c"]
    first = Scorer.load(artefact).score_arrays(texts)
    assert len(list(folder.iterdir())) == 1

    second = Scorer.load(artefact).score_arrays(texts)

    np.testing.assert_array_equal(first.scores, second.scores)
