"""Lesson 9: the curve of a real run, its noise and its trend; and a run that learns by heart."""

from __future__ import annotations

import streamlit as st

from core.charts.lessons.lines import curves, noisy_curve
from core.lessons.comparisons import compare_by_heart
from core.lessons.short_runs import ShortRun
from pages.ui.learn.lesson_parts import grade, measure_once, show_chart, source
from pages.ui.state import server

SPANS = [1, 2, 5, 10, 20, 50]


def show() -> None:
    """Two short runs."""
    measure_once("result", "Two networks learn: one well, one by heart", compare_by_heart, _show)


def _show(runs: dict[str, ShortRun]) -> None:
    """A tutorial run, then one that overfits."""
    _tutorial(runs["tutorial"])
    config = runs["by heart"].config
    st.markdown(
        f"**A run that learns by heart.** It got only {config.training_images} images, and saw "
        f"them {config.epochs} times:"
    )
    _by_heart(runs["by heart"])


@st.fragment
def _tutorial(run: ShortRun) -> None:
    span = st.select_slider("Average over the last so many batches", SPANS, 10)
    show_chart(
        noisy_curve(run.losses, span, ("Batch", "Loss")),
        key="tutorial-losses",
        alt=f"The loss of {len(run.losses)} batches falls from {run.losses[0]:.2f} to "
        f"{run.losses[-1]:.2f}, with noise",
    )
    st.markdown(f"At the end it read {grade(run.test)}.")
    st.caption(
        f"The tutorial network on {len(server.lesson_digits().train):,} images from {source()}, "
        f"{run.config.epochs} epochs of {len(run.losses) // run.config.epochs} batches. "
        "On Train you run it on all images."
    )


def _by_heart(run: ShortRun) -> None:
    epochs = list(range(1, run.config.epochs + 1))
    checks = [check.loss for check in run.checks]
    best = run.best_epoch
    show_chart(
        curves(
            {
                f"its own {run.config.training_images} images (training loss)": (
                    epochs,
                    run.epoch_losses,
                ),
                f"{run.checks[0].images:,} new images (validation loss)": (epochs, checks),
            },
            ("Epoch", "Loss"),
        ),
        key="by-heart",
        alt=f"The training loss falls to {run.epoch_losses[-1]:.3f}. The validation loss is "
        f"lowest in epoch {best} and ends at {checks[-1]:.2f}",
    )
    st.markdown(
        f"On its own images the loss fell to **{run.epoch_losses[-1]:.3f}**. On new ones it was "
        f"lowest after epoch {best}, **{checks[best - 1]:.2f}**; at the end it was "
        f"**{checks[-1]:.2f}** (*overfitting*, when it rises again). It read {grade(run.test)}."
    )
