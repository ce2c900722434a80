"""Follow one digit through a network: what every layer hands on, and what if some of it is cut.

The units of a layer are tiles in the colour of what they hand on; a click switches one off.
"""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
import streamlit as st

from core.charts.units import unit_tiles
from core.explain.passage import Passage, follow
from core.model import Layer, hidden_layers
from pages.ui.inside.bars import answers_html
from pages.ui.inside.subject import Sample, Subject
from pages.ui.state.visit import visit
from pages.ui.widgets.wall import wall
from pages.ui.words.numbers import sureness

MOST_TILES = 100  # of a layer; a phone has room for ten in a row
STRONGEST = 10  # units that one button switches off
FILTERS = " In a convolution a unit is a *filter*, and hands on a small picture (*feature map*)."

# The answer in words stays in sight while the visitor is down among the units.
PINNED = """<style>
:has(> .st-key-inside-answer) { position: sticky; top: 3.75rem; z-index: 5; padding: 0.3rem 0;
  background: color-mix(in srgb, Canvas 85%, transparent); backdrop-filter: blur(14px);
  border-bottom: 1px solid rgba(128, 128, 128, 0.4); }
</style>"""


@st.fragment
def show_follow(subject: Subject, sample: Sample) -> None:
    """The answer, then layer by layer all units, to be switched off with a click."""
    layers = hidden_layers(subject.model)
    off = switched_off(subject)
    whole = follow(subject.model, sample.image)
    now = follow(subject.model, sample.image, off)
    if not (whole.is_finite and now.is_finite):
        st.warning("The numbers in this network have grown too large to be worked with.")
        return
    st.markdown(introduction(layers))
    count = sum(len(units) for units in off.values())
    with st.container(key="inside-answer"):
        show_verdict(whole, now, count, bool(layers))
    for layer in layers:
        show_layer(subject, layer, whole, now)
    st.markdown("**The ten answers**")
    st.html(PINNED + answers_html(whole, now, bool(count)))
    if layers:
        st.caption(
            "Switched off: the unit hands on zero, whatever it is given (*ablation*). What stays "
            "on was not trained anew. One digit shows what this digit needs, not what others do."
            + (FILTERS if layers[0].is_convolution else "")
        )


def introduction(layers: list[Layer]) -> str:
    """What is shown and what to do."""
    if not layers:
        return (
            "This network has no *hidden layer*: the 784 squares of the picture add up to the ten "
            "answers at once. So there is nothing on the way that could be switched off. "
            "**First layer** and **Why this answer** show what it does."
        )
    return (
        "The digit goes through the network, layer by layer. Each tile is one part (*unit*): the "
        "stronger its colour, the more it hands on. **Click a tile to switch it off**, and see "
        "what becomes of the answer."
    )


def switched_off(subject: Subject) -> dict[str, frozenset[int]]:
    """The units that the visitor switched off in this network, by the layer's name."""
    key, off = visit().inside.off
    return off if key == subject.key else {}


def switch(subject: Subject, layer: Layer, units: Collection[int]) -> None:
    """Switch units of a layer off; those that are off, on."""
    off = switched_off(subject)
    changed = off.get(layer.name, frozenset()) ^ frozenset(units)
    visit().inside.off = (subject.key, off | {layer.name: changed})


def switch_all_on() -> None:
    visit().inside.off = (None, {})


def show_verdict(whole: Passage, now: Passage, count: int, can_switch: bool) -> None:
    """The answer now, with `count` units off, and before; and a way back."""
    words = f"**{whole.answer}**, {sureness(whole.confidence)} sure"
    if count:
        units = "1 unit" if count == 1 else f"{count:,} units"
        answer = f"**{now.answer}**, {sureness(now.confidence)} sure"
        words = f"With {units} off it reads {answer}; before: {words}."
    else:
        words = f"It reads {words}."
    if not can_switch:
        st.markdown(words)
        return
    left, right = st.columns([2, 1], vertical_alignment="center", gap="small", wrap=False)
    left.markdown(words)
    right.button(
        "Switch all on",
        on_click=switch_all_on,
        disabled=not count,
        key="inside-all-on",
        width="stretch",
    )


def show_layer(subject: Subject, layer: Layer, whole: Passage, now: Passage) -> None:
    """The units of one layer as a wall of tiles, and a button for the strongest.

    whole, now: the digit's way with all units, and without those that are off.
    """
    dead = switched_off(subject).get(layer.name, frozenset())
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
        on_click=switch,
        args=(subject, layer, left_on),
        disabled=not left_on,
        width="stretch",
    )
    wall(
        unit_tiles(values[shown], places, scale),
        [tile_name(layer, unit, values[unit], unit in dead) for unit in shown],
        f"{layer.label}: click to switch off or on",
        f"inside-follow-{layer.name}",
        tile=44 if layer.is_convolution else 28,
        on_choose=lambda place: switch(subject, layer, [shown[place]]),
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
