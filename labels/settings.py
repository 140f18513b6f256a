"""Settings: the defaults, then the GAVEL_* environment, then flags or a mapping."""

import logging
import os
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from ipaddress import ip_address
from pathlib import Path
from typing import Any, Final

from labels.errors import SettingError

logger = logging.getLogger(__name__)

PREFIX: Final = "GAVEL_"
LOG_LEVELS: Final = ("debug", "info", "warning", "error", "critical")
LOG_FORMATS: Final = ("auto", "json", "plain")
MAX_PORT: Final = 65_535
MAX_WORKERS: Final = 256

_FLAGS: Final = {
    **dict.fromkeys(("1", "true", "yes", "on"), True),
    **dict.fromkeys(("0", "false", "no", "off"), False),
}


@dataclass(frozen=True, slots=True)
class Settings:
    """What an operator may choose; the defaults serve a newcomer on one machine.

    Attributes:
        instance: the folder of runtime files.
        model: the folder of the model to score with; None is the bundled one.
        gazetteer: a file of names in the format of ``labels/gazetteer.csv``, on top
            of those that the model knows; None is no file.
        host: the IP address to listen on.
        port: the TCP port to listen on.
        workers: how many processes answer; each scores on one core.
        max_body_bytes: the largest request body. The default holds 1,000 comments
            of the longest text.
        log_level: the least grave message that is logged.
        database_url: the store, in SQLite or PostgreSQL; None is ``gavel.db`` in the
            instance folder.
        store_comments: whether a comment is stored when the request says so; where
            it is False no request can have one stored.
        retention_days: after how many days ``gavel purge`` removes what people wrote;
            None is never.
        rate_limit: the most requests of one key, or of one address without a key, as
            in ``100/second``; ``off`` is no limit. None is no limit on loopback and
            6,000 a minute elsewhere.
        rate_limit_storage: where requests are counted: ``memory`` counts in each
            worker, ``redis://…`` for all of them and for several machines.
        cors_origins: the sites whose pages may call the service from a browser.
        trusted_proxies: how many proxies stand before the service; what they say of
            the caller's address is believed. With one or more, loopback needs keys
            as well: whoever reaches the proxy reaches the service.
        public_url: where clients reach the service, as Perspective's discovery
            document tells them; None is the address that each of them used.
        languages: what Perspective's clients hear of a language that the model does
            not know. ``lenient`` refuses one that they name, and scores one that is
            detected; ``strict`` refuses both; ``any`` scores both.
        unknown_attributes: what they hear of an attribute that Gavel does not judge:
            an ``error``, or nothing, where ``omit`` leaves it out of the answer.
        log_format: ``json``, ``plain``, or ``auto``, which is plain on a terminal and
            JSON elsewhere.
    """

    instance: Path = Path("instance")
    model: Path | None = None
    gazetteer: Path | None = None
    host: str = "127.0.0.1"
    port: int = 8000
    workers: int = 1
    max_body_bytes: int = 32 * 1024 * 1024
    log_level: str = "info"
    database_url: str | None = None
    store_comments: bool = False
    retention_days: int | None = None
    rate_limit: str | None = None
    rate_limit_storage: str = "memory"
    cors_origins: tuple[str, ...] = ()
    trusted_proxies: int = 0
    public_url: str | None = None
    languages: str = "lenient"
    unknown_attributes: str = "error"

    @property
    def is_exposed(self) -> bool:
        """Whether others than this machine's users can reach the service."""
        return self.trusted_proxies > 0 or not ip_address(self.host).is_loopback

    log_format: str = "auto"


def load_settings(
    overrides: Mapping[str, object] | None = None,
    *,
    only: Collection[str] | None = None,
) -> Settings:
    """Return the settings; the environment outranks defaults, ``overrides`` both.

    Keys of ``overrides`` are the attributes of Settings; a None there counts as not
    given, as does a blank variable in the environment. A variable that looks like a
    misspelt setting is warned of in the log.

    ``only`` names the attributes that the caller needs: what the environment says of
    the others is then not read, so that a fault in it stops nobody whom it does not
    concern.

    >>> load_settings({"port": "8080"}).port
    8080

    Raises:
        SettingError: if any value cannot be used; one sentence names them all.
    """
    _warn_of_misspelt(os.environ)
    read = _READERS if only is None else only
    given = _from_environment(os.environ, read) | _from_mapping(overrides or {})
    values: dict[str, Any] = {}
    faults = []
    for field, (name, value) in given.items():
        try:
            values[field] = _reader(field)(value)
        except ValueError as error:
            shown = "not usable" if field in _SECRET else repr(value)
            faults.append(f"{name} is {shown}: {error}")
    if faults:
        raise SettingError("; ".join(faults))
    return Settings(**values)


def child_environment(overrides: Mapping[str, str]) -> dict[str, str]:
    """Return the environment of a process to start: ours, without settings of ours."""
    kept = {name: one for name, one in os.environ.items() if name[:6] != PREFIX}
    return {**kept, **overrides}


