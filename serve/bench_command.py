"""The command ``gavel bench-service``."""

import json
import statistics
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, fields
from pathlib import Path

import click

from labels.output_files import replace_file
from labels.settings import MAX_WORKERS
from serve.bench import CONNECTIONS, Round, run_round


@click.command("bench-service")
@click.option(
    "--rounds",
    type=click.IntRange(1, 100),
    default=3,
    show_default=True,
    help="Rounds.",
)
@click.option(
    "--seconds",
    type=click.FloatRange(0.2, 600),
    default=5.0,
    show_default=True,
    help="Seconds for each of the measurements of a round.",
)
@click.option(
    "--workers",
    type=click.IntRange(1, MAX_WORKERS),
    default=2,
    show_default=True,
    help="Processes that score.",
)
@click.option(
    "--json",
    "json_path",
    type=click.Path(path_type=Path, dir_okay=False),
    help="File for the figures of every round.",
)
def bench_service(
    rounds: int, seconds: float, workers: int, json_path: Path | None
) -> None:
    """Measure the service on this machine, beside a bare endpoint on its server.

    The load comes from a process of its own on the same cores. Each round measures
    everything in turn, and the table has the median of the rounds: where others use
    the machine, trust the shares and not the rates.
    """
    found = []
    for number in range(1, rounds + 1):
        click.echo(f"round {number} of {rounds} …", err=True)
        with tempfile.TemporaryDirectory(prefix="gavel-bench-") as folder:
            found.append(run_round(Path(folder), workers=workers, seconds=seconds))
    for line in _table(found):
        click.echo(line)
    if json_path:
        with replace_file(json_path) as file:
            file.write(json.dumps([asdict(one) for one in found], indent=2).encode())


def _table(found: Sequence[Round]) -> list[str]:
    middle = Round(
        **{
            field.name: statistics.median(getattr(one, field.name) for one in found)
            for field in fields(Round)
        }
    )
    single = statistics.median(one.single / one.bare for one in found)
    batches = statistics.median(one.batches / one.in_process for one in found)
    return [
        "| what | measured | beside | target |",
        "|---|---|---|---|",
        f"| `/v1/score`, a comment each, {CONNECTIONS} connections | "
        f"{middle.single:,.0f} requests/s | {single:.0%} of a bare Flask endpoint, "
        f"{middle.bare:,.0f} | at least 45 % |",
        f"| the same, time to the answer | p50 {middle.p50:.1f} ms, "
        f"p99 {middle.p99:.1f} ms | | p99 under 25 ms |",
        f"| batches of 100 | {middle.batches:,.0f} comments/s | {batches:.0%} of the "
        f"scorer alone, {middle.in_process:,.0f} | at least 50 % |",
        f"| a comment each while a job of batches of 1,000 runs | "
        f"p99 {middle.beside_p99:.1f} ms | | p99 under 50 ms |",
        f"| requests that failed | {sum(one.faults for one in found)} | | 0 |",
    ]
