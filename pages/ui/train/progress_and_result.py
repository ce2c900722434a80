"""How far a run is, how it ended, and what to do with it now."""

from __future__ import annotations

import streamlit as st

from core.evaluation import Evaluation
from core.runs.snapshot import JobSnapshot, JobState
from pages.ui import shell
from pages.ui.train.presets import origin_of
from pages.ui.words.numbers import counted, duration, percent

SAID = (JobState.PAUSED, JobState.STOPPED, JobState.FINISHED)  # by their own names


def show_run_progress(seen: JobSnapshot) -> None:
    """The bar, and above it the words."""
    if seen.state is JobState.FAILED:
        st.error(seen.message, icon=":material/error:")
    elif seen.state is JobState.PREPARING:
        st.progress(min(seen.share_prepared, 1.0), text=f"{seen.message or 'Getting ready'} …")
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
    """For example: Epoch 2 of 3 · batch 512 of 1,290 · 620 batches a second · 1 second to go."""
    parts = [
        f"Epoch {max(seen.epoch, 1)} of {seen.config.epochs}",
        f"batch {seen.iteration:,} of {seen.total_iterations:,}",
    ]
    if seen.state in SAID:
        parts.append(str(seen.state))
    if seen.iterations_per_second:
        parts.append(f"{seen.iterations_per_second:,.0f} batches a second")
    if seen.remaining_seconds is not None:
        parts.append(f"{duration(seen.remaining_seconds)} to go")
    return " · ".join(parts)


def show_end(seen: JobSnapshot) -> None:
    """How a run that is over did; before that, what is still to come."""
    said = [seen.message] if seen.state is JobState.STOPPED and seen.message else []
    if test := seen.test:
        said.append(
            f"It read **{test.correct:,} of {test.images:,}** test images correctly: "
            f"**{percent(test.accuracy)}** (*test accuracy*)."
        )
    elif not seen.state.over:
        said.append("At the end it sits an exam, on digits kept aside until then (*test set*).")
    if said:
        st.markdown(" ".join(said))
    if seen.save_error:
        st.warning(seen.save_error, icon=":material/save:")


def offer_next(seen: JobSnapshot) -> None:
    """What the result means, and what can be done with a network that has learned."""
    if seen.test:
        st.caption(about_test(seen.test, origin_of(seen.config)))
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        st.markdown("**What now?**", width="content")
        for name, words in (
            ("exam", "See where it is wrong"),
            ("inside", "Look inside it"),
            ("predict", "Draw a digit for it"),
        ):
            page = shell.PAGES[name]
            shell.link(page, f"{words} ({page.label})", page.icon)


def about_test(test: Evaluation, origin: str) -> str:
    """Where the images of the final exam are from, and the interval of the accuracy."""
    low, high = test.interval
    return (
        f"The test images are from {origin} and were kept aside until now (*test set*). On other "
        f"digits of this kind expect {percent(low)} to {percent(high)} (*confidence interval*)."
    )
