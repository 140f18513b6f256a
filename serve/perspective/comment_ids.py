"""Finds the id of a comment where its sender gives one."""

from typing import Final

from serve.perspective.messages import CommentRequest
from serve.storable import unstorable

_NAMES_A_COMMENT: Final = "comment:"


def comment_id(request: CommentRequest) -> str | None:
    """Return a ``clientToken`` that names the comment, as Coral's do, or None.

    Other tokens may be the same for every comment of a client.
    """
    token = request.client_token
    if token is None or not token.startswith(_NAMES_A_COMMENT) or unstorable(token):
        return None
    return token
