"""Shows on a terminal how far an archive is scored: rows, rows a second, time left."""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import BinaryIO, Final

from tqdm import tqdm

from labels.rows import CommentSource
from model.archive_report import Report

_LAYOUT: Final = "{desc}{percentage:3.0f}%|{bar}| {elapsed}, {remaining} left"
_LAYOUT_WITHOUT_END: Final = "{desc}{elapsed}"


@contextmanager
def progress(
    stream: BinaryIO, comments: CommentSource, *, is_shown: bool
) -> Iterator[Callable[[Report], None]]:
    """Yield what takes each new report and shows it.

    Time left is told from rows where a file says how many it has, and else from how
    far into the file they reach; nothing is known of a pipe's end.
    """
    if not is_shown or stream.isatty():
        yield lambda _: None
        return
    size = 0 if comments.total else os.fstat(stream.fileno()).st_size
    total = comments.total or size or None
    layout = _LAYOUT if total else _LAYOUT_WITHOUT_END
    with tqdm(total=total, bar_format=layout) as bar:
        shown = _Shown(bar)

        def show(report: Report) -> None:
            shown.update(report.done, stream.tell() if size else report.done)

        yield show


class _Shown:
    """A bar that begins where this run does: what an earlier one did took no time."""

    def __init__(self, bar: tqdm) -> None:
        self._bar = bar
        self._first: int | None = None
        self._is_resumed = False

    def update(self, rows: int, place: int) -> None:
        if self._first is None or self._is_resumed:
            # How far a file is passed over shows only once its next rows are read.
            self._is_resumed = self._first is None and rows > 0
            self._first, self._began = rows, time.monotonic()
            self._bar.initial = self._bar.n = place
        seconds = max(time.monotonic() - self._began, 1e-9)
        speed = (rows - self._first) / seconds
        self._bar.set_description_str(
            f"{rows:,} rows, {speed:,.0f} rows/s ", refresh=False
        )
        self._bar.update(place - self._bar.n)
