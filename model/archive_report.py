"""What a person is told of a scored archive: how much was scored, what was left out."""

from dataclasses import dataclass, field
from typing import Final

from labels.rows import Fault

LISTED_FAULTS: Final = 50
"""How many faults a report lists in full."""


@dataclass(slots=True)
class Report:
    """How many rows were scored and left out, and the first faults in full."""

    unit: str
    scored: int = 0
    left_out: int = 0
    faults: list[Fault] = field(default_factory=list)

    @property
    def done(self) -> int:
        """How many rows of the input are dealt with."""
        return self.scored + self.left_out

    def add(self, scored: int, faults: list[Fault]) -> None:
        """Count in rows that were written, and those left out among them."""
        self.scored += scored
        self.left_out += len(faults)
        room = LISTED_FAULTS - len(self.faults)
        self.faults += faults[:room]

    def lines(self) -> list[str]:
        """Return what a person should read; nothing if no row was left out."""
        if not self.left_out:
            return []
        listed = [f"{self.unit} {one.number}: {one.reason}" for one in self.faults]
        more = self.left_out - len(self.faults)
        if more:
            listed.append(f"… and {more:,} more")
        rows = "row" if self.scored == 1 else "rows"
        return [*listed, f"scored {self.scored:,} {rows}, left out {self.left_out:,}"]
