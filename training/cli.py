"""The command ``gavel train``."""

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import click

from labels.input_paths import INPUT_FILE, INPUT_FOLDER
from labels.labelled_files import read_labelled_file
from labels.own import read_own


@click.command()
@click.option("--corpora", type=INPUT_FOLDER, help="Folder with public corpora in it.")
@click.option(
    "--labels",
    "files",
    type=INPUT_FILE,
    multiple=True,
    help="Your own labelled comments, beside ours; may be given again.",
)
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    required=True,
    help="Folder to write the model into.",
)
@click.option(
    "--without-ours",
    is_flag=True,
    help="Leave our own comments out of training, to see what they do.",
)
@click.option(
    "--leave-out",
    "left_out",
    metavar="CORPUS",
    multiple=True,
    help="A corpus not to learn from, by its name; may be given again.",
)
@click.option(
    "--study",
    "with_study",
    is_flag=True,
    help="Also fit on each source and on growing shares of all, for the report of "
    "gavel evaluate: takes as long again.",
)
@click.option("--seed", type=int, default=0, show_default=True)
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    default=2,
    show_default=True,
    help="Processes that fit at the same time; scores do not depend on it.",
)
def train(
    *,
    corpora: Path | None,
    files: tuple[Path, ...],
    out: Path,
    without_ours: bool,
    left_out: tuple[str, ...],
    with_study: bool,
    seed: int,
    jobs: int,
) -> None:
    """Train a model from labels and corpora.

    Without --corpora it learns from our own comments alone (and from --labels). A
    model that the folder of --out already holds is replaced once the new one is whole.
    """
    # scikit-learn takes seconds to import; --help and a wrong path need not wait.
    from training.rows import gather  # noqa: PLC0415
    from training.sections.studies import write_studies  # noqa: PLC0415
    from training.study import study  # noqa: PLC0415
    from training.tables import threshold_table  # noqa: PLC0415
    from training.train import train as train_model  # noqa: PLC0415
    from training.workers import quiet_workers  # noqa: PLC0415

    if corpora is None:
        click.echo("no --corpora: training on labelled comments alone", err=True)
    ours = [
        replace(row, is_held_out=without_ours or row.is_held_out) for row in read_own()
    ]
    yours = [row for file in files for row in read_labelled_file(file)]
    rows = gather(corpora, [*ours, *yours], left_out)
    click.echo(f"{len(rows.comments):,} comments", err=True)
    with quiet_workers(jobs):
        announce = _announcer()
        trained = train_model(rows, out, seed=seed, jobs=jobs, announce=announce)
        if with_study:
            version = trained.version
            studies = study(rows, version, seed=seed, jobs=jobs, announce=announce)
            write_studies(out, studies)
    click.echo(threshold_table(trained.calibrations, trained.thresholds))
    click.echo(f"wrote model {trained.version} to {out}")


def _announcer() -> Callable[[str], None]:
    """Return a function that prints each step with the seconds since the start."""
    started = time.monotonic()

    def announce(step: str) -> None:
        click.echo(f"{time.monotonic() - started:6.0f} s  {step}", err=True)

    return announce
