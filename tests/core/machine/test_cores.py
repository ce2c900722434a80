"""A container's share of the cores, and the cores that a process is bound to, read from files."""

from __future__ import annotations

import os

import pytest

from core.machine import cores


@pytest.fixture
def machine(tmp_path, monkeypatch):
    """A machine with 16 cores, whose control groups are ordinary files."""
    monkeypatch.setattr(cores, "GROUPS", tmp_path)
    monkeypatch.setattr(cores, "OWN_GROUP", tmp_path / "own")
    monkeypatch.setattr(os, "cpu_count", lambda: 16)
    monkeypatch.setattr(os, "sched_getaffinity", lambda who: set(range(16)), raising=False)

    def write(**files: str) -> None:
        for name, content in files.items():
            path = tmp_path / name.replace("__", "/").replace("cpu_max", "cpu.max")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content)

    return write


@pytest.mark.parametrize(
    ("share", "expected"),
    [
        ("max 100000", 16),
        ("200000 100000", 2),
        ("150000 100000", 1),
        ("50000 100000", 1),
        ("6400000 100000", 16),
        ("", 16),
        ("nonsense", 16),
        ("100000 0", 16),
    ],
)
def test_a_containers_share_decides(machine, share, expected):
    machine(cpu_max=share + "\n")
    assert cores.usable_cores() == expected


def test_the_smallest_share_of_the_groups_around_it_counts(machine):
    machine(own="0::/a/b\n", a__cpu_max="300000 100000", a__b__cpu_max="max 100000")
    assert cores.usable_cores() == 3


def test_the_older_files_are_read_too(machine):
    machine(**{"cpu__cpu.cfs_quota_us": "400000\n", "cpu__cpu.cfs_period_us": "100000\n"})
    assert cores.usable_cores() == 4
    machine(**{"cpu__cpu.cfs_quota_us": "-1\n"})
    assert cores.usable_cores() == 16


def test_the_cores_that_it_is_bound_to_decide(machine, monkeypatch):
    monkeypatch.setattr(os, "sched_getaffinity", lambda who: {3, 5}, raising=False)
    assert cores.usable_cores() == 2
    monkeypatch.delattr(os, "sched_getaffinity")  # as on macOS and Windows
    assert cores.usable_cores() == 16
    monkeypatch.setattr(os, "cpu_count", lambda: None)
    assert cores.usable_cores() == 1
