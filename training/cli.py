"""The commands ``gavel train`` and ``gavel evaluate``."""

import time
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path

import click

from labels.input_paths import INPUT_FILE, INPUT_FOLDER
from labels.labelled_files import read_labelled_file
from labels.own import read_own
from model.bundled_model import BUNDLED


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
    seed: int,
    jobs: int,
) -> None:
    """Train a model from labels and corpora.

    Without --corpora it learns from our own comments alone (and from --labels). A
    model that the folder of --out already holds is replaced once the new one is whole.
    """
    # scikit-learn takes seconds to import; --help and a wrong path need not wait.
    from training.rows import gather  # noqa: PLC0415
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
        trained = train_model(rows, out, seed=seed, jobs=jobs, announce=_announcer())
    click.echo(threshold_table(trained.calibrations, trained.thresholds))
    click.echo(f"wrote model {trained.version} to {out}")


@click.command()
@click.argument("model", type=INPUT_FOLDER, default=BUNDLED)
@click.option("--corpora", type=INPUT_FOLDER, help="Folder with public corpora in it.")
@click.option(
    "--data",
    "files",
    type=INPUT_FILE,
    multiple=True,
    help="Labelled comments of your own to judge it on; may be given again.",
)
@click.option(
    "--suite",
    "suites",
    type=INPUT_FILE,
    multiple=True,
    help="A functional suite; may be given again. [default: ours]",
)
@click.option(
    "--json",
    "json_path",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where to write the same figures. [default: evaluation.json beside the "
    "model, where no better ones are lost]",
)
def evaluate(
    model: Path,
    corpora: Path | None,
    files: tuple[Path, ...],
    suites: tuple[Path, ...],
    json_path: Path | None,
) -> None:
    """Measure a model for every label and source, and on functional suites.

    MODEL is a folder; without it the bundled model is measured.
    """
    from labels.suites import read_suite, suite_files  # noqa: PLC0415
    from model.scorer import Scorer  # noqa: PLC0415
    from training.evaluate import evaluate as evaluate_model  # noqa: PLC0415
    from training.evaluation_file import write_figures  # noqa: PLC0415
    from training.rows import gather  # noqa: PLC0415
    from training.suite_check import (  # noqa: PLC0415
        check_suites,
        open_functions,
        sum_halves,
    )
    from training.tables import (  # noqa: PLC0415
        evaluation_summary,
        evaluation_table,
        suite_table,
    )

    yours = [row for file in files for row in read_labelled_file(file)]
    evaluation = evaluate_model(model, gather(corpora, [*read_own(), *yours]))
    click.echo(evaluation_table(evaluation))
    click.echo(evaluation_summary(evaluation))
    cases = [case for file in suites or suite_files() for case in read_suite(file)]
    results = check_suites(Scorer.load(model), cases)
    click.echo(f"\n{suite_table(results)}\n")
    figures = {
        **evaluation.as_json(),
        "suites": [asdict(half) for half in sum_halves(results)],
        "open_functions": [asdict(one) for one in open_functions(results)],
    }
    click.echo(write_figures(figures, model, json_path))


def _announcer() -> Callable[[str], None]:
    """Return a function that prints each step with the seconds since the start."""
    started = time.monotonic()

    def announce(step: str) -> None:
        click.echo(f"{time.monotonic() - started:6.0f} s  {step}", err=True)

    return announce
