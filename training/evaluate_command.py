"""The command ``gavel evaluate``."""

import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click
from tqdm import tqdm

from labels.errors import InputError
from labels.input_paths import INPUT_FILE, INPUT_FOLDER
from labels.output_files import checked_target, replace_file
from model.bundled_model import BUNDLED

if TYPE_CHECKING:
    from training.evaluation_inputs import ReportOptions

_OUT: Final = click.Path(dir_okay=False, path_type=Path)


@click.command()
@click.argument("model", type=INPUT_FOLDER, default=BUNDLED)
@click.option("--corpora", type=INPUT_FOLDER, help="Folder with public corpora in it.")
@click.option(
    "--data",
    "files",
    type=INPUT_FILE,
    multiple=True,
    help="Labelled comments of your own to judge it on; may be given again.",
)
@click.option(
    "--suite",
    "suites",
    type=INPUT_FILE,
    multiple=True,
    help="A functional suite: a table with a function, a case and a gold label in "
    "every row; may be given again. [default: ours]",
)
@click.option(
    "--against", type=INPUT_FOLDER, help="Another model to compare with, by its folder."
)
@click.option(
    "--unlabelled",
    type=INPUT_FILE,
    help="Recent comments without labels: how many of them would be flagged.",
)
@click.option("--report", "report_path", type=_OUT, help="Where to write the report.")
@click.option(
    "--json",
    "json_path",
    type=_OUT,
    help="Where to write the same figures; with --report or --card all of theirs. "
    "[default: evaluation.json beside the model, where no better ones are lost]",
)
@click.option("--card", "card_path", type=_OUT, help="Where to write a model card.")
@click.option(
    "--pass-marks",
    type=INPUT_FILE,
    help="What the model is to reach, as a TOML file. [default: ours]",
)
@click.option("--comments-a-day", type=click.IntRange(min=1), default=10_000)
@click.option(
    "--seconds-each",
    type=click.FloatRange(min=0, min_open=True),
    default=15.0,
    help="To review one comment.",
)
@click.option("--unmask", is_flag=True, help="Write words of abuse out in texts.")
@click.option("--no-texts", is_flag=True, help="Leave texts of comments out wholly.")
@click.option("--seed", type=click.IntRange(min=0), default=0, show_default=True)
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    default=2,
    show_default=True,
    help="Processes; figures do not depend on it.",
)
def evaluate(
    model: Path,
    *,
    report_path: Path | None,
    json_path: Path | None,
    card_path: Path | None,
    pass_marks: Path | None,
    unmask: bool,
    no_texts: bool,
    **options: Any,
) -> None:
    """Measure a model for every label and source, and on functional suites.

    MODEL is a folder; without it the bundled model is measured. --report writes all
    that can be said of it as one page, which takes minutes.
    """
    if not (report_path or card_path):
        _print_figures(model, json_path, options)
        return
    # scikit-learn takes seconds to import; --help and a wrong path need not wait.
    from training.evaluation_inputs import ReportOptions  # noqa: PLC0415
    from training.sections.marks import DEFAULT_MARKS  # noqa: PLC0415

    outputs = {"report": report_path, "json": json_path, "card": card_path}
    _check_outputs(outputs)
    _write_report(
        ReportOptions(
            model,
            pass_marks=pass_marks or DEFAULT_MARKS,
            is_masked=not unmask,
            has_texts=not no_texts,
            command=command_line(sys.argv[1:]),
            **options,
        ),
        outputs,
    )


def command_line(arguments: Sequence[str]) -> str:
    """Return the command as somebody else would call it: files without their folders.

    >>> command_line(["evaluate", "models/m", "--report=out/r.html", "--seed", "1"])
    'gavel evaluate m --report=r.html --seed 1'
    """
    shown = ["gavel"]
    for argument in arguments:
        option, equals, value = argument.rpartition("=")
        is_path = "/" in value or "\\" in value
        shown.append(f"{option}{equals}{Path(value).name if is_path else value}")
    return " ".join(shown)


def _check_outputs(outputs: Mapping[str, Path | None]) -> None:
    """Refuse before minutes of work what would be refused after them.

    Raises:
        InputError: if two outputs are one file.
        OutputError: if one cannot be written.
    """
    targets = [checked_target(path) for path in outputs.values() if path]
    if len(set(targets)) < len(targets):
        raise InputError("--report, --json and --card name one file; name several")


def _write_report(options: "ReportOptions", outputs: Mapping[str, Path | None]) -> None:
    from training.evaluation_data import as_plain  # noqa: PLC0415
    from training.evaluation_page import model_card, report_page  # noqa: PLC0415
    from training.evaluation_report import STEPS, make_report  # noqa: PLC0415
    from training.workers import quiet_workers  # noqa: PLC0415

    with quiet_workers(options.jobs), _progress(STEPS) as announce:
        plain = as_plain(make_report(options, announce))
        written: dict[str, Callable[[], str]] = {
            "report": lambda: report_page(plain),
            "json": lambda: json.dumps(plain, indent=1) + "\n",
            "card": lambda: model_card(plain),
        }
        texts = {name: write() for name, write in written.items() if outputs[name]}
    for name, path in outputs.items():
        if path:
            with replace_file(path) as file:
                file.write(texts[name].encode("utf-8", "replace"))
            click.echo(f"wrote {path}")
    marks = plain["sections"]["verdict"]["marks"]
    verdicts = [mark["verdict"] for mark in marks]
    click.echo(
        f"{verdicts.count('pass')} pass marks kept, {verdicts.count('fail')} missed, "
        f"{verdicts.count('not judged')} not judged"
    )


@contextmanager
def _progress(steps: int) -> Iterator[Any]:
    """Yield a function to announce steps to; a bar shows them on a terminal."""
    bar = tqdm(total=steps, disable=None, file=sys.stderr, bar_format=_BAR)

    def announce(step: str) -> None:
        bar.set_description_str(step)
        bar.update()

    with bar:
        yield announce


_BAR: Final = "{bar:20} {n_fmt}/{total_fmt} {elapsed} {desc}"


def _print_figures(
    model: Path, json_path: Path | None, options: Mapping[str, Any]
) -> None:
    from labels.labelled_files import read_labelled_file  # noqa: PLC0415
    from labels.own import read_own  # noqa: PLC0415
    from labels.suites import read_suite, suite_files  # noqa: PLC0415
    from model.scorer import Scorer  # noqa: PLC0415
    from training.evaluate import evaluate as evaluate_model  # noqa: PLC0415
    from training.evaluation_file import write_figures  # noqa: PLC0415
    from training.rows import gather  # noqa: PLC0415
    from training.suite_check import (  # noqa: PLC0415
        check_suites,
        open_functions,
        sum_halves,
    )
    from training.tables import (  # noqa: PLC0415
        evaluation_summary,
        evaluation_table,
        suite_table,
    )

    yours = [row for file in options["files"] for row in read_labelled_file(file)]
    evaluation = evaluate_model(
        model, gather(options["corpora"], [*read_own(), *yours])
    )
    click.echo(evaluation_table(evaluation))
    click.echo(evaluation_summary(evaluation))
    suites = options["suites"] or suite_files()
    cases = [case for file in suites for case in read_suite(file)]
    results = check_suites(Scorer.load(model), cases)
    click.echo(f"\n{suite_table(results)}\n")
    figures = {
        **evaluation.as_json(),
        "suites": [asdict(half) for half in sum_halves(results)],
        "open_functions": [asdict(one) for one in open_functions(results)],
    }
    click.echo(write_figures(figures, model, json_path))
