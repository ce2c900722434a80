"""A run on the page: how far it is, its live chart, and how it ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core.charts.training import training_chart
from pages.ui import shell, state
from pages.ui.train.controls import origin_of
from pages.ui.widgets.live_plot import live_plot
from pages.ui.words.glossary import tip
from pages.ui.words.numbers import duration, percent

if TYPE_CHECKING:
    from core.evaluation import Evaluation
    from core.runs.job import JobSnapshot


def show_progress(seen: JobSnapshot) -> None:
    """The progress bar, with where the run stands and what remains, in words."""
    if seen.state == "preparing":
        st.progress(min(seen.share_prepared, 1.0), text=f"{seen.message or 'Getting ready'} …")
    elif seen.state == "waiting":
        ahead = seen.place_in_line - 1
        others = "You are next" if ahead < 1 else f"{ahead} {'run' if ahead == 1 else 'runs'} ahead"
        wait = duration(seen.waiting_seconds)
        text = f"Waiting for a free place on the server. {others}. Your turn comes in {wait}."
        st.progress(done(seen), text=text)
    else:
        st.progress(done(seen), text=progress_text(seen))


def done(seen: JobSnapshot) -> float:
    """The share of the run that is done, 0 to 1."""
    return seen.iteration / seen.total_iterations if seen.total_iterations else 0.0


def progress_text(seen: JobSnapshot) -> str:
    """For example: Epoch 2 of 3 · batch 512 of 1,290 · 620 batches a second · 1 second to go."""
    parts = [
        f"Epoch {max(seen.epoch, 1)} of {seen.config.epochs}",
        f"batch {seen.iteration:,} of {seen.total_iterations:,}",
    ]
    if seen.state == "paused":
        parts.append("paused")
    elif seen.state == "stopped":
        parts.append("stopped")
    elif seen.state == "finished":
        parts.append("finished")
    if seen.iterations_per_second:
        parts.append(f"{seen.iterations_per_second:,.0f} batches a second")
    if seen.remaining_seconds is not None:
        parts.append(f"{duration(seen.remaining_seconds)} to go")
    return " · ".join(parts)


def chart_options() -> tuple[int, bool]:
    """Over how many batches the strong line is averaged, and whether the axis is logarithmic."""
    with st.popover("Chart options", icon=":material/tune:"):
        smoothing = st.select_slider(
            "Smooth the strong line over so many batches",
            [1, 5, 10, 20, 50, 100, 200, 500],
            state.recall("smoothing", 20),
            key="smoothing",
        )
        log = st.toggle(
            "Logarithmic scale: small losses get more room", state.recall("log", False), key="log"
        )
    state.keep("smoothing", smoothing)
    state.keep("log", log)
    return smoothing, log


def show_chart(seen: JobSnapshot) -> None:
    """The loss of every batch and the validation scores, in a chart that grows in place."""
    left, right = st.columns([3, 1], vertical_alignment="center")
    left.markdown(
        "Pale line: how wrong the network is on each batch of images (**loss**). Strong line: the "
        "trend. Lower is better. Diamonds and dots: after each epoch it is tried on images that it "
        "does not learn from. The dots tell what share it reads (**accuracy**): higher is better."
    )
    with right:
        smoothing, log = chart_options()
    points = [(point.iteration, point.loss, point.accuracy) for point in seen.validation]
    images = seen.validation[-1].images if seen.validation else 0
    live_plot(
        training_chart(
            seen.losses,
            points,
            iterations_per_epoch=max(seen.iterations_per_epoch, 1),
            total_iterations=seen.total_iterations,
            validation_images=images,
            smoothing=smoothing,
            log=log,
            revision=seen.id,
        ),
        key="training-chart",
        height=380,
    )
    size = seen.config.batch_size
    st.caption(
        f"At each step (*iteration*) the network learns from {size:,} "
        f"{'image' if size == 1 else 'images'} (a *batch*). Once through all images is an "
        "*epoch*. The check on images held back, after each epoch, is the *validation*."
    )


def show_end(seen: JobSnapshot) -> None:
    """How a run that is over did, or why it failed."""
    if seen.state == "failed":
        st.error(seen.message, icon=":material/error:")
        return
    if seen.state == "stopped" and seen.message:
        st.info(seen.message, icon=":material/stop_circle:")
    if seen.test:
        show_test(seen.test, origin_of(seen.config))
    if seen.save_error:
        st.warning(seen.save_error, icon=":material/save:")


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
