"""Exam: how good a network is, where it is wrong, how sure it is, and what unsettles it."""

import streamlit as st

from core.machine.tuning import let_the_page_appear
from pages.ui import shell
from pages.ui.exam.digit_choice import choose_digits
from pages.ui.exam.sections import examine, section_names, show
from pages.ui.state.networks import first_to_ask
from pages.ui.state.own_digits import remember
from pages.ui.widgets.choice import choose_one

with shell.page("exam"):
    network = first_to_ask()
    name = choose_digits()
    score = st.container()
    section = choose_one("Look at", section_names(), "exam-section", show_label=False)
    content = st.container()
    remember()
    shell.next_page("inside", "see what the network looks at when it answers")
    let_the_page_appear()
    with score:  # last, since it may take seconds: importing torch, reading 10,000 images
        sitting = examine(network, name)
    with content:
        show(section, network, sitting)
