from pathlib import Path

import pyarrow as pa
import pytest

from labels.comments import Comment
from labels.errors import InputError
from labels.schema import LABELS
from model.arrow_batches import (
    output_schema,
    score_record_batch,
    score_record_batches,
    spark_schema,
)
from model.rounding import rounded
from model.scorer import Scorer

TEXTS = ["good day", None, "you clod"]
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


@pytest.mark.parametrize(
    "arrow_type",
    [
        pytest.param(pa.string(), id="string"),
        pytest.param(pa.large_string(), id="large string"),
        pytest.param(pa.string_view(), id="view"),
        pytest.param(pa.dictionary(pa.int8(), pa.string()), id="dictionary"),
    ],
)
def test_batches_keep_their_columns_and_get_scores_and_null_for_null(
    artefact: Path, scorer: Scorer, arrow_type: pa.DataType
) -> None:
    texts = pa.array(TEXTS, pa.string()).cast(arrow_type)
    batch = pa.record_batch({"n": [1, 2, 3], "text": texts})
    (scored,) = score_record_batches([batch], model=artefact)
    first, _, third = scorer.score(["good day", "", "you clod"])
    assert scored.select(["n", "text"]) == batch
    assert scored.column("abuse").to_pylist() == [
        round(first.scores["abuse"], 6),
        None,
        round(third.scores["abuse"], 6),
    ]
    assert scored.column("action").to_pylist() == [first.action, None, third.action]
    assert scored.column("model_version").to_pylist() == [scorer.version] * 3


def test_an_empty_batch_gets_columns_and_no_row(artefact: Path) -> None:
    batch = pa.record_batch({"text": pa.array([], pa.string())})
    (scored,) = score_record_batches([batch], model=artefact)
    assert (scored.num_rows, scored.schema) == (0, output_schema(batch.schema))


@pytest.mark.parametrize(
    ("column", "error"),
    [
        pytest.param(
            "body",
            "the batches have no column 'body' but n, text; name the one that holds "
            "the comments as text_column",
            id="absent",
        ),
        pytest.param(
            "n",
            "column 'n' of the batches holds int64, not strings; name the one that "
            "holds the comments as text_column",
            id="numbers",
        ),
    ],
)
def test_a_column_without_text_is_refused(
    artefact: Path, column: str, error: str
) -> None:
    batch = pa.record_batch({"n": [1], "text": ["a"]})
    with pytest.raises(InputError) as raised:
        list(score_record_batches([batch], model=artefact, text_column=column))
    assert str(raised.value) == error


def test_sparks_schema_has_the_inputs_columns_and_then_ours() -> None:
    dtypes = [("odd`name", "array<int>"), ("text", "string"), ("action", "string")]
    scores = [f"`{label}` double" for label in LABELS]
    assert spark_schema(dtypes).split(", ") == [
        "`odd``name` array<int>",
        "`text` string",
        "`action` string",
        *scores,
        "`gavel_action` string",
        "`obfuscated` boolean",
        "`model_version` string",
    ]
