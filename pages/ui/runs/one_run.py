"""One run: its name, its score, and what can be done with it."""

from __future__ import annotations

import html

import streamlit as st

from core.runs.kept.run import LONGEST_NAME, LONGEST_NOTE
from core.runs.kept.store import RunSummary
from pages.ui import shell
from pages.ui.runs.actions import NOT_YOURS, change, delete, go_on, use
from pages.ui.runs.compare.exams import exams_of
from pages.ui.runs.listing import is_going, is_mine
from pages.ui.state import server
from pages.ui.state.address import follow_run
from pages.ui.state.networks import first_to_ask
from pages.ui.state.visit import widget_value
from pages.ui.widgets.choosing.network_picker import in_use
from pages.ui.widgets.result_card import show_result, where_from
from pages.ui.words.glossary import tip
from pages.ui.words.numbers import counted
from pages.ui.words.settings import in_a_line


def show_run(run: RunSummary, start: int) -> None:
    """Everything about it; who only opened a link to it can look, and use its network.

    start: of the scale on which the list beside it shows all scores, in per cent.
    """
    remark = html.escape(run.label.note)
    st.html(
        f"<h2>{html.escape(run.name)}</h2>"
        f"<small>{html.escape(in_a_line(run.config))}</small>"
        + (f"<p>{remark}</p>" if remark else "")
    )
    if run.test:
        show_result(run.test, where_from(run.config.dataset), start=start)
    elif run.is_network_alone:
        show_measured(run, start)
    elif run.total_iterations:
        done = f"{run.iterations:,} of {counted(run.total_iterations, 'batch')}"
        st.markdown(f"It has sat no exam yet: {done} are done.")
    else:
        st.markdown("It is getting its digits ready.")
    offer_ways_on(run)
    if is_mine(run):
        show_label(run)
    else:
        st.caption(NOT_YOURS)


def show_measured(run: RunSummary, start: int) -> None:
    """Its file told no score: what it reads of the test images here."""
    if exams := exams_of([run]):
        show_result(exams.each[0].total, f"From {exams.label}, measured here", start=start)


def offer_ways_on(run: RunSummary) -> None:
    """Use it, look at it on Train, go on with it."""
    st.markdown(in_use())
    with st.container(horizontal=True, gap="small"):
        st.button(
            "Use this network",
            type="primary",
            icon=":material/arrow_forward:",
            on_click=use,
            args=(run.id,),
            key="use",
            disabled=first_to_ask().key == run.id,
        )
        label, icon = "Show on Train", ":material/model_training:"
        if st.button(label, icon=icon, key="show-on-train", disabled=run.is_network_alone):
            follow_run(run.id)
            shell.go("train")
        if not run.complete and is_mine(run):
            stopped = not is_going(run.id) and server.board().store.can_go_on(run.id)
            label, icon = "Go on", ":material/play_arrow:"
            if st.button(label, icon=icon, key="go-on", disabled=not stopped):
                if go_on(run):
                    shell.go("train")
                st.rerun()


def show_label(run: RunSummary) -> None:
    """Its name, a note and a pin, and how to be rid of it."""
    name, note = (f"run-{what}-{run.id}" for what in ("name", "note"))
    pinned = run.label.pinned
    with st.container(horizontal=True, gap="small"):
        with st.popover("Name and note", icon=":material/edit:"):
            st.text_input(
                "Name",
                run.name,
                max_chars=LONGEST_NAME,
                key=name,
                on_change=lambda: change(run, "name", widget_value(name)),
            )
            st.text_input(
                "Note",
                run.label.note,
                max_chars=LONGEST_NOTE,
                key=note,
                on_change=lambda: change(run, "note", widget_value(note)),
            )
        st.button(
            "Unpin" if pinned else "Pin",
            icon=":material/keep_off:" if pinned else ":material/keep:",
            help=tip("pin"),
            on_click=change,
            args=(run, "pinned", not pinned),
            key=f"run-pin-{run.id}",
        )
        st.button(
            "Delete",
            icon=":material/delete:",
            on_click=delete,
            args=(run,),
            key="delete",
            disabled=is_going(run.id),
        )
