"""Answers GET /metrics: what all workers have counted, in the format of Prometheus."""

from collections.abc import Iterator
from typing import Final

from flask import Blueprint, Response
from prometheus_client.core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
    Metric,
)
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.registry import Collector, CollectorRegistry

from labels.schema import LABELS
from serve.dialects import dialect_of
from serve.state import current_service
from serve.tally import (
    ACTIONS,
    BUCKETS,
    CLASSES,
    LANES,
    OTHER,
    REFUSALS,
    RELOADS,
    STATUSES,
    Tally,
)

blueprint = Blueprint("metrics", __name__)

_BOUNDS: Final = [*map(str, BUCKETS), "+Inf"]


@blueprint.get("/metrics")
def show_metrics() -> Response:
    """Answer the numbers of all workers, whichever of them is asked."""
    registry = CollectorRegistry()
    registry.register(_TallyCollector(current_service().tally))
    return Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


class _TallyCollector(Collector):
    def __init__(self, tally: Tally) -> None:
        self._tally = tally

    def describe(self) -> list[Metric]:
        """Return nothing; else registering would collect."""
        return []

    def collect(self) -> Iterator[Metric]:
        """Give every series that was ever counted, and the others that are few."""
        yield from self._requests()
        yield self._counter(
            "gavel_comments", "Comments scored.", "comments", ["action"], ACTIONS
        )
        yield self._flagged()
        yield self._counter(
            "gavel_refused_requests",
            "Requests that were not taken in.",
            "refusals",
            ["reason"],
            REFUSALS,
        )
        yield self._counter(
            "gavel_model_reloads",
            "Attempts to load another model.",
            "reloads",
            ["result"],
            RELOADS,
        )
        yield from self._gauges()

    def _requests(self) -> Iterator[Metric]:
        counts = CounterMetricFamily(
            "gavel_http_requests",
            "Requests answered.",
            labels=["endpoint", "dialect", "status"],
        )
        seconds = HistogramMetricFamily(
            "gavel_http_request_seconds",
            "From a whole request to its answer, waiting included.",
            labels=["endpoint", "dialect", "status"],
        )
        for endpoint in self._tally.endpoints:
            dialect = dialect_of(endpoint)
            for status in (*map(str, STATUSES), OTHER):
                value = self._tally.total(("requests", endpoint, status))
                if value:
                    counts.add_metric([endpoint, dialect, status], value)
            for status_class in CLASSES:
                self._add_histogram(seconds, endpoint, dialect, status_class)
        yield counts
        yield seconds

    def _add_histogram(
        self,
        family: HistogramMetricFamily,
        endpoint: str,
        dialect: str,
        status_class: str,
    ) -> None:
        buckets = []
        count = 0.0
        for place, bound in enumerate(_BOUNDS):
            count += self._tally.total(("seconds", endpoint, status_class, str(place)))
            buckets.append((bound, count))
        if count:
            total = self._tally.total(("seconds_sum", endpoint, status_class))
            family.add_metric([endpoint, dialect, status_class], buckets, total)

    def _counter(
        self,
        name: str,
        text: str,
        series: str,
        labels: list[str],
        values: tuple[str, ...],
    ) -> Metric:
        family = CounterMetricFamily(name, text, labels=labels)
        for value in values:
            family.add_metric([value], self._tally.total((series, value)))
        return family

    def _flagged(self) -> Metric:
        family = CounterMetricFamily(
            "gavel_flagged_comments",
            "Comments by the labels that asked for their action.",
            labels=["label", "action"],
        )
        for label in LABELS:
            for action in ACTIONS[1:]:
                value = self._tally.total(("flagged", label, action))
                family.add_metric([label, action], value)
        return family

    def _gauges(self) -> Iterator[Metric]:
        waiting = GaugeMetricFamily(
            "gavel_waiting_requests",
            "Requests that wait for a thread, by lane.",
            labels=["lane"],
        )
        for lane in LANES:
            waiting.add_metric([lane], self._tally.total(("waiting", lane)))
        yield waiting
        yield CounterMetricFamily(
            "gavel_worker_respawns",
            "Workers that took the place of a lost one.",
            value=self._tally.total(("respawns",)),
        )
        yield GaugeMetricFamily(
            "gavel_workers_failing_to_reload",
            "Workers whose last attempt to load another model failed.",
            value=self._tally.total(("reload_is_failing",)),
        )
        models = GaugeMetricFamily(
            "gavel_model_workers",
            "Workers that score with a version of the model.",
            labels=["version"],
        )
        versions = self._tally.model_versions()
        for version in sorted(set(versions)):
            models.add_metric([version], versions.count(version))
        yield models
