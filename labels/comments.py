"""A comment: the text a person posted, and what is known of where it stands."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Comment:
    """One comment as it was posted.

    Attributes:
        id: names the comment within its file, thread or request.
        text: its words, unchanged.
        author: the name shown beside it, if any.
        time: as it was written; thread pages give no zone, so none is invented.
        thread: what the thread is called, if known.
        parent_id: the id of the comment that this one answers.
        parent_text: the words of the comment that this one answers.
        quotations: ``(begin, end)`` pairs of code-point offsets into ``text``,
            end exclusive, ascending, that hold somebody else's words.
    """

    id: str
    text: str
    author: str | None = None
    time: str | None = None
    thread: str | None = None
    parent_id: str | None = None
    parent_text: str | None = None
    quotations: tuple[tuple[int, int], ...] = ()
