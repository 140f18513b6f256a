"""Measures how fast the scorer is, beside scikit-learn in the same run."""

import itertools
import statistics
import subprocess
import sys
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, Final

import numpy as np
from sklearn.exceptions import ConvergenceWarning
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.multiclass import OneVsRestClassifier
from sklearn.pipeline import Pipeline, make_pipeline, make_union

from labels.comments import Comment
from model.artefact import Artefact, load_artefact
from model.reference import reference_scores
from model.scorer import Scorer

_ROUNDS: Final = 5
_OF_REFERENCE: Final = 100
_OF_PLAIN: Final = 1_000
_TAUGHT: Final = 8_000
_LENGTH: Final = 200
_SINGLES: Final = 2_000
_SINGLES_OF_PLAIN: Final = 200
_STARTS: Final = 5
_THREADS: Final = 2
_LENGTHS: Final = (20, 100, 200, 1_000, 5_000)
_MEBI: Final = 1 << 20

# What a worker does before its first answer; it prints its peak memory in KiB. What
# resource.getrusage says would hold this process' own peak, from before the exec.
_START: Final = (
    "import sys; from pathlib import Path; from model.scorer import Scorer; "
    "Scorer.load(Path(sys.argv[1])).score_arrays(['You are a fool.']); "
    "status = Path('/proc/self/status').read_text(); "
    "print(status.partition('VmHWM:')[2].split()[0])"
)


@dataclass(frozen=True, slots=True)
class Measured:
    """One figure: what, how much, of which unit, and what it is compared with."""

    what: str
    value: float
    unit: str
    beside: str = ""


def bench(
    model: Path,
    texts: Sequence[str],
    *,
    sizes: Sequence[int] = (),
    announce: Callable[[str], None] = lambda _: None,
) -> list[Measured]:
    """Return what was measured, in the order of a report.

    Rounds of all that is compared alternate, so that what else the machine does falls
    on all alike; figures are medians over the rounds.

    Args:
        model: the folder of the model.
        texts: what is scored; ratios depend on it.
        sizes: from how many comments throughput is measured as well.
        announce: is told what begins.
    """
    artefact = load_artefact(model)
    scorer = Scorer(artefact)
    announce("fitting plain TF-IDF and logistic regression")
    plain = _plain(texts, len(artefact.labels))
    announce("throughput")
    found = _throughput(artefact, scorer, plain, texts)
    announce("one comment at a time")
    found += _latency(scorer, plain, texts)
    announce("start and memory")
    found += _start(model)
    announce("parity with the reference")
    found.append(_parity(artefact, scorer, texts))
    announce("by length, labels and number")
    found += _by_length(scorer, texts)
    found += _by_labels(artefact, texts)
    found += _by_number(scorer, texts, sizes)
    return found


def _plain(texts: Sequence[str], labels: int) -> Pipeline:
    """Return scikit-learn's own pipeline; what it learns matters not for its speed."""
    vectorizers = make_union(
        TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, min_df=2),
        TfidfVectorizer(
            analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True, min_df=2
        ),
    )
    classifiers = OneVsRestClassifier(
        LogisticRegression(solver="liblinear", max_iter=2)
    )
    taught = texts[:_TAUGHT]
    y = np.random.default_rng(0).random((len(taught), labels)) < 0.3  # noqa: PLR2004 - any share
    pipeline = make_pipeline(vectorizers, classifiers)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        pipeline.fit(taught, y)
    return pipeline


def _throughput(
    artefact: Artefact, scorer: Scorer, plain: Pipeline, texts: Sequence[str]
) -> list[Measured]:
    comments = [Comment("", text) for text in texts[:_OF_REFERENCE]]
    encoded = [text.encode(errors="replace") for text in texts]
    ways: dict[str, tuple[int, Callable[[], Any]]] = {
        "kernel": (len(texts), lambda: scorer.score_arrays(texts)),
        "threads": (len(texts), lambda: _in_threads(scorer, texts)),
        "plain": (
            min(_OF_PLAIN, len(texts)),
            lambda: plain.predict_proba(texts[:_OF_PLAIN]),
        ),
        "reference": (len(comments), lambda: reference_scores(artefact, comments)),
        "floor": (len(texts), lambda: [one.decode() for one in encoded]),
    }
    ways |= _rivals(texts)
    scorer.score_arrays(texts)
    rates: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(_ROUNDS):
        for name, (count, run) in ways.items():
            rates[name].append(count / _seconds(run))
    of = {name: statistics.median(found) for name, found in rates.items()}
    ours = of["kernel"]
    unit = "comments/s"
    found = [
        Measured("throughput, one core", ours, unit),
        Measured("the reference", of["reference"], unit, _ratio(ours, of["reference"])),
        Measured("plain scikit-learn", of["plain"], unit, _ratio(ours, of["plain"])),
        Measured(
            "two threads", of["threads"], unit, f"{of['threads'] / ours:.2f} of one"
        ),
        Measured("decoding the same bytes", of["floor"], unit),
    ]
    if "rival" in of:
        found.append(
            Measured(
                "alt-profanity-check", of["rival"], unit, _ratio(ours, of["rival"])
            )
        )
    return found


