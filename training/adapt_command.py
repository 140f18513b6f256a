"""The command ``gavel adapt``."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from labels.corpora.sources import file_hash
from labels.errors import InputError
from labels.input_paths import INPUT_FILE, INPUT_FOLDER
from labels.labelled_files import read_labelled_file
from labels.settings import load_settings
from labels.text_tables import lay_out

if TYPE_CHECKING:
    from training.adapt import AdaptedLabel


@click.command()
@click.option(
    "--labels",
    "files",
    type=INPUT_FILE,
    multiple=True,
    required=True,
    help="Your own labelled comments; may be given again.",
)
@click.option(
    "--model",
    type=INPUT_FOLDER,
    help="Folder of the model to move. [default: that of the settings, else the "
    "bundled one]",
)
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    required=True,
    help="Folder to write the adapted model into.",
)
def adapt(files: tuple[Path, ...], model: Path | None, out: Path) -> None:
    """Move a model toward your own labels in seconds.

    Public corpora are not needed, and 50 to 5,000 labels of a label do. Those that
    the files do not know stay as they were. From 200 on calibration and thresholds
    are the site's own too.
    """
    # What scores takes most of a second to import; --help need not wait.
    from model.artefact import load_artefact  # noqa: PLC0415
    from model.bundled_model import BUNDLED  # noqa: PLC0415

    folder = load_settings({"model": model}, only={"model"}).model or BUNDLED
    if out.resolve() == folder.resolve():
        raise InputError(
            f"{out} holds the model to move, which would be lost; name another folder"
        )
    labelled = {file: read_labelled_file(file) for file in files}
    for file, read in labelled.items():
        if not read:
            raise InputError(f"{file} holds no comments; write one on each line")
    # SciPy takes a second more; a wrong path need not wait.
    from training.adapt import adapt as adapt_model  # noqa: PLC0415
    from training.adapt import write_adapted  # noqa: PLC0415
    from training.rows import as_rows  # noqa: PLC0415

    artefact = load_artefact(folder)
    rows = as_rows([row for read in labelled.values() for row in read])
    adapted = adapt_model(
        artefact, rows, announce=lambda step: click.echo(step, err=True)
    )
    manifest: list[dict[str, object]] = [
        {
            "source": file.stem,
            "rows": len(read),
            "files": {file.name: file_hash(file)},
        }
        for file, read in labelled.items()
    ]
    version = write_adapted(out, adapted, artefact, manifest)
    click.echo(_table(adapted.labels))
    for reason in adapted.unmoved.values():
        click.echo(f"{reason}, so it stays as it was")
    click.echo(f"{adapted.new_ngrams:,} n-grams are new")
    click.echo(f"wrote model {version}, adapted from {artefact.version}, to {out}")


def _table(labels: Mapping[str, "AdaptedLabel"]) -> str:
    """Return one line for each label that learnt."""
    header = ("label", "labels", "positive", "strength", "stretch", "thresholds")
    lines = [
        (
            label,
            f"{one.labels:,}",
            f"{one.positives:,}",
            f"{one.strength:g}",
            f"{one.stretch:g}",
            "the site's" if one.is_recalibrated else "as they were",
        )
        for label, one in labels.items()
    ]
    return lay_out([header, *lines], words=1)
