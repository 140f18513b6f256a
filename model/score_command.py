"""The command ``gavel score``."""

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO, Final

import click
from tqdm import tqdm

from labels.output_files import OutputError
from labels.readers import FORMATS, open_comments, open_input
from labels.rows import DEFAULT_ID_COLUMN, DEFAULT_TEXT_COLUMN
from labels.writers import needs_columns
from model.archive import BATCH_ROWS, score_archive
from model.archive_jobs import OneProcess, Scoring, open_workers
from model.archive_journal import Identity
from model.archive_progress import progress
from model.bundled_model import load_scorer
from model.parts_command import DASK, Spread, score_folder

_STANDARD: Final = Path("-")


@click.command()
@click.argument(
    "source",
    metavar="[INPUT]",
    default="-",
    type=click.Path(path_type=Path, allow_dash=True),
)
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    help="Where to write: .csv, .tsv, .jsonl or .parquet; .gz or .zst after it "
    "compresses; a folder for the parts of a folder. [default: JSON lines on standard "
    "output]",
)
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
@click.option(
    "--format",
    "file_format",
    type=click.Choice(FORMATS),
    help="What INPUT is. [default: by its ending; standard input is lines]",
)
@click.option(
    "--explain",
    is_flag=True,
    help="Add the evidence for every score (JSON lines only).",
)
@click.option(
    "--model",
    type=click.Path(path_type=Path),
    help="The folder of the model to score with. [default: GAVEL_MODEL, or else the "
    "model that comes with Gavel]",
)
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    default=1,
    show_default=True,
    help="How many processes score, each on a core of its own.",
)
@click.option(
    "--resume",
    is_flag=True,
    help="Go on where the same command was killed or stopped, from what it left in "
    ".OUT.partial beside OUT, or of a folder from the parts that are finished.",
)
@click.option(
    "--engine",
    type=click.Choice([DASK]),
    help="Score the parts of a folder on Dask. [default: in this process, one after "
    "the other]",
)
@click.option(
    "--scheduler",
    metavar="ADDRESS",
    help="The Dask scheduler to use, such as tcp://192.0.2.1:8786. Its workers need "
    "the same Gavel, and must see INPUT, OUTPUT and MODEL under the same paths. "
    "[default: workers of our own on this machine]",
)
@click.pass_context
def score(
    ctx: click.Context,
    /,
    *,
    source: Path,
    output: Path | None,
    explain: bool,
    model: Path | None,
    jobs: int,
    resume: bool,
    engine: str | None,
    scheduler: str | None,
    **reading: Any,
) -> None:
    """Score a file of comments, a saved thread page, lines, or a folder of files.

    INPUT is a CSV, TSV, JSON-lines or Parquet file, or a text file: a saved news page
    with a comment thread, or one comment on each line. Without it comments are read
    from standard input; .gz or .zst at the end of its name is decompressed. One row
    comes out for every row that goes in, in order; rows that cannot be read are listed
    at the end, and the exit code is then 1.

    Every row keeps its fields and gets a score for each label, the action that they
    ask for (allow, review or hold), whether it hid something, and the model's version;
    gavel report tells what such a file holds.

    OUT is replaced when all is done. Until then finished parts lie in the hidden folder
    .OUT.partial beside it, so the disk needs room for twice the output.

    If INPUT is a folder, every CSV, TSV, JSON-lines or Parquet file in it is a part:
    it is scored into a file of the same name in the --output folder. A part that fails
    is listed at the end and stops no other.
    """
    spread = Spread(engine, scheduler, jobs)
    spread.check(is_folder=source.is_dir())
    if source.is_dir():
        is_whole = score_folder(
            source,
            output,
            model=model,
            reading=reading,
            explain=explain,
            spread=spread,
            resume=resume,
        )
    else:
        is_whole = _score_file(
            source,
            output,
            explain=explain,
            model=model,
            jobs=jobs,
            resume=resume,
            reading=reading,
        )
    ctx.exit(0 if is_whole else 1)


def _score_file(
    source: Path,
    output: Path | None,
    *,
    explain: bool,
    model: Path | None,
    jobs: int,
    resume: bool,
    reading: Mapping[str, Any],
) -> bool:
    """Score a file or standard input; tell whether no row was left out."""
    target = output or _standard_output()
    if explain and needs_columns(target):
        raise click.UsageError("--explain needs an --output that ends in .jsonl")
    if resume and (output is None or not _may_be_file(source)):
        raise click.UsageError("--resume needs a file as INPUT and a file as --output")
    _refuse_own_input(source, output)
    with (
        _opened(source) as stream,
        open_comments(
            stream, with_columns=needs_columns(target), **reading
        ) as comments,
        _scoring(model, 1 if stream.isatty() else jobs) as scoring,
        progress(stream, comments, is_shown=_is_watched(output)) as on_batch,
    ):
        report = score_archive(
            comments,
            scoring,
            target,
            explain=explain,
            batch_rows=1 if stream.isatty() else BATCH_ROWS,
            identity=_identity(source, scoring, explain=explain, **reading),
            resume=resume,
            on_batch=on_batch,
            tell=_tell,
        )
    for line in report.lines():
        click.echo(line, err=True)
    if output:
        rows = "row" if report.scored == 1 else "rows"
        click.echo(f"wrote {report.scored:,} {rows} to {output}", err=True)
    return not report.left_out


def _may_be_file(source: Path) -> bool:
    """Tell whether a path names a file, or nothing, which opening it will say."""
    return source != _STANDARD and (source.is_file() or not source.exists())


@contextmanager
def _scoring(model: Path | None, jobs: int) -> Iterator[Scoring]:
    if jobs == 1:
        yield OneProcess(load_scorer(model))
        return
    with open_workers(partial(load_scorer, model), jobs) as workers:
        yield workers


def _identity(
    source: Path, scoring: Scoring, **options: str | bool | None
) -> Identity | None:
    """Return what makes a run the same as another; None for a pipe or a terminal."""
    if source == _STANDARD or not source.is_file():
        return None
    status = source.stat()
    return {
        "the model": scoring.version,
        "the input's size in bytes": status.st_size,
        "the time of the input's last change, in nanoseconds": status.st_mtime_ns,
        **{f"the option {name}": value for name, value in options.items()},
    }


def _tell(line: str) -> None:
    """Write a line above a progress bar, should there be one."""
    tqdm.write(line, file=sys.stderr)


def _standard_output() -> BinaryIO:
    if sys.stdout is None:  # as after the shell's >&-
        raise OutputError("standard output is closed; name an --output")
    return sys.stdout.buffer


def _refuse_own_input(source: Path, output: Path | None) -> None:
    if output and source.exists() and output.exists() and output.samefile(source):
        raise OutputError(f"{output} is the input itself; name another --output")


@contextmanager
def _opened(source: Path) -> Iterator[BinaryIO]:
    if source != _STANDARD:
        with open_input(source) as stream:
            yield stream
        return
    stream = sys.stdin.buffer
    if stream.isatty():
        click.echo("reading comments from the keyboard; Ctrl-D ends them", err=True)
    yield stream


def _is_watched(output: Path | None) -> bool:
    """Tell whether somebody sees progress, and not the scores themselves."""
    return sys.stderr.isatty() and (output is not None or not sys.stdout.isatty())
