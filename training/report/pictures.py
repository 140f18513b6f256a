"""Takes the README's pictures of a report: ``python -m`` with a page and a folder."""

from pathlib import Path

import click

from labels.errors import GavelError
from training.report.browsing import take_pictures


@click.command()
@click.argument("page", type=click.Path(dir_okay=False, path_type=Path))
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def pictures(page: Path, folder: Path) -> None:
    """Write pictures of the report PAGE into FOLDER."""
    folder.mkdir(parents=True, exist_ok=True)
    try:
        for path in take_pictures(page, folder):
            click.echo(f"wrote {path}")
    except GavelError as error:
        raise click.ClickException(str(error)) from error


if __name__ == "__main__":
    pictures()
