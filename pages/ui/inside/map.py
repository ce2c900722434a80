"""The map: what the last hidden layer makes of 2,000 test images, in two dimensions."""

from __future__ import annotations

import streamlit as st

from core.explain.embedding import DigitMap, features_of_one
from core.model import hidden_layers
from pages.ui.inside.map_drawing import draw_sheet
from pages.ui.inside.map_neighbours import is_going, offer, show_neighbours
from pages.ui.inside.map_plane import get_map, number_words, show_plane
from pages.ui.inside.subject import Sample, Subject
from pages.ui.widgets.wall import wall

POLL = 0.5  # seconds between two looks at a map that is being made


def show_map(subject: Subject, sample: Sample) -> None:
    """The map with the sample on it, and the training digits most like it."""
    digit_map = get_map(subject)
    if digit_map is not None:
        going = is_going(subject)
        st.fragment(watch, run_every=POLL if going else None)(subject, sample, digit_map, going)


def watch(subject: Subject, sample: Sample, digit_map: DigitMap, going: bool) -> None:
    """One look. `going`: whether a map was being made when the page was built."""
    if is_going(subject) != going:
        st.rerun()  # the page changes with it: another rhythm, other buttons
    st.markdown(
        f"Before it answers, the network turns every image into **{number_words(digit_map)}** "
        f"({layer_words(subject)}). Here "
        f"{len(digit_map.places):,} test images of {subject.digits_label} lie by these numbers: "
        "images that are alike to the network lie close together. **★ is your digit**, a ring is "
        "one read wrongly. Point at a digit or tap it to see it, or walk with the arrow keys."
    )
    neighbours = offer(subject, digit_map)
    if neighbours is None:
        show_plane(subject, sample, digit_map)
    else:
        show_neighbours(subject, sample, digit_map, neighbours)
    show_nearest(subject, sample, digit_map)
    draw_sheet(subject)


def layer_words(subject: Subject) -> str:
    """What the numbers of the map are."""
    layers = hidden_layers(subject.model)
    if not layers:
        return "its pixels themselves, since it has no hidden layer"
    if layers[-1].is_convolution:
        return "what its last filters found"
    return "those of its last hidden layer"


def show_nearest(subject: Subject, sample: Sample, digit_map: DigitMap) -> None:
    """The five training digits whose numbers are most like the sample's."""
    train = subject.digits.train
    found, distances = digit_map.nearest(features_of_one(subject.model, sample.image))
    labels = train.labels[found].tolist()
    st.markdown(
        f"**The {len(labels)} training digits nearest to yours**, of {len(train):,}, measured "
        f"by their {number_words(digit_map)}, not on the map (*Euclidean distance*):"
    )
    near = [(label, f"{away:.3g}") for label, away in zip(labels, distances.tolist(), strict=True)]
    wall(
        train.images[found].numpy(),
        [f"a {label} at distance {away}" for label, away in near],
        "The nearest training digits, the nearest first",
        "inside-nearest",
        tile=60,
        captions=[f"a {label} · {away}" for label, away in near],
    )
