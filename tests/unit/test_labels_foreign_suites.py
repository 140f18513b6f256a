from pathlib import Path

import pytest

from labels.errors import InputError
from labels.foreign_suites import read_foreign_suite


def _write(folder: Path, text: str, name: str = "check.csv") -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


@pytest.mark.parametrize(
    "header",
    [
        pytest.param("case_id,functionality,test_case,label_gold", id="as published"),
        pytest.param("id,function,text,gold_label", id="in our words"),
    ],
)
def test_columns_are_found_by_the_names_they_are_published_under(
    header: str, tmp_path: Path
) -> None:
    rows = "1,derog,go home,hateful\n2,counter,be kind,non-hateful\n"

    suite = read_foreign_suite(_write(tmp_path, f"{header}\n{rows}"))

    assert [(one.function, one.text, one.is_expected) for one in suite.cases] == [
        ("derog", "go home", True),
        ("counter", "be kind", False),
    ]


def test_other_gold_labels_are_counted_and_not_guessed(tmp_path: Path) -> None:
    text = "function,text,gold\na,one,1\na,two,maybe\na,three,\n"

    suite = read_foreign_suite(_write(tmp_path, text))

    assert len(suite.cases) == 1
    assert suite.unknown == {"maybe": 1, "blank": 1}


def test_lines_of_json_are_read_too(tmp_path: Path) -> None:
    text = '{"function": "a", "text": "one", "gold": 0}\n'

    (case,) = read_foreign_suite(_write(tmp_path, text, "check.jsonl")).cases

    assert not case.is_expected


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param("function,gold\na,1\n", "no column for the case", id="no case"),
        pytest.param("text,gold\na,1\n", "no column for the function", id="function"),
        pytest.param("function,text\na,b\n", "column for the gold label", id="gold"),
        pytest.param(
            "function,text,gold\na,b,maybe\n", "found 'maybe'", id="unknown labels"
        ),
        pytest.param("function,text,gold\n", "found no rows", id="no rows"),
        pytest.param("", "check.csv", id="empty file"),
    ],
)
def test_what_cannot_be_judged_is_refused(
    text: str, message: str, tmp_path: Path
) -> None:
    with pytest.raises(InputError, match=message):
        read_foreign_suite(_write(tmp_path, text))
