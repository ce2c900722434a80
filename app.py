"""Home: the stage, on which a network reads what is drawn, and the way through the pages."""

import streamlit as st

from pages.ui import shell
from pages.ui.home.cards import show_cards
from pages.ui.home.ready import show_what_is_ready
from pages.ui.home.stage import layout_css, show_stage
from pages.ui.state import server

shell.set_up("home")
st.html(layout_css())
# One pixel high until the style sheet is there: what came earlier would have to jump to its place.
with st.container(height=1, border=False, key="home-page"):
    shell.show_heading("home")
    show_stage()
    show_cards()
    st.space("small")
    show_what_is_ready()
    shell.next_page("learn", "how can a program learn to read? Ten short lessons")
server.warm_up()  # for the first stroke
