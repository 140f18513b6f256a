"""Opens the socket that all workers share, or says why it cannot be opened."""

import errno
import socket
import sys
from typing import Final

from labels.errors import GavelError

_BACKLOG: Final = 4_096
_UNREAD_MILLISECONDS: Final = 30_000


class ServerError(GavelError):
    """The service cannot start where it was told to."""


def open_listener(host: str, port: int) -> socket.socket:
    """Return a socket that listens.

    One socket for all workers, unlike granian's own one for each: a connection that
    waits to be accepted is not lost with a worker, and a second service on the same
    port is refused.

    Raises:
        ServerError: if the address cannot be listened on.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if sys.platform == "linux":
        # Connections inherit it: a client that does not read its answer is let go.
        listener.setsockopt(
            socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, _UNREAD_MILLISECONDS
        )
    try:
        listener.bind((host, port))
        listener.listen(_BACKLOG)
    except OSError as error:
        listener.close()
        raise ServerError(_address_fault(error, host, port)) from error
    return listener


def _address_fault(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"port {port} on {host} is in use; choose another with --port or stop "
            "what holds it"
        )
    if error.errno == errno.EACCES:
        return f"port {port} is reserved; choose one above 1023 with --port"
    if error.errno == errno.EADDRNOTAVAIL:
        return f"{host} is no address of this machine; choose another with --host"
    return f"cannot listen on port {port} of {host}: {error.strerror}"