def _rivals(texts: Sequence[str]) -> dict[str, tuple[int, Callable[[], Any]]]:
    try:
        from profanity_check import predict_prob  # noqa: PLC0415 - it may be absent
    except ImportError:
        return {}
    return {"rival": (len(texts), lambda: predict_prob(texts))}


def _in_threads(scorer: Scorer, texts: Sequence[str]) -> None:
    half = -(-len(texts) // _THREADS)
    with ThreadPoolExecutor(_THREADS) as pool:
        list(pool.map(scorer.score_arrays, [texts[:half], texts[half:]]))


def _latency(scorer: Scorer, plain: Pipeline, texts: Sequence[str]) -> list[Measured]:
    singles = list(itertools.islice(_of_length(texts, _LENGTH), _SINGLES))
    found = []
    for name, run, count in (
        ("one comment of 200 characters", scorer.score_arrays, _SINGLES),
        ("the same, plain scikit-learn", plain.predict_proba, _SINGLES_OF_PLAIN),
    ):
        run(singles[:1])
        taken = [_seconds(partial(run, [one])) * 1e6 for one in singles[:count]]
        half, most = np.percentile(taken, [50, 99]).tolist()
        found.append(Measured(name, half, "µs, median", f"99 %: {most:,.0f} µs"))
    return found


def _start(model: Path) -> list[Measured]:
    seconds, memory = [], []
    for _ in range(_STARTS):
        begin = time.perf_counter()
        run = subprocess.run(  # noqa: S603 - our own interpreter
            [sys.executable, "-c", _START, str(model)],
            capture_output=True,
            text=True,
            check=True,
        )
        seconds.append(time.perf_counter() - begin)
        memory.append(int(run.stdout) * 1024 / _MEBI)
    return [
        Measured("start to first score and end", statistics.median(seconds), "s"),
        Measured("memory of a worker, at most", max(memory), "MiB"),
    ]


def _parity(artefact: Artefact, scorer: Scorer, texts: Sequence[str]) -> Measured:
    comments = [Comment("", text) for text in texts[: 5 * _OF_REFERENCE]]
    expected = reference_scores(artefact, comments)
    apart = np.abs(scorer.score_arrays(comments).scores - expected).max()
    return Measured("furthest from the reference", float(apart), "probability")


def _by_length(scorer: Scorer, texts: Sequence[str]) -> Iterator[Measured]:
    for length in _LENGTHS:
        count = max(20, 200_000 // length)
        some = list(itertools.islice(_of_length(texts, length), count))
        yield _rate(scorer, some, f"comments of {length:,} characters")


def _by_labels(artefact: Artefact, texts: Sequence[str]) -> Iterator[Measured]:
    for count in (1, 3, len(artefact.labels)):
        scorer = Scorer(_with_labels(artefact, count))
        yield _rate(scorer, texts, f"{count} label{'s' if count > 1 else ''}")


def _with_labels(artefact: Artefact, count: int) -> Artefact:
    columns = [*range(count), -1]
    return replace(
        artefact,
        labels=artefact.labels[:count],
        bias=artefact.bias[:count],
        views=tuple(
            replace(view, learnt=np.ascontiguousarray(view.learnt[:, columns]))
            for view in artefact.views
        ),
    )


def _by_number(
    scorer: Scorer, texts: Sequence[str], sizes: Sequence[int]
) -> Iterator[Measured]:
    for size in sizes:
        many = list(itertools.islice(itertools.cycle(texts), size))
        yield _rate(scorer, many, f"{size:,} comments", rounds=1)


def _rate(scorer: Scorer, texts: Sequence[str], what: str, rounds: int = 3) -> Measured:
    return Measured(what, rate_of(scorer, texts, rounds), "comments/s")


def rate_of(scorer: Scorer, texts: Sequence[str], rounds: int = 3) -> float:
    """Return how many of these comments are scored in a second, the median round."""
    scorer.score_arrays(texts[:256])
    taken = [_seconds(lambda: scorer.score_arrays(texts)) for _ in range(rounds)]
    return len(texts) / statistics.median(taken)


def _of_length(texts: Sequence[str], length: int) -> Iterator[str]:
    """Yield stretches of this length of all texts, one after the other, for ever."""
    joined = " ".join(texts)
    while True:
        for begin in range(0, len(joined) - length, length):
            yield joined[begin : begin + length]


def _ratio(ours: float, others: float) -> str:
    return f"{ours / others:,.1f} times as fast"


def _seconds(run: Callable[[], Any]) -> float:
    begin = time.perf_counter()
    run()
    return time.perf_counter() - begin


def as_table(found: Sequence[Measured]) -> list[str]:
    """Return the figures as lines of a Markdown table."""
    lines = ["| what | measured | beside |", "|---|---|---|"]
    return lines + [
        f"| {one.what} | {_shown(one.value)} {one.unit} | {one.beside} |"
        for one in found
    ]


def _shown(value: float) -> str:
    if value >= 100:  # noqa: PLR2004 - no decimals above
        return f"{value:,.0f}"
    return f"{value:.2f}" if value >= 0.01 else f"{value:.1e}"  # noqa: PLR2004 - as few
