"""Who runs which test file: the first process the browser's, the others the rest.

A file is one piece of work, since its tests share what is slow to make. All files lie in one row:
first those that need a browser, then the others, the quick ones first. The first process takes
from the front of the row, the others from its end. So the long files begin early, one browser at a
time is driven, and where the two meet there is only little left to wait for.
"""

from __future__ import annotations

from pathlib import Path

from xdist.scheduler import LoadScopeScheduling

# What takes long, the longest last: it is begun first. Others count as quick.
LONG = (
    "tests/pages/inside/test_map.py",
    "tests/core/explain/test_counterfactual.py",
    "tests/core/runs/series/test_cluster.py",
    "tests/core/runs/test_places.py",
    "tests/pages/test_pages.py",
    "tests/core/runs/test_cut_off.py",
    "tests/pages/learn/test_page.py",
    "tests/pages/inside/test_page.py",
    "tests/core/strokes/test_pictures.py",
)


def place_in_row(file: Path, root: Path) -> int:
    """Where a test file stands: -1 for those of the browser, 0 for the quick, more for the long."""
    name = file.relative_to(root).as_posix()
    if name.startswith("tests/browser/"):
        return -1
    return LONG.index(name) + 1 if name in LONG else 0


class TwoEnds(LoadScopeScheduling):
    """Gives out whole files from both ends of the row."""

    def _split_scope(self, nodeid: str) -> str:
        return nodeid.split("::")[0]

    def _assign_work_unit(self, node) -> None:
        if node is not self.nodes[0]:
            self.workqueue.move_to_end(next(reversed(self.workqueue)), last=False)
        super()._assign_work_unit(node)
