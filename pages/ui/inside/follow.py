"""Follow one digit through a network: what every layer hands on, and what if some of it is cut.

The units of a layer are tiles that glow by what they hand on; lines show what a unit adds to the
next layer; a click switches one off. How it is drawn is in pages/ui/frontend/passage.js.
"""

from __future__ import annotations

from collections.abc import Collection
from itertools import pairwise
from typing import Any

import numpy as np
import streamlit as st

from core.charts.units import unit_tiles
from core.config import CLASSES
from core.explain.contributions import Link, contributions, strongest_links
from core.explain.passage import Passage, follow
from core.model import Layer, hidden_layers
from pages.ui.frontend.components import component
from pages.ui.inside.subject import Sample, Subject
from pages.ui.state.visit import visit, widget_value
from pages.ui.widgets.digits.pictures import picture
from pages.ui.words.numbers import sureness
from pages.ui.words.parts import PLAIN, layer_labels

KEY = "inside-passage"
MOST_TILES = 128  # of a layer: more are too small to be hit
MOST_MAPS = 16  # of a layer of filters: more are too small for what is on them
STRONGEST = 10  # units that one button switches off
LINKS = 12  # of each unit, to and from

HTML = """<div class="passage"><div class="say"><span role="status"></span>
<button type="button" class="all-on">Switch all on</button></div>
<div class="flow"><svg aria-hidden="true"></svg>
<div class="column picture"><img alt="The digit"></div>
<div class="column answers"><div class="large" aria-hidden="true"></div><div class="rows"></div>
</div></div></div>"""

_component = component("passage", HTML, scripts=("passage.js", "short_name.js"))


