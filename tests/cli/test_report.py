"""``gavel report``: what a file holds, for a moderation team."""

import csv
import gzip
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from labels.labelled import LabelledComment
from labels.schema import LABELS
from model.cli import main
from model.scorer import Scorer

THREAD = """\
Heading

  • Rabia
    Mar 4, 2013 - 6:12AM

    The road is open.

  • Mar 5, 2013 - 7:01AM

    @Rabia:

    The road is open.

    At last.Recommend
"""
HEADER = ["id", "text", "author", "time", "thread", *LABELS]
HEADER += ["action", "obfuscated", "model_version"]

Call = Callable[..., tuple[Result, dict[str, Any], str]]


@pytest.fixture
def call(artefact: Path, tmp_path: Path) -> Call:
    """Call ``gavel report`` with the small model; return its figures and its page."""

    def run(source: Path, *arguments: object) -> tuple[Result, dict[str, Any], str]:
        out, figures = tmp_path / "out.html", tmp_path / "out.json"
        words = ["report", source, "--model", artefact, "--report", out]
        words += ["--json", figures, *arguments]
        result = CliRunner().invoke(main, [*map(str, words)], prog_name="gavel")
        if not figures.exists():
            return result, {}, ""
        page = out.read_text(encoding="utf-8")
        return result, json.loads(figures.read_text(encoding="utf-8")), page

    return run


@pytest.fixture
def write(tmp_path: Path, scorer: Scorer) -> Callable[..., Path]:
    """Write a scored table; cells that a row does not name are those of one allowed."""

    def write(rows: Sequence[dict[str, Any]], name: str = "scored.csv") -> Path:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        with path.open("w", encoding="utf-8", newline="") as file:
            table = csv.DictWriter(file, HEADER, restval="0")
            table.writeheader()
            for number, row in enumerate(rows, start=1):
                usual = {"id": number, "text": f"words {number}", "action": "allow"}
                usual |= {"author": "", "time": "", "thread": ""}
                usual |= {"obfuscated": "false", "model_version": scorer.version}
                table.writerow(usual | row)
        return path

    return write


def without_place(found: dict[str, Any]) -> dict[str, Any]:
    """Return what a report says of its comments, not of the file that they are in."""
    kept = {
        name: value
        for name, value in found.items()
        if name not in {"input", "choices", "scored_by", "run"}
    }
    cards = [*kept["worst"]]
    for of_label in kept["worst_of_labels"].values():
        cards += of_label
    for card in cards:
        del card["file"], card["unit"], card["number"]
    return kept


def test_a_thread_page_is_scored_as_it_is_read(
    call: Call, scorer: Scorer, tmp_path: Path
) -> None:
    path = tmp_path / "page.txt"
    path.write_text(THREAD, encoding="utf-8")

    result, found, page = call(path)

    assert (result.exit_code, result.stdout) == (0, "")
    assert found["input"]["comments"] == 2
    assert found["scored_by"] == [
        {
            "name": scorer.name,
            "version": scorer.version,
            "scored": "now",
            "comments": 2,
            "thresholds_known": True,
        }
    ]
    assert [one["comments"] for one in found["times"]["periods"]] == [1, 1]
    assert (found["authors"]["names"], found["authors"]["unnamed"]) == (1, 1)
    assert found["threads"]["names"] == 1
    assert "What page.txt holds" in page


@pytest.mark.parametrize("name", ["s.csv", "s.jsonl.gz", "s.parquet"])
def test_a_scored_file_counts_as_it_did_before_it_was_scored(
    call: Call,
    score: Callable[..., Result],
    few_labelled: list[LabelledComment],
    tmp_path: Path,
    name: str,
) -> None:
    path, scored = tmp_path / "in.csv", tmp_path / name
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(["id", "text", "author", "time", "thread"])
        for number, row in enumerate(few_labelled[:400]):
            text = row.comment.text
            day = f"2013-03-{number % 28 + 1:02d}"
            table.writerow([number, text, f"a{number % 7}", day, f"t{number % 3}"])
    assert score(path, "--output", scored).exit_code == 0

    _, fresh, _ = call(path)
    _, again, _ = call(scored)

    assert fresh["actions"]["hold"]["comments"] > 0
    assert {one["scored"] for one in again["scored_by"]} == {"before"}
    assert without_place(again) == without_place(fresh)


def test_the_same_input_gives_the_same_page_but_for_the_run(
    call: Call, write: Callable[..., Path]
) -> None:
    path = write([{"action": "hold", "abuse": 0.9, "time": "2013-03-04"}] * 30)

    pages = [call(path)[2] for _ in range(2)]

    first, second = (
        page[: page.index('<section id="run">')] + page.partition("<footer>")[2]
        for page in pages
    )
    assert first == second


