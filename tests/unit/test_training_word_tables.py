from labels.comments import Comment
from training.counts import MIN_COMMENTS
from training.word_tables import make_tables


def test_rare_word_is_unknown_and_name_of_the_gazetteer_is_known() -> None:
    tables = make_tables([Comment("1", "zykq")])

    assert [tables.known.get(word) for word in ("zykq", "taliban")] == [
        None,
        MIN_COMMENTS,
    ]


def test_frequent_name_keeps_its_count() -> None:
    comments = [Comment(str(n), "taliban") for n in range(MIN_COMMENTS + 4)]

    assert make_tables(comments).known["taliban"] == MIN_COMMENTS + 4
