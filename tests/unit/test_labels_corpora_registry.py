"""Which corpora are read, and what the manifest says of them."""

from pathlib import Path

import pytest

from labels.corpora.registry import (
    IMPORTERS,
    read_all_corpora,
    read_corpora,
    read_corpus,
)
from labels.corpora.sources import file_hash, load_sources
from labels.errors import InputError

_SHARED = Path(__file__).parents[3] / "shared" / "corpora"

_DROPPED = {
    "stormfront": {"label is relation": 151, "label is idk/skip": 46},
    "implicit_hate": {"merged with the row of the same text": 5_632},
}


@pytest.fixture
def corpora(tmp_path: Path) -> Path:
    """A folder with one corpus that is trained on, and two that are not."""
    files = {
        "cad/cad_v1_1.csv": "id,text,labels\na1,well put,Neutral\n",
        "surge/toxicity_en.csv": "text,is_toxic\nso rude,Toxic\n",
        "bias_madlibs/bias_madlibs_77k.csv": "Text,Label\nwell put,NOT_BAD\n",
    }
    for name, content in files.items():
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text(content)
    return tmp_path


def test_training_reads_only_what_is_trained_on(corpora: Path) -> None:
    assert list(read_corpora(corpora)) == ["cad", "surge"]


def test_all_corpora_are_read_when_asked_for(corpora: Path) -> None:
    assert list(read_all_corpora(corpora)) == ["cad", "surge", "bias_madlibs"]


@pytest.mark.parametrize("name", IMPORTERS)
def test_place_without_the_corpus_says_what_was_expected(
    name: str, tmp_path: Path
) -> None:
    first = load_sources()[name].published_files[0]

    with pytest.raises(InputError, match=rf"holds no .* corpus; .*{first}"):
        read_corpus(name, tmp_path)


def test_unknown_corpus_names_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there are jigsaw_toxic, toxic_spans, cad"):
        read_corpus("madlibs", tmp_path)


def test_folder_without_corpora_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="holds no corpus; expected a folder"):
        read_corpora(tmp_path)


def test_folder_without_a_corpus_of_any_kind_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="or bias_madlibs in it"):
        read_all_corpora(tmp_path)


def test_manifest_describes_every_importer_and_no_other() -> None:
    assert list(load_sources()) == list(IMPORTERS)


def test_what_may_be_trained_on_and_shown_is_as_decided() -> None:
    sources = load_sources().values()

    assert [one.name for one in sources if not one.may_train] == ["bias_madlibs"]
    assert [one.name for one in sources if one.may_show] == []


@pytest.mark.skipif(not _SHARED.is_dir(), reason="the public corpora are not here")
@pytest.mark.parametrize("name", IMPORTERS)
def test_our_copy_is_read_whole_and_is_the_one_in_the_manifest(name: str) -> None:
    source = load_sources()[name]

    imported = read_corpus(name, _SHARED / name)

    assert imported.rows_read == source.rows
    assert {path.name: file_hash(path) for path in imported.files} == source.sha256
    assert dict(imported.dropped) == _DROPPED.get(name, {})
    assert len(imported.rows) == source.rows - imported.dropped.total()
