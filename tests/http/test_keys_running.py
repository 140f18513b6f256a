"""Keys and feedback at a service as it really runs, with several workers."""

import http.client
import json
import signal
import time
from collections.abc import Callable
from typing import Any

from sqlalchemy import func, select

from labels.settings import load_settings
from labels.store import Store
from labels.store_keys import create_key, list_keys, revoke_key
from labels.store_tables import feedback

SAID = {"comment": {"id": "c1", "text": "x"}, "labels": {"abuse": 1}}


def ask(port: int, path: str, body: Any, key: str = "") -> int:
    """Send a request on a connection of its own: any worker may get it."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        connection.request("POST", path, json.dumps(body), headers)
        return connection.getresponse().status
    finally:
        connection.close()


def test_a_key_opens_and_its_revocation_closes_every_worker(
    start_service: Callable[..., Any],
) -> None:
    store = Store(load_settings())
    key = create_key(store, scope="suggest", name="site")
    service = start_service("--host", "0.0.0.0", "--workers", "2")  # noqa: S104

    def statuses(number: int, given: str) -> set[int]:
        return {
            ask(service.port, "/v1/score", {"text": "x"}, given) for _ in range(number)
        }

    assert statuses(12, "") == {401}
    assert statuses(12, key) == {200}
    assert ask(service.port, "/v1/feedback", SAID, key) == 201
    revoke_key(store, list_keys(store)[-1].id)
    time.sleep(3)
    assert statuses(12, key) == {401}
    service.process.send_signal(signal.SIGTERM)
    service.process.wait(timeout=15)
    last_used = list_keys(store)[-1].last_used_at
    store.close()
    assert last_used is not None


def test_what_several_workers_acknowledge_is_kept(
    start_service: Callable[..., Any],
) -> None:
    store = Store(load_settings())
    counted = select(func.count()).select_from(feedback)
    service = start_service("--workers", "2")
    with store.reading() as connection:
        before = connection.execute(counted).scalar_one()
    answers = [ask(service.port, "/v1/feedback", SAID) for _ in range(40)]
    with store.reading() as connection:
        after = connection.execute(counted).scalar_one()
    store.close()
    assert (answers, after - before) == ([201] * 40, 40)
