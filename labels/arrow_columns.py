"""What the columns of Arrow batches hold, as Python values and as comments."""

import pyarrow as pa

from labels.comments import Comment
from labels.foreign_values import to_plain
from labels.rows import DEFAULT_TEXT_COLUMN, PARENT_TEXT, known_text


def comments_of(
    batch: pa.RecordBatch, text_column: str = DEFAULT_TEXT_COLUMN
) -> list[Comment | str]:
    """Return what to score of a batch, row for row; a null text counts as blank.

    As with rows, a column ``parent_text`` holds what a comment answers. Ids and what
    else no score looks at stay where they are.
    """
    texts = [text or "" for text in batch.column(text_column).to_pylist()]
    if PARENT_TEXT not in batch.schema.names:
        return list(texts)
    cells = cells_of(batch.column(PARENT_TEXT))
    parents = [known_text(to_plain(cell)) for cell in cells]
    return [
        text if parent is None else Comment("", text, parent_text=parent)
        for text, parent in zip(texts, parents, strict=True)
    ]


def cells_of(column: pa.Array) -> list[object]:
    """Return the values of a column; one of another type is an array of length one.

    Arrow arrays of length one lose nothing on the way to another Parquet file,
    whatever their type. A string that is not UTF-8 is its own error.
    """
    column = decoded_dictionary(column)
    if not is_plain(column.type):
        return [column.slice(row, 1) for row in range(len(column))]
    try:
        return list(column.to_pylist())
    except UnicodeDecodeError:
        return [_decoded(scalar) for scalar in column]


def _decoded(scalar: pa.Scalar) -> object:
    try:
        return scalar.as_py()
    except UnicodeDecodeError as error:
        return error


def decoded_dictionary(column: pa.Array) -> pa.Array:
    """Return a column with its values in place of places in a dictionary."""
    if isinstance(column, pa.DictionaryArray):
        return column.dictionary_decode()
    return column


def value_type(arrow_type: pa.DataType) -> pa.DataType:
    """Return the type of a column once its dictionary is decoded."""
    is_dictionary = pa.types.is_dictionary(arrow_type)
    return arrow_type.value_type if is_dictionary else arrow_type


def is_string(arrow_type: pa.DataType) -> bool:
    """Tell whether the values of a type are text."""
    return bool(
        pa.types.is_string(arrow_type)
        or pa.types.is_large_string(arrow_type)
        or pa.types.is_string_view(arrow_type)
    )


def is_plain(arrow_type: pa.DataType) -> bool:
    """Tell whether JSON has every value of a type."""
    return bool(
        is_string(arrow_type)
        or pa.types.is_integer(arrow_type)
        or pa.types.is_float32(arrow_type)
        or pa.types.is_float64(arrow_type)
        or pa.types.is_boolean(arrow_type)
        or pa.types.is_null(arrow_type)
    )


def holds_strings(arrow_type: pa.DataType) -> bool:
    """Tell whether a column of this type holds text, as a dictionary or plainly."""
    return is_string(value_type(arrow_type))
