"""Holds callers to so many requests in a time, and tells them how many are left."""

from ipaddress import IPv6Address, ip_address
from typing import Final

from flask import Flask, Response, current_app, g, request

from labels.settings import Settings
from serve.counters import Counter, Window, make_counter
from serve.errors import ApiError

_COUNTER: Final = "gavel_rate_counter"
_WINDOW: Final = "rate_window"
_HOST_BITS: Final = 64


def register(app: Flask, settings: Settings) -> None:
    """Have the application count requests, if the settings limit them."""
    counter = make_counter(settings)
    if counter is not None:
        app.extensions[_COUNTER] = counter
        app.after_request(_tell_window)


def count_request(key_id: int | None) -> None:
    """Count this request for its key, or for its address if it has none.

    Raises:
        ApiError: 429 if it is one too many.
    """
    counter: Counter | None = current_app.extensions.get(_COUNTER)
    if counter is None:
        return
    name = f"key {key_id}" if key_id is not None else _address()
    window = counter.hit(name)
    g.rate_window = window
    if window.is_over:
        raise ApiError(
            429,
            "rate_limited",
            f"that is more than {window.limit:,} requests; the next is answered in "
            f"{window.seconds:,} seconds",
            headers={
                "Retry-After": str(window.seconds),
                "RateLimit-Limit": str(window.limit),
            },
        )


def _tell_window(response: Response) -> Response:
    window: Window | None = g.get(_WINDOW)
    if window is not None:
        response.headers["RateLimit-Limit"] = str(window.limit)
        response.headers["RateLimit-Remaining"] = str(window.remaining)
        response.headers["RateLimit-Reset"] = str(window.seconds)
    return response


def _address() -> str:
    """Return who is counted as one address: of IPv6, everybody on one network.

    Whoever has one IPv6 address has 2^64 of them.
    """
    try:
        address = ip_address(request.remote_addr or "")
    except ValueError:
        return "address unknown"
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped is not None:
            return f"address {address.ipv4_mapped}"
        return f"network {int(address) >> _HOST_BITS:x}"
    return f"address {address}"
