"""The command ``gavel labels export``."""

from pathlib import Path

import click

from labels.input_paths import INPUT_FOLDER
from labels.own import DATA, read_tagged


@click.command()
@click.argument("out", type=click.Path(dir_okay=False, path_type=Path))
@click.argument("folder", type=INPUT_FOLDER, default=DATA)
def export(out: Path, folder: Path) -> None:
    """Write the training table: one row a comment, votes as shares.

    OUT ends in .parquet, .csv, .tsv or .jsonl. FOLDER holds comments.csv and
    judgements.csv; without it our own are written.
    """
    from labels.export import write_training_table  # noqa: PLC0415 - quick --help

    comments = read_tagged(folder)
    write_training_table(out, comments)
    click.echo(f"wrote {len(comments):,} comments to {out}")
