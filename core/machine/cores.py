"""How many processor cores this process may use: not the host's, where a container has fewer.

A container's share stands in its control group (`cpu.max`, or the older `cpu.cfs_quota_us`), see
https://docs.kernel.org/admin-guide/cgroup-v2.html; the cores that a process is bound to, in its
affinity.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

GROUPS = Path("/sys/fs/cgroup")
OWN_GROUP = Path("/proc/self/cgroup")


def usable_cores() -> int:
    """Whole cores, at least one."""
    bound = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return max(1, int(min([bound or 1, *_shares()])))


def _shares() -> list[float]:
    """In cores, what each group around this process may use; nothing where that is not limited."""
    shares = []
    for folder in _groups():
        with suppress(OSError, ValueError, ArithmeticError):  # no such file, or "max": no limit
            quota, period = (folder / "cpu.max").read_text().split()
            shares.append(int(quota) / int(period))
        with suppress(OSError, ValueError, ArithmeticError):
            quota = int((folder / "cpu.cfs_quota_us").read_text())
            period = int((folder / "cpu.cfs_period_us").read_text())
            if quota > 0:  # -1: no limit
                shares.append(quota / period)
    return shares


def _groups() -> list[Path]:
    """The group of this process and those around it, where their files can lie."""
    lines = []
    with suppress(OSError):
        lines = OWN_GROUP.read_text().splitlines()
    own = next((line.split(":", 2)[2] for line in lines if line.startswith("0::")), "/")
    place = GROUPS / own.strip("/")
    inside = [each for each in (place, *place.parents) if each.is_relative_to(GROUPS)]
    return [*inside, GROUPS / "cpu"]
