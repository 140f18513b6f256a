"""Tells whoever started the service that it answers, and how to score a comment."""

import http.client
import json
import logging
import shlex
import time
from typing import Final

import click

logger = logging.getLogger(__name__)

_PAUSE_SECONDS: Final = 0.05
_PATIENCE_SECONDS: Final = 60

EXAMPLE: Final = "Thank you for this article, it answered every question I had."
"""The comment that a newcomer scores first; the bundled model allows it."""

_ANY_ADDRESS: Final = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - told, not bound


def greet(host: str, port: int) -> None:
    """Wait until the service can score, then print where it is and how to ask it."""
    reached = _ANY_ADDRESS.get(host, host)
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < deadline:
        model = _ready_model(reached, port)
        if model is not None:
            _print_greeting(reached, port, model)
            return
        time.sleep(_PAUSE_SECONDS)
    logger.error("the service does not answer after %d seconds", _PATIENCE_SECONDS)


def curl_line(url: str) -> str:
    """Return a line for a shell that scores ``EXAMPLE`` at the service's address."""
    body = json.dumps({"text": EXAMPLE})
    return (
        f"curl -s {shlex.quote(url + '/v1/score')} "
        f"-H 'Content-Type: application/json' -d {shlex.quote(body)}"
    )


def _ready_model(host: str, port: int) -> dict[str, str] | None:
    """Return the model's name and version, or None while the service cannot score."""
    connection = http.client.HTTPConnection(host, port, timeout=_PATIENCE_SECONDS)
    try:
        connection.request("GET", "/readyz")
        response = connection.getresponse()
        answer = json.loads(response.read())
    except (OSError, http.client.HTTPException, ValueError):
        return None
    finally:
        connection.close()
    model: dict[str, str] | None = answer.get("model")
    return model


def _print_greeting(host: str, port: int, model: dict[str, str]) -> None:
    url = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
    click.echo(
        f"Gavel answers at {url} with {model['name']} {model['version']}; "
        "this line scores a comment:"
    )
    # Alone on its line, so that a triple click takes it and nothing else.
    click.echo(curl_line(url))
    click.echo("Press Ctrl-C to stop.")
