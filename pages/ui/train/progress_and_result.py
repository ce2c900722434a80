"""How far a run is, how it ended, and what to do with it now."""

from __future__ import annotations

import html

import numpy as np
import streamlit as st

from core.charts.mosaics import weights_mosaic
from core.demonstration import recording
from core.exam.sitting import find_mistake
from core.model import first_weights
from core.runs.snapshot import JobSnapshot, JobState
from pages.ui import shell
from pages.ui.state import server
from pages.ui.state.networks import first_to_ask, network_of
from pages.ui.state.visit import visit
from pages.ui.widgets.choosing.network_picker import in_use
from pages.ui.widgets.result_card import Lead, show_leads, show_result, where_from
from pages.ui.widgets.spoken import speak
from pages.ui.widgets.stage.given import last_drawn
from pages.ui.widgets.take_home.offer import offer_to_take_home
from pages.ui.words.numbers import article, counted, duration, percent, unmarked

UNITS, COLUMNS = 12, 4  # of the first layer, on its picture
EASIER = ", easier than in practice"
WEIGHTS = "What its first layer looks for"

# Side by side, and below one another where there is no room for both.
RESULT = """<style>
.st-key-run-result { display: flex; flex-flow: row wrap; gap: 1rem 2.5rem; }
.st-key-run-result > * { flex: 1 1 20rem; min-width: 0; width: auto; }
</style>"""

SAID = (JobState.PAUSED, JobState.STOPPED, JobState.FINISHED)  # by their own names


def show_run_progress(seen: JobSnapshot) -> None:
    """The bar, and above it the words."""
    if seen.state is JobState.FAILED:
        st.markdown(f":material/error: {unmarked(seen.message)}")  # no box: it fits its room
    elif seen.state is JobState.PREPARING:
        st.progress(
            min(seen.share_prepared, 1.0), text=f"{unmarked(seen.message or 'Getting ready')} …"
        )
    elif seen.state is JobState.WAITING:
        st.progress(seen.share, text=waiting_in_words(seen))
    else:
        st.progress(seen.share, text=progress_in_words(seen))


def waiting_in_words(seen: JobSnapshot) -> str:
    """Its place in line, and when its turn comes."""
    ahead = seen.place_in_line - 1
    others = "You are next" if ahead < 1 else f"{counted(ahead, 'run')} ahead"
    wait = duration(seen.waiting_seconds)
    return f"Waiting for a free place on the server. {others}. Your turn comes in {wait}."


def progress_in_words(seen: JobSnapshot) -> str:
    """Who learns, how far it is, how long it will still take."""
    state = seen.state if seen.state in SAID else ""
    parts = [
        f"**{unmarked(seen.name)}**{'' if state else ' is learning'}: "
        f"round {max(seen.epoch, 1)} of {seen.config.epochs} (*epoch*), "
        f"batch {seen.iteration:,} of {seen.total_iterations:,}",
        state,
        seen.pending,
    ]
    if seen.remaining_seconds is not None:
        parts.append(f"{duration(seen.remaining_seconds)} to go")
    return " · ".join(part for part in parts if part)


def show_end(seen: JobSnapshot) -> None:
    """How a run that is over did; before that, what is still to come."""
    own_place = seen.state in (JobState.FAILED, JobState.PREPARING)
    said = [unmarked(seen.message)] if seen.message and not own_place else []
    if not (seen.state.over or seen.test):
        said.append(f"At its end or at **Stop**, **{unmarked(seen.name)}** sits its exam (*test*).")
        said.append(in_use(" on other pages until then"))
    if said:
        st.markdown(" ".join(said))
    if seen.test:
        easier = EASIER if seen.config.dataset == "generated" else ""
        named = f" <b>{html.escape(seen.name)}</b> is now in use: change it at the top."
        now_in_use = named if first_to_ask().key == seen.id else ""
        st.html(
            f"<div class=exam><strong>{html.escape(percent(seen.test.accuracy))}</strong>"
            f"<span>in its exam (<i>test</i>): {seen.test.correct:,} of {seen.test.images:,} new "
            f"digits{easier}.{now_in_use}</span></div>"
        )
    if seen.save_error:
        st.warning(unmarked(seen.save_error), icon=":material/save:")


def announce_end(seen: JobSnapshot) -> None:
    """Say that a run is over, to those who do not see it. Call it while the run goes on, too."""
    test = seen.test
    score = f" Of {test.images:,} new digits it reads {test.correct:,}." if test else ""
    speak(f"The run has {seen.state}.{score}" if seen.state.over else "", "run-said")


def offer_next(seen: JobSnapshot) -> None:
    """The result card of a run that is over, and three pictures that lead on."""
    st.html(RESULT)
    with st.container(key="run-result"):
        if seen.test:
            with st.container(key="run-card"):
                show_result(seen.test, where_from(seen.config.dataset))
        with st.container(key="run-leads"):
            show_leads(leads(seen))
            with st.container(horizontal=True, gap="small"):
                if network := network_of(seen.id):
                    offer_to_take_home(network, last_drawn())
                if st.button("All its files", icon=":material/folder_zip:", key="files-of-run"):
                    here = visit().looked_at
                    here.chosen, here.to_open = [seen.id], "home"
                    shell.go("runs")


def leads(seen: JobSnapshot) -> list[Lead]:
    """A mistake of this network, what its first layer looks for, and a digit to draw."""
    from pages.ui.train.at_work import digit_to_ask  # late: the canvas needs a server

    mistake, words, said, weights = server.kept().get_or_make(
        ("leads", seen.id, seen.iteration, server.in_memory(seen.config.dataset)),
        lambda: pictures_of(seen),
    )
    drawing = digit_to_ask()
    if drawing is None:
        drawing, drawn = recording.load().samples[0], "A digit that somebody wrote with a pen"
    else:
        drawn = "Your digit"
    return [
        Lead("exam", mistake, words, lambda: _link("exam", "A mistake"), said),
        Lead("inside", weights, WEIGHTS, lambda: _link("inside", "Look inside")),
        Lead("predict", drawing, drawn, lambda: _link("predict", "Draw")),
    ]


def _link(name: str, words: str) -> None:
    page = shell.PAGES[name]
    shell.link(page, words, page.icon)


def pictures_of(seen: JobSnapshot) -> tuple[np.ndarray | None, str, str, np.ndarray]:
    """A test image that the network misreads, or None, what it is and as what it is read; the
    weights of its first layer, uint8 (height, width, 3).
    """
    job = server.board().get(seen.id)
    model = job.network() if job else server.board().store.network(seen.id)
    weights = np.nan_to_num(first_weights(model))[:UNITS]
    sheet = weights_mosaic(weights, COLUMNS)
    if server.in_memory(seen.config.dataset):
        test = server.board().shelf.get(seen.config.dataset).test
        if found := find_mistake(model, test):
            number, answer = found
            label = int(test.labels[number])
            image = test.images[number].numpy()
            what = f"{article(label)} {label}"
            return image, f"A test image of {what}", f"{what}, read as {answer}", sheet
    return None, "Its exam", "", sheet
