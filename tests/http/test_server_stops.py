"""How the service ends: cleanly, soon, and with all its workers."""

import http.client
import os
import signal
import socket
import sys
import time
from collections.abc import Callable
from typing import Any

import pytest

Start = Callable[..., Any]


def assert_ended(service: Any, *, exit_code: int = 0) -> None:
    """Wait at most ten seconds for the end, and look for workers that outlive it."""
    assert service.process.wait(timeout=10) == exit_code
    with pytest.raises(ProcessLookupError):
        os.killpg(service.process.pid, 0)


def answers_after_ten_seconds(port: int) -> bool:
    """Tell whether a port still answers; False as soon as it does not."""
    for _ in range(100):
        with socket.socket() as visitor:
            if visitor.connect_ex(("127.0.0.1", port)) != 0:
                return False
        time.sleep(0.1)
    return True


def press_ctrl_c(service: Any) -> None:
    """Send SIGINT to every process of the service, as a terminal does."""
    os.killpg(service.process.pid, signal.SIGINT)


@pytest.mark.parametrize("attempt", range(3))
def test_ctrl_c_ends_it(start_service: Start, attempt: int) -> None:
    service = start_service("--workers", str(1 + attempt % 2))
    press_ctrl_c(service)
    assert_ended(service)


@pytest.mark.long
@pytest.mark.parametrize("attempt", range(20))
def test_ctrl_c_ends_it_every_time_of_twenty(
    start_service: Start, attempt: int
) -> None:
    service = start_service("--workers", str(1 + attempt % 3))
    press_ctrl_c(service)
    assert_ended(service)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_to_the_first_process_alone_ends_it(
    start_service: Start, number: signal.Signals
) -> None:
    service = start_service("--workers", "2")
    service.process.send_signal(number)
    assert_ended(service)


def test_sigterm_to_every_process_ends_it(start_service: Start) -> None:
    service = start_service("--workers", "2")
    os.killpg(service.process.pid, signal.SIGTERM)
    assert_ended(service)


def test_open_connections_do_not_keep_it(start_service: Start) -> None:
    service = start_service()
    kept = http.client.HTTPConnection("127.0.0.1", service.port, timeout=10)
    kept.request("GET", "/healthz")
    kept.getresponse().read()
    silent = socket.create_connection(("127.0.0.1", service.port))
    press_ctrl_c(service)
    assert_ended(service)
    kept.close()
    silent.close()


HALF_A_REQUEST = (
    b'POST /v1/score HTTP/1.1\r\nHost: here\r\nContent-Length: 17\r\n\r\n{"text": '
)


def test_a_client_half_way_through_a_body_does_not_keep_it(
    start_service: Start,
) -> None:
    service = start_service()
    with socket.create_connection(("127.0.0.1", service.port)) as slow:
        slow.sendall(HALF_A_REQUEST)
        time.sleep(0.2)
        press_ctrl_c(service)
        assert_ended(service)


def test_a_request_in_flight_is_still_answered(start_service: Start) -> None:
    service = start_service()
    with socket.create_connection(("127.0.0.1", service.port), timeout=10) as slow:
        slow.sendall(HALF_A_REQUEST)
        time.sleep(0.2)
        press_ctrl_c(service)
        time.sleep(0.2)
        slow.sendall(b'"silly"}')
        assert slow.recv(65_536).startswith(b"HTTP/1.1 200 OK\r\n")
    assert_ended(service)


def test_workers_do_not_outlive_a_killed_parent(start_service: Start) -> None:
    service = start_service("--workers", "2")
    service.process.kill()
    service.process.wait(timeout=10)
    assert not answers_after_ten_seconds(service.port)


@pytest.mark.skipif(sys.platform != "linux", reason="finds workers in /proc")
def test_a_worker_that_hangs_does_not_keep_it(start_service: Start) -> None:
    service = start_service("--workers", "2")
    os.kill(service.workers()[0], signal.SIGSTOP)
    press_ctrl_c(service)
    assert_ended(service)
