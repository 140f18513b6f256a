"""The command ``gavel labels suspects``."""

from pathlib import Path
from typing import Final

import click

from labels.input_paths import INPUT_FOLDER
from labels.own import DATA, read_own

_SHOWN_CHARACTERS: Final = 80


@click.command()
@click.argument("folder", type=INPUT_FOLDER, default=DATA)
@click.option(
    "--corpora", type=INPUT_FOLDER, help="Public corpora, to learn from as well."
)
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    default=50,
    show_default=True,
    help="How many to list.",
)
@click.option("--seed", type=int, default=0, show_default=True)
@click.option("--jobs", type=click.IntRange(min=1), default=2, show_default=True)
def suspects(
    folder: Path, corpora: Path | None, limit: int, seed: int, jobs: int
) -> None:
    """List likely label errors, worst first.

    FOLDER holds comments.csv and judgements.csv; without it our own are checked.
    "said" is what annotators said, "score" what the other comments say of it.
    """
    # scikit-learn takes seconds to import; --help and a wrong path need not wait.
    from training.rows import gather  # noqa: PLC0415
    from training.suspects import find_suspects  # noqa: PLC0415
    from training.workers import quiet_workers  # noqa: PLC0415

    rows = gather(corpora, read_own(folder))
    with quiet_workers(jobs):
        found = find_suspects(rows, seed=seed, jobs=jobs)
    for one in found[:limit]:
        text = " ".join(one.comment.text.split())[:_SHOWN_CHARACTERS]
        click.echo(
            f"{one.comment.id}  {one.label}  said {one.said}  score {one.score:.2f}  "
            f"{text}"
        )
    listed = f", the worst {limit:,} listed" if len(found) > limit else ""
    click.echo(f"{len(found):,} suspect labels{listed}")
