import json
from pathlib import Path

import pytest

from model.bundled_model import BUNDLED
from training.evaluation_file import write_figures

HONEST = {"cells": [{"split": "test"}, {"split": "out of fold"}]}
FLATTERING = {"cells": [{"split": "test"}, {"split": "trained on"}]}


@pytest.mark.parametrize(
    ("before", "figures"),
    [
        pytest.param(None, FLATTERING, id="none there"),
        pytest.param(json.dumps(FLATTERING), FLATTERING, id="no better ones there"),
        pytest.param(json.dumps(HONEST), {**HONEST, "new": 1}, id="as good as those"),
        pytest.param('{"cells": [', FLATTERING, id="a file that is cut off"),
    ],
)
def test_figures_are_written_beside_the_model(
    tmp_path: Path, before: str | None, figures: dict[str, object]
) -> None:
    path = tmp_path / "evaluation.json"
    if before is not None:
        path.write_text(before)

    said = write_figures(figures, tmp_path)

    assert (said, json.loads(path.read_text())) == (f"wrote {path}", figures)


def test_figures_without_out_of_fold_scores_replace_none_that_have_some(
    tmp_path: Path,
) -> None:
    path = tmp_path / "evaluation.json"
    path.write_text(json.dumps(HONEST))

    said = write_figures(FLATTERING, tmp_path)

    assert said == (
        f"wrote no file: {path} has out-of-fold scores, which these figures lack; "
        "--json FILE writes these figures"
    )
    assert json.loads(path.read_text()) == HONEST


def test_the_bundled_model_keeps_its_figures(tmp_path: Path) -> None:
    # Its own figures, so that nothing is lost should they be written.
    figures = json.loads((BUNDLED / "evaluation.json").read_text(encoding="utf-8"))
    link = tmp_path / "model"
    link.symlink_to(BUNDLED)

    said = [write_figures(figures, folder) for folder in (BUNDLED, link)]

    sentence = (
        "wrote no file: the bundled model keeps the figures that it came with; "
        "--json FILE writes these figures"
    )
    assert said == [sentence, sentence]


def test_a_file_that_is_named_is_written_whatever_it_holds(tmp_path: Path) -> None:
    path = tmp_path / "evaluation.json"
    path.write_text(json.dumps(HONEST))

    said = write_figures(FLATTERING, tmp_path, path)

    assert (said, json.loads(path.read_text())) == (f"wrote {path}", FLATTERING)
