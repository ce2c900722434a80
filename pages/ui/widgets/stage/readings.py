"""What a network says to the digits on the stage, in numbers and words that a browser can show.

It asks the network and puts its answers into words; how they look is the business of looks.py and
pages/ui/frontend/stage.js.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from core.demonstration import recording
from core.demonstration.recording import Reading, Shape
from pages.ui.state.networks import NAMES, Network
from pages.ui.widgets.choosing.network_picker import model_of
from pages.ui.widgets.digits.reading import NEVER_DOUBTS
from pages.ui.widgets.digits.why import MEANING, Why, pictures_html
from pages.ui.widgets.stage.given import Given
from pages.ui.words.numbers import ALMOST, sureness
from pages.ui.words.parts import layer_labels

TOO_LARGE = "The numbers in this network have grown too large to be worked with."
NO_DIGIT = "That does not look like a digit to me."


@dataclass(frozen=True, eq=False)
class Readings:
    """What the network makes of each digit, left to right; a sentence where there is nothing."""

    digits: Sequence[Reading] = ()
    message: str = ""

    @property
    def text(self) -> str:
        """The answers in a row; ? for what is no digit."""
        return "".join("?" if each.none else str(each.answer) for each in self.digits)


def read(given: Given, network: Network) -> Readings:
    """What `network` makes of what was given."""
    if not given.digits:
        return Readings(message=given.message)
    from core.demonstration.brightness import reading_of

    model = model_of(network)
    if model is None:
        return Readings()
    doubt = network.get_doubt()
    found = [reading_of(model, digit.renderings, doubt) for digit in given.digits]
    return Readings(found) if all(found) else Readings(message=TOO_LARGE)


def for_browser(
    given: Given, readings: Readings, network: Network, why: tuple[int, Why] | None
) -> dict[str, Any]:
    """What the browser shows beside the pad.

    demonstration: the recording where nothing was given, as `demonstration` makes it, else None.
    readings: as `in_words`, one for each digit. message: why there are none. said: for screen
    readers. below: who reads. why: the digit's place and its pictures, or None.
    """
    words = [said(readings), *([why[1].spoken] if why else [])]
    return {
        "demonstration": demonstration() if given.is_blank else None,
        "readings": [in_words(each) for each in readings.digits],
        "message": readings.message,
        "said": readings.message or " ".join(words),
        "below": read_by(given, readings, network),
        "why": why and why_for_browser(*why),
    }


def read_by(given: Given, readings: Readings, network: Network) -> str:
    """Who reads, and what it never learned; asks for the network only where it has read."""
    if given.is_blank:
        return f"An example, not yours yet. Read by {NAMES['default']}."
    if not readings.digits:
        return ""
    never = NEVER_DOUBTS if network.get_doubt() is None else ""
    return " ".join(filter(None, [f"Read by {network.name}.", network.note, never]))


def in_words(reading: Reading) -> dict[str, Any]:
    """A reading with its words: the names of the layers, how sure it is, what stands below it."""
    answer = reading.answer
    return reading.to_dict() | {
        "labels": labels(reading.shapes),
        "answer": answer,
        "sure": [sure(share) for share in reading.shares],
        "why": f"What is like {answer}?" if reading.none else f"Why {answer}?",
        "below": below(reading),
    }


def sure(share: float) -> str:
    """How sure that is; 0 is as sure as 1."""
    return sureness(max(share, 1 - ALMOST))


def below(reading: Reading) -> str:
    """What stands below the answer."""
    if reading.none:
        return f"{NO_DIGIT} Closest: {reading.answer}"
    return f"{sure(reading.shares[reading.answer])} sure"


def said(readings: Readings) -> str:
    """The answer in a sentence."""
    if not readings.digits:
        return ""
    if len(readings.digits) > 1:
        one_by_one = ", ".join(readings.text.replace("?", "◦")).replace("◦", "no digit")
        return f"It reads {len(readings.digits)} digits, left to right: {one_by_one}."
    (reading,) = readings.digits
    said_below = below(reading)
    return f"{said_below}." if reading.none else f"It reads {reading.answer}, {said_below}."


def labels(shapes: Sequence[Shape]) -> list[str]:
    """The names of the picture itself and of all layers."""
    picture, *layers = shapes
    return [f"It sees {picture.side} × {picture.side}", *layer_labels(layers)]


def why_for_browser(place: int, why: Why) -> dict[str, Any]:
    """The pictures of “Why?” as HTML, and what they do not prove."""
    return {"place": place, "html": pictures_html(why), "meaning": MEANING}


@cache
def demonstration() -> list[dict[str, Any]]:
    """The recorded digits with their strokes."""
    return [in_words(each.reading) | {"strokes": each.strokes} for each in recording.load().digits]
