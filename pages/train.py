"""Train: choose what to learn from, start, watch it learn batch by batch, step, stop, go back."""

from __future__ import annotations

import streamlit as st

from core.machine.tuning import import_torch, let_the_page_appear
from pages.ui import shell
from pages.ui.state import server
from pages.ui.state.address import current_run_id, lesson_behind, open_lesson
from pages.ui.state.networks import current_job
from pages.ui.state.visit import visit
from pages.ui.train.before import bring_what_is_missing, show_before
from pages.ui.train.begin import begin_what_is_wanted
from pages.ui.train.buttons import transport_bar
from pages.ui.train.room import keep_room
from pages.ui.train.settings.build_your_own import build_your_own, show_cost
from pages.ui.train.settings.presets import choose_what_to_train
from pages.ui.words.glossary import offer_glossary
from pages.ui.words.numbers import unmarked

WORDS = (
    *("batch", "epoch", "loss", "accuracy", "practice exam", "exam", "hidden layer", "unit"),
    *("weight", "activation", "optimiser", "learning rate", "overfitting", "seed"),
)


def lead_back(lesson: int) -> None:
    """For whoever came from a lesson to do its experiment."""
    label = f"Back to lesson {lesson}"
    if st.button(label, type="tertiary", icon=":material/arrow_back:", key="back-to-lesson"):
        open_lesson(lesson)
        shell.go("learn")


begin_what_is_wanted()
with shell.page("train"):
    keep_room()
    if lesson := lesson_behind():
        lead_back(lesson)
    bar, notices = st.container(), st.container()
    run_id, job = current_run_id(), current_job()
    going = job if job and not job.over else None
    config = choose_what_to_train(going.config if going else None)
    with bar:
        transport_bar(going)
    with st.container():  # there without the panel too: what is below keeps its place in the page
        cost = None if going else build_your_own(config)
    if notice := visit().notice:
        notices.error(unmarked(notice), icon=":material/error:")
        visit().notice = ""
    if run_id:
        import_torch()
        from pages.ui.train.watch import show_run  # late: it needs torch

        show_run(run_id)
    else:
        show_before(config)
    offer_glossary(WORDS)
    shell.next_page("exam", "see how well your network reads, and where it is wrong")
    server.warm_up()  # for the first start
    if cost:  # last, since the first time torch has to be imported for it
        let_the_page_appear()
        with cost:
            show_cost(config)
    if not run_id and not notice:  # which would be gone
        bring_what_is_missing(config)
