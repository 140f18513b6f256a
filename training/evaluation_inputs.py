"""What a report on a model is made from: options, and the files they name, read."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from labels import own
from labels.corpora import bias_madlibs
from labels.corpora.registry import read_corpus
from labels.labelled import LabelledComment
from labels.labelled_files import read_labelled_file
from labels.own import read_tagged
from labels.suites import SuiteCase, suite_files
from model.artefact import Artefact, load_artefact
from model.reader import Reader
from model.scorer import Scorer
from training.bulk_scores import ScorerJudge
from training.report.masking import Masker
from training.report.shown_text import TextPolicy
from training.rows import Rows, gather
from training.sections.basis import Basis, make_basis
from training.sections.functions import NamedSuite, read_any_suite
from training.sections.marks import DEFAULT_MARKS, Mark, read_marks
from training.sections.studies import Studies, read_studies


@dataclass(frozen=True, slots=True)
class ReportOptions:
    """What is reported on, and how.

    Attributes:
        model: the folder of the model.
        own: the folder of our own comments and judgements.
        corpora: public corpora to judge on; None for none.
        files: labelled comments of the reader's own.
        suites: functional suites; ours where none is named.
        against: the folder of another model; None for none.
        unlabelled: recent comments without labels; None for none.
        pass_marks: the file of pass marks.
        comments_a_day: for the threshold tables.
        seconds_each: to review one comment.
        is_masked: whether words of abuse are masked in texts.
        has_texts: False leaves every text of a comment out.
        seed: of every draw.
        jobs: processes; figures do not depend on it.
        command: as it was called, less where files lie.
    """

    model: Path
    own: Path = own.DATA
    corpora: Path | None = None
    files: Sequence[Path] = ()
    suites: Sequence[Path] = ()
    against: Path | None = None
    unlabelled: Path | None = None
    pass_marks: Path = DEFAULT_MARKS
    comments_a_day: int = 10_000
    seconds_each: float = 15.0
    is_masked: bool = True
    has_texts: bool = True
    seed: int = 0
    jobs: int = 2
    command: str = "gavel evaluate"


@dataclass(frozen=True, slots=True)
class Inputs:
    """Everything that the sections are measured on.

    Attributes:
        marks: the pass marks.
        artefact: the model.
        against: the other model, if any.
        studies: what training found by many fits; None where it did not look.
        suites: all functional suites.
        cases: the cases of those that are ours.
        ours: our own comments.
        yours: those of the reader's files.
        rows: all labelled comments, corpora's too.
        scorer: the model, ready to score.
        basis: the comments that are judged, with their scores.
        policy: which texts are shown, and how.
        judge: scores comments that were changed, in bulk.
    """

    marks: list[Mark]
    artefact: Artefact
    against: Artefact | None
    studies: Studies | None
    suites: Sequence[NamedSuite]
    cases: Sequence[SuiteCase]
    ours: Sequence[LabelledComment]
    yours: Sequence[LabelledComment]
    rows: Rows
    scorer: Scorer
    basis: Basis
    policy: TextPolicy
    judge: ScorerJudge


def read_inputs(options: ReportOptions, announce: Callable[[str], None]) -> Inputs:
    """Read every file, and score the comments.

    Raises:
        ArtefactError: if a folder holds no model, or one that this Gavel cannot read.
        InputError: if a file cannot be read as what it should be.
        LabelError: if labels of a file are something else than labels.
    """
    announce("reading models, marks and suites")
    marks = read_marks(options.pass_marks)
    artefact = load_artefact(options.model)
    against = load_artefact(options.against) if options.against else None
    studies = read_studies(options.model, artefact.version)
    suites = [read_any_suite(path) for path in options.suites or suite_files()]
    announce("reading comments")
    tagged = read_tagged(options.own)
    ours = [one.labelled for one in tagged]
    yours = [row for file in options.files for row in read_labelled_file(file)]
    rows = gather(options.corpora, [*ours, *yours])
    announce("scoring comments")
    scorer = Scorer(artefact)
    basis = make_basis(artefact, rows, tagged=tagged, yours=yours, seed=options.seed)
    masker = Masker(Reader(artefact.tables).speller) if options.is_masked else None
    return Inputs(
        marks=marks,
        artefact=artefact,
        against=against,
        studies=studies,
        suites=suites,
        cases=[case for suite in suites for case in suite.own],
        ours=ours,
        yours=yours,
        rows=rows,
        scorer=scorer,
        basis=basis,
        policy=TextPolicy(options.has_texts, masker),
        judge=ScorerJudge(scorer, basis.lowest),
    )


def input_files(options: ReportOptions) -> list[Path]:
    """Return the files that the report is made from, less models and corpora."""
    named = [*options.files, *(options.suites or suite_files()), options.pass_marks]
    if options.unlabelled:
        named.append(options.unlabelled)
    return named


def bias_templates(corpora: Path | None) -> Sequence[LabelledComment]:
    """Return the sentences that measure bias; none without the corpora."""
    place = corpora / bias_madlibs.SOURCE if corpora else None
    if place is None or not place.is_dir():
        return []
    return read_corpus(bias_madlibs.SOURCE, place).rows


def labelled_rows(rows: Rows) -> list[LabelledComment]:
    """Return the rows of corpora and files as labelled comments again."""
    chosen = np.flatnonzero(rows.sources != own.SOURCE).tolist()
    return [
        LabelledComment(
            rows.comments[row],
            str(rows.sources[row]),
            tuple(None if math.isnan(s) else s for s in rows.shares[row].tolist()),
            rows.groups[row],
            bool(rows.is_held_out[row]),
        )
        for row in chosen
    ]
