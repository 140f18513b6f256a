"""One small report, made once: what it holds, hides, and says it cannot judge."""

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter

from labels.errors import InputError
from labels.schema import LABELS
from model.scorer import Scorer
from training.evaluation_data import Report, as_plain
from training.evaluation_inputs import ReportOptions
from training.evaluation_page import TITLES, model_card, report_page
from training.evaluation_report import STEPS, make_report
from training.report.schema import SCHEMA_FILE, json_schema
from training.report.shown_text import TextPolicy
from training.sections.functions import judge_suites, read_any_suite


@pytest.fixture(scope="module")
def page(report: dict[str, Any]) -> str:
    return report_page(report)


def test_json_keeps_to_its_schema(report: dict[str, Any]) -> None:
    again = json.loads(json.dumps(report, allow_nan=False))

    TypeAdapter(Report).validate_python(again)
    assert (report["schema"], report["schema_version"]) == (
        "gavel-evaluation-report",
        1,
    )


def test_the_schema_that_is_documented_is_that_of_the_code() -> None:
    # A field that goes or changes its meaning raises SCHEMA_VERSION; then
    # python -m training.report.schema writes the file anew.
    assert json.loads(SCHEMA_FILE.read_text("utf-8")) == json_schema()


def test_every_section_is_on_the_page_in_order(page: str) -> None:
    assert re.findall(r'<section id="(\w+)">', page) == [*TITLES, "run"]


def test_every_step_is_announced(
    report: dict[str, Any], report_steps: list[str]
) -> None:
    assert report
    assert len(report_steps) == STEPS


def test_the_same_inputs_make_the_same_bytes_but_for_the_run(
    report: dict[str, Any], report_options: ReportOptions
) -> None:
    again = as_plain(make_report(report_options))

    assert {**again, "run": None} == {**report, "run": None}
    assert report_page({**again, "run": report["run"]}) == report_page(report)


def test_the_run_stands_in_one_block(page: str, report: dict[str, Any]) -> None:
    other = {**report, "run": {**report["run"], "date": "another day", "seconds": 1.0}}

    blocks = [
        re.sub(r'<section id="run">.*?</section>', "", one, flags=re.DOTALL)
        for one in (page, report_page(other))
    ]

    assert blocks[0] == blocks[1]


def test_no_text_of_a_corpus_is_shown(
    page: str, report: dict[str, Any], hidden_word: str
) -> None:
    assert hidden_word not in page
    assert hidden_word not in json.dumps(report)
    assert hidden_word not in model_card(report)


def test_rows_of_a_corpus_appear_as_source_and_hash(report: dict[str, Any]) -> None:
    cases = [
        case
        for one in report["sections"]["errors"]["labels"]
        for kind in ("worst_false_positives", "worst_false_negatives")
        for case in one[kind]
        if case["source"] == "cad"
    ]

    assert cases
    assert {case["pieces"] for case in cases} == {None}
    assert all(re.fullmatch("[0-9a-f]{16}", case["row"]) for case in cases)


def test_no_corpus_may_show_its_texts(report: dict[str, Any]) -> None:
    sources = {one["source"]: one for one in report["sections"]["data"]["sources"]}

    assert (sources["gavel"]["may_show"], sources["cad"]["may_show"]) == (True, False)


def test_words_of_abuse_are_masked(report: dict[str, Any]) -> None:
    (suite,) = report["sections"]["functional_suites"]["suites"]
    texts = [one["text"] for one in suite["failing"]]

    assert "idiot" not in " ".join(filter(None, texts))
    assert not re.search(r"\bidiots?\b", json.dumps(report["sections"]["errors"]))


def test_figures_of_page_json_and_card_are_the_same(
    page: str, report: dict[str, Any]
) -> None:
    first = report["sections"]["verdict"]["groups"][0]["labels"][0]
    shown = f"{first['average_precision']['value']:.3f} ["

    assert shown in page
    assert shown in model_card(report)


def test_a_file_of_three_rows_is_too_few_to_judge(report: dict[str, Any]) -> None:
    groups = {one["name"]: one for one in report["sections"]["verdict"]["groups"]}
    reasons = {one["label"]: one["not_judged"] for one in groups["three"]["labels"]}

    assert "too few to judge" in reasons["abuse"]
    assert reasons["insult"] == "all 3 comments are of one class"
    assert reasons["threat"] == "no unseen comment knows this label"


def test_what_was_not_judged_has_no_figure(report: dict[str, Any]) -> None:
    groups = report["sections"]["verdict"]["groups"]
    unjudged = [one for group in groups for one in group["labels"] if one["not_judged"]]

    assert unjudged
    assert {one["roc_auc"]["value"] for one in unjudged} == {None}


def test_somebody_elses_suite_is_read_in_two_ways(report: dict[str, Any]) -> None:
    (suite,) = report["sections"]["functional_suites"]["suites"]

    assert suite["readings"] == ["hate against groups", "abuse of anyone"]
    assert suite["not_judged"] == [
        "1 cases whose gold label is 'perhaps', neither yes nor no"
    ]
    assert {one["cases"] for one in suite["functions"]} == {1}


def test_against_itself_nothing_changes(report: dict[str, Any]) -> None:
    changes = report["sections"]["changes"]
    judged = [one for one in changes["labels"] if not one["not_judged"]]

    assert judged
    assert {one["newly_flagged"] + one["no_longer_flagged"] for one in judged} == {0}
    assert {one["mcnemar_p"] for one in judged} == {None}
    assert (changes["unlabelled"]["comments"], changes["unlabelled"]["differing"]) == (
        2,
        0,
    )


def test_what_takes_many_fits_is_not_studied(page: str) -> None:
    assert page.count("not studied") == 2


def test_every_label_has_its_rivals(report: dict[str, Any]) -> None:
    labels = report["sections"]["verdict"]["groups"][0]["labels"]
    names = {other["name"] for other in labels[0]["against"]}

    assert {one["label"] for one in labels} == set(LABELS)
    assert names >= {"always no", "word list", "plain TF-IDF and logistic regression"}


def test_a_damaged_study_is_refused(
    report_options: ReportOptions, tmp_path: Path
) -> None:
    model = tmp_path / "model"
    model.mkdir()
    for path in report_options.model.iterdir():
        (model / path.name).write_bytes(path.read_bytes())
    (model / "studies.json").write_text('{"version": 1}')

    with pytest.raises(InputError, match=r"studies.json is damaged"):
        make_report(replace(report_options, model=model))


def test_texts_can_be_left_out_wholly(
    scorer: Scorer, report_options: ReportOptions
) -> None:
    suites = [read_any_suite(path) for path in report_options.suites]

    judged = judge_suites(scorer, suites, TextPolicy(is_shown=False).text)

    assert {one.text for one in judged.suites[0].failing} <= {None}
    assert TextPolicy(is_shown=False).pieces("well said", (), "abuse") is None
