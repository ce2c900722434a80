"""What every page has: title, one sentence, navigation and the way on. It shows no content."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.errors import StreamlitPageNotFoundError

from pages.ui.frontend.components import component, source
from pages.ui.state import server
from pages.ui.state.address import address, is_exhibit, is_notes, is_presented
from pages.ui.widgets.choosing.network_picker import choose_network_in_use
from pages.ui.words.numbers import sentence, unmarked

APP_NAME = "Digit Lab"

# What no theme token says. A page is one pixel high until this style sheet is there, and unseen
# until reveal.js says that it is whole, down to the way on at its end (NEXT is the page that this
# leads to): what comes piece by piece would jump. Where there is no room for its words the
# navigation shows its icons alone; screen readers still have them.
STYLE = f"<style>{source('tokens.css')}{source('page.css')}</style>"

BARE_STYLE = (
    f"<style>{source('tokens.css')}"
    + """
.stApp .stAppHeader, .stApp .stMainMenu { display: none; }
.stApp .stMainBlockContainer { padding: 0.75rem 1rem; }
</style>"""
)

_reveal = component("reveal", scripts=("page_manners.js", "reveal.js"))


@dataclass(frozen=True)
class Page:
    """A page as the navigation knows it. `purpose` is the one sentence under its title, `next` the
    page that the way leads to.
    """

    path: str
    label: str
    icon: str
    purpose: str
    next: str


PAGES = {
    "home": Page(
        "app.py", "Home", ":material/home:", "Draw a digit. Watch a network read it.", "learn"
    ),
    "learn": Page(
        "pages/learn.py", "Learn", ":material/school:", "How a network learns to read.", "data"
    ),
    "data": Page(
        "pages/data.py",
        "Data",
        ":material/grid_view:",
        "The handwriting that a network learns from.",
        "train",
    ),
    "train": Page(
        "pages/train.py",
        "Train",
        ":material/model_training:",
        "Watch a network learn: its mistakes shrink.",
        "exam",
    ),
    "exam": Page(
        "pages/exam.py",
        "Exam",
        ":material/quiz:",
        "How many new digits does it read?",
        "inside",
    ),
    "inside": Page(
        "pages/inside.py",
        "Inside",
        ":material/frame_inspect:",
        "What its parts do, and why it answers so.",
        "predict",
    ),
    "predict": Page(
        "pages/predict.py",
        "Predict",
        ":material/draw:",
        "Draw, upload or photograph digits.",
        "runs",
    ),
    "runs": Page(
        "pages/runs.py",
        "Runs",
        ":material/leaderboard:",
        "Your networks. Choose one, or compare.",
        "exam",
    ),
    "room": Page(
        "pages/room.py",
        "Room",
        ":material/groups:",
        "Many phones draw. One network learns from all.",
        "learn",
    ),
}
OFF_THE_BAR = {"room"}  # found where it is needed
ICON = """<svg viewBox="0 0 32 32"><rect width="32" height="32" rx="6" fill="#161616"/><path
d="M9 8h14l-8 17M11 17h10" fill="none" stroke="#fff" stroke-width="3.5" stroke-linecap="round"
stroke-linejoin="round"/></svg>"""  # of the tab: a seven on an ink tile


@contextmanager
def page(name: str) -> Iterator[None]:
    """The page `name`, a key of PAGES, with all that stands around it. Fill it in a `with`."""
    here = PAGES[name]
    st.set_page_config(
        page_title=APP_NAME if name == "home" else f"{here.label} · {APP_NAME}",
        page_icon=ICON,
        layout="wide",
    )
    take_its_place()
    st.html(STYLE.replace("NEXT", here.next))
    if presented := is_presented():
        from pages.ui.present.bar import show_bar

        show_bar({name: each.path for name, each in PAGES.items()})
    with st.container(height=1, border=False, key="page"):  # until the style sheet is there
        # First, so that what the browser needs for it, and for all our components, comes early.
        _reveal(key="reveal", data={"page": here.next})
        if not presented:
            with st.container(key="navigation", horizontal=True, gap=None):
                for each in (PAGES[name] for name in PAGES if name not in OFF_THE_BAR):
                    link(each, each.label, each.icon)
        with st.container(key="heading", horizontal=True, vertical_alignment="center"):
            st.title(APP_NAME if name == "home" else here.label, anchor=False)
            if not presented:  # the presenter's bar says what to look at
                st.markdown(here.purpose)
            choose_network_in_use()
        if problem := server.server_problem():
            st.error(unmarked(problem), icon=":material/settings_alert:")
        yield


def take_its_place() -> None:
    """Show, in place of any page, the exhibit or the speaker's notes where the address says so."""
    if is_exhibit():
        from pages.ui.kiosk.exhibit import show_exhibit

        st.html(BARE_STYLE)
        show_exhibit()
        st.stop()
    if is_notes():
        from pages.ui.present.notes import show_notes

        st.html(BARE_STYLE)
        show_notes(PAGES)
        st.stop()


@contextmanager
def bare_page(name: str) -> Iterator[None]:
    """The page without anything around it: no way leads away from a phone in a room."""
    st.set_page_config(page_title=f"{PAGES[name].label} · {APP_NAME}", page_icon=ICON)
    take_its_place()
    st.html(BARE_STYLE)
    yield


def room_for_late() -> DeltaGenerator:
    """Room for what comes after the page stands: what lies below it is out of sight until then."""
    room = st.container(key="late")
    room.html("<span></span>")  # an empty one would not be there
    return room


def next_page(name: str, why: str, strong: bool = True) -> None:
    """The link at the end of a page: where to go next, and why; strong: nothing else leads on."""
    there = PAGES[name]
    label = f"Next: {there.label}"
    with st.container(key=f"way-on-{name}"):
        st.divider()
        link(there, f"**{label}**" if strong else label, ":material/arrow_forward:")
        st.caption(sentence(why))


def go(name: str) -> None:
    """Take the visitor to another page at once."""
    st.switch_page(PAGES[name].path, query_params=address())


def link(to: Page, label: str, icon: str) -> None:
    """A link that takes the visitor's run along."""
    try:
        st.page_link(to.path, label=label, icon=icon, query_params=address())
    except StreamlitPageNotFoundError:  # a page run by itself has no others to go to
        st.markdown(f"{icon} {label}")