def test_authors_and_threads_are_told_with_totals_and_how_sure_that_is(
    call: Call, write: Callable[..., Path]
) -> None:
    held = {"action": "hold", "abuse": 0.99}
    rows = [{"author": "ann", "thread": "one", **held}] * 25
    rows += [{"author": "bob", "thread": "two"}] * 60
    rows += [{"author": "cyd", "thread": "two", **held}] * 2

    _, found, page = call(write(rows))

    (ann, cyd) = found["authors"]["top"]
    assert (ann["name"], ann["hold"], ann["comments"]) == ("ann", 25, 25)
    assert (ann["verdict"], cyd["verdict"]) == ("above the rest", "too few to judge")
    assert ann["low"] < ann["share"] == ann["high"] == 1
    assert (found["authors"]["names"], found["authors"]["asking"]) == (3, 2)
    assert "too few to judge" in page


def test_scores_of_several_models_are_told_apart(
    call: Call, write: Callable[..., Path], scorer: Scorer
) -> None:
    held = {"action": "hold", "abuse": 1, "text": "good day"}
    path = write([held, {**held, "model_version": "older", "text": "good night"}])

    _, found, page = call(path)

    versions = {one["version"]: one["thresholds_known"] for one in found["scored_by"]}
    assert versions == {scorer.version: True, "older": False}
    assert found["labels"]["abuse"]["to_review_or_hold"] == 1
    assert found["labels"]["abuse"]["of"] == 1
    (older,) = (one for one in found["worst"] if one["model_version"] == "older")
    assert (older["reasons"], older["evidence"]) == (None, [])
    assert older["gap"] == "another model scored it than the one at hand"
    assert "Scores of several models stand together here" in page


def test_evidence_is_that_of_the_model(
    call: Call, scorer: Scorer, write: Callable[..., Path]
) -> None:
    text = "What a lovely garden, said the bishop."
    (score,) = scorer.score([text], explain=True)
    scores = {name: round(value, 6) for name, value in score.scores.items()}

    _, found, _ = call(write([{"text": text, "action": "hold", **scores}]))

    (card,) = found["worst"]
    weights = {
        (one.begin, one.end): round(one.weight, 3)
        for one in score.evidence
        if one.label == card["label"]
    }
    assert card["text_alone"] is None
    assert card["evidence"]
    for one in card["evidence"]:
        assert weights[one["begin"], one["end"]] == one["weight"]
        assert text[one["begin"] : one["end"]] == one["text"]


def test_a_text_that_no_longer_scores_the_same_is_said(
    call: Call, write: Callable[..., Path]
) -> None:
    path = write([{"text": "good day", "action": "hold", "abuse": 0.999}])

    _, found, page = call(path)

    assert found["worst"][0]["text_alone"] < 0.999
    assert "The text alone scores" in page


@pytest.mark.parametrize(
    ("options", "shown", "hidden"),
    [
        pytest.param([], ["You i****", "ann"], ["idiot"], id="masked"),
        pytest.param(["--unmask"], ["idiot", "ann"], ["i****"], id="unmasked"),
        pytest.param(["--no-texts"], ["ann"], ["You ", "idiot"], id="no texts"),
        pytest.param(["--no-authors"], ["You i****"], ["ann"], id="no authors"),
    ],
)
def test_what_is_shown_is_for_the_reader_to_choose(
    call: Call,
    write: Callable[..., Path],
    options: list[str],
    shown: list[str],
    hidden: list[str],
) -> None:
    path = write(
        [{"text": "You idiot, quoth he", "author": "ann", "action": "hold", "abuse": 1}]
    )

    _, found, page = call(path, *options)

    figures = json.dumps({name: found[name] for name in ("worst", "authors")})
    section = page[page.index('<section id="authors">') :]
    section = section[: section.index('<section id="model">')]
    text = "".join(section.replace("<mark", "\x00<mark").split("\x00"))
    plain = "".join(part.partition(">")[2] or part for part in text.split("<"))
    for word in shown:
        assert word in plain
    for word in hidden:
        assert word not in plain
        assert word not in figures


def test_what_the_file_lacks_is_said(call: Call, tmp_path: Path) -> None:
    path = tmp_path / "lines.txt"
    path.write_text("good day\nthank you\n", encoding="utf-8")

    _, found, page = call(path)

    assert found["times"]["why_none"] == "no times in it"
    assert found["authors"] == {"why_none": "no comment names one"}
    assert page.count("Not told: ") == 3


