"""What the tests of several commands share."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from model.cli import main


@pytest.fixture
def score(artefact: Path) -> Callable[..., Result]:
    """Call ``gavel score`` with the small model."""

    def call(*arguments: object, piped: bytes = b"") -> Result:
        words = ["score", "--model", str(artefact), *map(str, arguments)]
        return CliRunner().invoke(main, words, input=piped, prog_name="gavel")

    return call
