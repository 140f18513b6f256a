import pytest

from labels.comments import Comment
from labels.errors import InputError
from labels.rows import Fault, Naming, Row


def row(fields: dict[str, object], naming: Naming | None = None) -> Row | Fault:
    return (naming or Naming()).row(7, 3, fields, fields)


def test_optional_columns_say_more_of_the_comment() -> None:
    fields: dict[str, object] = {
        "text": "good day",
        "id": "a1",
        "author": "Rabia",
        "time": 1362373920,
        "thread": "",
        "parent_id": "a0",
        "parent_text": None,
    }

    expected = Comment(
        "a1", "good day", author="Rabia", time="1362373920", parent_id="a0"
    )
    assert row(fields) == Row(7, expected, fields)


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"text": "good day"}, id="absent"),
        pytest.param({"text": "good day", "id": None}, id="null"),
        pytest.param({"text": "good day", "id": ""}, id="blank"),
    ],
)
def test_a_comment_without_an_id_is_numbered(fields: dict[str, object]) -> None:
    assert row(fields) == Row(7, Comment("3", "good day"), fields)


def test_a_number_is_an_id() -> None:
    fields: dict[str, object] = {"text": "good day", "id": 12}
    assert row(fields) == Row(7, Comment("12", "good day"), fields)


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        pytest.param(
            {"id": "1", "body": "x"},
            "has no field 'text'; it has 'id', 'body'",
            id="absent",
        ),
        pytest.param({}, "has no field 'text'; it has none", id="nothing at all"),
        pytest.param({"text": None}, "'text' is null", id="null"),
        pytest.param({"text": 5}, "'text' is not a string", id="number"),
        pytest.param(
            {"text": "x", "id": [1]},
            "'id' is neither a string nor a number",
            id="list as id",
        ),
        pytest.param(
            {"text": "x", "id": True},
            "'id' is neither a string nor a number",
            id="truth as id",
        ),
    ],
)
def test_a_row_that_is_no_comment_is_a_fault(
    fields: dict[str, object], reason: str
) -> None:
    assert row(fields) == Fault(7, reason)


def test_a_row_of_many_fields_is_not_listed_whole() -> None:
    fields: dict[str, object] = {f"c{number}": "" for number in range(22)}
    listed = ", ".join(f"'c{number}'" for number in range(20))
    expected = Fault(7, f"has no field 'text'; it has {listed} and 2 more")
    assert row(fields) == expected


def test_a_missing_text_column_lists_those_there_are() -> None:
    with pytest.raises(InputError) as caught:
        Naming("body").check(["id", "comment"], "a.csv")
    assert str(caught.value) == (
        "a.csv has no column 'body'; it has 'id', 'comment': say which one holds the "
        "comments with --text-column"
    )


def test_a_column_that_occurs_twice_is_named() -> None:
    with pytest.raises(InputError) as caught:
        Naming().check(["text", "id", "id"], "a.csv")
    expected = "a.csv has two columns called 'id'; rename one of them"
    assert str(caught.value) == expected


def test_an_id_column_is_needed_only_if_it_was_asked_for() -> None:
    Naming().check(["text"], "a.csv")
    with pytest.raises(InputError) as caught:
        Naming(id="key").check(["text"], "a.csv")
    assert str(caught.value) == (
        "a.csv has no column 'key'; it has 'text': say which one names the comments "
        "with --id-column, or leave it out"
    )
