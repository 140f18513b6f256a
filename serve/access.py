"""Who may call what: keys and their scopes, checked before a body is read."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from flask import Flask, current_app, g, request

from labels.errors import GavelError
from labels.settings import Settings
from labels.store_keys import SCOPES
from serve.bodies import discard_body
from serve.endings import at_end
from serve.errors import ApiError
from serve.keyring import KeyRing
from serve.origins import refuse_foreign_page
from serve.rates import count_request
from serve.storage import store_of

KEY_RING: Final = "gavel_key_ring"
"""Where an application has its keys, if it needs any."""

_SCOPE: Final = "needed_scope"

View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Caller:
    """Whose request this is; nobody's in particular on loopback."""

    key_id: int | None = None
    name: str | None = None
    scope: str = SCOPES[-1]


_ANYBODY: Final = Caller()


def needs(scope: str) -> Callable[[View], View]:
    """Mark a view as one that a key of this scope, or of a wider one, opens.

    A view without a mark is open to all.
    """
    if scope not in SCOPES:
        raise ValueError(f"no such scope: {scope}")

    def mark(view: View) -> View:
        setattr(view, _SCOPE, scope)
        return view

    return mark


def scope_of(view: Callable[..., Any]) -> str | None:
    """Return the scope that a view was marked with; None if it is open to all."""
    scope: str | None = getattr(view, _SCOPE, None)
    return scope


def register(app: Flask, settings: Settings, *, insecure: bool) -> None:
    """Have the application look at keys, unless only this machine reaches it."""
    if settings.is_exposed and not insecure:
        ring = KeyRing(store_of(app))
        app.extensions[KEY_RING] = ring
        at_end(ring.close)
    app.before_request(_check)


def caller() -> Caller:
    """Return who sent this request."""
    known: Caller = g.get("caller", _ANYBODY)
    return known


def check_access(scope: str) -> None:
    """Refuse this request if its sender may not do what ``scope`` stands for.

    Raises:
        ApiError: 401 without a key that opens the service, 403 with a lesser one, 429
            if it is one request too many.
    """
    if "caller" not in g:
        g.caller = _admit()
    if SCOPES.index(g.caller.scope) < SCOPES.index(scope):
        raise ApiError(
            403,
            "wrong_scope",
            f"this key may {g.caller.scope}, and {request.path} needs one that may "
            f"{scope}; the service's operator makes them",
        )


def presented_key() -> str | None:
    """Return the key that came with this request, wherever it stands."""
    sent = request.authorization
    if sent is not None and sent.type == "bearer" and sent.token:
        return sent.token
    return request.headers.get("X-API-Key") or request.args.get("key")


def _check() -> None:
    if request.endpoint is None or request.method == "OPTIONS":
        return
    scope = scope_of(current_app.view_functions[request.endpoint])
    if scope is None:
        return
    try:
        check_access(scope)
    except GavelError:
        discard_body()
        raise


def _admit() -> Caller:
    """Return who sent this request, and count it; it counts where it is refused too."""
    ring: KeyRing | None = current_app.extensions.get(KEY_RING)
    if ring is None:
        refuse_foreign_page()
        count_request(None)
        return _ANYBODY
    presented = presented_key()
    key = ring.find(presented) if presented else None
    count_request(key.id if key else None)
    if not presented:
        raise _unauthorized(
            "missing_key",
            "this service needs a key; send it as Authorization: Bearer KEY, as "
            "X-API-Key, or as ?key=",
        )
    if key is None:
        raise _unauthorized(
            "unknown_key", "this key is unknown or revoked; ask the service's operator"
        )
    return Caller(key.id, key.name, key.scope)


def _unauthorized(code: str, message: str) -> ApiError:
    return ApiError(401, code, message, headers={"WWW-Authenticate": "Bearer"})
