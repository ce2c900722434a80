"""The map: what the last hidden layer makes of 2,000 test images, in two dimensions."""

from __future__ import annotations

import numpy as np
import streamlit as st

from core.explain.embedding import DigitMap, features_of_one, measure_map, place_in_test
from core.model import hidden_layers
from pages.ui.inside.map_drawing import draw, draw_sheet
from pages.ui.inside.map_neighbours import begin_by_itself, offer, show_neighbours, task_of
from pages.ui.inside.subject import Sample, Subject
from pages.ui.state import server
from pages.ui.widgets.digits.wall import wall
from pages.ui.widgets.task import POLL, is_going, look_again, wait_for
from pages.ui.words.numbers import article, percent


def show_map(subject: Subject, sample: Sample) -> None:
    """The map with the sample on it, and the digits most like it."""
    digit_map = get_map(subject)
    if digit_map is not None:
        begin_by_itself(subject, digit_map)
        look_again(
            lambda: show_now(subject, sample, digit_map),
            lambda: is_going(task_of(subject)),
            POLL if is_going(task_of(subject)) else None,
        )


def show_now(subject: Subject, sample: Sample, digit_map: DigitMap) -> None:
    """One look at the map, which may be in the making."""
    found = digit_map.nearest(
        features_of_one(subject.model, sample.image),
        without=place_in_test(sample.image, subject.digits.test),
    )
    neighbours = offer(subject, digit_map)
    if neighbours is None:
        show_plane(subject, sample, digit_map, found[0])
    else:
        show_neighbours(subject, sample, digit_map, neighbours, found[0])
    show_nearest(subject, digit_map, *found)
    draw_sheet(subject)


def get_map(subject: Subject) -> DigitMap | None:
    """The map, measured once for everybody; None, and why, where there is none."""
    digits = subject.digits.test
    return wait_for(
        ("plane", subject.key),
        f"The network looks at {len(digits):,} digits",
        lambda task: measure_map(subject.model, digits, task.tell),
        tasks=server.large_tasks(),
        icon="map",
    )


def show_plane(subject: Subject, sample: Sample, digit_map: DigitMap, near: np.ndarray) -> None:
    """The plane with the sample on it, and how far it can be believed."""
    (place,) = digit_map.plane.place(features_of_one(subject.model, sample.image)[None])
    draw(digit_map, digit_map.places, sample, place, near, true_shape=True)
    st.caption(plane_words(digit_map, subject))


def plane_words(digit_map: DigitMap, subject: Subject) -> str:
    """How much of the numbers the plane shows, and what follows from it."""
    if digit_map.plane.shown == 0:
        return "This layer gives the same numbers for every image, so all lie in one place."
    if digit_map.width == 1:
        return "With one number for each image, all lie on a line."
    return (
        f"Each image lies by {number_words(digit_map)}, {layer_words(subject)}, seen from the side "
        f"where they differ most: **{percent(digit_map.plane.shown, 0)}** of all differences "
        "(*variance*) show. The rest is hidden."
    )


def number_words(digit_map: DigitMap) -> str:
    """For example: 50 numbers."""
    return f"{digit_map.width:,} number{'s' if digit_map.width > 1 else ''}"


def layer_words(subject: Subject) -> str:
    """What the numbers of the map are."""
    layers = hidden_layers(subject.model)
    if not layers:
        return "its pixels"
    if layers[-1].is_convolution:
        return "what the last filters found"
    return "those of the last hidden layer"


def show_nearest(
    subject: Subject, digit_map: DigitMap, found: np.ndarray, distances: np.ndarray
) -> None:
    """The digits to which the threads lead; found: their positions; distances: how far they are."""
    digits = subject.digits.test
    labels = digits.labels[found].tolist()
    st.markdown(
        f"**Most like it to the network**, by all {number_words(digit_map)} (*Euclidean distance*):"
    )
    near = [(label, f"{away:.2g}") for label, away in zip(labels, distances.tolist(), strict=True)]
    wall(
        digits.images[found].numpy(),
        [f"{article(label)} {label} at distance {away}" for label, away in near],
        "The nearest digits, the nearest first",
        "inside-nearest",
        tile=76,
        captions=[f"{article(label)} {label}, {away} away" for label, away in near],
    )
