"""Follow one digit through a network: what every layer hands on, and what if some of it is cut."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial

import streamlit as st

from core.explain.passage import Passage, follow
from core.model import Layer, hidden_layers
from pages.ui.inside.before_and_after import answers_html
from pages.ui.inside.layer_wall import show_layer
from pages.ui.inside.subject import Sample, Subject
from pages.ui.state.visit import visit
from pages.ui.words.numbers import sureness

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
        show_layer(layer, whole, now, off.get(layer.name, frozenset()), partial(switch, subject))
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
