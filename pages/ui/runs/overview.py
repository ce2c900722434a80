"""The page below its title: the list on one side, beside it what is chosen, more about it below."""

from __future__ import annotations

import streamlit as st

from core.config import PRESETS
from core.runs.kept.store import Damaged, RunSummary
from pages.ui import shell
from pages.ui.runs.actions import offer_undo, take_problem, undo
from pages.ui.runs.bring_back import offer_bring_back
from pages.ui.runs.compare.curves import show_curves
from pages.ui.runs.compare.verdict import show_verdict
from pages.ui.runs.list_of_runs import show_list
from pages.ui.runs.listing import Listed, runs_to_show
from pages.ui.runs.one_run import show_run
from pages.ui.runs.rows import layers_of, scale_of
from pages.ui.runs.sections import show_sections
from pages.ui.state.address import current_run_id
from pages.ui.state.visit import visit
from pages.ui.widgets.result_card import CARD, coming_html, drawn
from pages.ui.words.numbers import unmarked

STYLE = """<style>
.st-key-runs-detail { min-height: 25rem; }
.st-key-runs-verdict { min-height: 17rem; }
.st-key-runs-more { min-height: 26rem; }
.st-key-runs-none { animation: come 0s 1s both; }
.rows-to-come { list-style: none; margin: 0; padding: 0; }
.rows-to-come li { display: grid; grid-template-columns: 4rem 1fr 2rem; gap: 1rem; margin: 0;
  align-items: center; min-height: 4rem; border-top: var(--card-frame); }
.rows-to-come .drawn { height: 2rem; opacity: 0.5; background: currentColor;
  mask: var(--drawn) left / contain no-repeat; }
@keyframes come { from { visibility: hidden; } }
:is(.st-key-runs-detail, .st-key-runs-verdict) :is(h2, p) { padding: 0; margin: 0 0 0.25rem;
  overflow-wrap: anywhere; }
</style>"""


def show_runs() -> None:
    """Everything, or the way to a first run."""
    st.html(STYLE)
    listed, problem = runs_to_show(), take_problem()
    if not listed.runs:
        show_way_to_first()
        offer_bring_back()
        show_what_happened(problem)
        show_damaged(listed.damaged)
        return
    chosen = chosen_among(listed)
    rows, detail = st.columns([11, 9], gap="medium")
    with rows:
        show_list(chosen, listed)
        show_damaged(listed.damaged)
    with detail, st.container(key="runs-detail"):
        if len(chosen) == 1:
            show_run(chosen[0], scale_of(listed.runs))
            show_what_happened(problem)  # last, so that nothing moves
            verdict = None
        else:
            show_what_happened(problem)
            verdict = st.container(key="runs-verdict")
            show_curves(chosen)
    with st.container(key="runs-more"):
        show_sections(chosen, listed.runs)
    if verdict:
        with verdict:  # last, since exams may have to be sat for it
            show_verdict(chosen)


def chosen_among(listed: Listed) -> list[RunSummary]:
    """Those that were taken; else the one that a link leads to, or that is followed; else the
    newest."""
    known = {run.id: run for run in listed.runs}
    taken = [known[each] for each in visit().looked_at.chosen if each in known]
    return taken or [known.get(current_run_id()) or listed.runs[0]]


def show_way_to_first() -> None:
    """Nothing is kept yet. Seen after a second: the browser may only now be saying whose it is."""
    with st.container(key="runs-none"):
        st.markdown("Nothing is kept here yet: train a network, and it waits for you.")
        train = shell.PAGES["train"]
        shell.link(train, "**Train a network**", train.icon)
        rows, detail = st.columns([11, 9], gap="medium")
        rows.html(rows_to_come_html())
        detail.html(CARD + coming_html())


def rows_to_come_html() -> str:
    """What the list will look like: of three networks that could be trained, no score yet."""
    rows = "".join(
        f"<li>{drawn(layers_of(each.config), 'network')}{each.label}<b>?</b></li>"
        for each in list(PRESETS.values())[:3]
    )
    return f'<ul class="rows-to-come" aria-hidden="true">{rows}</ul>'


def show_what_happened(problem: str) -> None:
    """A problem, if there was one; and the way back for what was deleted last."""
    if problem:
        st.error(unmarked(problem), icon=":material/error:")
    if deleted := visit().looked_at.deleted:
        run_id, name = deleted
        offer_undo(name, undo, run_id)


def show_damaged(damaged: list[Damaged]) -> None:
    """What cannot be read, and why; nobody deletes it unasked."""
    for each in damaged:
        st.warning(f"{unmarked(str(each))} Nothing of it was deleted.", icon=":material/warning:")
