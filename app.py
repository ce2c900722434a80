"""Home: what this is, a canvas to try at once, the way through the pages, and where you stand."""

import streamlit as st

from pages.ui import shell
from pages.ui.home.ready import show_what_is_ready
from pages.ui.home.way import show_way
from pages.ui.state import server
from pages.ui.state.networks import networks
from pages.ui.widgets.canvas import drawing_box
from pages.ui.widgets.reading import read_drawing


@st.fragment
def try_at_once() -> None:
    """A canvas, answered by the network that ships with the app or the visitor's own."""
    left, right = st.columns([5, 6], gap="medium")
    with left:
        drawing = drawing_box("home")
    with right:
        read_drawing(
            drawing,
            networks()[0],
            "A network that has learned already is waiting. Draw a digit from 0 to 9 in the white "
            "box: its answer appears here at once.",
        )


shell.start_page("home")
try_at_once()
st.subheader("What you can do here", anchor=False)
show_way()
st.subheader("What is ready", anchor=False)
show_what_is_ready()
shell.next_page("learn", "how can a program learn to read? Ten short lessons")
server.warm_up()  # for the first stroke
