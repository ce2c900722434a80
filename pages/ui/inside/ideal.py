"""The ideal digit: what the network would most like to see for each answer."""

from __future__ import annotations

import numpy as np
import streamlit as st

from core.explain.ideal import IdealDigits, ideal_digits
from core.gallery.averages import averages
from core.gallery.samples import counts
from pages.ui.inside.subject import Subject
from pages.ui.state import server
from pages.ui.widgets.pictures import picture
from pages.ui.widgets.task import wait_for
from pages.ui.words.numbers import percent, sureness

STYLE = """<style>
.ideal { display: grid; grid-template-columns: repeat(10, minmax(0, 1fr)); gap: 0.75rem 0.5rem; }
@media (max-width: 640px) { .ideal { grid-template-columns: repeat(5, minmax(0, 1fr)); } }
.ideal figure { margin: 0; text-align: center; font-variant-numeric: tabular-nums; }
.ideal img { width: 100%; aspect-ratio: 1; image-rendering: pixelated; border-radius: 4px;
  display: block; margin-top: 0.25rem; box-shadow: 0 0 0 1px rgba(128, 128, 128, 0.45); }
.ideal b { font-size: 1.25rem; }
.ideal .share { font-size: 0.85rem; white-space: nowrap; }
.ideal .real { opacity: 0.75; font-size: 0.75rem; }
</style>"""


@st.fragment
def show_ideal(subject: Subject) -> None:
    """The ten ideal digits at a step on their way, above the average real ones."""
    st.markdown(
        "Which picture would the network be surest of? It begins with noise, and every pixel "
        "changes step by step so that the network becomes surer of one answer. The result need "
        "not look like a digit to you. **Move the slider** to see the pictures emerge."
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
    step = st.select_slider(
        "Step (0: the noise it begins with)",
        ideal.steps,
        value=ideal.steps[-1],
        key="inside-ideal-step",
        persist_state="session",
    )
    number = ideal.steps.index(step)
    means, counts = get_averages(subject)
    st.html(ideal_html(ideal.images[number], ideal.probabilities[number], means, counts))
    explain(ideal, number, subject)


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


def ideal_html(
    images: np.ndarray, shares: np.ndarray, means: np.ndarray, counts: np.ndarray
) -> str:
    """Ten columns: the answer, its ideal digit, how sure the network is, the average real one.

    images, means: float (10, 28, 28) in [0, 1]; shares: (10,), 0 to 1; counts: int (10,).
    """
    columns = "".join(
        f"""<figure><b>{digit}</b>
        <img src="{picture(image)}" alt="What the network likes best for a {digit}">
        <div class="share">{sureness(share)}</div>
        <img src="{picture(mean)}" alt="The average of {count:,} real digits that are a {digit}">
        <div class="real">of {count:,}</div></figure>"""
        for digit, (image, share, mean, count) in enumerate(
            zip(images, shares, means, counts, strict=True)
        )
    )
    return f'{STYLE}<div class="ideal">{columns}</div>'


def explain(ideal: IdealDigits, number: int, subject: Subject) -> None:
    """What is seen here, and what it says."""
    sure = ideal.sure_of(number, 0.9)
    st.markdown(
        f"**Above: what the network likes best** after {ideal.steps[number]} steps, and how sure "
        f"it is of it; it is more than {percent(0.9, 0)} sure of {sure} of the 10. **Below: the "
        f"average** of real training digits of {subject.digits_label}."
    )
    st.markdown(
        "These pictures show what the network **rewards**, not what it thinks a digit looks like. "
        "If one hardly looks like a digit and the network is sure of it all the same, then the "
        "network can be sure of things that are none: it learned to tell ten digits apart, and "
        "nobody showed it anything else. Where you can make out the digit, its strokes are part of "
        "what the network looks for. Switch the blur off to see what the network alone likes. "
        "(The changes follow the *gradient*, uphill.)"
    )
