"""The units of one layer as tiles in the colour of what they hand on; a click switches one off."""

from __future__ import annotations

from collections.abc import Callable, Collection

import numpy as np
import streamlit as st

from core.charts.units import unit_tiles
from core.explain.passage import Passage
from core.model import Layer
from pages.ui.widgets.wall import wall

MOST_TILES = 100  # of a layer; a phone has room for ten in a row
STRONGEST = 10  # units that one button switches off


def show_layer(
    layer: Layer,
    whole: Passage,
    now: Passage,
    dead: frozenset[int],
    on_switch: Callable[[Layer, Collection[int]], None],
) -> None:
    """The units of one layer as a wall of tiles, and a button for the strongest.

    whole, now: the digit's way with all units, and without those that are off; dead: off here.
    """
    values = now.activations[layer.name]
    strongest = whole.strongest_first(layer.name).tolist()
    shown = sorted(strongest[:MOST_TILES])
    scale = whole.largest(layer.name)
    places = [place for place, unit in enumerate(shown) if unit in dead]
    left, right = st.columns([2, 1], vertical_alignment="center", gap="small", wrap=False)
    left.markdown(layer_words(layer, len(shown), len(dead), scale))
    left_on = [unit for unit in strongest if unit not in dead][:STRONGEST]
    right.button(
        f"Strongest {len(left_on)} off" if len(left_on) > 1 else "Strongest off",
        key=f"inside-strongest-{layer.name}",
        on_click=on_switch,
        args=(layer, left_on),
        disabled=not left_on,
        width="stretch",
    )
    wall(
        unit_tiles(values[shown], places, scale),
        [tile_name(layer, unit, values[unit], unit in dead) for unit in shown],
        f"{layer.label}: click to switch off or on",
        f"inside-follow-{layer.name}",
        tile=44 if layer.is_convolution else 28,
        on_choose=lambda place: on_switch(layer, [shown[place]]),
    )


def layer_words(layer: Layer, shown: int, dead: int, scale: float) -> str:
    """Its name, its size, how much of it is shown and off, and what the full colour means."""
    plural = "s" if layer.units > 1 else ""
    words = f"**{layer.label}: {layer.units:,} {layer.noun}{plural}**"
    if shown < layer.units:
        words += f", the strongest {shown} shown"
    if dead:
        words += f", {dead:,} off"
    full = f"full colour: {scale:.3g}, orange above zero, blue below" if scale else "all silent"
    return f"{words}  \n:small[{full}]"


def tile_name(layer: Layer, unit: int, value: np.ndarray, is_off: bool) -> str:
    """For the tooltip and for those who cannot see the tile."""
    name = f"{layer.noun.capitalize()} {unit + 1:,}"
    if is_off:
        return f"{name}: switched off"
    if layer.is_convolution:
        return f"{name}: its feature map, at most {value.max():.3g}"
    return f"{name}: {value:.3g}"
