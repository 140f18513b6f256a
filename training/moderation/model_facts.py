"""What a report says of the models that scored, and of the thresholds at hand."""

from typing import Any, Final

from labels.schema import LABELS
from model.actions import Thresholds
from model.artefact import Artefact
from training.moderation.shares import precision_at
from training.moderation.tally import Tally
from training.thresholds import HOLD_PRECISION, REVIEW_PRECISION

OTHER_BASE_RATES: Final = (0.05, 0.01)
"""Where precision is told beside the base rate that scores assume."""


def model_facts(artefact: Artefact) -> dict[str, Any]:
    """Return what a report says of the model at hand, label by label."""
    return {
        "name": artefact.name,
        "version": artefact.version,
        "created": artefact.card.get("created"),
        "trained_on": artefact.card.get("trained_on"),
        "labels": {
            label: _thresholds(
                artefact.thresholds.get(label, Thresholds()),
                artefact.calibrations[label].base_rate,
            )
            for label in LABELS
        },
    }


def _thresholds(thresholds: Thresholds, base_rate: float) -> dict[str, Any]:
    pairs = (
        ("review", thresholds.review, REVIEW_PRECISION),
        ("hold", thresholds.hold, HOLD_PRECISION),
    )
    return {
        "base_rate": base_rate,
        **{
            action: None
            if threshold is None
            else {
                "from": threshold,
                "precision": precision,
                "precision_elsewhere": [
                    {
                        "base_rate": rate,
                        "precision": precision_at(
                            precision, assumed=base_rate, base_rate=rate
                        ),
                    }
                    for rate in OTHER_BASE_RATES
                ],
            }
            for action, threshold, precision in pairs
        },
    }


def source_facts(tally: Tally, artefact: Artefact) -> list[dict[str, Any]]:
    """Return which models scored how many comments, the one with the most first."""
    ordered = sorted(
        tally.sources.items(),
        key=lambda pair: (-pair[1], pair[0].version, pair[0].name, pair[0].is_now),
    )
    return [
        {
            "name": source.name or None,
            "version": source.version or None,
            "scored": "now" if source.is_now else "before",
            "comments": count,
            "thresholds_known": source.version == artefact.version,
        }
        for source, count in ordered
    ]
