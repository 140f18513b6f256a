"""The command ``gavel labels export``."""

from pathlib import Path

import click

from labels.input_paths import INPUT_FOLDER
from labels.own import DATA, read_tagged


@click.command()
@click.argument("out", type=click.Path(dir_okay=False, path_type=Path))
@click.argument("folder", type=INPUT_FOLDER, default=None, required=False)
@click.option(
    "--from-store",
    is_flag=True,
    help="Write what people said through the service.",
)
@click.option(
    "--judgements",
    is_flag=True,
    help="With --from-store: a row for each judgement, with who and when.",
)
def export(out: Path, folder: Path | None, from_store: bool, judgements: bool) -> None:
    """Write the training table: one row a comment, votes as shares.

    OUT ends in .parquet, .csv, .tsv or .jsonl. FOLDER holds comments.csv and
    judgements.csv; without it our own are written.
    """
    if from_store:
        if folder is not None:
            raise click.UsageError("name a FOLDER or say --from-store, not both")
        _export_store(out, judgements=judgements)
        return
    if judgements:
        raise click.UsageError("--judgements goes with --from-store")
    from labels.export import write_training_table  # noqa: PLC0415 - quick --help

    comments = read_tagged(folder or DATA)
    write_training_table(out, comments)
    click.echo(f"wrote {len(comments):,} comments to {out}")


def _export_store(out: Path, *, judgements: bool) -> None:
    # SQLAlchemy takes half a second to import; the other export need not wait.
    from labels.store_command import opened_store  # noqa: PLC0415
    from labels.store_export import write_judged, write_judgements  # noqa: PLC0415

    write, noun = (
        (write_judgements, "judgements") if judgements else (write_judged, "comments")
    )
    with opened_store() as store:
        written = write(store, out)
    click.echo(f"wrote {written:,} {noun} to {out}")
