"""Section 2: which model this is, what it was made from, and what it is for."""

import platform
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Final

from labels.corpora.sources import file_hash
from model.artefact_format import CHECKSUMS
from training.sections.basis import Basis

_LIBRARIES: Final = ("gavel", "numpy", "scipy", "scikit-learn", "numba", "matplotlib")
_ROOT: Final = Path(__file__).parents[2]

USES: Final = (
    "To put comments before moderators, the worst first, with the words that moved "
    "each score.",
    "To measure how much abuse or praise of extremism an archive holds, at a stated "
    "threshold.",
)
AVOID: Final = (
    "Removing a comment, or judging a person, without anybody having read it.",
    "Evidence against somebody: a score is a share of comments like this one, and no "
    "finding about its author.",
    "Languages other than English, Roman Urdu and Hinglish.",
    "Comparing groups of people by their mean score.",
)
HUMAN_IN_THE_LOOP: Final = (
    "`review` and `hold` put a comment into somebody's queue. People decide, and those "
    "whose comment was removed can ask for a second look."
)


@dataclass(frozen=True, slots=True)
class FileHash:
    """A file that the model or the report was made from; SHA-256."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Identity:
    """What the model is.

    Attributes:
        name: of the model.
        version: changes whenever a score could.
        created: when it was trained, as its card says.
        trained_on: how many comments it learnt from; None if the card is silent.
        seed: of its training.
        report_seed: of every draw in this report.
        commit: of the code that made this report; None outside a repository.
        checksums_sha256: of the list of the model's checksums.
        libraries: versions of what it was trained with, by name.
        report_libraries: of what made this report.
        python: the version that made this report.
        files: what was evaluated beside the data that Gavel holds.
        uses: what it is for.
        avoid: what not to do with it.
        human_in_the_loop: who decides.
    """

    name: str
    version: str
    created: str
    trained_on: int | None
    seed: int | None
    report_seed: int
    commit: str | None
    checksums_sha256: str
    libraries: dict[str, str]
    report_libraries: dict[str, str]
    python: str
    files: list[FileHash]
    uses: list[str]
    avoid: list[str]
    human_in_the_loop: str


def describe_identity(basis: Basis, files: Sequence[Path]) -> Identity:
    """Return what the model's card and the files say."""
    card = basis.artefact.card
    return Identity(
        name=basis.artefact.name,
        version=basis.artefact.version,
        created=str(card.get("created", "")),
        trained_on=_whole(card, "trained_on"),
        seed=_whole(card, "seed"),
        report_seed=basis.seed,
        commit=_commit(),
        checksums_sha256=file_hash(basis.folder / CHECKSUMS),
        libraries={k: str(v) for k, v in dict(card.get("libraries", {})).items()},
        report_libraries={name: version(name) for name in _LIBRARIES},
        python=platform.python_version(),
        files=[FileHash(path.name, file_hash(path)) for path in files],
        uses=list(USES),
        avoid=list(AVOID),
        human_in_the_loop=HUMAN_IN_THE_LOOP,
    )


def _whole(card: Mapping[str, object], key: str) -> int | None:
    value = card.get(key)
    return value if isinstance(value, int) else None


def _commit() -> str | None:
    git = shutil.which("git")
    if git is None:
        return None
    done = subprocess.run(  # noqa: S603 - fixed arguments
        [git, "-C", str(_ROOT), "rev-parse", "HEAD"],
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout.strip() or None if done.returncode == 0 else None
