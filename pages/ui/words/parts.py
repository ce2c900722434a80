"""What the parts of a network are called: a plain name first, the field's own beside it, once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

PLAIN = {"filter": "pattern finder", "unit": "unit", "answer": "answer"}
MADE_OF = {  # {s}: of several
    "filter": "pattern finder{s} (filter{s})",
    "unit": "unit{s}, one number each",
}


class Row(Protocol):
    """Units side by side: how many, and the field's word for one of them, a key of PLAIN."""

    noun: str
    units: int


def layer_labels(layers: Sequence[Row]) -> list[str]:
    """The names of layers in their order; what they are made of is explained once."""
    names = []
    for number, layer in enumerate(layers, start=1):
        known = any(layer.noun == before.noun for before in layers[: number - 1])
        made_of = f"{layer.noun}{{s}}" if known else MADE_OF[layer.noun]
        s = "" if layer.units == 1 else "s"
        names.append(f"Layer {number}: {layer.units:,} {made_of.format(s=s)}")
    return names
