from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labels.comments import Comment
from labels.errors import InputError
from labels.rows import Column, Fault, Row
from labels.threads import ThreadComments, is_thread, parse_thread

TITLE = "Council agrees to reopen talks"
PAGE = """\
Council agrees to reopen talks

Published: March 4, 2013
- Home
- News

Reader Comments (12)

  • Mar 4, 2013 - 6:12AM

    At last something else.
    On the front page.


  • Hammad
    Mar 4, 2013 - 6:40AM

    Talks with whom?

    1. With them?
    2. With us?


  • دعا گو
    Mar 4, 2013 - 7:01AM

    @Hammad:

    Talks with whom?

    Peace first.Recommend

More in Pakistan
Sports
"""
QUESTIONS = "Talks with whom?\n\n1. With them?\n2. With us?"
COMMENTS = [
    Comment(
        "1",
        "At last something else.\nOn the front page.",
        time="Mar 4, 2013 - 6:12AM",
        thread=TITLE,
    ),
    Comment("2", QUESTIONS, "Hammad", "Mar 4, 2013 - 6:40AM", TITLE),
    Comment(
        "3",
        "@Hammad:\n\nTalks with whom?\n\nPeace first.",
        "دعا گو",
        "Mar 4, 2013 - 7:01AM",
        TITLE,
        parent_id="2",
        parent_text=QUESTIONS,
        quotations=((10, 26),),
    ),
]


def comments(page: str) -> list[Comment]:
    return [placed.comment for placed in parse_thread(page.splitlines(keepends=True))]


def thread(*bodies: str, author: str = "Rabia", bullet: str = "•") -> str:
    """Return a page with a comment of each body, whose lines are indented."""
    heads = f"  {bullet} {author}\n    Mar 4, 2013 - 6:12AM\n\n"
    texts = ["    " + body.replace("\n", "\n    ") for body in bodies]
    return "Heading\n\n" + "\n\n".join(heads + text for text in texts) + "\n"


def texts(page: str) -> list[str]:
    return [comment.text for comment in comments(page)]


def test_a_page_becomes_its_comments() -> None:
    assert comments(PAGE) == COMMENTS


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(PAGE.replace("\n", "\r\n"), id="CRLF"),
        pytest.param(PAGE.replace("    ", "\t\t").replace("  •", "\t•"), id="tabs"),
        pytest.param(PAGE.replace("  •", "\u00a0\u00a0•\u00a0"), id="no-break spaces"),
        pytest.param(PAGE.replace("•", "*"), id="asterisks"),
        pytest.param(PAGE.replace("•", "-"), id="hyphens"),
        pytest.param(PAGE.replace("• ", "·"), id="dots without a space"),
        pytest.param(PAGE.replace("  •", "•").replace("    ", "  "), id="less deep"),
        pytest.param(PAGE.replace("  •", "\u200f  •"), id="direction marks"),
        pytest.param("\n\n" + PAGE, id="blank lines above"),
    ],
)
def test_the_same_page_saved_otherwise_gives_the_same_comments(page: str) -> None:
    assert comments(page) == COMMENTS


def test_the_lines_of_a_comment_are_known() -> None:
    placed = parse_thread(PAGE.splitlines())
    assert [(one.first, one.last) for one in placed] == [(9, 14), (15, 23), (24, 32)]


def test_a_page_without_indents_keeps_what_follows_the_last_comment() -> None:
    page = "• Rabia\n2 hours ago\nThe road is open.\n• Hammad\n1 hour ago\nIs it?\nMore"
    expected = [
        Comment("1", "The road is open.", author="Rabia", time="2 hours ago"),
        Comment("2", "Is it?\nMore", author="Hammad", time="1 hour ago"),
    ]
    assert comments(page) == expected


def test_a_bullet_without_a_date_is_text() -> None:
    body = "We need:\n• schools\n- roads\n* shops, as of Mar 4, 2013"
    assert texts(thread(body, "Yes.")) == [body, "Yes."]


def test_the_pages_own_lines_between_comments_are_left_out() -> None:
    page = thread("One.", "Two.").replace("One.\n", "One.\n\nAdvertisement\n")
    assert texts(page) == ["One.", "Two."]


