"""The page below its title: the rows on one side, beside them the run or the runs chosen."""

from __future__ import annotations

import html

import streamlit as st

from core.runs.kept.store import Damaged, RunSummary
from pages.ui import shell
from pages.ui.runs.actions import undo
from pages.ui.runs.bring_back import offer_bring_back
from pages.ui.runs.compare import show_comparison, show_table
from pages.ui.runs.listing import ORDERS, in_order, runs_to_show
from pages.ui.runs.one_run import show_run
from pages.ui.runs.rows import show_rows
from pages.ui.runs.take_home import show_take_home
from pages.ui.state.visit import visit
from pages.ui.widgets.choice import choose_one
from pages.ui.words.numbers import unmarked

STYLE = """<style>
.st-key-runs-detail { min-height: 30rem; }
.st-key-runs-detail :is(h3, p) { padding: 0; margin: 0 0 0.25rem; overflow-wrap: anywhere; }
.st-key-runs-table div:has(> table) { overflow-x: auto; }
.st-key-runs-table :is(th, td) { padding: 0.3rem 1.25rem 0.3rem 0; text-align: left;
  vertical-align: top; }
.st-key-runs-table th { max-width: 10rem; overflow-wrap: anywhere; }
.st-key-runs-table th:first-child { min-width: 7.5rem; font-weight: 400; }
</style>"""


def show_runs() -> None:
    """Everything, or the way to a first run."""
    st.html(STYLE)
    runs, damaged = runs_to_show()
    if runs:
        with st.container(horizontal=True, gap="small"):
            order = choose_one("Order", ORDERS, "runs-order", show_label=False)
            offer_bring_back()
        show_list(in_order(runs, order), damaged)
    else:
        show_way_to_first()
        offer_bring_back()
        show_what_happened()
        show_damaged(damaged)


def show_list(runs: list[RunSummary], damaged: list[Damaged]) -> None:
    """The rows, and what is chosen among them; the first where nothing is."""
    known = {run.id: run for run in runs}
    chosen = [known[each] for each in visit().looked_at.chosen if each in known] or runs[:1]
    rows, detail = st.columns([11, 9], gap="medium")
    with rows:
        show_rows(runs, [run.id for run in chosen])
        show_damaged(damaged)
    with detail, st.container(key="runs-detail"):
        if len(chosen) == 1:
            show_run(chosen[0])
            show_what_happened()  # last, so that nothing moves
        else:
            show_what_happened()
            show_comparison(chosen)
    if len(chosen) > 1:
        show_table(chosen)
    else:
        show_take_home(chosen[0])


def show_way_to_first() -> None:
    """Nothing is kept yet."""
    st.markdown("Nothing is kept here yet: train a network, and it waits for you.")
    train = shell.PAGES["train"]
    shell.link(train, "**Train a network**", train.icon)


def show_what_happened() -> None:
    """Why something could not be done, once; and the way back for what was deleted last."""
    here = visit().looked_at
    if here.problem:
        st.error(unmarked(here.problem), icon=":material/error:")
        here.problem = ""
    if here.deleted:
        run_id, name = here.deleted
        with st.container(horizontal=True, vertical_alignment="center", key="runs-deleted"):
            st.html(f"{html.escape(name)} is deleted.", width="content")
            st.button("Undo", icon=":material/undo:", on_click=undo, args=(run_id,), key="undo")


def show_damaged(damaged: list[Damaged]) -> None:
    """What cannot be read, and why; nobody deletes it unasked."""
    for each in damaged:
        st.warning(f"{unmarked(str(each))} Nothing of it was deleted.", icon=":material/warning:")
