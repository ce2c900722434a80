"""The datasets by name, and which are at hand: known before torch is loaded, so a page can ask."""

from __future__ import annotations

from pathlib import Path

from core.datasets import generated, mnist
from core.machine.storage import data_folder

# Of each: `load`, which gets or makes it, `is_here`, which only looks, and its `writer_names`.
SOURCES = {"mnist": mnist, "generated": generated}


def is_at_hand(name: str, root: Path | None = None) -> bool:
    """Whether "mnist" or "generated" can be loaded from `root` without fetching or making it; of
    other names nothing is known here.

    root: default `data_folder()`. Looks at names only: what is damaged is noticed when it is read.
    """
    return name in SOURCES and SOURCES[name].is_here(root or data_folder())
