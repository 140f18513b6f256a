"""gavel keys, db, erase, purge and labels export --from-store."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from labels.comments import Comment
from labels.settings import load_settings
from labels.store import Store
from labels.store_comments import StoredComment, store_comments
from labels.store_feedback import Judgement, add_judgement
from model.cli import main


@pytest.fixture(autouse=True)
def instance(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "instance"
    monkeypatch.setenv("GAVEL_INSTANCE", str(folder))
    return folder


def call(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments, prog_name="gavel")


@pytest.fixture
def filled(instance: Path) -> None:
    store = Store(load_settings({"instance": instance}))
    comment = Comment("c1", "words", author="Ann")
    store_comments(store, [StoredComment(comment, "score")])
    add_judgement(store, Judgement("c1", {"abuse": 1}, 2, "feedback"))
    store.close()


def test_a_key_is_printed_alone_and_once() -> None:
    made = call("keys", "create", "--scope", "score", "--name", "site A")
    assert re.fullmatch(r"[A-Za-z0-9]{40}\n", made.stdout)
    assert made.stderr == "Nothing shows this key again. It may score.\n"
    listed = call("keys", "list").output
    assert made.stdout.strip() not in listed
    assert re.search(
        r"^1   score  \S+  never      active  site A$", listed, re.MULTILINE
    )


def test_a_key_is_revoked_by_its_id() -> None:
    call("keys", "create", "--scope", "score", "--name", "site A")
    assert call("keys", "revoke", "1").output == "key 1 (site A) is revoked\n"
    assert re.search(r"revoked \d{4}-\d\d-\d\d  site A", call("keys", "list").output)


@pytest.mark.parametrize(
    ("arguments", "code", "error"),
    [
        pytest.param(
            ("keys", "revoke", "7"),
            1,
            "gavel: there is no key 7; gavel keys list shows them",
            id="no such key",
        ),
        pytest.param(
            ("keys", "create", "--scope", "score", "--name", " "),
            1,
            "gavel: the key's name is ' '; give 1 to 100 characters that can be "
            "printed",
            id="blank name",
        ),
        pytest.param(
            ("erase",), 2, "Error: name a --comment or an --author", id="erase nothing"
        ),
        pytest.param(
            ("purge",),
            1,
            "gavel: nobody said how long to keep what people wrote; set "
            "GAVEL_RETENTION_DAYS or say --days",
            id="purge at no time",
        ),
        pytest.param(
            ("db", "restore", "absent.db"),
            1,
            "gavel: there is no file absent.db",
            id="no backup",
        ),
        pytest.param(
            ("labels", "export", "out.csv", "--judgements"),
            2,
            "Error: --judgements goes with --from-store",
            id="judgements of no store",
        ),
    ],
)
def test_what_cannot_be_done_is_told_in_a_line(
    arguments: tuple[str, ...], code: int, error: str
) -> None:
    result = call(*arguments)
    assert (result.exit_code, result.stderr.splitlines()[-1]) == (code, error)


@pytest.mark.usefixtures("filled")
def test_the_store_is_upgraded_backed_up_and_restored(
    tmp_path: Path, instance: Path
) -> None:
    backup = tmp_path / "backup.db"
    assert call("db", "upgrade").output == "the store has the tables of revision 0001\n"
    assert call("db", "backup", str(backup)).output == f"wrote 2 rows to {backup}\n"
    refused = call("db", "restore", str(backup))
    assert (refused.exit_code, refused.stderr) == (
        1,
        "gavel: the store holds 2 rows; say --replace to put the backup in their "
        "place\n",
    )
    for file in instance.iterdir():
        file.unlink()
    assert (
        call("db", "restore", str(backup)).output == f"restored 2 rows from {backup}\n"
    )


@pytest.mark.usefixtures("filled")
def test_a_comment_and_an_author_are_erased() -> None:
    assert call("erase", "--comment", "c1", "--author", "Ann").output == (
        "comment c1: erased 1 stored comments and the words of 1 judgements\n"
        "author Ann: erased 0 stored comments and the words of 0 judgements\n"
    )


@pytest.mark.usefixtures("filled")
def test_what_is_old_is_purged_as_the_settings_say(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("GAVEL_RETENTION_DAYS", "30")
    assert call("purge").output == (
        "older than 30 days: removed 0 stored comments and the words of 0 judgements\n"
    )


@pytest.mark.usefixtures("filled")
def test_what_people_said_is_exported(tmp_path: Path) -> None:
    out = tmp_path / "said.csv"
    exported = call("labels", "export", str(out), "--from-store")
    assert exported.output == f"wrote 1 comments to {out}\n"
    everything = call("labels", "export", str(out), "--from-store", "--judgements")
    assert everything.output == f"wrote 1 judgements to {out}\n"


def test_a_password_is_in_no_message(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GAVEL_DATABASE_URL", "postgresql://a:secret@127.0.0.1:1/x")
    result = call("keys", "list")
    assert (result.exit_code, len(result.stderr.splitlines())) == (1, 1)
    assert "secret" not in result.output
