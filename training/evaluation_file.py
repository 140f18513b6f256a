"""Writes the figures of an evaluation, unless better ones would be lost."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from labels.output_files import replace_file
from model.bundled_model import BUNDLED
from training.evaluate import OUT_OF_FOLD

FILE: Final = "evaluation.json"


def write_figures(
    figures: Mapping[str, Any], model: Path, path: Path | None = None
) -> str:
    """Write figures as JSON; return a sentence that says where, or why nowhere.

    Without a ``path`` they go beside the model. There those of the bundled model
    stay, since the README states them, and no figures without out-of-fold scores,
    which flatter the model, take the place of figures with some.

    Raises:
        OutputError: if the path cannot be written.
    """
    reason = None if path else _reason_to_keep(figures, model)
    if reason:
        return f"wrote no file: {reason}; --json FILE writes these figures"
    path = path or model / FILE
    with replace_file(path) as file:
        file.write((json.dumps(figures, indent=2) + "\n").encode())
    return f"wrote {path}"


def _reason_to_keep(figures: Mapping[str, Any], model: Path) -> str | None:
    """Return why the figures beside the model stay; None if they may go."""
    if model.resolve() == BUNDLED.resolve():
        return "the bundled model keeps the figures that it came with"
    path = model / FILE
    if path.exists() and _is_out_of_fold(_read(path)) and not _is_out_of_fold(figures):
        return f"{path} has out-of-fold scores, which these figures lack"
    return None


def _read(path: Path) -> Any:
    try:
        return json.loads(path.read_bytes())
    except ValueError:
        return {}


def _is_out_of_fold(figures: Mapping[str, Any]) -> bool:
    return any(cell["split"] == OUT_OF_FOLD for cell in figures.get("cells", []))
