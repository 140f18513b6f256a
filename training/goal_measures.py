"""Measures all that the goals ask for, and names each figure by its goal's key."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final

import numpy as np

from labels.corpora import bias_madlibs
from labels.corpora.registry import read_all_corpora
from labels.corpora.sources import load_sources
from labels.identity_swap import read_groups, read_sentences
from labels.labelled import LabelledComment
from labels.own import read_own
from labels.schema import LABELS
from labels.suites import SuiteCase, read_suites
from model.artefact import Artefact, load_artefact
from model.artefact_format import CHECKSUMS
from model.scorer import Scorer
from training.alarms import PRAISE, Alarms, find_alarms, precision_at
from training.attacks import ATTACKS
from training.bulk_scores import BulkScorer, unseen_scores
from training.evaluation_table import EvaluationTable, read_table
from training.goals import MADLIBS_FIGURES, PRECISION_BASE_RATES
from training.identity_swap import swap_identities
from training.left_out import judge_left_out
from training.madlibs import measure_madlibs
from training.out_of_fold import check_calibrations, compare_with_plain
from training.robustness import choose_cases, measure_evasion, share
from training.rows import as_rows, round_shares
from training.suite_check import FunctionResult, check_suites, sum_halves

_ABUSE: Final = LABELS.index("abuse")
_BYTES: Final = 1_000_000

_Corpora = Mapping[str, Sequence[LabelledComment]]


@dataclass(slots=True)
class Measured:
    """The figures of one model.

    Attributes:
        version: of the model.
        figures: by the key of a goal; a figure that could not be had is absent.
        details: what the figures sum up, as plain dictionaries and lists. It holds
            no text, and nothing of single cases of a locked half.
        alarms: comments of corpora taken for extremist praise, if there are corpora.
    """

    version: str
    figures: dict[str, float] = field(default_factory=dict)
    details: dict[str, Any] = field(default_factory=dict)
    alarms: Alarms | None = None


def measure_goals(
    folder: Path,
    corpora: Path | None,
    *,
    with_left_out: bool = False,
    most_per_source: int | None = None,
    seed: int = 0,
    jobs: int = 2,
    announce: Callable[[str], None] = lambda _: None,
) -> Measured:
    """Measure the model in ``folder`` on our own comments, suites and corpora.

    Without corpora, and without the out-of-fold scores that training leaves beside
    a model, the figures that rest on them are absent. ``most_per_source`` draws that
    many comments of each corpus, by the seed; ``with_left_out`` fits anew without
    each source group, which takes minutes. ``announce`` is told each step.

    Raises:
        ArtefactError: if the folder holds no model.
        InputError: if the corpora or the out-of-fold scores cannot be read.
    """
    artefact = load_artefact(folder)
    table = read_table(folder)
    if table is not None and table.version != artefact.version:
        table = None
    judge = BulkScorer(folder, jobs=jobs)
    own, suites, measured = read_own(), read_suites(), Measured(artefact.version)
    measured.figures["megabytes"] = megabytes(folder)
    announce("judging suites")
    results = check_suites(Scorer(artefact), suites)
    measured.figures |= suite_figures(results)
    announce("swapping identities")
    _add_swap(measured, judge)
    announce("reading corpora")
    read = _read(corpora, most_per_source, seed) if corpora else {}
    templates = read.pop(bias_madlibs.SOURCE, [])
    announce("disguising comments")
    _add_evasion(measured, judge, own, suites, read, seed=seed)
    if table is not None:
        announce("checking out-of-fold scores")
        _add_out_of_fold(measured, table, artefact)
    if read:
        announce("scoring corpora")
        _add_alarms(measured, judge, own, read, table)
    if templates:
        announce("scoring bias_madlibs")
        _add_madlibs(measured, judge, templates)
    if read and with_left_out:
        announce("leaving source groups out")
        _add_left_out(measured, own, read, seed, jobs)
    return measured


def megabytes(folder: Path) -> float:
    """Return the size of a model's own files, in millions of bytes.

    Those that its checksums name: what training leaves beside them does not ship.
    """
    sums = folder / CHECKSUMS
    lines = sums.read_text(encoding="utf-8").splitlines()
    files = [sums, *(folder / line.split(maxsplit=1)[1].lstrip("*") for line in lines)]
    return sum(path.stat().st_size for path in files) / _BYTES


def suite_figures(results: Sequence[FunctionResult]) -> dict[str, float]:
    """Return what may be said of the locked halves of our two suites: sums alone."""
    figures = {}
    for half in sum_halves(results):
        if half.is_locked and half.suite == "praisecheck":
            answer = "flagged" if half.is_expected else "left_alone"
            figures[f"praisecheck.{answer}"] = half.passed / half.cases
    functions: dict[str, list[FunctionResult]] = {}
    for result in results:
        if result.is_locked and result.suite == "abusecheck":
            functions.setdefault(result.function, []).append(result)
    if functions:
        figures["abusecheck.mean"] = float(
            np.mean([_passed(members) for members in functions.values()])
        )
    return figures


def _passed(results: Sequence[FunctionResult]) -> float:
    cases = sum(result.cases for result in results)
    return sum(result.passed for result in results) / cases


def _read(
    corpora: Path, most_per_source: int | None, seed: int
) -> dict[str, Sequence[LabelledComment]]:
    rng = np.random.default_rng(seed)
    read: dict[str, Sequence[LabelledComment]] = {}
    for name, imported in read_all_corpora(corpora).items():
        rows = imported.rows
        if most_per_source is not None and len(rows) > most_per_source:
            places = rng.choice(len(rows), size=most_per_source, replace=False)
            rows = [rows[place] for place in sorted(places.tolist())]
        read[name] = rows
    return read


def _add_swap(measured: Measured, judge: BulkScorer) -> None:
    swap = swap_identities(judge, read_sentences(), read_groups())
    recalls = swap.recall_by_group.values()
    measured.figures |= {
        "swap.crossed": swap.crossed,
        "swap.recall": swap.recall,
        "swap.recall.lowest": min(recalls),
        "swap.recall.highest": max(recalls),
        "swap.false_positives": swap.false_positives,
    }
    measured.details["identity_swap"] = asdict(swap)


def _add_evasion(
    measured: Measured,
    judge: BulkScorer,
    own: Sequence[LabelledComment],
    suites: Sequence[SuiteCase],
    corpora: _Corpora,
    *,
    seed: int,
) -> None:
    rows = [row for rows in corpora.values() for row in rows]
    evasion = measure_evasion(judge, choose_cases(own, suites, rows, seed=seed))
    for attack in ATTACKS:
        measured.figures[f"evasion.{attack.name}"] = evasion.left[attack.name]
    for can_be_undone, kind in ((True, "undone"), (False, "guessed")):
        measured.figures[f"evasion.{kind}.worst"] = min(
            evasion.left[attack.name]
            for attack in ATTACKS
            if attack.can_be_undone == can_be_undone
        )
    measured.figures["evasion.caught"] = evasion.caught / max(evasion.positives, 1)
    for label, left in evasion.left_by_label.items():
        measured.figures[f"evasion.{label}.worst"] = min(left.values())
    measured.figures["evasion.false_positives"] = evasion.false_positives
    measured.figures["evasion.flagged_disguised"] = max(
        evasion.flagged_disguised.values()
    )
    measured.details["evasion"] = asdict(evasion)


def _add_out_of_fold(
    measured: Measured, table: EvaluationTable, artefact: Artefact
) -> None:
    rates = {label: one.base_rate for label, one in artefact.calibrations.items()}
    checks = check_calibrations(table, rates)
    for label, check in checks.items():
        for name in ("slope", "intercept", "brier_skill", "bin_error"):
            value = getattr(check, name)
            if value is not None:
                measured.figures[f"calibration.{label}.{name}"] = value
    compared = compare_with_plain(table)
    for label, against in compared.items():
        for way in ("pooled", "mean"):
            found = getattr(against, way)
            if found is not None:
                key = f"plain.{label}.{way}"
                measured.figures[key] = found.difference
                measured.figures[f"{key}.low"] = found.low
                measured.figures[f"{key}.high"] = found.high
    measured.details["calibration"] = {k: asdict(one) for k, one in checks.items()}
    measured.details["against_plain"] = {k: asdict(one) for k, one in compared.items()}


def _add_alarms(
    measured: Measured,
    judge: BulkScorer,
    own: Sequence[LabelledComment],
    corpora: _Corpora,
    table: EvaluationTable | None,
) -> None:
    """Add the alarms, and the precision that they leave at the web's base rates.

    Every alarm of a corpus counts as false there, and recall is that of our own
    praise: a low estimate of precision.
    """
    rows = as_rows([row for rows in corpora.values() for row in rows])
    least = float(judge.lowest[PRAISE])
    alarms = find_alarms(rows, unseen_scores(judge, rows, table), least)
    measured.alarms = alarms
    measured.figures["alarms.share"] = alarms.share
    unseen = [row for row in own if row.is_held_out or table is not None]
    ours = as_rows(unseen)
    is_praise = round_shares(ours.shares[:, PRAISE]) == 1
    recall = share(unseen_scores(judge, ours, table)[is_praise, PRAISE] >= least)
    for rate in PRECISION_BASE_RATES:
        precision = precision_at(recall, alarms.share, rate)
        measured.figures[f"precision.{rate:g}"] = precision
    measured.details["alarms"] = {
        "comments": alarms.comments,
        "alarms": len(alarms.scores),
        "recall_of_our_own_praise": recall,
        "by_source": {name: alarms.sources.count(name) for name in corpora},
    }


def _add_madlibs(
    measured: Measured, judge: BulkScorer, templates: Sequence[LabelledComment]
) -> None:
    rows = as_rows(templates)
    result = measure_madlibs(
        [comment.text for comment in rows.comments],
        round_shares(rows.shares[:, _ABUSE]),
        judge.scores(rows.comments)[:, _ABUSE],
        float(judge.lowest[_ABUSE]),
    )
    for figure in MADLIBS_FIGURES if result.terms else ():
        worst = result.worst(figure)
        measured.figures[f"madlibs.{figure}.worst"] = getattr(worst, figure)
        measured.figures[f"madlibs.{figure}.mean"] = result.mean(figure)
    if result.identity_only_flagged is not None:
        measured.figures["madlibs.identity_only"] = result.identity_only_flagged
    measured.details["bias_madlibs"] = asdict(result)


def _add_left_out(
    measured: Measured,
    own: Sequence[LabelledComment],
    corpora: _Corpora,
    seed: int,
    jobs: int,
) -> None:
    trained = [name for name, one in load_sources().items() if one.may_train]
    rows = as_rows([*own, *(row for rows in corpora.values() for row in rows)])
    groups = judge_left_out(rows, trained, seed=seed, jobs=jobs)
    differences = [one.difference.difference for one in groups]
    if differences:
        measured.figures["left_out.mean"] = float(np.mean(differences))
        measured.figures["left_out.worst"] = min(differences)
    measured.details["left_out"] = [asdict(one) for one in groups]
