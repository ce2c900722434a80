"""Home: what this is, a canvas to try at once, and the way through the pages."""

import streamlit as st

from pages.ui import shell, state
from pages.ui.canvas import drawing_box
from pages.ui.reading import read_drawing

shell.start_page("home")


@st.fragment
def try_at_once() -> None:
    """A canvas, answered by the network that ships with the app."""
    left, right = st.columns([5, 6], gap="medium")
    with left:
        drawing = drawing_box("home")
    with right:
        read_drawing(drawing, state.networks()[0], "Draw a digit from 0 to 9 in the white box.")


try_at_once()
shell.next_page("train", "watch a network learn this from nothing")
