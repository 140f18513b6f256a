"""Says where log messages go: to standard error, one line each, in UTC."""

import logging
import time
from typing import Any


class UtcFormatter(logging.Formatter):
    """Writes times in UTC, whatever zone the machine is in."""

    converter = staticmethod(time.gmtime)


def logging_config(level: str) -> dict[str, Any]:
    """Return the configuration for ``logging.config.dictConfig``.

    The server's own messages start at errors: its warnings lecture the operator
    about numbers that we choose.
    """
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "utc": {
                "()": UtcFormatter,
                "format": "%(asctime)s %(levelname)s %(name)s: %(message)s",
                "datefmt": "%Y-%m-%dT%H:%M:%SZ",
            }
        },
        "handlers": {
            "stderr": {
                "class": "logging.StreamHandler",
                "formatter": "utc",
                "stream": "ext://sys.stderr",
            }
        },
        "root": {"level": level.upper(), "handlers": ["stderr"]},
        "loggers": {
            "_granian": {"level": "ERROR"},
            # It tells of every connection that it looks at.
            "alembic": {"level": "WARNING"},
        },
    }
