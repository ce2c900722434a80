"""Below the list: what else there is to see and to do with the run, or the runs, that are chosen.

One section is open at a time, and only that one is made. To add one: a line in SECTIONS.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from core.runs.kept.store import RunSummary
from pages.ui.runs.compare.by_setting import show_by_setting
from pages.ui.runs.compare.drawing import show_drawing
from pages.ui.runs.compare.images import show_images
from pages.ui.runs.compare.names import distinct_names
from pages.ui.runs.compare.table import show_settings, show_table
from pages.ui.runs.rows import choose
from pages.ui.runs.take_home import show_take_home
from pages.ui.state.visit import put_widget_value, visit
from pages.ui.widgets.choosing.choice import choose_one
from pages.ui.words.numbers import unmarked

Runs = list[RunSummary]


@dataclass(frozen=True)
class Section:
    """What stands on its button, and what shows it: `show(chosen, all that are listed)`."""

    label: str
    show: Callable[[Runs, Runs], None]


def show_settings_of(chosen: Runs) -> None:
    """Of one all of them, of several those in which they differ."""
    show_settings(chosen[0]) if len(chosen) == 1 else show_table(chosen)


def show_hard_images(chosen: Runs) -> None:
    """On which they differ, which takes two."""
    if len(chosen) > 1:
        show_images(chosen)
    else:
        st.markdown("Tick a second network: here stand the digits that only one of them reads.")


def take_home(chosen: Runs) -> None:
    """The files of one; of several, which one."""
    if len(chosen) == 1:
        show_take_home(chosen[0])
        return
    st.markdown("Files are of one network. Which of these?")
    with st.container(horizontal=True, gap="small"):
        for run, name in zip(chosen, distinct_names(chosen), strict=True):
            st.button(unmarked(name), on_click=choose, args=(run.id,), key=f"home-of-{run.id}")


SECTIONS = {
    "settings": Section("Settings", lambda chosen, listed: show_settings_of(chosen)),
    "images": Section("Hard images", lambda chosen, listed: show_hard_images(chosen)),
    "draw": Section("Draw", lambda chosen, listed: show_drawing(chosen)),
    "home": Section("Take home", lambda chosen, listed: take_home(chosen)),
    "by-setting": Section("By setting", lambda chosen, listed: show_by_setting(listed)),
}
KEY = "runs-more-section"


def show_sections(chosen: Runs, listed: Runs) -> None:
    """The row of buttons, and the section that is open."""
    names = {key: section.label for key, section in SECTIONS.items()}
    st.divider()
    here = visit().looked_at
    if here.to_open:
        put_widget_value(KEY, here.to_open)
        here.to_open = ""
    SECTIONS[choose_one("More", names, KEY, show_label=False)].show(chosen, listed)
