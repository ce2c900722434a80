"""Choose one of the networks, and get hold of it, with the reason where it cannot be had."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from pages.ui.state.networks import Network, ask_network, first_to_ask, networks
from pages.ui.widgets.choosing.dataset_picker import within_a_sentence
from pages.ui.widgets.choosing.dropdown import dropdown, remembered_choice, told_apart
from pages.ui.words.numbers import unmarked

if TYPE_CHECKING:
    from torch import nn


def choose_network_in_use() -> None:
    """Say which network is in use, on every page alike, and let the visitor take another."""
    known, chosen = {each.key: each for each in networks()}, first_to_ask().key
    dropdown(
        "Network",
        list(known),
        chosen,
        ask_network,
        "network",
        format_func=lambda key: with_its_exam(known[key]),
        button_words=told_apart(list(known), lambda key: known[key].label)[chosen],
        term="network",
    )


def with_its_exam(network: Network) -> str:
    """Its name, its result, and of what: scores on other digits do not compare."""
    on = network.measured_on
    return f"{network.label} of {within_a_sentence(on)}" if on else network.label


def in_use(where: str = "") -> str:
    """Which network reads the visitor's digits, whichever learns or is looked at; where: and until
    when, in words."""
    return f"In use{where}: **{unmarked(first_to_ask().name)}**."


def choose_network(label: str, key: str, without: str = "") -> Network:
    """Let the visitor choose one of the networks, leaving out the one whose key is `without`."""
    known = {each.key: each for each in networks() if each.key != without}
    return known[
        remembered_choice(label, list(known), key, format_func=lambda each: known[each].label)
    ]


def model_of(network: Network) -> nn.Module | None:
    """The network itself; None, and why, where it cannot be had."""
    from core.pretrained import PretrainedError
    from core.runs.kept.store import RunError

    try:
        model = network.get()
    except (PretrainedError, RunError) as problem:
        st.error(unmarked(str(problem)), icon=":material/error:")
        return None
    if model is None:
        st.info("This network is still being built. Look again in a moment.")
    return model