@st.fragment
def show_follow(subject: Subject, sample: Sample) -> None:
    """The picture, all layers and the answers, joined; any unit shown can be switched off."""
    layers = hidden_layers(subject.model)
    off = switched_off(subject)
    whole = follow(subject.model, sample.image)
    now = follow(subject.model, sample.image, off)
    if not (whole.is_finite and now.is_finite):
        st.warning("The numbers in this network have grown too large to be worked with.")
        return
    shown = {layer.name: shown_of(whole, layer) for layer in layers}

    def heard() -> None:
        switch_as_told(subject, layers, shown, whole)

    _component(
        key=KEY,
        data=scene(subject, sample, shown, whole, now),
        on_switched_change=heard,
        on_strongest_change=heard,
        on_all_on_change=heard,
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


def switch_as_told(
    subject: Subject, layers: list[Layer], shown: dict[str, list[int]], whole: Passage
) -> None:
    """Do what was clicked, before the page runs again. What is not there does nothing."""
    told = widget_value(KEY)
    layer = place = None
    match told.get("switched"):
        case [int(number), int(place)] if 0 <= number < len(layers):
            layer = layers[number]
    match told.get("strongest"):
        case int(number) if 0 <= number < len(layers):
            switch(subject, layers[number], strongest_on(subject, layers[number], whole))
    if layer and 0 <= place < len(shown[layer.name]):
        switch(subject, layer, [shown[layer.name][place]])
    if told.get("all_on"):
        visit().inside.off = (None, {})


def strongest(whole: Passage, layer: Layer) -> list[int]:
    """The units of the layer, the strongest first."""
    return whole.strongest_first(layer.name).tolist()


def shown_of(whole: Passage, layer: Layer) -> list[int]:
    """The units that have a tile: those that are strongest for this digit, in their own order."""
    most = MOST_MAPS if layer.is_convolution else MOST_TILES
    return sorted(strongest(whole, layer)[:most])


def strongest_on(subject: Subject, layer: Layer, whole: Passage) -> list[int]:
    """Those that one press on the button would switch off."""
    dead = switched_off(subject).get(layer.name, frozenset())
    return [unit for unit in strongest(whole, layer) if unit not in dead][:STRONGEST]


def scene(
    subject: Subject, sample: Sample, shown: dict[str, list[int]], whole: Passage, now: Passage
) -> dict[str, Any]:
    """All that the browser draws; shown: the units of each layer that have a tile."""
    layers = hidden_layers(subject.model)
    count = sum(map(len, switched_off(subject).values()))
    return {
        "digit": f"{subject.key} {sample.key}",
        "picture": picture(sample.image),
        "whole": bool(layers) and layers[0].is_convolution,
        "layers": [
            tiles_of(subject, layer, label, shown[layer.name], whole, now)
            for layer, label in zip(layers, layer_labels(layers), strict=True)
        ],
        "links": links(subject, sample, list(shown.values())),
        "shares": now.probabilities.tolist(),
        "before": whole.probabilities.tolist() if count else None,
        "sure": [sureness(share) for share in now.probabilities],
        "answer": now.answer,
        "off": count,
        "said": verdict(whole, now, count) if count else words(layers),
    }


def links(subject: Subject, sample: Sample, shown: list[list[int]]) -> list[list[Link]]:
    """The strongest contributions between what is shown, from the picture to the answers."""
    parts = contributions(subject.model, sample.image, switched_off(subject))
    ends = [list(range(len(parts[0]))), *shown, list(range(CLASSES))]
    return [
        strongest_links(part, sources, targets, LINKS, of_sources=number > 0)
        for number, (part, (sources, targets)) in enumerate(zip(parts, pairwise(ends), strict=True))
    ]


def words(layers: list[Layer]) -> str:
    """What to do, and what the lines mean."""
    lines = (
        '<i class="adds"></i> Orange adds to the next part, '
        '<i class="takes"></i> dotted blue takes away.'
    )
    if not layers:
        return f"{lines} This network has no <i>hidden layer</i>: pixels add up to answers at once."
    return (
        f"<b>Click a tile to switch that {PLAIN[layers[0].noun]} off</b> (<i>ablation</i>). {lines}"
    )


def verdict(whole: Passage, now: Passage, count: int) -> str:
    """The answer now, with `count` units off, and before."""
    before, after = (
        f"<b>{each.answer}</b>, {sureness(each.confidence)} sure" for each in (whole, now)
    )
    units = "1 unit" if count == 1 else f"{count:,} units"
    return f"With {units} off it reads {after}; before: {before}."


def tiles_of(
    subject: Subject, layer: Layer, label: str, shown: list[int], whole: Passage, now: Passage
) -> dict[str, Any]:
    """One layer: its tiles as one picture, their names, which are off, and its button.

    label: what it is called. whole, now: the digit's way with all units, and without those that
    are off.
    """
    dead = switched_off(subject).get(layer.name, frozenset())
    values, left_on = now.activations[layer.name], strongest_on(subject, layer, whole)
    places = [place for place, unit in enumerate(shown) if unit in dead]
    tiles = unit_tiles(values[shown], places, whole.largest(layer.name))
    count, height, width = tiles.shape[:3]
    return {
        "words": layer_words(layer, label, len(shown), len(dead)),
        "sheet": picture(tiles.reshape(count * height, width, 3)),
        "names": [tile_name(layer, unit, values[unit], unit in dead) for unit in shown],
        "off": places,
        "strength": [shown.index(unit) for unit in strongest(whole, layer) if unit in shown],
        "button": f"Strongest {len(left_on)} off" if len(left_on) > 1 else "Strongest off",
        "button_works": bool(left_on),
    }


def layer_words(layer: Layer, label: str, shown: int, dead: int) -> str:
    """Its name and size, how much of it is shown and off."""
    if shown < layer.units:
        label = label.replace(": ", f": {shown} strongest of ")
    return f"{label}, {dead:,} off" if dead else label


def tile_name(layer: Layer, unit: int, value: np.ndarray, is_off: bool) -> str:
    """For the tooltip and for those who cannot see the tile."""
    name = f"{PLAIN[layer.noun].capitalize()} {unit + 1:,}"
    if is_off:
        return f"{name}: switched off"
    if layer.is_convolution:
        return f"{name}: its feature map, at most {value.max():.2g}"
    return f"{name}: {value:.2g}"
