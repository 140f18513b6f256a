"""Finds what is wrong with a table of judgements, row by row and between rounds."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping

from labels.codebook import Codebook
from labels.errors import LabelError
from labels.own import ADJUDICATION, FIRST, SECOND
from labels.rows import Fault
from labels.schema import LABELS, implication_faults, parse_label
from labels.table_rows import BROKEN, JudgementRow, Lines, row_faults


def judgement_faults(
    lines: Lines, ids: Collection[str], codebook: Codebook
) -> Iterator[Fault]:
    """Yield every fault of ``judgements.csv``; ``ids`` are those of the comments."""
    judged: set[tuple[str, str, str]] = set()
    for line, row in lines:
        if row is None:
            yield Fault(line, BROKEN)
            continue
        for reason in _row_faults(row, ids, codebook):
            yield Fault(line, reason)
        key = (row["comment_id"], row["annotator"], row["round"])
        if key in judged:
            yield Fault(
                line,
                f"{row['annotator']!r} judged comment {row['comment_id']!r} twice in "
                f"round {row['round']!r}",
            )
        judged.add(key)
    yield from _round_faults(lines)


def _row_faults(
    row: Mapping[str, str], ids: Collection[str], codebook: Codebook
) -> Iterator[str]:
    yield from row_faults(JudgementRow, row)
    if row["comment_id"] not in ids:
        yield f"there is no comment {row['comment_id']!r}"
    if row["rule"] and row["rule"] not in codebook.rules:
        yield f"the codebook has no rule {row['rule']!r}"
    version = row["codebook_version"]
    if version.isdecimal() and int(version) > codebook.version:
        yield f"codebook_version is {version}, but there are {codebook.version} so far"
    yield from implication_faults(_known_labels(row))


def _known_labels(row: Mapping[str, str]) -> dict[str, int | None]:
    """Return the labels that can be read; the others are faults of their own."""
    labels: dict[str, int | None] = {}
    for label in LABELS:
        try:
            labels[label] = parse_label(row[label])
        except LabelError:
            continue
    return labels


def _round_faults(lines: Lines) -> Iterator[Fault]:
    """Yield a fault for each judgement that its round does not allow.

    A second judgement is a check only if somebody else makes it, and there is nothing
    to adjudicate before both.
    """
    annotators: dict[tuple[str, str], set[str]] = defaultdict(set)
    for _, row in lines:
        if row is not None:
            annotators[row["comment_id"], row["round"]].add(row["annotator"])
    for line, row in lines:
        if row is None:
            continue
        comment = row["comment_id"]
        needed = {SECOND: (FIRST,), ADJUDICATION: (FIRST, SECOND)}
        for earlier in needed.get(row["round"], ()):
            if not annotators[comment, earlier]:
                reason = f"has no round {earlier} before round {row['round']}"
                yield Fault(line, f"comment {comment!r} {reason}")
        if row["round"] == SECOND and row["annotator"] in annotators[comment, FIRST]:
            reason = f"judged comment {comment!r} in round 1 already"
            yield Fault(line, f"{row['annotator']!r} {reason}; round 2 is another's")
