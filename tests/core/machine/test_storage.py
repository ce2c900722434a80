"""Files are written whole or not at all; the app's folder is where it is said to be."""

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from core.machine import storage
from core.machine.storage import (
    home,
    home_problem,
    is_left_over,
    scratch_name,
    way_out,
    why_nothing_is_kept,
    write_safely,
)
from tests.full_disk import full


def test_home_is_where_the_variable_says(monkeypatch, tmp_path):
    monkeypatch.setenv("DIGITLAB_HOME", str(tmp_path))
    assert home() == tmp_path
    monkeypatch.delenv("DIGITLAB_HOME")
    assert home().name == "digit-lab"
    assert home().is_absolute()


def test_a_tilde_is_a_users_folder_and_never_the_name_of_one(monkeypatch, tmp_path):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("DIGITLAB_HOME", "~/lab")
    assert home() == tmp_path / "lab"
    assert not home_problem()
    monkeypatch.setenv("DIGITLAB_HOME", "~no_such_user/lab")
    assert "'~no_such_user/lab'" in home_problem()
    assert home().is_absolute()
    assert home().name == "digit-lab"


def test_a_user_without_a_home_folder_has_one_among_the_temporary_files(monkeypatch):
    def nobody():
        raise RuntimeError("Could not determine home directory.")

    for variable in ("DIGITLAB_HOME", "XDG_DATA_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setattr(storage.Path, "home", nobody)
    assert home().name.startswith("digit-lab-")
    assert home().is_absolute()


def test_a_file_is_written_with_its_folders_and_replaced(tmp_path):
    path = tmp_path / "a" / "b"
    write_safely(path, b"one")
    write_safely(path, b"two")
    assert path.read_bytes() == b"two"
    assert list(path.parent.iterdir()) == [path]


def test_a_failure_leaves_the_old_file_and_nothing_else(tmp_path, monkeypatch):
    path = tmp_path / "file"
    write_safely(path, b"old")

    monkeypatch.setattr("core.machine.storage.os.replace", full)
    with pytest.raises(OSError, match="No space"):
        write_safely(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


@pytest.fixture
def ended() -> int:
    """The number of a process that is no more."""
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


def left_behind(folder: Path, number: int, machine: str = "", process: str = "0" * 8) -> Path:
    path = folder / f".file.{machine or storage._machine()}-{number}-{process}-{'1' * 8}"
    path.write_bytes(b"half a file")
    return path


def test_what_a_killed_process_left_half_written_is_cleared_away(tmp_path, ended):
    """And nothing else: neither what is being written elsewhere, nor what is named otherwise."""
    dead, before_me = left_behind(tmp_path, ended), left_behind(tmp_path, os.getpid())
    others = [
        left_behind(tmp_path, ended, machine="f" * 8),  # another machine, on the same folder
        left_behind(tmp_path, os.getpid(), process=storage.PROCESS),  # another thread
        left_behind(tmp_path, os.getppid()),
    ]
    (tmp_path / ".file.txt").write_bytes(b"")
    write_safely(tmp_path / "file", b"whole")
    assert not dead.exists()
    assert not before_me.exists()
    assert all(each.exists() for each in (*others, tmp_path / ".file.txt"))
    for each in others:
        os.utime(each, (1, 1))  # long ago
        assert is_left_over(each)


def test_what_is_being_written_is_not_left_over(tmp_path):
    path = tmp_path / scratch_name(".saving-run.")
    assert not is_left_over(path)  # not even there
    path.mkdir()
    assert not is_left_over(path)


def test_a_folder_that_cannot_be_written_is_told(tmp_path, monkeypatch):
    monkeypatch.setenv("DIGITLAB_HOME", str(tmp_path / "home"))
    assert why_nothing_is_kept() == ""
    (tmp_path / "file").write_text("a file where the folder should be")
    monkeypatch.setenv("DIGITLAB_HOME", str(tmp_path / "file"))
    assert str(tmp_path / "file") in why_nothing_is_kept()
    monkeypatch.setenv("DIGITLAB_HOME", str(tmp_path / "file" / "home"))
    assert "Not a directory" in why_nothing_is_kept()


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "Free some space"),
        (errno.EDQUOT, "Free some space"),
        (errno.ENOTDIR, "another folder"),
        (errno.EACCES, "another folder"),
        (errno.EROFS, "another folder"),
    ],
)
def test_what_would_help_goes_with_what_is_wrong(number, words):
    assert words in way_out(OSError(number, "words"))


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX's")
def test_folders_and_files_follow_the_umask(tmp_path):
    before = os.umask(0o022)
    try:
        write_safely(tmp_path / "folder" / "file", b"")
    finally:
        os.umask(before)
    assert (tmp_path / "folder").stat().st_mode & 0o777 == 0o755
    assert (tmp_path / "folder" / "file").stat().st_mode & 0o777 == 0o644
