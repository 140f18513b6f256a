"""The scripts that the README shows to those who come from elsewhere."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

CLIENT = "the README's own scripts"
POINTED = "as they stand there"

_README = (Path(__file__).parents[3] / "README.md").read_text(encoding="utf-8")
_SCRIPTS = re.findall(r"```python\n(.*?)```", _README, re.DOTALL)


@pytest.mark.parametrize(
    ("library", "printed"), [("googleapiclient", "{'TOXICITY': "), ("openai", "True\n")]
)
def test_a_script_prints_what_it_should(
    gavel_url: str, library: str, printed: str
) -> None:
    (script,) = (one for one in _SCRIPTS if f"from {library}" in one)
    done = subprocess.run(
        [sys.executable, "-c", script.replace("http://127.0.0.1:8000", gavel_url)],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert done.stdout.startswith(printed)