def _from_environment(
    environ: Mapping[str, str], fields: Iterable[str]
) -> dict[str, tuple[str, object]]:
    names = {field: PREFIX + field.upper() for field in fields}
    return {
        field: (name, environ[name])
        for field, name in names.items()
        if environ.get(name, "").strip()
    }


def _from_mapping(overrides: Mapping[str, object]) -> dict[str, tuple[str, object]]:
    return {
        field: (field, value) for field, value in overrides.items() if value is not None
    }


def _warn_of_misspelt(names: Iterable[str]) -> None:
    known = [PREFIX + field.upper() for field in _READERS]
    for name in names:
        if name.startswith(PREFIX) and name not in known:
            for match in get_close_matches(name, known, n=1, cutoff=0.8):
                logger.warning("%s is not a setting; did you mean %s?", name, match)


def _reader(field: str) -> Callable[[object], object]:
    if field not in _READERS:
        raise ValueError(f"no such setting; there are {', '.join(_READERS)}")
    return _READERS[field]


def _read_path(value: object) -> Path:
    if not isinstance(value, str | Path) or not str(value).strip():
        raise ValueError("give a path")
    return Path(value)


def _read_host(value: object) -> str:
    if value == "localhost":
        return "127.0.0.1"
    try:
        return str(ip_address(str(value).strip()))
    except ValueError:
        remedy = "give an IP address, such as 127.0.0.1 or 0.0.0.0"
        raise ValueError(remedy) from None


def _choice_reader(choices: Collection[str]) -> Callable[[object], str]:
    def read(value: object) -> str:
        chosen = str(value).strip().lower()
        if chosen not in choices:
            raise ValueError(f"give one of {', '.join(choices)}")
        return chosen

    return read


def _read_database_url(value: object) -> str:
    if isinstance(value, str) and "://" in value:
        return value.strip()
    raise ValueError("give postgresql://user:password@host/database or sqlite:///path")


def _read_flag(value: object) -> bool:
    said = str(value).strip().lower()
    if said not in _FLAGS:
        raise ValueError("give 1 or 0")
    return _FLAGS[said]


def _read_rate_limit(value: object) -> str:
    limit = str(value).strip().lower()
    if limit == "off" or re.fullmatch(
        r"[1-9][0-9]{0,8} ?/ ?(second|minute|hour|day)", limit
    ):
        return limit
    raise ValueError("give a number of requests and a time, as in 100/second, or off")


def _read_rate_limit_storage(value: object) -> str:
    storage = str(value).strip()
    if storage == "memory" or re.match("rediss?://.", storage):
        return storage
    raise ValueError("give memory or redis://host:port")


def _read_origins(value: object) -> tuple[str, ...]:
    listed = value.split(",") if isinstance(value, str) else value
    if not isinstance(listed, list | tuple):
        raise ValueError("give origins with commas between")  # noqa: TRY004 - as all
    origins = tuple(str(origin).strip().lower() for origin in listed)
    for origin in origins:
        if not re.fullmatch(r"https?://[^\s/?#@]+", origin):
            raise ValueError(
                "give origins such as https://example.org, with commas between and "
                "no path; * would let every site call"
            )
    return origins


def _read_url(value: object) -> str:
    url = str(value).strip()
    if not re.fullmatch(r"https?://[^\s?#@]+", url):
        raise ValueError("give an address such as https://gavel.example.org")
    return url.rstrip("/")


def _number_reader(least: int, most: int) -> Callable[[object], int]:
    def read(value: object) -> int:
        digits = str(value).strip()
        if re.fullmatch(r"[0-9]{1,12}", digits) and least <= int(digits) <= most:
            return int(digits)
        raise ValueError(f"give a whole number from {least} to {most}")

    return read


_READERS: Final[Mapping[str, Callable[[object], object]]] = {
    "instance": _read_path,
    "model": _read_path,
    "gazetteer": _read_path,
    "host": _read_host,
    "port": _number_reader(1, MAX_PORT),
    "workers": _number_reader(1, MAX_WORKERS),
    "max_body_bytes": _number_reader(1_024, 1024**3),
    "database_url": _read_database_url,
    "store_comments": _read_flag,
    "retention_days": _number_reader(1, 36_500),
    "rate_limit": _read_rate_limit,
    "rate_limit_storage": _read_rate_limit_storage,
    "cors_origins": _read_origins,
    "trusted_proxies": _number_reader(0, 10),
    "public_url": _read_url,
    "languages": _choice_reader(("lenient", "strict", "any")),
    "unknown_attributes": _choice_reader(("error", "omit")),
    "log_level": _choice_reader(LOG_LEVELS),
    "log_format": _choice_reader(LOG_FORMATS),
}

# They may hold a password, so no message repeats them.
_SECRET: Final = frozenset({"database_url", "rate_limit_storage"})
