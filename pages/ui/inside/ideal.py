"""The ideal digit: what the network would most like to see for each answer, as a film from noise.

How it is played is in pages/ui/frontend/ideal.js.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import streamlit as st

from core.explain.ideal import IdealDigits, ideal_digits
from core.gallery.averages import averages
from core.gallery.samples import counts
from pages.ui.frontend.components import component
from pages.ui.inside.subject import Subject
from pages.ui.state import server
from pages.ui.widgets.digits.pictures import picture
from pages.ui.widgets.task import wait_for
from pages.ui.words.numbers import article, sureness

HTML = """<div class="ideal"><div class="bar"><button type="button">Pause</button>
<input type="range" min="0" value="0" aria-label="Step on the way from noise"><output></output>
</div><div class="ten"></div></div>"""

_component = component("ideal", HTML)


@st.fragment
def show_ideal(subject: Subject) -> None:
    """The ten ideal digits on their way from noise, above the average real ones."""
    st.markdown(
        "**Upper pictures: what makes the network surest** of each answer, step by step from noise "
        f"(up the *gradient*). **Lower ones: the average real digit** of {subject.digits_label}."
    )
    smooth = st.toggle(
        "Blur and fade a little after each step",
        value=True,
        key="inside-ideal-smooth",
        persist_state="session",
    )
    ideal = get_ideal(subject, smooth)
    if ideal is None:
        return
    means, counts = get_averages(subject)
    _component(key="inside-ideal", data=film(ideal, means, counts))


def get_ideal(subject: Subject, smooth: bool) -> IdealDigits | None:
    """The ideal digits, found once for everybody; None, and why, where there are none."""
    key = ("inside-ideal", subject.key, smooth)
    return wait_for(
        key,
        "Looking for what the network likes",
        lambda task: ideal_digits(subject.model, smooth, task.tell),
        icon="image_not_supported",
    )


def get_averages(subject: Subject) -> tuple[np.ndarray, np.ndarray]:
    """The average real digits, float32 (10, 28, 28) in [0, 1], and of how many each is one."""
    train = subject.digits.train
    key = ("inside-averages", subject.digits_key)
    return server.kept().get_or_make(
        key, lambda: (averages(train).mean.numpy(), counts(train.labels).numpy())
    )


def film(ideal: IdealDigits, means: np.ndarray, counts: np.ndarray) -> dict[str, Any]:
    """What the browser plays. means: float (10, 28, 28) in [0, 1]; counts: int (10,).

    The pictures of a step stand side by side, the steps one below the other.
    """
    return {
        "steps": ideal.steps,
        "sheet": picture(side_by_side(ideal.images)),
        "shares": ideal.probabilities.round(4).tolist(),
        "sure": [[sureness(share) for share in step] for step in ideal.probabilities],
        "average": picture(side_by_side(means[None])),
        "names": [
            f"The average of {count:,} real digits that are {article(digit)} {digit}"
            for digit, count in enumerate(counts.tolist())
        ],
    }


def side_by_side(images: np.ndarray) -> np.ndarray:
    """Rows of images, float (K, 10, 28, 28), without gaps: float (28 K, 280)."""
    rows, columns, height, width = images.shape
    return images.transpose(0, 2, 1, 3).reshape(rows * height, columns * width)
