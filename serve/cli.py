"""The command ``gavel serve``."""

from pathlib import Path

import click

from labels.settings import MAX_PORT, MAX_WORKERS, load_settings
from serve.server import run_server


@click.command()
@click.option("--host", help="IP address to listen on.  [default: 127.0.0.1]")
@click.option(
    "--port",
    type=click.IntRange(1, MAX_PORT),
    help="TCP port to listen on.  [default: 8000]",
)
@click.option(
    "--workers",
    type=click.IntRange(1, MAX_WORKERS),
    help="Processes that score, one core each.  [default: 1]",
)
@click.option(
    "--model",
    type=click.Path(path_type=Path),
    help="Folder of the model.  [default: the bundled one]",
)
@click.option(
    "--insecure",
    is_flag=True,
    help="Listen beyond this machine although there are no keys.",
)
def serve(
    host: str | None,
    port: int | None,
    workers: int | None,
    model: Path | None,
    insecure: bool,
) -> None:
    """Answer scores over HTTP until Ctrl-C.

    The same can be set by GAVEL_HOST, GAVEL_PORT, GAVEL_WORKERS and GAVEL_MODEL; an
    option outranks them.
    """
    settings = load_settings(
        {"host": host, "port": port, "workers": workers, "model": model}
    )
    run_server(settings, insecure=insecure)