def test_times_that_cannot_be_read_are_counted_as_such(
    call: Call, write: Callable[..., Path]
) -> None:
    times = ["2013-03-04", "03/04/2013", "2 hours ago", "soon", ""]
    path = write([{"time": time} for time in times])

    _, found, page = call(path)
    _, told, _ = call(path, "--dates", "day-first")

    expected = {"ambiguous": 1, "relative": 1, "unreadable": 1}
    assert found["times"]["unread"] == expected
    assert (found["times"]["read"], found["times"]["without"]) == (1, 1)
    assert "--dates day-first" in page
    assert (told["times"]["first"], told["times"]["last"]) == (
        "2013-03-04",
        "2013-04-03",
    )


def test_columns_of_other_names_can_be_told(call: Call, tmp_path: Path) -> None:
    path = tmp_path / "in.jsonl"
    row = {"body": "good day", "user": "ann", "created_utc": 1362377520.0, "post": 7}
    path.write_text(json.dumps(row), encoding="utf-8")

    names = ["--text-column", "body", "--author-column", "user"]
    names += ["--time-column", "created_utc", "--thread-column", "post"]
    _, found, _ = call(path, *names)

    assert found["times"]["first"] == "2013-03-04"
    assert (found["authors"]["names"], found["threads"]["names"]) == (1, 1)


def test_labels_of_somebody_are_no_scores(call: Call, tmp_path: Path) -> None:
    path = tmp_path / "labelled.csv"
    zeros = ",".join("0" * len(LABELS))
    path.write_text(
        f"text,{','.join(LABELS)},action\ngood day,{zeros},removed\n", encoding="utf-8"
    )

    result, found, page = call(path)

    assert result.exit_code == 0
    assert found["scored_by"][0]["scored"] == "now"
    assert "taken for somebody&#39;s labels" in page or "somebody's labels" in page


def test_a_broken_row_costs_only_itself_and_quotes_no_text(
    call: Call, write: Callable[..., Path]
) -> None:
    path = write([{}, {"abuse": 1.5}, {"abuse": "you idiot"}, {"action": "remove"}])

    result, found, page = call(path)

    assert result.exit_code == 1
    assert result.stderr.splitlines()[:4] == [
        "line 3: the score of abuse is 1.5, outside [0, 1]",
        "line 4: the score of abuse is not a number",
        "line 5: the action is none of allow, review, hold",
        "left out 3 rows; the report says so",
    ]
    assert (found["input"]["comments"], found["input"]["left_out"]) == (1, 3)
    assert "line 4: the score of abuse is not a number" in page
    assert "idiot" not in page


def test_a_folder_is_one_archive_and_a_part_that_fails_is_said(
    call: Call, write: Callable[..., Path], tmp_path: Path
) -> None:
    write([{"action": "hold", "abuse": 1}], "parts/a.csv")
    write([{}, {}], "parts/b.csv")
    (tmp_path / "parts" / "c.csv").write_text("id,body\n1,a\n", encoding="utf-8")
    (tmp_path / "parts" / "page.txt").write_text(THREAD, encoding="utf-8")
    (tmp_path / "parts" / "_SUCCESS").touch()

    result, found, page = call(tmp_path / "parts")

    assert result.exit_code == 1
    assert (found["input"]["files"], found["input"]["comments"]) == (4, 5)
    assert found["worst"][0]["file"] == "a.csv"
    (failure,) = found["input"]["failed_files"]
    assert "c.csv has no column &#39;text&#39;" in page
    assert "has no column 'text'" in failure


def test_of_a_part_that_is_cut_off_the_rows_before_count(
    call: Call, tmp_path: Path
) -> None:
    folder = tmp_path / "parts"
    folder.mkdir()
    lines = "".join(f"comment {number}\n" for number in range(30_000))
    whole = gzip.compress(f"text\n{lines}".encode())
    (folder / "cut.csv.gz").write_bytes(whole[: len(whole) // 2])

    result, found, page = call(folder)

    assert result.exit_code == 1
    assert found["input"]["comments"] > 10_000
    assert "1 could not be read to the end" in page


def test_names_and_texts_are_no_markup(call: Call, write: Callable[..., Path]) -> None:
    evil = "<script>alert(1)</script>\x00\u202e"
    row = {"text": evil, "author": evil, "thread": evil, "action": "hold", "abuse": 1}

    _, found, page = call(write([row]))

    assert "<script>alert" not in page
    assert "\x00" not in page
    assert "\u202e" not in page
    assert found["authors"]["top"][0]["hold"] == 1


def test_of_a_long_text_the_part_that_decided_is_shown(
    call: Call, write: Callable[..., Path]
) -> None:
    calm = "The weather was fine and the road was open. " * 100
    text = f"{calm}You idiot. {calm}"
    path = write([{"text": text, "action": "hold", "abuse": 1}])

    _, found, _ = call(path, "--unmask")

    (card,) = found["worst"]
    assert (card["characters"], len(card["text"]) <= 600) == (len(text), True)
    assert card["text"] == text[card["begin"] : card["end"]]
    assert "You idiot." in card["text"]
