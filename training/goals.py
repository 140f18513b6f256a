"""What a model is asked to reach: a line for each figure, with its bound."""

from dataclasses import dataclass
from typing import Final

from labels.schema import LABELS
from training.attacks import ATTACKS
from training.robustness import JUDGED

PASS: Final = "pass"  # noqa: S105 - a verdict
FAIL: Final = "FAIL"
STATED: Final = "stated"
NOT_MEASURED: Final = "not measured"

PRECISION_BASE_RATES: Final = (0.001, 0.01)
COMPARED: Final = ("abuse", "insult", "identity_attack")
COMPARED_WITHOUT_BOUND: Final = ("threat", "severe_abuse")
MADLIBS_FIGURES: Final = ("subgroup", "bpsn", "bnsp")


@dataclass(frozen=True, slots=True)
class Goal:
    """A figure and the bounds that it must keep; one without bounds is stated.

    Attributes:
        key: names the figure among the measures.
        name: names it in the table.
        at_least: the lowest value that passes.
        above: a value that passes only if it is exceeded.
        at_most: the highest value that passes.
        form: the format of the figure and its bounds.
    """

    key: str
    name: str
    at_least: float | None = None
    above: float | None = None
    at_most: float | None = None
    form: str = ".1%"

    def target(self) -> str:
        """Return the bounds in words; empty where there are none.

        >>> Goal("slope", "slope", at_least=0.8, at_most=1.25, form=".2f").target()
        'at least 0.80, at most 1.25'
        """
        bounds = (
            ("at least", self.at_least),
            ("above", self.above),
            ("at most", self.at_most),
        )
        return ", ".join(
            f"{word} {bound:{self.form.lstrip('+')}}"
            for word, bound in bounds
            if bound is not None
        )

    def verdict(self, value: float | None) -> str:
        """Return what a figure comes to; None or NaN is one that was not measured.

        >>> Goal("recall", "recall", at_least=0.85).verdict(0.9)
        'pass'
        """
        if value is None or value != value:  # noqa: PLR0124 - NaN
            return NOT_MEASURED
        if not self.target():
            return STATED
        keeps = (
            (self.at_least is None or value >= self.at_least)
            and (self.above is None or value > self.above)
            and (self.at_most is None or value <= self.at_most)
        )
        return PASS if keeps else FAIL


_SUITES: Final = (
    Goal("praisecheck.flagged", "PraiseCheck, locked: praise flagged", at_least=0.85),
    Goal("praisecheck.left_alone", "PraiseCheck, locked: left alone", at_least=0.92),
    Goal("abusecheck.mean", "AbuseCheck, locked: mean over functions", at_least=0.85),
)

_ALARMS: Final = (
    Goal(
        "alarms.share",
        "corpora's comments at extremist_praise review",
        at_most=0.002,
        form=".2%",
    ),
    *(
        Goal(f"precision.{rate:g}", f"extremist_praise precision at base rate {rate:g}")
        for rate in PRECISION_BASE_RATES
    ),
)

_IN_DOMAIN: Final = tuple(
    goal
    for label in (*COMPARED, *COMPARED_WITHOUT_BOUND)
    for way, way_name in (("pooled", "pooled"), ("mean", "mean over sources"))
    for goal in (
        Goal(
            f"plain.{label}.{way}",
            f"{label} AUC less plain's, {way_name}"
            + (" (aimed at)" if label in COMPARED else ""),
            at_least=0.02 if label in COMPARED else None,
            form="+.4f",
        ),
        Goal(
            f"plain.{label}.{way}.low",
            f"{label}, {way_name}: lower end of the 95 % interval",
            above=0.0 if label in COMPARED else None,
            form="+.4f",
        ),
        Goal(
            f"plain.{label}.{way}.high",
            f"{label}, {way_name}: upper end",
            form="+.4f",
        ),
    )
)

_LEFT_OUT: Final = (
    Goal(
        "left_out.mean", "left out: mean AUC less plain's", at_least=0.03, form="+.4f"
    ),
    Goal("left_out.worst", "left out: worst group", at_least=-0.01, form="+.4f"),
)

_EVASION: Final = (
    Goal("evasion.undone.worst", "evasion, worst that can be undone", at_least=0.9),
    Goal("evasion.guessed.worst", "evasion, worst of the others", at_least=0.6),
    *(
        Goal(
            f"evasion.{attack.name}",
            f"recall left after: {attack.name}",
            at_least=0.9 if attack.can_be_undone else 0.6,
        )
        for attack in ATTACKS
    ),
    Goal("evasion.caught", "recall of those cases when clean"),
    *(
        Goal(f"evasion.{label}.worst", f"recall left, worst attack: {label} alone")
        for label in JUDGED
    ),
    Goal("evasion.false_positives", "false positives on clean text"),
    Goal("evasion.flagged_disguised", "the same comments disguised, worst attack"),
)

_IDENTITY: Final = (
    Goal("swap.crossed", "identity swap: cross the threshold", at_most=0.02),
    Goal("swap.recall", "identity swap: recall"),
    Goal("swap.recall.lowest", "identity swap: recall, group with the lowest"),
    Goal("swap.recall.highest", "identity swap: recall, group with the highest"),
    Goal("swap.false_positives", "identity swap: false positives"),
    *(
        Goal(
            f"madlibs.{figure}.worst",
            f"bias_madlibs: {figure} AUC, worst term (aimed at)",
            at_least=0.93,
            form=".3f",
        )
        for figure in MADLIBS_FIGURES
    ),
    *(
        Goal(f"madlibs.{figure}.mean", f"bias_madlibs: {figure} AUC, mean", form=".3f")
        for figure in MADLIBS_FIGURES
    ),
    Goal("madlibs.identity_only", "bias_madlibs: identity alone, flagged"),
)

_CALIBRATION: Final = tuple(
    goal
    for label in LABELS
    for goal in (
        Goal(
            f"calibration.{label}.slope",
            f"{label}: calibration slope",
            at_least=0.8,
            at_most=1.25,
            form=".2f",
        ),
        Goal(
            f"calibration.{label}.intercept",
            f"{label}: calibration intercept",
            at_least=-0.3,
            at_most=0.3,
            form=".2f",
        ),
        Goal(
            f"calibration.{label}.brier_skill",
            f"{label}: Brier skill",
            above=0.0,
            form=".3f",
        ),
        Goal(
            f"calibration.{label}.bin_error",
            f"{label}: error of ten bins",
            at_most=0.03,
            form=".3f",
        ),
    )
)

_SIZE: Final = (Goal("megabytes", "size of the model in MB", at_most=30.0, form=".1f"),)

GOALS: Final = (
    *_SUITES,
    *_ALARMS,
    *_IN_DOMAIN,
    *_LEFT_OUT,
    *_EVASION,
    *_IDENTITY,
    *_CALIBRATION,
    *_SIZE,
)
"""Every line of the table of goals, in its order."""
