"""Lesson 9: the curve of a real run, its noise and its trend; and a run that learns by heart."""

from __future__ import annotations

import streamlit as st

from core.charts.lessons.lines import curves, noisy_curve
from core.charts.parts import LOSS
from core.lessons.comparisons import run_by_heart, tutorial_run
from core.lessons.short_runs import ShortRun
from pages.ui.learn.lesson_parts import grade, learned_from, measure_once
from pages.ui.widgets.live_plot import show_chart
from pages.ui.words.numbers import counted

SPANS = [1, 2, 5, 10, 20, 50]


def show() -> None:
    """A tutorial run."""
    measure_once("result", "A network learns", tutorial_run, _tutorial)


def reveal() -> None:
    """A run that overfits."""
    measure_once("by heart", "A network learns by heart", run_by_heart, _by_heart)


@st.fragment
def _tutorial(run: ShortRun) -> None:
    span = st.select_slider(
        "Smooth the curve: each point is the mean of",
        SPANS,
        1,
        format_func=lambda each: counted(each, "batch"),
    )
    show_chart(
        noisy_curve(run.losses.tolist(), span, (f"Batch ({learned_from(run)})", LOSS)),
        key="tutorial-losses",
        alt=f"The loss of {len(run.losses)} batches falls from {run.losses[0]:.2f} to "
        f"{run.losses[-1]:.2f}, with noise",
    )
    st.markdown(f"It read {grade(run.test)}.")


def _by_heart(run: ShortRun) -> None:
    epochs = list(range(1, run.config.epochs + 1))
    checks = [check.loss for check in run.checks]
    best = run.best_epoch
    show_chart(
        curves(
            {"its own": (epochs, run.epoch_losses), "new ones": (epochs, checks)},
            ("Epoch", LOSS),
        ),
        key="by-heart",
        alt=f"The training loss falls to {run.epoch_losses[-1]:.3f}. The validation loss is "
        f"lowest in epoch {best} and ends at {checks[-1]:.2f}",
    )
    st.markdown(
        f"Its own: **{run.epoch_losses[-1]:.3f}**. New ones: at best **{checks[best - 1]:.2f}**, "
        f"after epoch {best}; at the end **{checks[-1]:.2f}**. It reads {grade(run.test)}."
    )
    st.caption(f"Learned from {learned_from(run)}.")
