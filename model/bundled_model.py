"""Where the model lies that Gavel comes with."""

from pathlib import Path
from typing import Final

BUNDLED: Final = Path(__file__).parent / "bundled"
