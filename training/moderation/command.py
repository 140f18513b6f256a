"""The command ``gavel report``."""

import shlex
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from labels.readers import FORMATS
from labels.rows import DEFAULT_ID_COLUMN, DEFAULT_TEXT_COLUMN

if TYPE_CHECKING:
    from training.moderation.archive import Archive, PlacedFault
    from training.moderation.report import Progress

_OUT: Final = click.Path(path_type=Path)
_TOLD_FAULTS: Final = 5


@click.command()
@click.argument("source", metavar="INPUT", type=click.Path(path_type=Path))
@click.option(
    "--report", "report_path", type=_OUT, required=True, help="The page to write: .html"
)
@click.option("--json", "json_path", type=_OUT, help="Where to write the same figures.")
@click.option(
    "--text-column",
    default=DEFAULT_TEXT_COLUMN,
    show_default=True,
    help="The column that holds the comments.",
)
@click.option(
    "--id-column",
    default=DEFAULT_ID_COLUMN,
    show_default=True,
    help="The column that names them; without it they are numbered.",
)
@click.option("--time-column", default="time", show_default=True)
@click.option("--author-column", default="author", show_default=True)
@click.option("--thread-column", default="thread", show_default=True)
@click.option(
    "--dates",
    "day_order",
    type=click.Choice(("day-first", "month-first")),
    help="What 03/04/2013 means. [default: such dates are counted as not read]",
)
@click.option(
    "--format",
    "file_format",
    type=click.Choice(FORMATS),
    help="What INPUT is. [default: by its ending]",
)
@click.option(
    "--model",
    type=click.Path(path_type=Path),
    help="The folder of the model that scores what is unscored, explains the worst and "
    "whose thresholds are told. [default: GAVEL_MODEL, or else the model that comes "
    "with Gavel]",
)
@click.option(
    "--worst",
    type=click.IntRange(min=0, max=500),
    default=20,
    show_default=True,
    help="How many of the worst comments to show.",
)
@click.option(
    "--top",
    type=click.IntRange(min=1, max=1_000),
    default=20,
    show_default=True,
    help="How many authors and threads to list.",
)
@click.option("--unmask", is_flag=True, help="Show abusive words in full.")
@click.option("--no-texts", is_flag=True, help="Leave out what comments say.")
@click.option("--no-authors", is_flag=True, help="Leave out who wrote them.")
@click.pass_context
def report(
    ctx: click.Context,
    /,
    *,
    source: Path,
    report_path: Path,
    json_path: Path | None,
    unmask: bool,
    no_texts: bool,
    **options: Any,
) -> None:
    """Tell a moderation team what a file of comments or a saved thread page holds.

    INPUT is a CSV, TSV, JSON-lines, Parquet or text file, .gz or .zst after it if it is
    compressed, or a folder of such files. What `gavel score` scored is counted by its
    scores; anything else is scored as it is read. The page says how many comments ask
    for review or hold, by label, time, author and thread, which are the worst and why,
    and how much is uncertain. Rows that cannot be read are counted and listed, and the
    exit code is then 1.
    """
    if unmask and no_texts:
        raise click.UsageError("--unmask shows texts and --no-texts none; take one")
    # NumPy, Arrow and matplotlib take a second; --help need not wait.
    from training.moderation.report import Request, write_report  # noqa: PLC0415

    asked = Request(
        source=source,
        report=report_path,
        json=json_path,
        texts="left out" if no_texts else "plain" if unmask else "masked",
        command=_command(ctx, source, report_path),
        **options,
    )
    with _progress() as progress:
        archive, faults, left_out = write_report(asked, progress)
    _tell_left_out(archive, faults, left_out)
    for path in filter(None, (report_path, json_path)):
        click.echo(f"wrote {path}", err=True)
    ctx.exit(1 if left_out or archive.failures else 0)


def _tell_left_out(
    archive: "Archive", faults: "list[PlacedFault]", left_out: int
) -> None:
    many = len(archive.paths) > 1
    for one in faults[:_TOLD_FAULTS]:
        where = f"{archive.paths[one.part].name}, " if many else ""
        click.echo(f"{where}{one.unit} {one.number}: {one.reason}", err=True)
    more = left_out - min(len(faults), _TOLD_FAULTS)
    if more:
        click.echo(f"… and {more:,} more", err=True)
    for sentence in archive.failures:
        click.echo(sentence, err=True)
    if left_out:
        rows = "row" if left_out == 1 else "rows"
        click.echo(f"left out {left_out:,} {rows}; the report says so", err=True)


@contextmanager
def _progress() -> "Iterator[Progress]":
    """Yield what shows how far the archive is read, on a terminal."""
    if not sys.stderr.isatty():
        yield lambda _comments, _place, _size: None
        return
    from tqdm import tqdm  # noqa: PLC0415

    with tqdm(bar_format="{desc}{percentage:3.0f}%|{bar}| {elapsed}") as bar:

        def show(comments: int, place: int, size: int) -> None:
            bar.total = max(size, 1)
            bar.set_description_str(f"{comments:,} comments ", refresh=False)
            bar.update(place - bar.n)

        yield show


def _command(ctx: click.Context, source: Path, report_path: Path) -> str:
    """Return the call as a person would type it beside the files."""
    words = ["gavel", "report", source.name, "--report", report_path.name]
    for parameter in ctx.command.params:
        name = parameter.name or ""
        given = ctx.get_parameter_source(name)
        if given is not click.core.ParameterSource.COMMANDLINE:
            continue
        if name in {"source", "report_path", "json_path"}:
            continue
        value = ctx.params[name]
        words.append(parameter.opts[-1])
        if value is not True:
            words.append(value.name if isinstance(value, Path) else str(value))
    return shlex.join(words)
