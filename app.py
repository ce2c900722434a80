"""Home: the stage, on which a network reads what is drawn, and the way through the pages."""

import streamlit as st

from pages.ui import shell
from pages.ui.home.cards import show_cards
from pages.ui.home.ready import show_what_is_ready
from pages.ui.home.stage import show_home_stage
from pages.ui.state import server
from pages.ui.widgets.stage.show import layout_css

with shell.page("home"):
    st.html(layout_css(above="11.5rem"))
    show_home_stage()
    show_cards()
    st.space("small")
    show_what_is_ready()
    shell.next_page("learn", "how can a program learn to read? Ten short lessons")
    server.warm_up()  # for the first stroke
