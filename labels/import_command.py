"""The command ``gavel labels import``."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

import click

from labels.comments import Comment
from labels.errors import InputError
from labels.labelled import LabelledComment
from labels.placeholders import put_placeholders
from labels.rows import DEFAULT_ID_COLUMN, DEFAULT_TEXT_COLUMN
from labels.schema import LABELS

_OWN: Final = "own"


def _parse_mapping(
    context: click.Context, parameter: click.Parameter, pairs: tuple[str, ...]
) -> dict[str, str]:
    """Turn ``LABEL=COLUMN`` into a column for each label."""
    columns: dict[str, str] = {}
    for pair in pairs:
        label, _, column = pair.partition("=")
        if label not in LABELS or not column:
            raise click.BadParameter(
                f"{pair!r} is not LABEL=COLUMN, with a label of {', '.join(LABELS)}",
                context,
                parameter,
            )
        columns[label] = column
    return columns


@click.command("import")
@click.argument("name")
@click.argument("path", type=click.Path(path_type=Path))
@click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Also write the rows: .parquet, .csv, .tsv or .jsonl.",
)
@click.option(
    "--map",
    "columns",
    metavar="LABEL=COLUMN",
    multiple=True,
    callback=_parse_mapping,
    help="Own file: the column of a label; may be given again.",
)
@click.option(
    "--text-column",
    default=DEFAULT_TEXT_COLUMN,
    show_default=True,
    help="Own file: the column with the words of the comment.",
)
@click.option(
    "--id-column",
    default=DEFAULT_ID_COLUMN,
    show_default=True,
    help="Own file: the column that names the comment, if there is one.",
)
def import_corpus(
    *,
    name: str,
    path: Path,
    output: Path | None,
    columns: Mapping[str, str],
    text_column: str,
    id_column: str,
) -> None:
    """Read a public corpus, or labelled comments of your own, and count what is there.

    NAME is a corpus and PATH its folder, or a single file of it; or NAME is "own"
    and PATH a CSV, TSV, JSON lines or Parquet file with a column for each label, as
    in: gavel labels import own site.csv --map abuse=is_toxic --output site.parquet.
    The table that --output writes can be given to gavel train --labels. Handles,
    URLs, e-mail and IP addresses become placeholders.
    """
    # The importers take a while to load, which --help need not wait for.
    from labels.corpora.registry import IMPORTERS, read_corpus  # noqa: PLC0415
    from labels.imported_table import write_imported  # noqa: PLC0415

    if name == _OWN:
        rows = _read_own(path, columns, text_column, id_column)
        click.echo(f"{path.name}: {len(rows):,} rows read, {len(rows):,} kept")
        _show_labels(rows)
    else:
        _refuse_own_options(columns, text_column, id_column)
        if name in IMPORTERS and not path.exists():
            raise InputError(f"there is no file or folder {path}")
        imported = read_corpus(name, path)
        rows = imported.rows
        click.echo(f"{name}: {imported.rows_read:,} rows read, {len(rows):,} kept")
        for reason, count in imported.dropped.most_common():
            click.echo(f"  {count:,} dropped: {reason}")
        _show_labels(rows)
        _show_origin(name, imported.files)
    if output is not None:
        write_imported(output, rows)
        click.echo(f"wrote {len(rows):,} rows to {output}")


def _read_own(
    path: Path, columns: Mapping[str, str], text_column: str, id_column: str
) -> list[LabelledComment]:
    from labels.labelled_files import read_labelled_file  # noqa: PLC0415

    rows = read_labelled_file(
        path, text_column=text_column, id_column=id_column, columns=columns
    )
    return [replace(row, comment=_without_names(row.comment)) for row in rows]


def _without_names(comment: Comment) -> Comment:
    parent = comment.parent_text
    return replace(
        comment,
        text=put_placeholders(comment.text),
        parent_text=None if parent is None else put_placeholders(parent),
    )


def _refuse_own_options(
    columns: Mapping[str, str], text_column: str, id_column: str
) -> None:
    defaults = (DEFAULT_TEXT_COLUMN, DEFAULT_ID_COLUMN)
    if columns or (text_column, id_column) != defaults:
        raise click.UsageError(
            "--map, --text-column and --id-column describe a file of your own; say "
            "gavel labels import own FILE, or leave them out"
        )


def _show_labels(rows: Sequence[LabelledComment]) -> None:
    for column, label in enumerate(LABELS):
        shares = [row.shares[column] for row in rows]
        known = [share for share in shares if share is not None]
        positives = sum(share >= 0.5 for share in known)  # noqa: PLR2004 - half
        click.echo(f"  {label}: {len(known):,} known, {positives:,} positive")


def _show_origin(name: str, files: Sequence[Path]) -> None:
    from labels.corpora.sources import file_hash, load_sources  # noqa: PLC0415

    source = load_sources()[name]
    known = set(source.sha256.values())
    for path in files:
        digest = file_hash(path)
        verdict = "as in" if digest in known else "not in"
        click.echo(f"  {path.name}: SHA-256 {digest}, {verdict} the manifest")
    click.echo(f"  licence: {source.licence}")
    click.echo(f"  citation: {source.citation}")
    click.echo(f"  home: {source.home}")
    if not source.may_train:
        click.echo("  for evaluation alone: no model may learn from it")
