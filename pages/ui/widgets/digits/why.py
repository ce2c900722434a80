"""“Why 3?” under an answer: the digit in orange and blue, for the answer and for the runner-up.

`show_why` is for any page and puts the pictures under its button; the stage has a button of its own
and shows what is `measured` beside the digit. Inside has the longer story, with the numbers.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from pages.ui.state import server
from pages.ui.state.networks import Network
from pages.ui.state.visit import visit
from pages.ui.widgets.choosing.network_picker import model_of
from pages.ui.widgets.digits.pictures import picture
from pages.ui.words.numbers import article, unmarked

if TYPE_CHECKING:
    from core.explain.attribution import Attribution

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
.painted .spot::before { border: 2px solid #161616; background: #161616; border-radius: 0;
  box-shadow: inset 0 0 0 1.5px #FFFFFF; width: 0.85rem; height: 0.85rem; }
.painted .warm::before { background: #FF9F1C; }
.painted .cold::before { background: #40AAFF; }
</style>"""
LIMIT = "This does not prove that the network knows strokes or shapes."


@dataclass(frozen=True, eq=False)
class Why:
    """What speaks for the answer, and what for it rather than for another: the runner-up, or what
    the digit is, where that is known. pictures: of each uint8 (H, W, 3), in orange and blue on one
    scale, a white line round its strongest spots."""

    found: tuple[Attribution, Attribution]
    pictures: tuple[np.ndarray, np.ndarray]
    is_mistake: bool  # the other is what the digit is

    @property
    def meaning(self) -> str:
        """How it was found, and what it does not prove."""
        rival = self.found[1].rival
        other = f"It is {article(rival)} {rival}" if self.is_mistake else f"{rival} came second"
        colours = "Colours: what each spot does, covered alone; grey: next to nothing"
        return f"{colours}. {other}. {LIMIT}"


def show_why(
    network: Network, image: np.ndarray, shares: np.ndarray, key: str, label: int | None = None
) -> None:
    """The button, and the two pictures below it while it is pressed.

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
        st.caption(why.meaning)


def is_asked(network: Network, image: np.ndarray, key: str) -> bool:
    """Whether this network's answer to this image is asked about now, at this place."""
    return visit().why == (network.key, name_of(image), key)


def ask(network: Network, image: np.ndarray, key: str) -> None:
    """Ask about it, or no longer. At one place at a time, and of another image only anew."""
    visit().why = None if is_asked(network, image, key) else (network.key, name_of(image), key)


def measured(
    network: Network, image: np.ndarray, shares: np.ndarray, label: int | None = None
) -> Why | None:
    """What each place of the image does for the answer, and for it rather than for another.

    Arguments as for `show_why`. None where the scores are no numbers or the network cannot be had:
    that is said on the page then.
    """
    from core.background import Refused
    from core.charts.attribution import painted_digit, with_spots
    from core.explain.attribution import occlusion
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
        alone, rather = (occlusion(model, image, answer, other) for other in (None, rival))
        largest = max(alone.strongest, rather.strongest)
        first, second = (painted(each, largest) for each in (alone, rather))
        return Why((alone, rather), (first, second), is_mistake)

    def painted(found: Attribution, largest: float) -> np.ndarray:
        return with_spots(painted_digit(image, found.pixels, largest), found.spots)

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
    alone, rather = why.found
    digit, rival = rather.digit, rather.rival
    said = (
        (alone, f"Why {digit}?", f"for {digit}", f"against {digit}"),
        (
            rather,
            f"Why not {rival}?",
            f"for {digit}, not {rival}",
            f"for {rival}, not {digit}",
        ),
    )
    figures = "".join(
        f"""<figure><img src="{picture(painted)}" alt="{question}"><figcaption><b>{question}</b>
        {key("spot", what_covering_did(found))}{key("warm", f"orange: {warm}")}
        {key("cold", f"blue: {cold}")}</figcaption></figure>"""
        for (found, question, warm, cold), painted in zip(said, why.pictures, strict=True)
    )
    return f'{STYLE}<div class="painted">{figures}</div>'


def key(sign: str, words: str) -> str:
    """What one sign in the picture stands for; nothing without words."""
    return words and f'<span class="{sign}">{words}</span>'


def what_covering_did(found: Attribution) -> str:
    """What it reads once its strongest spots are covered; nothing where there are none."""
    if not found.spots:
        return ""
    which = "these spots" if len(found.spots) > 1 else "this spot"
    reads = found.spots[-1].reads
    return f"Cover {which}: {'still' if reads == found.digit else 'it reads'} {reads}"
