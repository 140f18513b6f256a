"""Names the figures of a report that a pass mark may be set on."""

from collections.abc import Sequence

from training.goal_measures import suite_figures
from training.goals import MADLIBS_FIGURES
from training.sections.bias import Bias
from training.sections.curves import Curves
from training.sections.evasion import EvasionSection
from training.sections.size import Size
from training.sections.verdict import Verdict
from training.suite_check import FunctionResult

_OF_LABELS = (
    "average_precision",
    "roc_auc",
    "f1",
    "recall",
    "recall_at_precision_90",
    "false_positive_rate",
    "calibration_error",
)
_OF_SUITES = {
    "praisecheck.flagged": "suites.praisecheck.locked.flagged",
    "praisecheck.left_alone": "suites.praisecheck.locked.left_alone",
    "abusecheck.mean": "suites.abusecheck.locked.mean",
}


def collect_figures(
    *,
    verdict: Verdict,
    curves: Curves,
    bias: Bias,
    results: Sequence[FunctionResult],
    evasion: EvasionSection,
    size: Size,
) -> dict[str, float | None]:
    """Return every figure by its key; None for one that was not measured.

    A label's figures are those of the queue, the first group of the verdict.
    """
    figures: dict[str, float | None] = {
        f"{one.label}.{name}": getattr(one, name).value
        for one in verdict.groups[0].labels
        for name in _OF_LABELS
    }
    measured = suite_figures(results)
    figures |= {key: measured.get(name) for name, key in _OF_SUITES.items()}
    figures["corpora.extremist_praise.flagged"] = (
        curves.corpus_alarms / curves.corpus_comments
        if curves.corpus_comments
        else None
    )
    figures["evasion.undone.worst"] = evasion.worst_undone
    figures["evasion.guessed.worst"] = evasion.worst_guessed
    figures["bias.swap.crossed"] = bias.swap.crossed
    figures["bias.swap.false_positives"] = bias.swap.false_positives
    for name in MADLIBS_FIGURES:
        worst = bias.madlibs_worst.get(name)
        figures[f"bias.madlibs.{name}.worst"] = worst
    figures["size.megabytes"] = size.megabytes
    return figures
