"""“Why 3?” under an answer: the digit in orange and blue, for the answer and for the runner-up.

`show_why` is for any page and puts the pictures under its button; the stage has a button of its own
and shows what is `measured` beside the digit. Inside has the longer story, with the numbers.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import numpy as np
import streamlit as st

from pages.ui.state import server
from pages.ui.state.networks import Network
from pages.ui.state.visit import visit
from pages.ui.widgets.choosing.network_picker import model_of
from pages.ui.widgets.digits.pictures import picture
from pages.ui.words.numbers import unmarked

STYLE = """<style>
.why { display: flex; gap: 0.75rem; max-width: 20rem; }
.why figure { margin: 0; flex: 1 1 0; }
.why img { width: 100%; aspect-ratio: 1; image-rendering: pixelated; display: block;
  border-radius: var(--tile-radius); box-shadow: var(--tile-frame); }
.why figcaption { font-size: 0.85rem; }
</style>"""

MEANING = (
    "Each spot was covered in turn: orange where the score then fell, blue where it rose. "
    "This does not prove that the network knows strokes or shapes."
)


@dataclass(frozen=True, eq=False)
class Why:
    """A digit as it speaks for two answers. digits: the answer given and the runner-up; pictures:
    of each uint8 (28, 28, 3), in orange and blue on one scale."""

    digits: tuple[int, int]
    pictures: tuple[np.ndarray, np.ndarray]


def show_why(network: Network, image: np.ndarray, shares: np.ndarray, key: str) -> None:
    """The button, and the two pictures below it while it is pressed.

    image: float (28, 28) in [0, 1]; shares: its ten probabilities; key: tells this place on the
    page from others.
    """
    is_open = is_asked(network, image, key)
    st.button(
        f"Why {int(np.argmax(shares))}?",
        icon=":material/close:" if is_open else ":material/question_mark:",
        key=f"why-{key}",
        on_click=ask,
        args=(network, image, key),
    )
    if is_open and (why := measured(network, image, shares)):
        st.html(STYLE + pictures_html(why))
        st.caption(MEANING)


def is_asked(network: Network, image: np.ndarray, key: str) -> bool:
    """Whether this network's answer to this image is asked about now, at this place."""
    return visit().why == (network.key, name_of(image), key)


def ask(network: Network, image: np.ndarray, key: str) -> None:
    """Ask about it, or no longer. At one place at a time, and of another image only anew."""
    visit().why = None if is_asked(network, image, key) else (network.key, name_of(image), key)


def measured(network: Network, image: np.ndarray, shares: np.ndarray) -> Why | None:
    """What each place of the image does for the answer and for the runner-up.

    Arguments as for `show_why`. None where the scores are no numbers or the network cannot be had:
    that is said on the page then.
    """
    from core.background import Refused
    from core.charts.attribution import painted_digit
    from core.explain.attribution import occlusion
    from core.explain.scores import likeliest

    model = model_of(network)
    if model is None:
        return None
    shares = np.asarray(shares, dtype=np.float32)
    answer, rival = likeliest(shares, 2)

    def measure() -> Why:
        found = [occlusion(model, image, digit) for digit in (answer, rival)]
        largest = max(each.strongest for each in found)
        first, second = (painted_digit(image, each.pixels, largest) for each in found)
        return Why((answer, rival), (first, second))

    # The shares stand for the network, which may go on learning under the same key.
    name = ("why in place", network.key, name_of(image), shares.tobytes())
    try:
        return server.kept().get_or_make(name, measure)
    except Refused as problem:
        st.warning(unmarked(str(problem)), icon=":material/warning:")
        return None


def name_of(image: np.ndarray) -> str:
    """The same for the same image."""
    return hashlib.sha256(np.ascontiguousarray(image, dtype=np.float32).tobytes()).hexdigest()


def labels_of(why: Why) -> list[tuple[str, str, str]]:
    """What stands beside the two pictures: the question, and what the two colours say."""
    answer, rival = why.digits
    return [
        (question, f"orange: speaks for {digit}", f"blue: speaks against {digit}")
        for question, digit in ((f"Why {answer}?", answer), (f"Why not {rival}?", rival))
    ]


def pictures_html(why: Why) -> str:
    """The two pictures side by side."""
    figures = "".join(
        f"<figure><figcaption><b>{question}</b><br>{warm}<br>{cold}</figcaption>"
        f'<img src="{picture(painted)}" alt="{question}"></figure>'
        for (question, warm, cold), painted in zip(labels_of(why), why.pictures, strict=True)
    )
    return f'<div class="why">{figures}</div>'
