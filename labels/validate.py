"""Checks our own tables and suites, and lists every fault at once."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from labels.codebook import read_codebook
from labels.comment_faults import comment_faults
from labels.corpora.tables import read_table
from labels.judgement_faults import judgement_faults
from labels.own import COMMENT_COLUMNS, COMMENTS, DATA, JUDGEMENT_COLUMNS, JUDGEMENTS
from labels.rows import Fault
from labels.suite_faults import suite_faults
from labels.suites import SUITE_COLUMNS, SUITES, suite_files


def validate(folder: Path = DATA, suites: Path = SUITES) -> list[str]:
    """Return a sentence for each fault, with its file and line; none if all is well.

    Raises:
        InputError: if a table is missing or lacks a column.
    """
    comments = list(read_table(folder / COMMENTS, COMMENT_COLUMNS))
    judgements = list(read_table(folder / JUDGEMENTS, JUDGEMENT_COLUMNS))
    ids = {row["id"] for _, row in comments if row is not None}
    judged = {row["comment_id"] for _, row in judgements if row is not None}
    faults = [
        *_sentences(COMMENTS, comment_faults(comments, judged)),
        *_sentences(JUDGEMENTS, judgement_faults(judgements, ids, read_codebook())),
    ]
    for path in suite_files(suites):
        cases = list(read_table(path, SUITE_COLUMNS))
        faults += _sentences(path.name, suite_faults(cases))
    return faults


def _sentences(name: str, faults: Iterable[Fault]) -> Iterator[str]:
    for fault in sorted(faults, key=lambda fault: fault.number):
        yield f"{name}, line {fault.number}: {fault.reason}"
