from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from labels.comments import Comment
from labels.labelled import LabelledComment
from labels.schema import LABELS
from model.scorer import Scorer
from training.base_rates import at_base_rate, base_rates
from training.calibrate import fit_calibration
from training.evaluate import OUT_OF_FOLD, TEST, UNSEEN, evaluate
from training.rows import as_rows
from training.splits import HELD_OUT, assign_folds
from training.targets import make_targets
from training.train import Trained, train


def test_same_seed_and_data_give_the_same_scores(
    scorer: Scorer, few_labelled: list[LabelledComment], tmp_path: Path
) -> None:
    train(as_rows(few_labelled), tmp_path / "again", jobs=2)

    again = Scorer.load(tmp_path / "again")

    texts = [row.comment.text for row in few_labelled]
    assert [score.scores for score in again.score(texts)] == [
        score.scores for score in scorer.score(texts)
    ]
    assert again.version == scorer.version


def test_held_out_rows_teach_nothing(
    scorer: Scorer, few_labelled: list[LabelledComment], tmp_path: Path
) -> None:
    folds = assign_folds(as_rows(few_labelled))
    is_open = folds != HELD_OUT
    without = [row for row, kept in zip(few_labelled, is_open, strict=True) if kept]
    assert len(without) < len(few_labelled)

    train(as_rows(without), tmp_path / "without", jobs=1)

    texts = [row.comment.text for row in few_labelled]
    np.testing.assert_allclose(
        [
            list(s.scores.values())
            for s in Scorer.load(tmp_path / "without").score(texts)
        ],
        [list(s.scores.values()) for s in scorer.score(texts)],
        rtol=0,
        atol=1e-12,  # sums over fewer zeros round otherwise
    )


def test_out_of_fold_scores_come_from_the_table(
    trained: tuple[Path, Trained], few_labelled: list[LabelledComment]
) -> None:
    folder, result = trained
    rows = as_rows(few_labelled)

    cells = evaluate(folder, rows).cells

    assert {cell.split for cell in cells} == {OUT_OF_FOLD, TEST}
    counted = sum(cell.metrics.n for cell in cells if cell.label == "abuse")
    assert counted == int(np.sum(result.table.labels[:, 0] >= 0))


def test_new_rows_are_scored_and_called_unseen(
    artefact: Path, few_labelled: list[LabelledComment]
) -> None:
    elsewhere = [replace(row, source="elsewhere") for row in few_labelled[:50]]

    cells = evaluate(artefact, as_rows(elsewhere)).cells

    assert {cell.split for cell in cells} == {UNSEEN}


def test_corpora_are_weak_zeros_of_extremist_praise(
    few_labelled: list[LabelledComment],
) -> None:
    corpus = [
        LabelledComment(Comment(f"c{n}", f"bus {n}"), "corpus", (0.0, *(None,) * 6))
        for n in range(10)
    ]

    targets = make_targets(as_rows([*few_labelled, *corpus]))

    praise = LABELS.index("extremist_praise")
    assert targets.labels[-10:, praise].tolist() == [0] * 10
    assert not targets.is_judged[-10:, praise].any()


@pytest.mark.parametrize(
    ("source", "text"),
    [("corpus", "Who was in Boko Haram?"), ("gab", "The bus is late.")],
    ids=["names an extremist group", "corpus that holds praise"],
)
def test_what_may_be_praise_is_no_weak_zero(
    few_labelled: list[LabelledComment], source: str, text: str
) -> None:
    row = LabelledComment(Comment("c1", text), source, (0.0, *(None,) * 6))

    targets = make_targets(as_rows([*few_labelled, row]))

    assert targets.labels[-1, LABELS.index("extremist_praise")] == -1


def test_toxic_spans_teaches_what_the_majority_calls_abuse() -> None:
    shares = (2 / 3, None, 2 / 3, *(None,) * 4)
    rows = [
        LabelledComment(Comment(source, "You are late."), source, shares)
        for source in ("toxic_spans", "cad")
    ]

    targets = make_targets(as_rows(rows))

    abuse, insult = LABELS.index("abuse"), LABELS.index("insult")
    assert targets.shares[:, abuse] == pytest.approx([1, 0.8])
    assert targets.shares[:, insult] == pytest.approx([0.8, 0.8])


def test_weights_state_the_base_rate() -> None:
    labels = np.array([1, 0, 0, 0, -1])

    weights = at_base_rate(labels, np.ones(5), 0.1)

    assert weights.tolist() == pytest.approx([0.1, 0.3, 0.3, 0.3, 0.0])


def test_other_labels_stand_beside_abuse_as_in_the_rows() -> None:
    labels = np.full((200, 7), -1)
    labels[:, LABELS.index("abuse")] = np.tile([1, 0], 100)
    labels[:, LABELS.index("insult")] = np.tile([1, 0], 100)

    rates = base_rates(labels)

    assert rates["insult"] == pytest.approx(0.2, abs=0.01)


def test_calibration_recovers_a_known_sigmoid() -> None:
    random = np.random.default_rng(3)
    logits = random.normal(size=20_000)
    chance = 1 / (1 + np.exp(-(2 * logits - 1)))
    labels = (random.random(20_000) < chance).astype(np.int64)

    found = fit_calibration(logits, labels, np.ones(20_000), float(labels.mean()))

    assert (found.slope, found.intercept) == pytest.approx((2, -1), abs=0.1)


def test_useless_logits_do_not_turn_the_order_around() -> None:
    logits = np.array([1.0, 2.0, 3.0, 4.0] * 10)
    labels = np.array([1, 1, 0, 0] * 10)

    assert fit_calibration(logits, labels, np.ones(40), 0.5).slope > 0
