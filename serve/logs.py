"""Says where log messages go: to standard error, one line each, in UTC."""

import json
import logging
import sys
import time
from typing import Any, Final

from flask import g, has_request_context

_DATE: Final = "%Y-%m-%dT%H:%M:%S"
# Made once: json.dumps would make one for every line.
_ENCODER: Final = json.JSONEncoder(ensure_ascii=True, default=str)
_PLAIN: Final = "%(asctime)s %(levelname)s %(name)s: %(message)s"


class UtcFormatter(logging.Formatter):
    """Writes times in UTC, whatever zone the machine is in, and fields after text."""

    converter = staticmethod(time.gmtime)

    def format(self, record: logging.LogRecord) -> str:
        """Return the line, and below it where an error came from."""
        line = super().format(record)
        fields = fields_of(record)
        told = " ".join(
            f"{name}={value}" for name, value in fields.items() if value is not None
        )
        return f"{line} {told}" if told else line


class JsonFormatter(logging.Formatter):
    """Writes an object a line, for programs that collect logs."""

    converter = staticmethod(time.gmtime)

    def format(self, record: logging.LogRecord) -> str:
        """Return the object; a trace is a field of it, so a line stays a line."""
        when = f"{self.formatTime(record, _DATE)}.{int(record.msecs):03}Z"
        entry: dict[str, Any] = {
            "time": when,
            "level": record.levelname.lower(),
            "logger": record.name,
            "process": record.process,
            "message": record.getMessage(),
            **fields_of(record),
        }
        if record.exc_info:
            entry["trace"] = self.formatException(record.exc_info)
        return _ENCODER.encode(entry)


def fields_of(record: logging.LogRecord) -> dict[str, Any]:
    """Return what a message says beside its text; the request's id, if it has one."""
    fields: dict[str, Any] = getattr(record, "fields", {})
    if "request_id" not in fields and has_request_context() and "request_id" in g:
        return {"request_id": g.request_id, **fields}
    return fields


def logging_config(level: str, style: str = "auto") -> dict[str, Any]:
    """Return the configuration for ``logging.config.dictConfig``.

    ``style`` is ``json``, ``plain``, or ``auto``: plain for a person at a terminal,
    else JSON. The server's own messages start at errors: its warnings lecture the
    operator about numbers that we choose.
    """
    if style == "auto":
        style = "plain" if sys.stderr is None or sys.stderr.isatty() else "json"
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "plain": {"()": UtcFormatter, "format": _PLAIN, "datefmt": _DATE + "Z"},
            "json": {"()": JsonFormatter},
        },
        "handlers": {
            "stderr": {
                "class": "logging.StreamHandler",
                "formatter": style,
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
