"""How a run ended: its final exam or why it failed, and what to do now."""

from __future__ import annotations

import streamlit as st

from core.evaluation import Evaluation
from core.runs.snapshot import JobSnapshot, JobState
from pages.ui import shell
from pages.ui.train.settings_in_words import origin_of
from pages.ui.words.glossary import tip
from pages.ui.words.numbers import percent


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
