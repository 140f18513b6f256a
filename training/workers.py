"""Worker processes that leave it to their parent to be stopped."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager

import joblib


@contextmanager
def quiet_workers(jobs: int) -> Iterator[None]:
    """Start joblib's workers now; Ctrl-C and SIGTERM in the block stop them silently.

    A terminal sends Ctrl-C to every process, and each worker would print a traceback.
    Started with the signals blocked, workers never hear them. SIGTERM raises
    KeyboardInterrupt here, upon which joblib kills them; a parent that it ended at
    once would leave them behind for minutes.
    """
    stops = {signal.SIGINT, signal.SIGTERM}
    on_term = signal.signal(signal.SIGTERM, signal.default_int_handler)
    before = signal.pthread_sigmask(signal.SIG_BLOCK, stops)
    try:
        joblib.Parallel(n_jobs=jobs)(joblib.delayed(os.getpid)() for _ in range(jobs))
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        signal.signal(signal.SIGTERM, on_term)
