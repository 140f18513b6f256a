import errno
from pathlib import Path

import pytest

from labels.output_files import OutputError, naming_file, replace_file


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_file_is_replaced_when_the_block_ends(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    path.write_bytes(b"old")
    with replace_file(path) as file:
        file.write(b"new")
        assert path.read_bytes() == b"old"
    assert files(tmp_path) == {"out.csv": b"new"}


def write_and_fail(path: Path, failure: type[BaseException]) -> None:
    with replace_file(path) as file:
        file.write(b"new")
        raise failure


@pytest.mark.parametrize("failure", [ValueError, KeyboardInterrupt])
def test_a_block_that_fails_leaves_the_old_file_alone(
    tmp_path: Path, failure: type[BaseException]
) -> None:
    path = tmp_path / "out.csv"
    path.write_bytes(b"old")
    with pytest.raises(failure):
        write_and_fail(path, failure)
    assert files(tmp_path) == {"out.csv": b"old"}


def test_a_new_file_is_one_that_others_may_read_as_usual(tmp_path: Path) -> None:
    usual, path = tmp_path / "usual", tmp_path / "out.csv"
    usual.touch()
    with replace_file(path):
        pass
    assert path.stat().st_mode == usual.stat().st_mode


def test_permissions_stay_those_of_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    path.touch(mode=0o600)
    with replace_file(path):
        pass
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    target, link = tmp_path / "target", tmp_path / "out.csv"
    link.symlink_to(target)
    with replace_file(link) as file:
        file.write(b"new")
    assert (link.is_symlink(), target.read_bytes()) == (True, b"new")


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    path = tmp_path / "absent" / "out.csv"
    with pytest.raises(OutputError) as caught, replace_file(path):
        pass
    expected = f"cannot write {path}: make the folder {path.parent} first"
    assert str(caught.value) == expected


def test_a_folder_is_not_replaced(tmp_path: Path) -> None:
    with pytest.raises(OutputError) as caught, replace_file(tmp_path):
        pass
    expected = f"cannot write {tmp_path}: it is not an ordinary file"
    assert str(caught.value) == expected


def test_a_folder_where_nothing_can_be_made_is_refused() -> None:
    path = Path("/proc/out.csv")
    with (
        pytest.raises(OutputError, match=r"^cannot write /proc/out.csv: "),
        replace_file(path),
    ):
        pass


def test_a_full_disk_is_said_of_the_file() -> None:
    with (
        pytest.raises(OutputError) as caught,
        naming_file("out.csv"),
        Path("/dev/full").open("wb") as full,
    ):
        full.write(b"new")
    expected = "cannot write out.csv: No space left on device"
    assert str(caught.value) == expected


def test_another_failure_is_passed_on() -> None:
    with pytest.raises(BrokenPipeError), naming_file("out.csv"):
        raise BrokenPipeError(errno.EPIPE, "Broken pipe")
