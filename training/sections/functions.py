"""Section 9: functional suites, function by function, and every failing case."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from labels.errors import InputError
from labels.foreign_suites import ForeignSuite, read_foreign_suite
from labels.own import read_own_table
from labels.schema import LABELS
from labels.suites import SUITE_COLUMNS, SuiteCase, read_suite
from model.scorer import Score, Scorer
from training.sections.basis import may_show

READINGS: Final = {
    "hate against groups": ("identity_attack",),
    "abuse of anyone": ("abuse", "severe_abuse", "insult", "threat", "identity_attack"),
}
"""What a gold label of somebody else's suite may mean, and the labels that flag it."""

_OWN_READING: Final = "its own label"


@dataclass(frozen=True, slots=True)
class FunctionScore:
    """How a model does on the cases of one function that expect one answer."""

    reading: str
    function: str
    label: str
    is_expected: bool
    cases: int
    passed: int


@dataclass(frozen=True, slots=True)
class FailingCase:
    """A case that the model gets wrong.

    Attributes:
        reading: the reading by which it fails.
        function: of the suite.
        case: its id.
        is_expected: whether it should be flagged.
        score: of the label that the reading looks at, the highest of them.
        text: None where texts are not shown.
    """

    reading: str
    function: str
    case: str
    is_expected: bool
    score: float
    text: str | None


@dataclass(frozen=True, slots=True)
class SuiteResult:
    """One suite.

    Attributes:
        suite: its name.
        readings: by which the gold labels were read.
        halves: of ours, the locked half's functions summed; of others' suites, all.
        functions: those that may be read, the worst first.
        failing: every failing case of those functions.
        locked_cases: cases of ours that are only summed, so that nobody tunes to them.
        not_judged: sentences on cases that could not be judged.
    """

    suite: str
    readings: list[str]
    halves: list[FunctionScore]
    functions: list[FunctionScore]
    failing: list[FailingCase]
    locked_cases: int
    not_judged: list[str]


@dataclass(frozen=True, slots=True)
class FunctionalSuites:
    """All suites, in the order in which they were named."""

    suites: list[SuiteResult]


@dataclass(frozen=True, slots=True)
class NamedSuite:
    """A suite that was read: ours, or somebody else's."""

    name: str
    own: Sequence[SuiteCase] = ()
    foreign: ForeignSuite | None = None
    not_judged: tuple[str, ...] = ()


def read_any_suite(path: Path) -> NamedSuite:
    """Read a suite in our format, or by its columns of function, case and gold label.

    Cases about a label that there is not are left out, and that is said.

    Raises:
        InputError: if it cannot be read, or nothing in it can be judged.
    """
    try:
        read_own_table(path, SUITE_COLUMNS)
    except InputError:
        foreign = read_foreign_suite(path)
        notes = [
            f"{count:,} cases whose gold label is {label!r}, neither yes nor no"
            for label, count in foreign.unknown.items()
        ]
        if foreign.faulty:
            notes.append(f"{foreign.faulty:,} rows that could not be read")
        return NamedSuite(path.stem, foreign=foreign, not_judged=tuple(notes))
    cases = read_suite(path)
    known = [case for case in cases if case.label in LABELS]
    unknown = sorted({case.label for case in cases} - set(LABELS))
    if not known:
        raise InputError(
            f"{path}: no case is about a label that there is (found "
            f"{', '.join(map(repr, unknown)) or 'no rows'}; the labels are "
            f"{', '.join(LABELS)})"
        )
    left_out = len(cases) - len(known)
    notes = (
        [f"{left_out:,} cases about {', '.join(map(repr, unknown))}: no label of ours"]
        if left_out
        else []
    )
    return NamedSuite(path.stem, own=known, not_judged=tuple(notes))


def judge_suites(
    scorer: Scorer,
    suites: Sequence[NamedSuite],
    show: Callable[[str], str | None],
) -> FunctionalSuites:
    """Judge every suite; ``show`` says how a text stands in the report, if at all."""
    return FunctionalSuites([_judge(scorer, suite, show) for suite in suites])


@dataclass(frozen=True, slots=True)
class _Answer:
    """A case by one reading, as it was answered."""

    reading: str
    function: str
    label: str
    is_expected: bool
    is_locked: bool
    is_flagged: bool
    case: str
    score: float
    text: str


def _judge(
    scorer: Scorer, suite: NamedSuite, show: Callable[[str], str | None]
) -> SuiteResult:
    answers = _own_answers(scorer, suite) if suite.own else _answers(scorer, suite)
    is_shown = may_show(suite.name)
    shown = [one for one in answers if not one.is_locked]
    failing = [
        FailingCase(
            one.reading,
            one.function,
            one.case,
            one.is_expected,
            one.score,
            show(one.text) if is_shown else None,
        )
        for one in shown
        if one.is_flagged != one.is_expected
    ]
    halves = [
        FunctionScore(half.reading, half.function, "", half.is_expected, n, passed)
        for half, n, passed in _counted(
            answers,
            lambda one: (one.reading, one.is_locked, one.is_expected),
            lambda one: "locked half" if one.is_locked else "open half",
        )
    ]
    functions = [
        FunctionScore(one.reading, one.function, one.label, one.is_expected, n, passed)
        for one, n, passed in _counted(
            shown,
            lambda one: (one.reading, one.function, one.label, one.is_expected),
            lambda one: one.function,
        )
    ]
    return SuiteResult(
        suite=suite.name,
        readings=list(dict.fromkeys(one.reading for one in answers)),
        halves=halves,
        functions=sorted(functions, key=lambda one: one.passed / one.cases),
        failing=failing,
        locked_cases=len(answers) - len(shown),
        not_judged=list(suite.not_judged),
    )


def _counted(
    answers: Sequence[_Answer],
    key: Callable[[_Answer], tuple[object, ...]],
    name: Callable[[_Answer], str],
) -> list[tuple[FunctionScore, int, int]]:
    """Return one of each kind, how many there are and how many pass, in order."""
    kinds: dict[tuple[object, ...], list[_Answer]] = {}
    for answer in answers:
        kinds.setdefault(key(answer), []).append(answer)
    return [
        (
            FunctionScore(
                members[0].reading,
                name(members[0]),
                members[0].label,
                members[0].is_expected,
                len(members),
                0,
            ),
            len(members),
            sum(one.is_flagged == one.is_expected for one in members),
        )
        for members in kinds.values()
    ]


def _own_answers(scorer: Scorer, suite: NamedSuite) -> list[_Answer]:
    scores = scorer.score([case.comment for case in suite.own])
    return [
        _Answer(
            _OWN_READING,
            case.function,
            case.label,
            case.is_expected,
            case.is_locked,
            case.label in score.reasons,
            case.comment.id,
            score.scores[case.label],
            case.comment.text,
        )
        for case, score in zip(suite.own, scores, strict=True)
    ]


def _answers(scorer: Scorer, suite: NamedSuite) -> list[_Answer]:
    cases = suite.foreign.cases if suite.foreign else ()
    scores: list[Score] = scorer.score([case.text for case in cases])
    return [
        _Answer(
            reading,
            case.function,
            labels[0],
            case.is_expected,
            False,
            bool(set(labels) & set(score.reasons)),
            case.id,
            max(score.scores[label] for label in labels),
            case.text,
        )
        for reading, labels in READINGS.items()
        for case, score in zip(cases, scores, strict=True)
    ]
