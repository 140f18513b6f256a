from pathlib import Path

import pytest

from labels.errors import InputError
from training.sections.marks import DEFAULT_MARKS, judge_marks, read_marks


def _write(folder: Path, text: str) -> Path:
    path = folder / "marks.toml"
    path.write_text(text, "utf-8")
    return path


@pytest.mark.parametrize(
    ("value", "verdict"),
    [
        pytest.param(0.9, "pass", id="kept"),
        pytest.param(0.8, "pass", id="just kept"),
        pytest.param(0.7, "fail", id="missed"),
        pytest.param(None, "not judged", id="not measured"),
    ],
)
def test_a_mark_is_held_against_what_was_measured(
    value: float | None, verdict: str, tmp_path: Path
) -> None:
    path = _write(tmp_path, '[[mark]]\nfigure = "abuse.roc_auc"\nat_least = 0.8\n')

    (judged,) = judge_marks(read_marks(path), {"abuse.roc_auc": value}, path)

    assert (judged.value, judged.verdict) == (value, verdict)


def test_a_mark_on_a_figure_that_there_is_not_is_refused(tmp_path: Path) -> None:
    path = _write(tmp_path, '[[mark]]\nfigure = "abuse.luck"\nat_least = 0.8\n')

    with pytest.raises(InputError, match=r"has a figure 'abuse.luck'; there are x"):
        judge_marks(read_marks(path), {"x": 1.0}, path)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param("mark = ", "holds no pass marks", id="no TOML"),
        pytest.param("", "write tables", id="empty"),
        pytest.param("[[mark]]\nat_least = 1\n", "names no figure", id="no figure"),
        pytest.param('[[mark]]\nfigure = "a"\n', "give a number", id="no bound"),
        pytest.param(
            '[[mark]]\nfigure = "a"\nat_least = "much"\n', "give a number", id="text"
        ),
        pytest.param(
            '[[mark]]\nfigure = "a"\nat_leest = 1\n', "'at_leest' is not", id="typo"
        ),
    ],
)
def test_a_broken_file_is_refused(text: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=message):
        read_marks(_write(tmp_path, text))


def test_our_marks_can_be_read() -> None:
    assert len(read_marks(DEFAULT_MARKS)) > 10
