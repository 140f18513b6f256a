"""A bare Flask endpoint on the same server, to hold the service against.

``python -m serve.bare PORT WORKERS`` runs it until SIGTERM.
"""

import logging.config
import sys
from typing import Final

from flask import Flask, request

from serve.gateway import Gateway
from serve.listener import open_listener
from serve.logs import logging_config
from serve.server import make_supervisor
from serve.worker import prepare_process

_MOST_BYTES: Final = 32 * 1024 * 1024


def main() -> None:
    """Serve until SIGTERM."""
    port, workers = map(int, sys.argv[1:])
    logs = logging_config("warning", "json")
    logging.config.dictConfig(logs)
    listener = open_listener("127.0.0.1", port)
    supervisor = make_supervisor(
        "127.0.0.1", port, workers, logs=logs, listener=listener
    )
    supervisor.serve(
        target_loader=_load,  # type: ignore[arg-type]
        wrap_loader=False,
    )


def _load(_number: int) -> Gateway:
    prepare_process()
    app = Flask(__name__, static_folder=None)

    @app.post("/v1/score")
    def answer() -> dict[str, str]:
        request.get_data()
        return {"status": "ok"}

    return Gateway(app, max_body_bytes=_MOST_BYTES)


if __name__ == "__main__":
    main()
