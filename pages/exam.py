"""Exam in three questions: how good is a network, where is it wrong, and can you beat it?"""

import streamlit as st

from core.machine.tuning import let_the_page_appear
from pages.ui import shell
from pages.ui.exam.digit_choice import choose_digits
from pages.ui.exam.sections import SECTIONS, keep_room, show
from pages.ui.state import owner
from pages.ui.state.networks import first_to_ask
from pages.ui.state.own_digits import remember
from pages.ui.widgets.choosing.choice import choose_one

with shell.page("exam"):
    network = first_to_ask()
    with st.container(horizontal=True, vertical_alignment="center"):
        section = choose_one("Look at", SECTIONS, "exam-section", show_label=False)
        name = choose_digits()
    content = keep_room()
    remember()
    owner.remember()
    shell.next_page("inside", "see what the network looks at when it answers")
    let_the_page_appear()
    with content:  # last, since it may take seconds: importing torch, reading 10,000 images
        show(section, network, name)
