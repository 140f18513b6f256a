"""Reads what stands around a comment."""

from typing import Final

from serve.perspective import refusals
from serve.perspective.messages import Context, TextEntry

# What a comment quotes is looked for in this much of its context: articles are long,
# and of what moderation tools send as entries much is no text at all.
_MOST_CHARACTERS: Final = 64 * 1024


def parent_text(context: Context | None) -> str | None:
    """Return the texts that a comment may quote, or None if there are none.

    An entry that holds JSON is a tool's note to itself, such as Coral's.

    Raises:
        PerspectiveError: if the context is given in both ways.
    """
    if context is None:
        return None
    both = context.article_and_parent_comment
    if both is not None and context.entries:
        raise refusals.two_contexts()
    entries = context.entries or []
    if both is not None:
        entries = [entry for entry in (both.parent_comment, both.article) if entry]
    texts = [entry.text for entry in entries if _is_prose(entry)]
    return "\n".join(texts)[:_MOST_CHARACTERS] or None


def _is_prose(entry: TextEntry) -> bool:
    return bool(entry.text.strip()) and not entry.text.lstrip().startswith("{")
