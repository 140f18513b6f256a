"""What the service does when a worker dies, when clients are slow, when many come."""

import json
import os
import re
import resource
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from http.client import HTTPConnection
from typing import Any

import pytest

Start = Callable[..., Any]

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="finds workers in /proc"
)

BODY = '{"text": "What a clumsy, silly answer."}'
REQUEST = (
    "POST /v1/score HTTP/1.1\r\nHost: here\r\nContent-Type: application/json\r\n"
    f"Content-Length: {len(BODY)}\r\n\r\n{BODY}"
)
CONNECTIONS = 8


@contextmanager
def load_on(
    port: int, *, seconds: float, reconnects: bool = True
) -> Iterator[Callable[[], Any]]:
    """Send requests meanwhile; the function that is yielded waits for the answers."""
    load = {
        "port": port,
        "requests": [REQUEST],
        "connections": CONNECTIONS,
        "seconds": seconds,
        "reconnects": reconnects,
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "serve.load_generator"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin is not None
    process.stdin.write(json.dumps(load))
    process.stdin.close()
    process.stdin = None
    assert process.stdout is not None
    process.stdout.readline()
    try:
        yield lambda: json.loads(process.communicate(timeout=60)[0])
    finally:
        process.kill()
        process.wait()


def get(port: int, path: str) -> tuple[int, float]:
    """Return the status of a path and how long it took, in seconds."""
    began = time.monotonic()
    connection = HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("GET", path)
    status = connection.getresponse().status
    connection.close()
    return status, time.monotonic() - began


def wait_for_workers(service: Any, count: int, *, other_than: int) -> list[int]:
    """Return the workers once there are so many, the lost one not among them."""
    for _ in range(200):
        workers: list[int] = service.workers()
        if len(workers) == count and other_than not in workers:
            return workers
        time.sleep(0.1)
    pytest.fail(f"no other worker came; the log says: {service.log.read_text()}")


def test_a_killed_worker_costs_its_requests_in_flight_and_is_replaced(
    start_service: Start,
) -> None:
    service = start_service("--workers", "2")
    with load_on(service.port, seconds=4) as answers:
        time.sleep(1)
        killed = service.workers()[0]
        os.kill(killed, signal.SIGKILL)
        wait_for_workers(service, 2, other_than=killed)
        found = answers()
    assert set(found["statuses"]) == {"200"}
    assert found["lost"] <= CONNECTIONS
    assert "worker 1 was ended by SIGKILL; another takes its place" in (
        service.log.read_text()
    )


@pytest.mark.long
def test_workers_that_are_lost_again_and_again_end_it(start_service: Start) -> None:
    service = start_service()
    lost = 0
    while service.process.poll() is None:
        for worker in service.workers():
            os.kill(worker, signal.SIGKILL)
            lost = worker
        time.sleep(0.1)
    assert lost
    assert service.process.returncode == 1
    assert "8 lost workers within a minute, so the service ends" in (
        service.log.read_text()
    )


def stop_under_load(service: Any) -> Any:
    # Who comes when nobody accepts any more is turned away by the kernel.
    with load_on(service.port, seconds=4, reconnects=False) as answers:
        time.sleep(1)
        service.process.send_signal(signal.SIGTERM)
        found = answers()
    assert service.process.wait(timeout=10) == 0
    with pytest.raises(ProcessLookupError):
        os.killpg(service.process.pid, 0)
    return found


@pytest.mark.parametrize("attempt", range(2))
def test_a_stop_under_load_answers_every_request(
    start_service: Start, attempt: int
) -> None:
    found = stop_under_load(start_service("--workers", str(1 + attempt)))
    assert (set(found["statuses"]), found["lost"]) == ({"200"}, 0)


@pytest.mark.long
@pytest.mark.parametrize("attempt", range(20))
def test_every_stop_of_twenty_under_load_answers_every_request(
    start_service: Start, attempt: int
) -> None:
    found = stop_under_load(start_service("--workers", str(1 + attempt % 3)))
    assert (set(found["statuses"]), found["lost"]) == ({"200"}, 0)


def test_too_many_requests_are_refused_and_health_is_not(start_service: Start) -> None:
    service = start_service()
    comments = [{"text": f"a clumsy, silly answer number {one}"} for one in range(1000)]
    body = json.dumps({"comments": comments})

    def ask(_: int) -> tuple[int, str | None]:
        connection = HTTPConnection("127.0.0.1", service.port, timeout=60)
        connection.request("POST", "/v1/score", body)
        response = connection.getresponse()
        response.read()
        connection.close()
        return response.status, response.headers["Retry-After"]

    with ThreadPoolExecutor(100) as pool:
        asked = [pool.submit(ask, number) for number in range(100)]
        time.sleep(0.3)
        healths = [get(service.port, "/healthz") for _ in range(5)]
        answers = [one.result() for one in asked]
    assert set(answers) == {(200, None), (503, "1")}
    assert {status for status, _ in healths} == {200}


HALF = b'POST /v1/score HTTP/1.1\r\nHost: h\r\nContent-Length: 99\r\n\r\n{"text"'


def test_many_clients_that_are_slow_to_send_hold_nobody_up(
    start_service: Start,
) -> None:
    service = start_service()
    with ExitStack() as held:
        for half in (HALF, HALF[:40]):
            for _ in range(300):
                slow = socket.create_connection(("127.0.0.1", service.port))
                held.enter_context(slow)
                slow.sendall(half)
        with load_on(service.port, seconds=0.5) as answers:
            found = answers()
    assert (set(found["statuses"]), found["lost"]) == ({"200"}, 0)


@pytest.mark.long
@pytest.mark.parametrize(
    ("sent", "answered"),
    [
        pytest.param(HALF, rb"HTTP/1\.1 408 .*", id="the body"),
        # hyper closes without a word.
        pytest.param(HALF[:40], rb"(HTTP/1\.1 408 .*)?", id="the head"),
        pytest.param(b"", rb"(HTTP/1\.1 408 .*)?", id="anything"),
    ],
)
def test_a_client_too_slow_to_send_is_let_go(
    start_service: Start, sent: bytes, answered: bytes
) -> None:
    service = start_service()
    with socket.create_connection(("127.0.0.1", service.port), timeout=60) as slow:
        slow.sendall(sent)
        heard = b"".join(iter(lambda: slow.recv(65_536), b""))
    assert re.fullmatch(answered, heard, re.DOTALL)


@pytest.mark.long
def test_ten_thousand_idle_connections_stop_nobody(start_service: Start) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard < 11_000:
        pytest.skip(f"this user may open {hard} files; the test needs 11,000")
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    service = start_service("--workers", "2")
    try:
        with ExitStack() as held:
            for _ in range(10_000):
                idle = socket.create_connection(("127.0.0.1", service.port))
                held.enter_context(idle)
            with load_on(service.port, seconds=3) as answers:
                found = answers()
            health = get(service.port, "/readyz")
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    assert (set(found["statuses"]), found["lost"]) == ({"200"}, 0)
    assert health[0] == 200
