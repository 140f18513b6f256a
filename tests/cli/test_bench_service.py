"""``gavel bench-service``: it measures everything and says where it stands."""

import json
from dataclasses import fields
from pathlib import Path

import pytest
from click.testing import CliRunner

from model.cli import main
from serve.bench import Round


@pytest.mark.long
def test_every_figure_is_measured_and_no_request_fails(tmp_path: Path) -> None:
    out = tmp_path / "bench.json"
    words = ["bench-service", "--rounds", "1", "--seconds", "0.5", "--json", str(out)]
    done = CliRunner().invoke(main, words, prog_name="gavel")
    assert done.exit_code == 0, done.output
    (found,) = json.loads(out.read_text())
    assert set(found) == {field.name for field in fields(Round)}
    assert found.pop("faults") == 0
    assert [name for name, value in found.items() if value <= 0] == []
    assert "| batches of 100 |" in done.output
