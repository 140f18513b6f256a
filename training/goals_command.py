"""The command ``gavel goals``."""

import json
from pathlib import Path

import click

from labels.input_paths import INPUT_FOLDER
from labels.settings import load_settings
from model.bundled_model import BUNDLED

_OUT = click.Path(dir_okay=False, path_type=Path)
_QUICK = 1_500


@click.command()
@click.argument("model", type=INPUT_FOLDER, default=BUNDLED)
@click.option("--corpora", type=INPUT_FOLDER, help="Folder with public corpora in it.")
@click.option(
    "--left-out",
    is_flag=True,
    help="Also fit anew without each group of corpora: takes minutes.",
)
@click.option(
    "--quick",
    is_flag=True,
    help=f"Draw {_QUICK:,} comments of each corpus; figures are then rough.",
)
@click.option("--json", "json_path", type=_OUT, help="Where to write all figures.")
@click.option(
    "--alarms",
    "alarms_path",
    type=_OUT,
    help="Where to write which comments of corpora are taken for extremist praise, "
    "by hash. [default: alarms.csv in the instance folder]",
)
@click.option("--seed", type=int, default=0, show_default=True)
@click.option("--jobs", type=click.IntRange(min=1), default=2, show_default=True)
def goals(
    model: Path,
    corpora: Path | None,
    *,
    left_out: bool,
    quick: bool,
    json_path: Path | None,
    alarms_path: Path | None,
    seed: int,
    jobs: int,
) -> None:
    """Hold a model against what it should reach, line by line.

    MODEL is a folder; without it the bundled model is measured. Calibration and the
    comparison with plain TF-IDF need the evaluation.parquet that training left.
    """
    # scikit-learn takes seconds to import; --help and a wrong path need not wait.
    from training.alarms import write_alarms  # noqa: PLC0415
    from training.goal_measures import measure_goals  # noqa: PLC0415
    from training.goal_tables import (  # noqa: PLC0415
        details_table,
        goals_as_json,
        goals_table,
    )
    from training.workers import quiet_workers  # noqa: PLC0415

    with quiet_workers(jobs):
        measured = measure_goals(
            model,
            corpora,
            with_left_out=left_out,
            most_per_source=_QUICK if quick else None,
            seed=seed,
            jobs=jobs,
            announce=lambda step: click.echo(step, err=True),
        )
    click.echo(goals_table(measured.figures))
    click.echo(f"\n{details_table(measured.details)}")
    if measured.alarms is not None:
        path = alarms_path or load_settings(only={"instance"}).instance / "alarms.csv"
        write_alarms(path, measured.alarms)
        click.echo(f"wrote {path}")
    if json_path is not None:
        figures = goals_as_json(measured.version, measured.figures, measured.details)
        json_path.write_text(json.dumps(figures, indent=2) + "\n", "utf-8")
        click.echo(f"wrote {json_path}")
