"""Below the list: what else there is to see and to do with the run, or the runs, that are chosen.

One section is open at a time, and only that one is made. To add one: a line in ONE or SEVERAL.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from core.runs.kept.store import RunSummary
from pages.ui.runs.compare.by_setting import show_by_setting
from pages.ui.runs.compare.drawing import show_drawing
from pages.ui.runs.compare.images import show_images
from pages.ui.runs.compare.table import show_settings, show_table
from pages.ui.runs.take_home import show_take_home
from pages.ui.widgets.choosing.choice import choose_one

Runs = list[RunSummary]


@dataclass(frozen=True)
class Section:
    """What stands on its button, and what shows it: `show(chosen, all that are listed)`."""

    label: str
    show: Callable[[Runs, Runs], None]


DRAW = Section("Draw", lambda chosen, listed: show_drawing(chosen))
BY_SETTING = Section("By setting", lambda chosen, listed: show_by_setting(listed))

ONE = {
    "settings": Section("Settings", lambda chosen, listed: show_settings(chosen[0])),
    "draw": DRAW,
    "home": Section("Take home", lambda chosen, listed: show_take_home(chosen[0])),
    "by-setting": BY_SETTING,
}
SEVERAL = {
    "table": Section("Settings", lambda chosen, listed: show_table(chosen)),
    "images": Section("Hard images", lambda chosen, listed: show_images(chosen)),
    "draw": DRAW,
    "by-setting": BY_SETTING,
}


def show_sections(chosen: Runs, listed: Runs) -> None:
    """The row of buttons, and the section that is open."""
    sections = ONE if len(chosen) == 1 else SEVERAL
    names = {key: section.label for key, section in sections.items()}
    st.divider()
    key = "runs-section-one" if sections is ONE else "runs-section-several"
    sections[choose_one("More", names, key, show_label=False)].show(chosen, listed)
