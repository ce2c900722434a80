"""Learn: ten short lessons, each with something to touch, and the list of all words."""

import streamlit as st

from core.machine.tuning import let_the_page_appear
from pages.ui import shell
from pages.ui.learn.frame import show_lessons
from pages.ui.words.glossary import show_glossary

with shell.page("learn"):
    fill_lesson = show_lessons()
    words = st.expander("All words explained", key="all-words", on_change="rerun")
    if words.open:  # a hundred lines and a box to search in: they make a page slow to appear
        with words:
            show_glossary()
    shell.next_page("data", "look at the digits that a network learns from")
    let_the_page_appear()
    fill_lesson()  # last, since it may take seconds: importing torch, training networks
