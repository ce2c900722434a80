"""Files are written whole or not at all; the app's folder is where it is said to be."""

import pytest

from core.machine.storage import home, write_safely


def test_home_is_where_the_variable_says(monkeypatch, tmp_path):
    monkeypatch.setenv("DIGITLAB_HOME", str(tmp_path))
    assert home() == tmp_path
    monkeypatch.delenv("DIGITLAB_HOME")
    assert home().name == "digit-lab"
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

    def fail(*args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("core.machine.storage.os.replace", fail)
    with pytest.raises(OSError, match="No space"):
        write_safely(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]
