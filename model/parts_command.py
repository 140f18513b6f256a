"""What ``gavel score`` does with a folder of parts."""

import sys
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import click
from tqdm import tqdm

from labels.output_files import OutputError
from labels.settings import Settings, load_settings
from labels.writers import needs_columns
from model.bundled_model import CHOICE, scorer_of
from model.parts import (
    ModelChoice,
    PartOutcome,
    PartsJob,
    is_whole,
    list_parts,
    score_part,
    summary,
)
from model.parts_journal import open_journal
from model.scorer import Scorer

DASK: Final = "dask"

# Scores the parts of a job; the third argument is the token of its journal.
_Engine = Callable[[PartsJob, Sequence[str], str], Generator[PartOutcome]]


@dataclass(frozen=True, slots=True)
class Spread:
    """Who scores the parts.

    Attributes:
        engine: ``dask``, or None for this process, one part after the other.
        scheduler: the address of a Dask scheduler; None starts workers here.
        jobs: how many workers to start.
    """

    engine: str | None = None
    scheduler: str | None = None
    jobs: int = 1

    def check(self, *, is_folder: bool) -> None:
        """Refuse options that do not go together.

        Raises:
            click.UsageError: if one of them would have no effect.
        """
        if not self.engine and self.scheduler:
            raise click.UsageError("--scheduler needs --engine dask")
        if is_folder and not self.engine and self.jobs > 1:
            raise click.UsageError("--jobs over a folder of parts needs --engine dask")
        if self.scheduler and self.jobs > 1:
            raise click.UsageError(
                "--jobs starts workers on this machine; those of a --scheduler are "
                "started beside it"
            )
        if self.engine and not is_folder:
            raise click.UsageError("--engine dask needs a folder of parts as INPUT")


def score_folder(
    source: Path,
    target: Path | None,
    *,
    model: Path | None,
    reading: Mapping[str, Any],
    explain: bool,
    spread: Spread,
    resume: bool,
) -> bool:
    """Score every part of a folder; tell whether each was scored to the last row.

    Raises:
        GavelError: if nothing can be scored at all; a part that fails is listed.
    """
    if target is None:
        raise click.UsageError(f"{source} is a folder; name another with --output")
    # First of all, for it may not be installed.
    dask_engine = _dask_engine(spread) if spread.engine == DASK else None
    names, others = list_parts(source)
    tables = [name for name in names if needs_columns(Path(name))]
    if explain and tables:
        raise click.UsageError(f"--explain needs parts in .jsonl; {tables[0]} is none")
    if others:
        _tell(f"left aside, since no parts: {_listed(others)}")
    _make_folder(target, source)
    settings = _absolute(load_settings({"model": model}, only=CHOICE))
    scorer = scorer_of(settings)
    choice = ModelChoice(settings, scorer.version)
    job = PartsJob(source.resolve(), target.resolve(), choice, reading, explain)
    outcomes = _score(job, names, dask_engine or _engine_here(scorer), resume=resume)
    for line in summary(outcomes, target):
        _tell(line)
    return is_whole(outcomes)


def _score(
    job: PartsJob, names: Sequence[str], engine: _Engine, *, resume: bool
) -> list[PartOutcome]:
    with open_journal(job, names, resume=resume) as journal:
        outcomes = list(journal.finished.values())
        if resume:
            _tell(f"kept {len(outcomes):,} of {len(names):,} parts of an earlier run")
        left = [name for name in names if name not in journal.finished]
        # tqdm shows nothing where standard error is no terminal.
        done = len(outcomes)
        with (
            closing(engine(job, left, journal.run)) as ending,
            tqdm(total=len(names), initial=done, unit=" parts", disable=None) as bar,
        ):
            for outcome in ending:
                journal.add(outcome)
                outcomes.append(outcome)
                bar.update()
    return outcomes


def _engine_here(scorer: Scorer) -> _Engine:
    def score(job: PartsJob, names: Sequence[str], _: str) -> Generator[PartOutcome]:
        return (score_part(job, name, scorer) for name in names)

    return score


def _dask_engine(spread: Spread) -> _Engine:
    # It takes half a second to load, which others spare, and comes with an extra.
    from model.dask_engine import score_on_dask  # noqa: PLC0415

    def score(job: PartsJob, names: Sequence[str], run: str) -> Generator[PartOutcome]:
        return score_on_dask(
            job, names, run, scheduler=spread.scheduler, workers=spread.jobs, tell=_tell
        )

    return score


def _absolute(given: Settings) -> Settings:
    """Return what scoring needs of the settings, for a process in another folder."""
    return Settings(
        model=given.model and given.model.resolve(),
        gazetteer=given.gazetteer and given.gazetteer.resolve(),
        instance=given.instance.resolve(),
    )


def _make_folder(target: Path, source: Path) -> None:
    if target.exists() and not target.is_dir():
        raise OutputError(f"{target} is a file; name a folder for the parts")
    if not target.parent.is_dir():
        raise OutputError(
            f"cannot write {target}: make the folder {target.parent} first"
        )
    target.mkdir(exist_ok=True)
    if target.samefile(source):
        raise OutputError(f"{target} is the input itself; name another --output")


def _tell(line: str) -> None:
    # Not click.echo, which would write into the bar.
    tqdm.write(line, file=sys.stderr)


def _listed(names: Sequence[str]) -> str:
    more = len(names) - 1
    return f"{names[0]} and {more:,} more" if more else names[0]
