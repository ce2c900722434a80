"""“Why 3?” under an answer: the digit in orange for the answer and blue for the runner-up, and then
with the spots covered that decide.

`show_why` is for any page and puts the pictures under its button; the stage has a button of its own
and shows what is `measured` beside the digit. Inside has the longer story, with the numbers.
"""

from __future__ import annotations

import hashlib
import html
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from pages.ui.state import server
from pages.ui.state.networks import Network
from pages.ui.state.visit import visit
from pages.ui.widgets.choosing.network_picker import model_of
from pages.ui.widgets.digits.pictures import picture
from pages.ui.words.numbers import article, counted, sureness, unmarked

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.explain.attribution import Spot

STYLE = """<style>
.painted { display: flex; flex-wrap: wrap; gap: 0.75rem 1rem; }
.painted figure { margin: 0; flex: 1 1 14rem; display: flex; gap: 0.6rem; align-items: center; }
.painted img { width: var(--map, 7rem); aspect-ratio: 1; flex: none; image-rendering: pixelated;
  border-radius: var(--tile-radius); box-shadow: var(--tile-frame); }
.painted figcaption { font-size: 0.85rem; line-height: 1.3; }
.painted span { display: block; position: relative; padding-left: 1.15rem; margin-top: 0.35rem;
  text-wrap: pretty; }
.painted span::before { content: "" / ""; position: absolute; left: 0; top: 0.2em; width: 0.7rem;
  height: 0.7rem; box-sizing: border-box; border-radius: 2px; }
.painted strong { font-size: 1.5rem; line-height: 1; padding-left: 0.15rem; }
.painted .warm::before { background: #FF9F1C; }
.painted .cold::before { background: #40AAFF; }
.painted .grey::before { background: #8C8C8C; }
</style>"""
LIMIT = "This shows which ink counts; it does not prove that the network knows strokes or shapes."
MEANING = f"Colours: one spot covered at a time. {LIMIT}"


@dataclass(frozen=True, eq=False)
class Why:
    """What speaks for the answer, and what for another digit: the runner-up, or what the digit is,
    where that is known. Then the spots that decide between the two.

    painted: uint8 (28, 28, 3), orange for the answer and blue for the other. covered: uint8 (H, W),
    the digit with black on the spots, and a white line round them.
    """

    answer: int
    rival: int
    is_mistake: bool  # the rival is what the digit is
    painted: np.ndarray
    spots: Sequence[Spot]
    covered: np.ndarray

    @property
    def rank(self) -> str:
        """Why it is asked about the rival."""
        if self.is_mistake:
            return f"It is {article(self.rival)} {self.rival}."
        return f"{self.rival} came second."

    @property
    def outcome(self) -> tuple[str, str, str, str]:
        """What it reads with the spots covered, where there are some: a sentence in four parts."""
        last = self.spots[-1]
        reads = "it still reads" if last.reads == self.answer else "it reads"
        title = f"{counted(len(self.spots), 'orange spot')} covered"
        title += " at once" if len(self.spots) > 1 else ""
        return title, reads, str(last.reads), f"{sureness(last.share)} sure"

    @property
    def spoken(self) -> str:
        """For those who do not see the pictures."""
        if not self.spots:
            return LIMIT
        title, reads, digit, sure = self.outcome
        return f"{title}: {reads} {digit}, {sure}. {LIMIT}"


def show_why(
    network: Network, image: np.ndarray, shares: np.ndarray, key: str, label: int | None = None
) -> None:
    """The button, and the pictures below it while it is pressed.

    image: float (28, 28) in [0, 1]; shares: its ten probabilities; key: tells this place on the
    page from others; label: what the digit is, where that is known.
    """
    is_open = is_asked(network, image, key)
    st.button(
        "Back" if is_open else f"Why {int(np.argmax(shares))}?",
        icon=":material/close:" if is_open else ":material/question_mark:",
        key=f"why-{key}",
        on_click=ask,
        args=(network, image, key),
    )
    if is_open and (why := measured(network, image, shares, label)):
        st.html(pictures_html(why))
        st.caption(MEANING)


def is_asked(network: Network, image: np.ndarray, key: str) -> bool:
    """Whether this network's answer to this image is asked about now, at this place."""
    return visit().why == (network.key, name_of(image), key)


def ask(network: Network, image: np.ndarray, key: str) -> None:
    """Ask about it, or no longer. At one place at a time, and of another image only anew."""
    visit().why = None if is_asked(network, image, key) else (network.key, name_of(image), key)


def measured(
    network: Network, image: np.ndarray, shares: np.ndarray, label: int | None = None
) -> Why | None:
    """What the ink at each place does for the answer rather than for another digit.

    Arguments as for `show_why`. None where the scores are no numbers or the network cannot be had:
    that is said on the page then.
    """
    from core.background import Refused
    from core.charts.attribution import painted_digit, with_spots
    from core.explain import attribution
    from core.explain.scores import likeliest

    model = model_of(network)
    if model is None:
        return None
    shares = np.asarray(shares, dtype=np.float32)
    answer, rival = likeliest(shares, 2)
    is_mistake = label is not None and label != answer
    if is_mistake:
        rival = label

    def measure() -> Why:
        found = attribution.occlusion(model, image, answer, rival)
        painted = painted_digit(image, found.pixels)
        spots = attribution.spots_that_decide(model, image, answer, rival)
        black = (255 * attribution.covered(image, spots)).round().astype(np.uint8)
        return Why(answer, rival, is_mistake, painted, spots, with_spots(black, spots))

    # The shares stand for the network, which may go on learning under the same key.
    name = ("why in place", network.key, name_of(image), shares.tobytes(), label)
    try:
        return server.kept().get_or_make(name, measure)
    except Refused as problem:
        st.warning(unmarked(str(problem)), icon=":material/warning:")
        return None


def name_of(image: np.ndarray) -> str:
    """The same for the same image."""
    return hashlib.sha256(np.ascontiguousarray(image, dtype=np.float32).tobytes()).hexdigest()


def pictures_html(why: Why) -> str:
    """The two pictures, and beside each what it says."""
    colours = "".join(
        f'<span class="{sign}">{words}</span>'
        for sign, words in (
            ("warm", f"orange: for&nbsp;{why.answer}"),
            ("cold", f"blue: for&nbsp;{why.rival}"),
            ("grey", "grey: for&nbsp;neither"),
        )
    )
    figures = [figure(why.painted, f"Why {why.answer}, not {why.rival}?", f"{why.rank}{colours}")]
    if why.spots:
        title, reads, digit, sure = why.outcome
        words = f"{reads} <strong>{digit}</strong><br>{html.escape(sure)}"
        figures.append(figure(why.covered, title, words))
    return f'{STYLE}<div class="painted">{"".join(figures)}</div>'


def figure(pixels: np.ndarray, title: str, words: str) -> str:
    """A picture, and words beside it."""
    return f"""<figure><img src="{picture(pixels)}" alt="{title}">
    <figcaption><b>{title}</b><br>{words}</figcaption></figure>"""
