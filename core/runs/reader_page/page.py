"""One HTML file with a network in it, a pad to draw on and its answer: it needs nothing else.

The file asks no server for anything, and its own policy forbids it to. What it does is written in
the scripts beside this module; the numbers that they go by come from the modules that own them.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from torch import nn

from core import drawing
from core.config import IMAGE_SIDE, TrainingConfig
from core.runs.reader_page.layers import layers_of
from core.settings.sizes import count_weights
from core.strokes import apart, around, bezier, ink

FOLDER = Path(__file__).parent
SCRIPTS = ("drawing.js", "around.js", "apart.js", "network.js", "pad.js")
MOST_BYTES = 1_500_000  # of the file: small enough for an e-mail
OTHER_BYTES = 50_000  # at most, of all that is not weights
BITS = (32, 16)  # of a weight; fewer only where the file would be too large

DRAWING = {
    "pad": 280,  # units: the pad's side
    "brush": 18,  # width of the line that is seen; the picture has MNIST's
    "apart": 0.4,  # between two points of the pencil, as in the app's pad
    "dot": drawing.DOT,
    "stray": drawing.STRAY,
    "spacing": bezier.SPACING,
    "mostPoints": bezier.MOST_POINTS,
    "side": IMAGE_SIDE,
    "box": ink.BOX,
    "centre": ink.CENTRE,
    "penWidth": ink.PEN_WIDTH,
    "edge": ink.EDGE,
    "step": ink.STEP,
    "tooClose": apart.TOO_CLOSE,
}
AROUND = {
    "flattest": around.FLATTEST,
    "leastWidth": around.LEAST_WIDTH,
    "leastRoom": around.LEAST_ROOM,
    "directions": around.DIRECTIONS,
    "closed": around.CLOSED,
    "inside": around.INSIDE,
    "leastInside": around.LEAST_INSIDE,
    "mostLean": around.MOST_LEAN,
    "thin": around.THIN,
}
APART = {
    "touching": apart.TOUCHING,
    "small": apart.SMALL,
    "far": apart.FAR,
    "aboveEachOther": apart.ABOVE_EACH_OTHER,
    "widest": apart.WIDEST,
    "bareLine": apart.BARE_LINE,
    "overlap": apart.OVERLAP,
    "manyStrokes": apart.MANY_STROKES,
    "pointsCompared": apart.POINTS_COMPARED,
}


class TooLarge(ValueError):
    """The file would be larger than MOST_BYTES. The message says what would work."""


def reader_page(
    model: nn.Module, name: str, about: Sequence[str] = (), doubt_above: float | None = None
) -> bytes:
    """The file, UTF-8.

    name: of the network; about: sentences on it, such as its score and where it was trained; all
    are shown as text, whatever they hold. doubt_above: the doubt, 0 to 1, above which it says that
    it is no digit; None where it never learned that (core/networks/doubt.py).

    Raises TooLarge.
    """
    weights = sum(parameter.numel() for parameter in model.parameters())
    network = {
        "layers": layers_of(model, _bits(weights)),
        "doubtAbove": doubt_above,
        "drawing": DRAWING,
        "around": AROUND,
        "apart": APART,
    }
    return _filled(
        {
            "name": html.escape(name),
            "about": "\n".join(f"<p>{html.escape(sentence)}</p>" for sentence in about),
            "network": _for_script(network),
        }
    ).encode()


def problem_with(config: TrainingConfig) -> str:
    """Why a network of this kind fits into no such file, in a sentence; "" where it does."""
    try:
        _bits(count_weights(config.architecture, config.hidden_sizes))
    except TooLarge as problem:
        return str(problem)
    return ""


def most_weights(bits: int) -> int:
    """How many numbers of so many bits the file has room for: base64 takes 4 letters for 3 bytes"""
    return (MOST_BYTES - OTHER_BYTES) * 3 // 4 // (bits // 8)


def _bits(weights: int) -> int:
    """Of a weight, as many as there is room for. Raises TooLarge."""
    for bits in BITS:
        if weights <= most_weights(bits):
            return bits
    raise TooLarge(
        f"This network has {weights:,} weights, too many for one small file. One with at most "
        f"{most_weights(BITS[-1]) // 10_000 * 10_000:,} fits: train it with smaller hidden layers."
    )


def _for_script(values: Any) -> str:
    """JSON that cannot end the element it stands in."""
    return json.dumps(values).replace("<", "\\u003c")


def _filled(values: dict[str, str]) -> str:
    """The page with all in its place, once: what is put in is not looked at again."""
    style, script = _text("page.css"), "\n".join(map(_text, SCRIPTS))
    values = values | {
        "style": style,
        "script": script,
        "style hash": _hash(style),
        "script hash": _hash(script),
    }
    return re.sub(r"\{\{([a-z ]+)\}\}", lambda found: values[found[1]], _text("page.html"))


@cache
def _text(file: str) -> str:
    return (FOLDER / file).read_text(encoding="utf-8")


def _hash(content: str) -> str:
    """By which the page's policy knows its own script and style."""
    return "sha256-" + base64.b64encode(hashlib.sha256(content.encode()).digest()).decode("ascii")
