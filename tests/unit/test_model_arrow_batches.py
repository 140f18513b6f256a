import pyarrow as pa

from labels.comments import Comment
from labels.schema import LABELS
from model.arrow_batches import score_record_batch
from model.rounding import rounded
from model.scorer import Scorer

ANSWER = "Shut up, you clown.\nWell said, thank you."
PARENT = "Shut up, you clown."


def test_what_a_comment_answers_is_not_held_against_it(scorer: Scorer) -> None:
    batch = pa.record_batch({"text": [ANSWER, ANSWER], "parent_text": [PARENT, None]})
    scored = score_record_batch(batch, scorer)
    comments = [Comment("", ANSWER, parent_text=PARENT), Comment("", ANSWER)]
    expected = rounded(scorer.score_arrays(comments).scores)
    assert scored.select(LABELS).to_pylist() == [
        dict(zip(LABELS, row, strict=True)) for row in expected.tolist()
    ]
    assert expected[0].tolist() != expected[1].tolist()


def test_a_null_text_has_null_scores(scorer: Scorer) -> None:
    batch = pa.record_batch({"text": ["good day", None]})
    columns = score_record_batch(batch, scorer).select(
        [*LABELS, "action", "obfuscated"]
    )
    assert [column.null_count for column in columns.columns] == [1] * 9
    assert set(columns.to_pylist()[1].values()) == {None}
