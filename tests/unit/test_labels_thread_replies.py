import time

import pytest

from labels.comments import Comment
from labels.thread_replies import link_replies

PAGE = [
    Comment("1", "Talks with whom?\nWith them?\n\nNot with me.", author="Hammad"),
    Comment("2", "The road is open.", author="Rabia"),
    Comment("3", "The shops are open.", author="Hammad"),
    Comment("4", "I agree.", author="lion of the hills"),
]


def link(text: str, *, page: list[Comment] = PAGE) -> tuple[str | None, list[str]]:
    """Return whom a text answers that follows the page, and what it quotes."""
    reply = link_replies([*page, Comment("9", text, author="Skeptic")])[-1]
    return reply.parent_id, [text[begin:end] for begin, end in reply.quotations]


@pytest.mark.parametrize(
    ("text", "parent", "quoted"),
    [
        pytest.param("Nobody answers.", None, [], id="no address"),
        pytest.param("Ask @Rabia: it is.", None, [], id="name in the middle"),
        pytest.param("@Nobody: it is.", None, [], id="name that is not here"),
        pytest.param("@Rabia: it is.", "2", [], id="name and colon"),
        pytest.param("@rabia it is", "2", [], id="name without a colon"),
        pytest.param("@Rabia, it is", "2", [], id="name and comma"),
        pytest.param("@Rabiah it is", None, [], id="longer name"),
        pytest.param("@lion of  the hills yes", "4", [], id="name of several words"),
        pytest.param("@Hammad:\n\nNo.", "3", [], id="latest by that author"),
        pytest.param(
            "@Rabia:\n\nThe road is open.\n\nAt last.",
            "2",
            ["The road is open."],
            id="paragraph",
        ),
        pytest.param(
            "@Rabia:\nThe  road is open.\u00a0\nAt last.",
            "2",
            ["The  road is open."],
            id="line, spaced otherwise",
        ),
        pytest.param(
            "@Rabia: The road is open.\n\nAt last.",
            "2",
            ["The road is open."],
            id="on the line of the name",
        ),
        pytest.param(
            "@Hammad:\n\nTalks with whom?\nWith them?\n\nNot with me.\n\nWhy?",
            "1",
            ["Talks with whom?\nWith them?\n\nNot with me."],
            id="quoted before latest, whole",
        ),
        pytest.param(
            "@Hammad:\n\nNot with me.\n\nWhy?", "1", ["Not with me."], id="in part"
        ),
        pytest.param(
            "@H.:\n\nNot with me.\n\nWhy?", "1", ["Not with me."], id="unknown name"
        ),
        pytest.param(
            "@Rabia:\n\nThe shops are open.\n\nWhich?",
            "3",
            ["The shops are open."],
            id="text before name",
        ),
        pytest.param(
            "@Rabia:\n\nI agree.", "2", [], id="same words by chance, nothing after"
        ),
        pytest.param(
            "@Rabia:\n\nThe road is open.", "2", ["The road is open."], id="all of it"
        ),
        pytest.param(
            "@Rabia:\n\nYes.\n\nThe road is open.", "2", [], id="not at the head"
        ),
    ],
)
def test_a_reply_names_its_parent_and_quotes_it(
    text: str, parent: str | None, quoted: list[str]
) -> None:
    assert link(text) == (parent, quoted)


def test_the_words_of_the_parent_come_with_it() -> None:
    reply = link_replies([*PAGE, Comment("9", "@Rabia: it is.")])[-1]
    assert reply == Comment(
        "9", "@Rabia: it is.", parent_id="2", parent_text="The road is open."
    )


REPLY = Comment("5", "@Rabia:\n\nThe road is open.\n\nNot to us.", author="Hammad")


@pytest.mark.parametrize(
    ("text", "parent", "quoted"),
    [
        pytest.param(
            "@Hammad:\n\nNot to us.\n\nWhy?", "5", ["Not to us."], id="its own words"
        ),
        pytest.param(
            "@Hammad:\n\n@Rabia:\n\nThe road is open.\n\nNot to us.\n\nWhy?",
            "5",
            ["@Rabia:\n\nThe road is open.\n\nNot to us."],
            id="all of it",
        ),
        pytest.param(
            "@Hammad:\n\nThe road is open.\n\nNot to us.\n\nWhy?",
            "5",
            ["The road is open.\n\nNot to us."],
            id="all but its name",
        ),
        pytest.param(
            "@Rabia:\n\nThe road is open.\n\nIs it?",
            "2",
            ["The road is open."],
            id="what it quotes itself",
        ),
        pytest.param(
            "@Nobody:\n\nThe road is open.\n\nIs it?",
            "2",
            ["The road is open."],
            id="what it quotes itself, under another name",
        ),
    ],
)
def test_a_comment_that_quotes_can_be_quoted(
    text: str, parent: str, quoted: list[str]
) -> None:
    assert link(text, page=[*PAGE, REPLY]) == (parent, quoted)


def test_words_beside_the_name_can_be_quoted_without_it() -> None:
    page = [*PAGE, Comment("5", "@Rabia: not to us.", author="imran_k")]
    expected = ("5", ["not to us."])
    assert link("@imran_k:\n\nnot to us.\n\nWhy?", page=page) == expected


def test_a_name_with_a_colon_is_a_name() -> None:
    page = [Comment("1", "Good day.", author="Dr: No")]
    assert link("@Dr: No:\n\nIs it?", page=page) == ("1", [])


def test_an_address_without_a_name_answers_nobody() -> None:
    assert link("@:", page=PAGE) == (None, [])


def test_a_line_that_floods_the_page_is_linked_quickly() -> None:
    page = [
        Comment(str(number), "@Rabia: yes.\nNo.", author="Rabia")
        for number in range(5_000)
    ]
    begin = time.process_time()
    linked = link_replies(page)
    seconds = time.process_time() - begin

    assert linked[-1].parent_id == "4998"
    # A tenth of it is usual; a time that grows as the square would be minutes.
    assert seconds < 20
