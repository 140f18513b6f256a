"""``gavel serve``: what it refuses before it starts anything."""

import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

GAVEL = Path(sys.executable).with_name("gavel")


def serve(*options: object) -> tuple[int, str, str]:
    """Return exit code, output and errors of a service that should not start."""
    ended = subprocess.run(
        [GAVEL, "serve", *map(str, options)],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    return ended.returncode, ended.stdout, ended.stderr


@pytest.fixture
def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
        return port


@pytest.mark.parametrize(
    "is_shared",
    [
        pytest.param(False, id="by another program"),
        pytest.param(True, id="by one that would share it, as we do"),
    ],
)
def test_a_port_in_use_is_refused(is_shared: bool) -> None:
    address = ("127.0.0.1", 0)
    with socket.create_server(address, reuse_port=is_shared) as holder:
        port = holder.getsockname()[1]
        result = serve("--port", port)
    message = (
        f"gavel: port {port} on 127.0.0.1 is in use; choose another with --port or "
        "stop what holds it\n"
    )
    assert result == (1, "", message)


def test_an_address_of_another_machine_is_refused(free_port: int) -> None:
    # 192.0.2.1 is kept for examples; no machine has it.
    result = serve("--host", "192.0.2.1", "--insecure", "--port", free_port)
    assert result[2].splitlines()[-1] == (
        "gavel: 192.0.2.1 is no address of this machine; choose another with --host"
    )


def test_an_address_that_strangers_reach_is_refused(free_port: int) -> None:
    message = (
        "gavel: other machines reach 0.0.0.0, and there are no keys to keep strangers "
        "out; make one with gavel keys create, use 127.0.0.1, or say --insecure if "
        "something else keeps them out\n"
    )
    assert serve("--host", "0.0.0.0", "--port", free_port) == (1, "", message)  # noqa: S104


def test_a_missing_model_is_refused(free_port: int, tmp_path: Path) -> None:
    absent = tmp_path / "absent"
    message = f"gavel: there is no model in {absent}: it is not a folder\n"
    assert serve("--port", free_port, "--model", absent) == (1, "", message)


def test_a_damaged_model_is_refused_in_one_line(
    free_port: int, tmp_path: Path, artefact: Path
) -> None:
    damaged = shutil.copytree(artefact, tmp_path / "damaged")
    (damaged / "bias.npy").write_bytes(b"")
    code, output, errors = serve("--port", free_port, "--model", damaged)
    assert (code, output, len(errors.splitlines())) == (1, "", 1)


@pytest.mark.parametrize("port", ["0", "65536", "http"])
def test_a_port_that_is_none_is_a_usage_error(port: str) -> None:
    code, _, errors = serve("--port", port)
    assert (code, "Invalid value for '--port'" in errors) == (2, True)


def test_a_bad_setting_is_refused_in_one_line(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("GAVEL_WORKERS", "many")
    message = "gavel: GAVEL_WORKERS is 'many': give a whole number from 1 to 256\n"
    assert serve() == (1, "", message)


def test_an_option_outranks_the_environment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("GAVEL_PORT", "1")
    with socket.create_server(("127.0.0.1", 0)) as holder:
        port = holder.getsockname()[1]
        errors = serve("--port", port)[2]
    assert errors.startswith(f"gavel: port {port} on 127.0.0.1 is in use")
