"""The command ``gavel labels validate``."""

from pathlib import Path

import click

from labels.errors import LabelError
from labels.input_paths import INPUT_FOLDER
from labels.own import DATA, read_own
from labels.suites import SUITES, read_suites


@click.command()
@click.argument("folder", type=INPUT_FOLDER, default=DATA)
@click.option("--suites", type=INPUT_FOLDER, help="Folder of suites, in place of ours.")
def validate(folder: Path, suites: Path | None) -> None:
    """List every fault of our comments, judgements and suites.

    FOLDER holds comments.csv and judgements.csv; without it our own are checked.
    """
    # pydantic takes a tenth of a second to import, which --help need not wait for.
    from labels.validate import validate as find_faults  # noqa: PLC0415

    suites = suites or SUITES
    faults = find_faults(folder, suites)
    for fault in faults:
        click.echo(fault)
    if faults:
        noun = "fault" if len(faults) == 1 else "faults"
        raise LabelError(f"{len(faults):,} {noun}; mend them and run this again")
    comments, cases = len(read_own(folder)), len(read_suites(suites))
    click.echo(f"{comments:,} comments and {cases:,} suite cases, no fault")
