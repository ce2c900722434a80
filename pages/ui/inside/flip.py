"""Change its mind: the smallest change of a digit that makes the network answer otherwise."""

from __future__ import annotations

import html

import numpy as np
import streamlit as st

from core.charts.units import change_tile
from core.evaluation import probabilities
from core.explain.counterfactual import SEEN, Flip, nearest, smallest_flips
from core.explain.scores import likeliest
from pages.ui.inside.subject import Sample, Subject
from pages.ui.widgets.digits.pictures import picture
from pages.ui.widgets.digits.reading import STYLE, reading_html
from pages.ui.widgets.task import wait_for
from pages.ui.words.glossary import tip
from pages.ui.words.numbers import percent, sureness

ANY = "any other digit"
TOP = 3  # probabilities below a picture
FURTHEST = 200  # per cent of the change that the slider goes to

THREE_STYLE = """<style>
.three { display: grid; grid-template-columns: repeat(3, 1fr); gap: 0.6rem; }
.three figure { margin: 0; }
.three img { image-rendering: pixelated; width: 100%; aspect-ratio: 1; display: block;
  border-radius: var(--tile-radius); box-shadow: var(--tile-frame); }
.three figcaption { font-size: 0.9rem; line-height: 1.4; margin-top: 0.35rem; }
.three small { opacity: 0.85; font-variant-numeric: tabular-nums; }
</style>"""


@st.fragment
def show_flip(subject: Subject, sample: Sample) -> None:
    """The change to any digit or to a chosen one, before and after, and all that lies between."""
    flips = measured(subject, sample)
    if flips is None:
        return
    target = choose_target(list(flips))
    flip = nearest(flips) if target is None else flips.get(target)
    if flip is None:
        say_none(target)
        return
    left, right = st.columns(2, gap="medium")
    with left:
        show_three(flip)
        say(flip, target)
        st.caption(
            "Only ink may change (*counterfactual*). Does it look like the new digit to you? If "
            "not, the network goes by other things than you do (*adversarial example*)."
        )
    with right:
        try_shares(subject, flip)


def measured(subject: Subject, sample: Sample) -> dict[int, Flip | None] | None:
    """The change to each other digit, found once for everybody; None, and why, where none is."""
    return wait_for(
        ("flips", subject.key, sample.key),
        "Looking for the smallest change",
        lambda task: smallest_flips(subject.model, sample.image, on_share=task.tell),
        icon="warning",
    )


def choose_target(others: list[int]) -> int | None:
    """The digit that it is to read, one of nine; None for whichever is nearest."""
    wanted = st.pills(
        "Until it reads",
        [ANY, *others],
        default=ANY,
        required=True,
        key=f"inside-flip-target-{sum(others)}",  # other digits to choose from, another widget
        persist_state="session",
        wrap=True,
    )
    return None if wanted == ANY else wanted


def say_none(target: int | None) -> None:
    """Why there is nothing to show."""
    wanted = "anything else" if target is None else f"a {target}"
    st.info(
        f"No change within the ink was found that makes it read {wanted}. There may be one.",
        icon=":material/search_off:",
    )


def show_three(flip: Flip) -> None:
    """Before, the change and after, side by side."""
    most = f"at most {percent(flip.strongest, 0)}"
    figures = (
        (flip.before, "Before", reads(flip.chances_before)),
        (change_tile(flip.change), "The change", f"white: brighter<br>black: darker<br>{most}"),
        (flip.after, "After", reads(flip.chances_after)),
    )
    cards = "".join(
        f"""<figure><img src="{picture(image)}" alt="{title}">
        <figcaption><b>{title}</b><br><small>{words}</small></figcaption></figure>"""
        for image, title, words in figures
    )
    st.html(f'{THREE_STYLE}<div class="three">{cards}</div>')


def reads(chances: np.ndarray) -> str:
    """The likeliest digits with their probabilities."""
    return "<br>".join(
        f"{digit}: {html.escape(sureness(chances[digit]))}" for digit in likeliest(chances, TOP)
    )


def say(flip: Flip, target: int | None) -> None:
    """The size of the change in words."""
    subject = "The nearest other answer: it" if target is None else "It"
    st.markdown(
        f"{subject} reads **{flip.target}**, {sureness(flip.chances_after[flip.target])} sure, "
        f"once **{flip.changed_pixels:,} of {flip.ink_pixels:,} ink pixels** change by more than "
        f"{percent(SEEN, 0)}."
    )


def try_shares(subject: Subject, flip: Flip) -> None:
    """A slider from no change to more than it takes, and what the network says there."""
    part = st.slider(
        "How much of the change",
        0,
        FURTHEST,
        100,
        step=5,
        format="%d %%",
        help=tip("share of the change"),
        key="inside-flip-share",
        persist_state="session",
    )
    image = flip.at(part / 100)
    shares = probabilities(subject.model, image[None])[0].tolist()
    st.html(STYLE + reading_html(shares, image))
