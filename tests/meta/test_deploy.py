"""The examples of deployment: well formed, without secrets, naming what exists."""

import re
import shutil
import subprocess
import sys
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
import yaml
from flask.testing import FlaskClient

from labels.settings import Settings
from serve import create_app

_DEPLOY = Path(__file__).parents[2] / "serve" / "deploy"
_ROOT = _DEPLOY.parents[1]
_UNIT = (_DEPLOY / "gavel.service").read_text(encoding="utf-8")
_COMPOSE = (_DEPLOY / "compose.yaml").read_text(encoding="utf-8")
_DOCKERFILE = (_DEPLOY / "Dockerfile").read_text(encoding="utf-8")
_SETTINGS = {f"GAVEL_{field.name.upper()}" for field in fields(Settings)}


def services() -> Any:
    return yaml.safe_load(_COMPOSE)["services"]


@pytest.mark.parametrize("text", [_UNIT, _COMPOSE, _DOCKERFILE])
def test_every_setting_that_is_named_exists(text: str) -> None:
    named = set(re.findall(r"\bGAVEL_[A-Z_]+[A-Z]\b", text)) - {"GAVEL_NAME"}
    assert named - _SETTINGS == set()


def test_nothing_starts_without_a_password() -> None:
    used = re.findall(r"\$\{(\w*PASSWORD\w*)(.{2})", _COMPOSE)
    assert {name for name, _ in used} == {"POSTGRES_PASSWORD", "REDIS_PASSWORD"}
    assert {rule for _, rule in used} == {":?"}


def test_only_gavel_is_published_and_only_on_this_machine() -> None:
    published = {name: one.get("ports", []) for name, one in services().items()}
    assert published == {
        "gavel": ["127.0.0.1:8000:8000"],
        "postgres": [],
        "redis": [],
    }


def test_every_service_says_whether_it_is_well() -> None:
    assert all("healthcheck" in one for one in services().values())


def test_the_image_runs_as_nobody_special() -> None:
    last_stage = _DOCKERFILE.rpartition("FROM ")[2]
    assert re.findall(r"^USER (.*)", last_stage, re.MULTILINE) == ["10001"]


def test_the_image_copies_what_is_there_and_is_let_through() -> None:
    ignored = (_DEPLOY / "Dockerfile.dockerignore").read_text().splitlines()
    copied = {
        name
        for line in re.findall(r"^COPY (?!--)(.*) \S+$", _DOCKERFILE, re.MULTILINE)
        for name in line.split()
    }
    assert [name for name in copied if not (_ROOT / name).exists()] == []
    assert {f"!{name}" for name in copied} - set(ignored) == set()


def test_the_alarms_look_at_metrics_that_exist() -> None:
    client: FlaskClient = create_app({}).test_client()
    client.post("/v1/score", json={"text": "silly"})
    client.get("/healthz")
    known = client.get("/metrics").text
    rules = yaml.safe_load((_DEPLOY / "alarms.yml").read_text())["groups"][0]["rules"]
    named = {name for rule in rules for name in re.findall(r"gavel_\w+", rule["expr"])}
    assert [name for name in named if f"\n{name}" not in known] == []


def test_prometheus_finds_its_alarms() -> None:
    told = yaml.safe_load((_DEPLOY / "prometheus.yml").read_text())
    assert [(_DEPLOY / name).exists() for name in told["rule_files"]] == [True]


def installed_unit(folder: Path) -> Path:
    """The unit as it would be with Gavel in the place where it is here."""
    gavel = Path(sys.executable).with_name("gavel")
    unit = folder / "gavel.service"
    unit.write_text(_UNIT.replace("/opt/gavel/.venv/bin/gavel", str(gavel)))
    return unit


needs_systemd = pytest.mark.skipif(
    shutil.which("systemd-analyze") is None, reason="systemd-analyze is not installed"
)


@needs_systemd
def test_systemd_finds_no_fault_in_the_unit(tmp_path: Path) -> None:
    command = ["systemd-analyze", "verify", str(installed_unit(tmp_path))]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    faults = [line for line in done.stderr.splitlines() if "gavel.service" in line]
    assert faults == []


@needs_systemd
def test_systemd_finds_the_unit_well_guarded(tmp_path: Path) -> None:
    command = ["systemd-analyze", "security", "--offline=true", "--no-pager"]
    done = subprocess.run(
        [*command, str(installed_unit(tmp_path))],
        capture_output=True,
        text=True,
        check=False,
    )
    told = re.search(r"exposure level for gavel.service: ([\d.]+)", done.stdout)
    assert told is not None, done.stderr
    assert float(told[1]) <= 2.5


def test_compose_reads_the_file_and_refuses_without_a_password() -> None:
    if shutil.which("docker") is None:
        pytest.skip("docker is not installed")
    compose = ["docker", "compose", "-f", str(_DEPLOY / "compose.yaml"), "config"]
    version = subprocess.run(
        ["docker", "compose", "version"],  # noqa: S607
        capture_output=True,
        check=False,
    )
    if version.returncode != 0:
        pytest.skip("docker has no compose here")
    words = {"POSTGRES_PASSWORD": "a1", "REDIS_PASSWORD": "b2", "PATH": "/usr/bin"}
    done = subprocess.run(compose, capture_output=True, env=words, check=False)
    assert done.returncode == 0, done.stderr
    del words["REDIS_PASSWORD"]
    done = subprocess.run(compose, capture_output=True, env=words, check=False)
    assert (done.returncode != 0, b"REDIS_PASSWORD" in done.stderr) == (True, True)
