from pathlib import Path

import pytest

from labels.errors import InputError
from training.rows import gather


def _corpora(folder: Path) -> Path:
    for name, header in (("cad", "id\ttext\tlabels\n"), ("surge", "text,is_toxic\n")):
        (folder / name).mkdir()
        row = "c1\tA quiet day.\tNeutral\n" if name == "cad" else "Fine,Not Toxic\n"
        file = "cad_v1_1_train.tsv" if name == "cad" else "toxicity_en.csv"
        (folder / name / file).write_text(header + row)
    return folder


def test_corpus_that_is_left_out_teaches_nothing(tmp_path: Path) -> None:
    corpora = _corpora(tmp_path)

    assert sorted(set(gather(corpora, []).sources)) == ["cad", "surge"]
    assert sorted(set(gather(corpora, [], ["surge"]).sources)) == ["cad"]


def test_unknown_corpus_cannot_be_left_out(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no corpus 'nope' to leave out"):
        gather(_corpora(tmp_path), [], ["nope"])
