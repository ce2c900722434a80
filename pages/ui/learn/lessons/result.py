"""Lesson 9: the curve of a real run, its noise and its trend; and a run that learns by heart."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from pages.ui import state
from pages.ui.learn.measured import measure_once
from pages.ui.learn.sources import grade, source

if TYPE_CHECKING:
    from core.data import DigitDataset
    from core.lessons.measures import OnShare, ShortRun

SPANS = [1, 2, 5, 10, 20, 50]


def measure() -> None:
    """Two short runs."""
    measure_once("result", "Two networks learn: one well, one by heart", _work, _show)


def _work(digits: DigitDataset, on_share: OnShare) -> dict[str, ShortRun]:
    from core.lessons.measures import BY_HEART, TUTORIAL, short_runs

    return short_runs(digits, {"tutorial": TUTORIAL, "by heart": BY_HEART}, on_share)


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
    from core.charts.lessons import noisy_curve

    span = st.select_slider("Average over the last so many batches", SPANS, 10)
    st.plotly_chart(
        noisy_curve(run.losses, span, ("Batch", "Loss")),
        key="tutorial-losses",
        config={"displayModeBar": False},
        alt=f"The loss of {len(run.losses)} batches falls from {run.losses[0]:.2f} to "
        f"{run.losses[-1]:.2f}, with noise",
    )
    st.markdown(f"At the end it read {grade(run.test)}.")
    st.caption(
        f"The tutorial network on {len(state.lesson_digits().train):,} images from {source()}, "
        f"{run.config.epochs} epochs of {len(run.losses) // run.config.epochs} batches. "
        "On Train you run it on all images."
    )


def _by_heart(run: ShortRun) -> None:
    from core.charts.lessons import curves

    epochs = list(range(1, run.config.epochs + 1))
    checks = [check.loss for check in run.checks]
    best = checks.index(min(checks))
    st.plotly_chart(
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
        config={"displayModeBar": False},
        alt=f"The training loss falls to {run.epoch_losses[-1]:.3f}. The validation loss is "
        f"lowest in epoch {best + 1} and ends at {checks[-1]:.2f}",
    )
    st.markdown(
        f"On its own images the loss fell to **{run.epoch_losses[-1]:.3f}**. On new ones it was "
        f"lowest after epoch {best + 1}, **{checks[best]:.2f}**; at the end it was "
        f"**{checks[-1]:.2f}** (*overfitting*, when it rises again). It read {grade(run.test)}."
    )