@pytest.mark.parametrize(
    ("body", "text"),
    [
        pytest.param("Well said.Recommend", "Well said.", id="glued"),
        pytest.param("I Recommend", "I Recommend", id="apart"),
        pytest.param("Recommend", "Recommend", id="alone"),
        pytest.param("Well said.\nRecommend", "Well said.\nRecommend", id="own line"),
        pytest.param("well.Recommend it", "well.Recommend it", id="not at the end"),
        pytest.param("One.Recommend\n\nTwo.", "One.Recommend\n\nTwo.", id="not last"),
        pytest.param("Thanks @Recommend", "Thanks @Recommend", id="name"),
        pytest.param("Well said.recommend", "Well said.recommend", id="small letters"),
    ],
)
def test_the_button_is_cut_only_where_it_is_glued_to_the_end(
    body: str, text: str
) -> None:
    assert texts(thread(body)) == [text]


def test_an_author_called_like_the_button_keeps_the_name() -> None:
    (comment,) = comments(thread("Good day.Recommend", author="Recommend"))
    assert (comment.author, comment.text) == ("Recommend", "Good day.")


def test_a_comment_without_words_is_a_comment() -> None:
    assert texts(thread("", "Yes.")) == ["", "Yes."]


def test_a_page_that_begins_with_a_comment_has_no_name() -> None:
    (comment,) = comments("• Rabia\n2 hours ago\nYes.")
    assert comment.thread is None


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        pytest.param("• Rabia\n  Mar 4, 2013\n", True, id="name, date"),
        pytest.param("• Rabia\n\n  Mar 4, 2013\n", True, id="blank line between"),
        pytest.param("- 2 hours ago\n", True, id="date alone"),
        pytest.param("• Rabia\n  Yes.\n  Mar 4, 2013\n", False, id="text between"),
        pytest.param("Rabia\nMar 4, 2013\n", False, id="no bullet"),
        pytest.param("• one\n• two\n", False, id="list"),
        pytest.param("-2 hours ago\n", False, id="no space after a hyphen"),
        pytest.param("", False, id="empty"),
    ],
)
def test_a_thread_page_has_a_bullet_that_a_date_follows(
    page: str, expected: bool
) -> None:
    assert is_thread(page.splitlines()) is expected


@given(st.lists(st.sampled_from([*PAGE.splitlines(), "@:", "@Hammad", "\u200f"])))
def test_any_order_of_lines_is_a_page(lines: list[str]) -> None:
    found = parse_thread(lines)
    numbers = [str(number) for number in range(1, len(found) + 1)]
    assert [one.comment.id for one in found] == numbers
    assert is_thread(lines) is bool(found)


def test_a_row_holds_what_a_table_of_a_thread_shows() -> None:
    row = list(ThreadComments(BytesIO(PAGE.encode()), "page.txt"))[2]
    fields = {
        "id": "3",
        "text": COMMENTS[2].text,
        "author": "دعا گو",
        "time": "Mar 4, 2013 - 7:01AM",
        "thread": TITLE,
        "parent_id": "2",
    }
    assert row == Row(24, COMMENTS[2], fields)


def test_columns_are_those_of_its_rows() -> None:
    source = ThreadComments(BytesIO(PAGE.encode()), "page.txt")
    names = ["id", "text", "author", "time", "thread", "parent_id"]
    assert source.columns() == [Column(name) for name in names]


def test_a_bad_byte_costs_its_own_comment_and_no_other() -> None:
    data = PAGE.encode().replace(b"With us?", b"With \xff?")
    found = list(ThreadComments(BytesIO(data), "page.txt"))
    assert [row.number for row in found] == [9, 21, 24]
    assert found[1] == Fault(21, "byte 0xFF at position 13 is not UTF-8")


def test_a_bad_byte_outside_the_comments_costs_nothing() -> None:
    data = PAGE.encode().replace(b"Sports", b"\xff")
    found = list(ThreadComments(BytesIO(data), "page.txt"))
    assert [row.number for row in found] == [9, 15, 24]


def test_a_page_without_comments_is_refused() -> None:
    with pytest.raises(InputError) as caught:
        ThreadComments(BytesIO(b"Heading\n"), "page.txt")
    assert str(caught.value) == (
        "page.txt holds no comment: on a thread page each begins with a bullet that is "
        "followed by a date; use --format lines for one on each line"
    )
