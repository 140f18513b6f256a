import os
from pathlib import Path

import pytest

from labels.errors import SettingError
from labels.settings import Settings, load_settings


@pytest.fixture(autouse=True)
def environ(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Stands in for the environment, which may hold settings of whoever tests."""
    replaced: dict[str, str] = {}
    monkeypatch.setattr(os, "environ", replaced)
    return replaced


def test_without_environment_and_overrides_the_defaults_hold() -> None:
    assert load_settings() == Settings(
        instance=Path("instance"),
        model=None,
        host="127.0.0.1",
        port=8000,
        workers=1,
        max_body_bytes=33_554_432,
        log_level="info",
    )


def test_the_environment_sets_every_setting(environ: dict[str, str]) -> None:
    environ.update(
        GAVEL_INSTANCE="/srv/gavel",
        GAVEL_MODEL="models/new",
        GAVEL_HOST="0.0.0.0",  # noqa: S104 - nothing listens
        GAVEL_PORT="8080",
        GAVEL_WORKERS="4",
        GAVEL_MAX_BODY_BYTES="1024",
        GAVEL_LOG_LEVEL="Debug",
    )
    assert load_settings() == Settings(
        instance=Path("/srv/gavel"),
        model=Path("models/new"),
        host="0.0.0.0",  # noqa: S104 - nothing listens
        port=8080,
        workers=4,
        max_body_bytes=1024,
        log_level="debug",
    )


def test_overrides_outrank_the_environment(environ: dict[str, str]) -> None:
    environ["GAVEL_PORT"] = "8080"
    assert load_settings({"port": 9090}).port == 9090


def test_an_override_of_none_was_not_given(environ: dict[str, str]) -> None:
    environ["GAVEL_PORT"] = "8080"
    assert load_settings({"port": None}).port == 8080


def test_a_blank_variable_was_not_given(environ: dict[str, str]) -> None:
    environ["GAVEL_MODEL"] = " "
    assert load_settings().model is None


def test_localhost_is_an_address() -> None:
    assert load_settings({"host": "localhost"}).host == "127.0.0.1"


@pytest.mark.parametrize(
    ("overrides", "message"),
    [
        pytest.param(
            {"instance": ""},
            "instance is '': give a path",
            id="blank path",
        ),
        pytest.param({"model": 5}, "model is 5: give a path", id="no path"),
        pytest.param(
            {"host": "example.org"},
            "host is 'example.org': give an IP address, such as 127.0.0.1 or 0.0.0.0",
            id="host name",
        ),
        pytest.param(
            {"port": 0},
            "port is 0: give a whole number from 1 to 65535",
            id="port too low",
        ),
        pytest.param(
            {"port": 65_536},
            "port is 65536: give a whole number from 1 to 65535",
            id="port too high",
        ),
        pytest.param(
            {"port": True},
            "port is True: give a whole number from 1 to 65535",
            id="port is a truth value",
        ),
        pytest.param(
            {"port": "8e3"},
            "port is '8e3': give a whole number from 1 to 65535",
            id="port is no whole number",
        ),
        pytest.param(
            {"workers": "0"},
            "workers is '0': give a whole number from 1 to 256",
            id="no workers",
        ),
        pytest.param(
            {"max_body_bytes": -1},
            "max_body_bytes is -1: give a whole number from 1024 to 1073741824",
            id="negative limit",
        ),
        pytest.param(
            {"log_level": "loud"},
            "log_level is 'loud': give one of debug, info, warning, error, critical",
            id="unknown log level",
        ),
        pytest.param(
            {"prot": 80},
            "prot is 80: no such setting; there are instance, model, gazetteer, host, "
            "port, workers, max_body_bytes, database_url, store_comments, "
            "retention_days, rate_limit, rate_limit_storage, cors_origins, "
            "trusted_proxies, public_url, languages, unknown_attributes, log_level, "
            "log_format",
            id="unknown setting",
        ),
        pytest.param(
            {"public_url": "gavel.example.org"},
            "public_url is 'gavel.example.org': give an address such as "
            "https://gavel.example.org",
            id="no address",
        ),
        pytest.param(
            {"languages": "german"},
            "languages is 'german': give one of lenient, strict, any",
            id="languages",
        ),
        pytest.param(
            {"unknown_attributes": "score"},
            "unknown_attributes is 'score': give one of error, omit",
            id="unknown attributes",
        ),
    ],
)
def test_a_value_that_cannot_be_used_is_refused(
    overrides: dict[str, object], message: str
) -> None:
    with pytest.raises(SettingError) as caught:
        load_settings(overrides)
    assert str(caught.value) == message


def test_all_faults_are_told_at_once_by_the_names_they_were_given_by(
    environ: dict[str, str],
) -> None:
    environ["GAVEL_PORT"] = "x"
    with pytest.raises(SettingError) as caught:
        load_settings({"workers": "many"})
    assert str(caught.value) == (
        "GAVEL_PORT is 'x': give a whole number from 1 to 65535; "
        "workers is 'many': give a whole number from 1 to 256"
    )


@pytest.mark.parametrize(
    ("name", "warnings"),
    [
        pytest.param(
            "GAVEL_WORKER",
            ["GAVEL_WORKER is not a setting; did you mean GAVEL_WORKERS?"],
            id="misspelt",
        ),
        pytest.param("GAVEL_COLOUR_OF_ROBE", [], id="unlike any"),
        pytest.param("WORKERS", [], id="not ours"),
    ],
)
def test_a_misspelt_variable_is_warned_of(
    environ: dict[str, str],
    caplog: pytest.LogCaptureFixture,
    name: str,
    warnings: list[str],
) -> None:
    environ[name] = "3"
    load_settings()
    assert caplog.messages == warnings


def test_a_setting_that_nobody_needs_is_not_read(environ: dict[str, str]) -> None:
    environ.update(GAVEL_PORT="x", GAVEL_MODEL="models/new")
    assert load_settings(only={"model"}) == Settings(model=Path("models/new"))
