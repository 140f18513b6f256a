"""Which pages in a browser may call the service, and what it tells browsers."""

from typing import Final
from urllib.parse import urlsplit

from flask import Flask, Response, request
from werkzeug.middleware.proxy_fix import ProxyFix

from labels.settings import Settings
from serve.errors import ApiError
from serve.state import current_service

_ALLOWED_HEADERS: Final = "Authorization, Content-Type, Idempotency-Key, X-API-Key"
_EXPOSED_HEADERS: Final = (
    "RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset, Retry-After"
)
_PREFLIGHT_SECONDS: Final = "600"
_LOOPBACK_NAMES: Final = frozenset({"localhost", "127.0.0.1", "::1"})

_HEADERS: Final = {
    "X-Content-Type-Options": "nosniff",
    # Answers are data: a browser that is led to one loads and runs nothing.
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


def register(app: Flask, settings: Settings) -> None:
    """Have every answer carry the headers, and proxies believed as far as told."""
    if settings.trusted_proxies:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app,
            x_for=settings.trusted_proxies,
            x_proto=settings.trusted_proxies,
            x_host=0,
        )
    app.after_request(_add_headers)


def refuse_foreign_page() -> None:
    """Refuse a request that a page of another site has a browser send.

    For a service that asks for no key: whatever page its users open could otherwise
    label comments through it, and no browser asks before it sends such a request.

    Raises:
        ApiError: 403 if the Origin is neither listed nor our own.
    """
    origin = request.headers.get("Origin")
    if origin is None or request.method in {"GET", "HEAD", "OPTIONS"}:
        return
    if origin.lower() in current_service().settings.cors_origins or _is_own(origin):
        return
    raise ApiError(
        403,
        "foreign_origin",
        "a page of another site sent this; its origin must be in GAVEL_CORS_ORIGINS",
    )


def _is_own(origin: str) -> bool:
    try:
        parts = urlsplit(origin)
        name = parts.hostname
    except ValueError:
        return False
    if current_service().settings.is_exposed:
        return parts.netloc == request.host
    # A stranger's name may lead to 127.0.0.1, so that of the request proves nothing.
    return name in _LOOPBACK_NAMES


def _add_headers(response: Response) -> Response:
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    origins = current_service().settings.cors_origins
    if origins:
        response.vary.add("Origin")
        origin = request.headers.get("Origin", "")
        if origin.lower() in origins:
            _allow(response, origin)
    return response


def _allow(response: Response, origin: str) -> None:
    response.headers["Access-Control-Allow-Origin"] = origin
    response.headers["Access-Control-Expose-Headers"] = _EXPOSED_HEADERS
    if request.method == "OPTIONS":
        allowed = response.headers.get("Allow", "GET, POST")
        response.headers["Access-Control-Allow-Methods"] = allowed
        response.headers["Access-Control-Allow-Headers"] = _ALLOWED_HEADERS
        response.headers["Access-Control-Max-Age"] = _PREFLIGHT_SECONDS
