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
        "Watch a program (*neural network*) learn from examples to read handwritten digits, then "
        "try it.",
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
    page = PAGES[name]
    title = APP_NAME if name == "home" else page.label
    st.set_page_config(
        page_title=APP_NAME if name == "home" else f"{page.label} · {APP_NAME}",
        page_icon="✏️",
        layout="wide" if wide else "centered",
    )
    _style()
    with st.sidebar:
        st.markdown(f"**✏️ {APP_NAME}**")
        for each in PAGES.values():
            link(each, each.label, each.icon)
    st.title(title, anchor=False)
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
    """Less empty space above the title, so that the first screen holds what the page is for."""
    st.html(
        """<style>
        .stMainBlockContainer { padding-top: 4rem; padding-bottom: 3rem; }
        .stMainBlockContainer h1 { padding: 0 0 0.25rem 0; }
        :has(> .st-key-beside) { min-width: min(100%, 22rem); }
        .stProgress div { transition: none !important; }
        [role="menuitem"] { height: auto; white-space: normal; }
        [role="menuitem"] * { white-space: normal !important; }
        [role="menu"] { max-width: calc(100vw - 2rem); }
        @media (max-width: 640px) {
            .stMainBlockContainer { padding: 3.75rem 1rem 2rem 1rem; }
            .stMainBlockContainer h1 { font-size: 1.8rem; }
        }
        </style>"""
    )
