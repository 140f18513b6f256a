"""The command ``gavel bench``."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Final

import click

from labels.errors import InputError
from labels.output_files import replace_file
from labels.own import read_own
from labels.readers import open_comments
from labels.rows import Row
from model.bundled_model import BUNDLED

_SIZES: Final = (1_000, 10_000, 100_000)
_LARGE: Final = 1_000_000
_FEWEST: Final = 100


@click.command()
@click.option(
    "--model",
    type=click.Path(path_type=Path),
    default=BUNDLED,
    show_default="the model that comes with Gavel",
    help="The folder of the model.",
)
@click.option(
    "--data",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="A file of comments to measure with. [default: our own labelled ones]",
)
@click.option(
    "--comments",
    type=click.IntRange(min=_FEWEST),
    default=5_000,
    show_default=True,
    help="How many of them.",
)
@click.option("--large", is_flag=True, help="Measure a million comments too.")
@click.option(
    "--archive",
    "rows",
    type=click.IntRange(min=_FEWEST),
    help="Measure gavel score on a Parquet file of so many rows, and nothing else.",
)
@click.option(
    "--json",
    "json_path",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write the figures to a file as well.",
)
def bench(
    *,
    model: Path,
    data: Path | None,
    comments: int,
    large: bool,
    rows: int | None,
    json_path: Path | None,
) -> None:
    """Measure speed, memory and parity, beside scikit-learn in the same run.

    Takes some minutes. Ratios carry over to another machine, figures do not; run
    nothing else beside it.
    """
    # scikit-learn takes a second to load, which other commands spare.
    from training import bench as measuring  # noqa: PLC0415
    from training.bench_archive import bench_archive  # noqa: PLC0415

    texts = _texts(data)[:comments]
    if rows is not None:
        found = bench_archive(model, texts, rows)
    else:
        found = measuring.bench(
            model,
            texts,
            sizes=(*_SIZES, _LARGE) if large else _SIZES,
            announce=lambda what: click.echo(f"{what} …", err=True),
        )
    for line in measuring.as_table(found):
        click.echo(line)
    if json_path:
        with replace_file(json_path) as file:
            figures = [asdict(one) for one in found]
            file.write(json.dumps(figures, indent=2, ensure_ascii=False).encode())


def _texts(data: Path | None) -> list[str]:
    if data is None:
        return [row.comment.text for row in read_own()]
    with open_comments(data, with_columns=False) as rows:
        texts = [row.comment.text for row in rows if isinstance(row, Row)]
    if len(texts) < _FEWEST:
        raise InputError(
            f"{data} has too few comments, {len(texts)}; give {_FEWEST} or more"
        )
    return texts
