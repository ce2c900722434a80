"""How far a run is, how it ended, and what to do with it now."""

from __future__ import annotations

import streamlit as st

from core.evaluation import Evaluation
from core.runs.snapshot import JobSnapshot, JobState
from pages.ui import shell
from pages.ui.train.presets import origin_of
from pages.ui.words.glossary import tip
from pages.ui.words.numbers import counted, duration, percent

SAID = (JobState.PAUSED, JobState.STOPPED, JobState.FINISHED)  # by their own names


def show_run_progress(seen: JobSnapshot) -> None:
    """The bar, and under it the words."""
    if seen.state is JobState.PREPARING:
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
    """How a run that is over did, or why it failed."""
    if seen.state is JobState.FAILED:
        st.error(seen.message, icon=":material/error:")
        return
    if seen.state is JobState.STOPPED and seen.message:
        st.info(seen.message, icon=":material/stop_circle:")
    if seen.test:
        show_test(seen.test, origin_of(seen.config))
    if seen.save_error:
        st.warning(seen.save_error, icon=":material/save:")


def show_test(test: Evaluation, origin: str) -> None:
    """The final exam: accuracy with its interval, the number of images and where they are from."""
    low, high = test.interval
    left, right = st.columns([1, 3], vertical_alignment="center")
    left.metric("Test accuracy", percent(test.accuracy), help=tip("accuracy"))
    right.markdown(
        f"It read **{test.correct:,} of {test.images:,}** test images correctly. They are from "
        f"{origin} and were kept aside until now (*test set*). On other digits of this kind expect "
        f"{percent(low)} to {percent(high)} (*confidence interval*)."
    )


def offer_next() -> None:
    """What can be done with a network that has learned."""
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        st.markdown("**What now?**", width="content")
        for name, words in (
            ("exam", "See where it is wrong"),
            ("inside", "Look inside it"),
            ("predict", "Draw a digit for it"),
        ):
            page = shell.PAGES[name]
            shell.link(page, f"{words} ({page.label})", page.icon)
