"""What every page has: title, one sentence, navigation and the way on. It shows no content."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st
from streamlit.errors import StreamlitPageNotFoundError

from pages.ui.state import server
from pages.ui.state.address import address
from pages.ui.words.numbers import sentence

APP_NAME = "Digit Lab"


@dataclass(frozen=True)
class Page:
    """A page as the navigation knows it. `purpose` is the one sentence under its title."""

    path: str
    label: str
    icon: str
    purpose: str


PAGES = {
    "home": Page(
        "app.py",
        "Home",
        ":material/home:",
        "Draw a digit. Watch a network read it.",
    ),
    "learn": Page(
        "pages/learn.py",
        "Learn",
        ":material/school:",
        "Ten short lessons on how a network learns to read. Each has something to touch.",
    ),
    "data": Page(
        "pages/data.py",
        "Data",
        ":material/grid_view:",
        "Look at the handwritten digits that a network learns from, before it learns.",
    ),
    "train": Page(
        "pages/train.py",
        "Train",
        ":material/model_training:",
        "A network looks at thousands of digits here, and you watch its mistakes shrink.",
    ),
    "exam": Page(
        "pages/exam.py",
        "Exam",
        ":material/quiz:",
        "See how well a network reads digits that it has never seen, and where it is wrong.",
    ),
    "inside": Page(
        "pages/inside.py",
        "Inside",
        ":material/frame_inspect:",
        "Open a network and see what it looks at, what its parts do, and why it answers so.",
    ),
    "predict": Page(
        "pages/predict.py",
        "Predict",
        ":material/draw:",
        "Draw a digit with your mouse or finger, and see how a network reads it.",
    ),
}


def start_page(name: str, wide: bool = False) -> None:
    """The chrome of the page `name`, a key of PAGES. Call it first."""
    set_up(name, wide)
    show_heading(name)


def set_up(name: str, wide: bool = False, sidebar: str = "auto") -> None:
    """What stands around a page: its settings and the navigation at the side.

    sidebar: as for st.set_page_config.
    """
    page = PAGES[name]
    st.set_page_config(
        page_title=APP_NAME if name == "home" else f"{page.label} · {APP_NAME}",
        page_icon="✏️",
        layout="wide" if wide else "centered",
        initial_sidebar_state=sidebar,
    )
    _style()
    with st.sidebar:
        st.markdown(f"**✏️ {APP_NAME}**")
        for each in PAGES.values():
            link(each, each.label, each.icon)


def show_heading(name: str) -> None:
    """The title of a page and what it is for; what is wrong with the server, if anything is."""
    page = PAGES[name]
    st.title(APP_NAME if name == "home" else page.label, anchor=False)
    st.markdown(page.purpose)
    if problem := server.server_problem():
        st.error(problem, icon=":material/settings_alert:")


def next_page(name: str, why: str) -> None:
    """The one link at the end of a page: where to go next, and why."""
    page = PAGES[name]
    st.divider()
    link(page, f"**Next: {page.label}**", ":material/arrow_forward:")
    st.caption(sentence(why))


def go(name: str) -> None:
    """Take the visitor to another page at once."""
    st.switch_page(PAGES[name].path, query_params=address())


def link(page: Page, label: str, icon: str) -> None:
    """A link that takes the visitor's run along."""
    try:
        st.page_link(page.path, label=label, icon=icon, query_params=address())
    except StreamlitPageNotFoundError:  # a page run by itself has no others to go to
        st.markdown(f"{icon} {label}")


def _style() -> None:
    """What no theme token says. The space above and below a page is in .streamlit/config.toml."""
    st.html(
        """<style>
        .stMainBlockContainer h1 { padding: 0 0 0.25rem 0; }
        :has(> .st-key-beside) { min-width: min(100%, 22rem); }
        .stProgress div { transition: none !important; }
        [role="menuitem"] { height: auto; white-space: normal; }
        [role="menuitem"] * { white-space: normal !important; }
        [role="menu"] { max-width: calc(100vw - 2rem); }
        @media (max-width: 640px) {
            .stMainBlockContainer h1 { font-size: 1.8rem; }
        }
        </style>"""
    )
