"""Reads a corpus that is a table, or several, from whichever form of it is there."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from labels.comments import Comment
from labels.corpora.imported import Imported
from labels.corpora.judges import Judge, LeftOutError
from labels.corpora.sources import load_sources
from labels.corpora.tables import Cells, Line, find_file, read_table
from labels.corpora.texts import clean_text
from labels.errors import InputError
from labels.labelled import LabelledComment, shares_of

Reader = Callable[[Path, Sequence[str]], Iterator[Line]]


@dataclass(frozen=True, slots=True)
class Table:
    """One file of a corpus, and what its columns hold.

    Attributes:
        name: the file's name as published, without ``.gz``.
        judge: says what its labels mean.
        text: the column with the words of the comment.
        id: the one that names it; without it the file's name and the line do.
        parent: the one with the comment it answers.
        group: names what a row belongs to: its thread, its post, its pair.
        group_column: a column that ``group`` looks at beside the id.
        clean: makes the words what they stand for.
        read: reads the file.
    """

    name: str
    judge: Judge
    text: str = "text"
    id: str | None = None
    parent: str | None = None
    group: Callable[[Cells], str] | None = None
    group_column: str | None = None
    clean: Callable[[str], str] = clean_text
    read: Reader = read_table

    def columns(self) -> list[str]:
        """Return the columns without which it is another file."""
        named = (self.text, self.id, self.parent, self.group_column)
        return [name for name in (*named, *self.judge.columns) if name is not None]


def read_layouts(source: str, place: Path, *layouts: Sequence[Table]) -> Imported:
    """Read a corpus in the first of its layouts that the place holds a table of.

    A folder that holds the corpus twice, as published and as one file, is so read
    once. A layout need not be whole.

    Raises:
        InputError: if the place holds none of the tables, or one is another file.
    """
    imported = Imported()
    for layout in layouts:
        for table in layout:
            path = find_file(place, table.name)
            if path is not None:
                read_into(imported, source, path, table)
        if imported.files:
            return imported
    expected = layouts[0][0]
    raise InputError(
        f"{place} holds no {load_sources()[source].title} corpus; expected "
        f"{expected.name} with the columns {', '.join(expected.columns())}"
    )


def read_into(imported: Imported, source: str, path: Path, table: Table) -> None:
    """Add the rows of one table to what was read before.

    Raises:
        InputError: if the file cannot be read or lacks a column.
    """
    imported.files.append(path)
    stem = table.name.split(".", maxsplit=1)[0]
    for line, cells in table.read(path, table.columns()):
        imported.rows_read += 1
        if cells is None:
            imported.dropped["broken row"] += 1
            continue
        try:
            row = _labelled(source, table, cells, f"{stem}-{line}")
        except LeftOutError as reason:
            imported.dropped[str(reason)] += 1
        else:
            imported.add(row)


def _labelled(source: str, table: Table, cells: Cells, place: str) -> LabelledComment:
    row_id = cells[table.id] if table.id else ""
    parent = table.clean(cells[table.parent]) if table.parent else ""
    return LabelledComment(
        Comment(
            row_id or place, table.clean(cells[table.text]), parent_text=parent or None
        ),
        source,
        shares_of(**table.judge.shares(cells)),
        group=f"{source}:{table.group(cells)}" if table.group else None,
    )
