"""Gives every request an id, counts it and logs it, without a word of what it held."""

import logging
import re
import time
from collections.abc import Sequence
from secrets import token_hex
from typing import Final

from flask import Flask, Response, g, has_request_context, request

from labels.comments import Comment
from model.scorer import Score
from serve.access import caller
from serve.dialects import OPERATIONS, dialect_of
from serve.gateway import RECEIVED
from serve.state import CommentScorer, current_service
from serve.tally import OTHER, Tally

logger = logging.getLogger("gavel.access")

REQUEST_ID: Final = "X-Request-ID"

# What people send: UUIDs, ULIDs, trace ids. Anything else could break a line of a log.
_SANE_ID: Final = re.compile(r"[A-Za-z0-9._:/+=@-]{1,128}")


class CountingScorer:
    """A scorer that counts what it scores; ``inner`` is the one that scores."""

    def __init__(self, inner: CommentScorer, tally: Tally) -> None:
        self.inner = inner
        self.name = inner.name
        self.version = inner.version
        self._tally = tally

    def score(
        self, comments: Sequence[Comment | str], *, explain: bool = False
    ) -> list[Score]:
        """Return one score for each comment, in order."""
        scores = self.inner.score(comments, explain=explain)
        self._tally.count_scores(scores)
        if has_request_context():
            g.scored = g.get("scored", 0) + len(scores)
        return scores


def register(app: Flask, tally: Tally) -> None:
    """Have the application observe every request; call it before other hooks.

    Hooks that are registered first see a request first and its answer last.
    """

    def begin() -> None:
        # Routes are complete when the first request comes in.
        if not tally.endpoints:
            tally.know_endpoints(rule.rule for rule in app.url_map.iter_rules())
        _begin()

    app.before_request(begin)
    app.after_request(_end)


def request_id() -> str:
    """Return the id of the current request: the client's, if it is sane, or ours."""
    known: str = g.request_id
    return known


def _begin() -> None:
    g.began = request.environ.get(RECEIVED) or time.perf_counter()
    sent = request.headers.get(REQUEST_ID, "")
    g.request_id = sent if _SANE_ID.fullmatch(sent) else token_hex(8)


def _end(response: Response) -> Response:
    seconds = time.perf_counter() - g.began
    response.headers[REQUEST_ID] = g.request_id
    # The rule and not the path, which may hold anything, and never the query, which
    # may hold a key.
    rule = request.url_rule.rule if request.url_rule else OTHER
    status = response.status_code
    current_service().tally.count_request(rule, status, seconds)
    level = logging.DEBUG if dialect_of(rule) == OPERATIONS else logging.INFO
    if logger.isEnabledFor(level):
        fields = {
            "request_id": g.request_id,
            "method": request.method,
            "route": rule,
            "dialect": dialect_of(rule),
            "status": status,
            "milliseconds": round(seconds * 1000, 2),
            "comments": g.get("scored", 0),
            "key_id": caller().key_id,
        }
        logger.log(level, "answered", extra={"fields": fields})
    return response
