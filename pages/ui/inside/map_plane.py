"""The map as a plane: the digits as seen from the side where the network's numbers differ most."""

from __future__ import annotations

import streamlit as st

from core.explain.embedding import DigitMap, features_of_one, measure_map
from pages.ui.inside.map_drawing import draw, legend
from pages.ui.inside.subject import Sample, Subject
from pages.ui.state import server
from pages.ui.widgets.task import wait_for
from pages.ui.words.numbers import percent


def get_map(subject: Subject) -> DigitMap | None:
    """The map, measured once for everybody; None, and why, where there is none."""
    count = len(subject.digits.train) + len(subject.digits.test)
    return wait_for(
        ("plane", subject.key),
        f"The network looks at {count:,} digits",
        lambda task: measure_map(subject.model, subject.digits, task.tell),
        tasks=server.large_tasks(),
        icon="map",
    )


def show_plane(subject: Subject, sample: Sample, digit_map: DigitMap) -> None:
    """The plane with the sample on it, and how far it can be believed."""
    first, second = digit_map.plane.shares.tolist()
    axes = (
        f"first direction ({percent(first, 0)} of the variance)",
        f"second direction ({percent(second, 0)})",
    )
    (place,) = digit_map.plane.place(features_of_one(subject.model, sample.image)[None])
    draw(digit_map, digit_map.places, place, axes)
    st.caption(f"{plane_words(digit_map)} {legend(digit_map)}")


def plane_words(digit_map: DigitMap) -> str:
    """How much of the numbers the plane shows, and what follows from it."""
    if digit_map.plane.shown == 0:
        return "This layer gives the same numbers for every image, so all lie in one place."
    if digit_map.width == 1:
        return "With one number for each image, all lie on a line."
    return (
        f"The {number_words(digit_map)} as seen from the side where they differ most (*principal "
        f"component analysis*): **{percent(digit_map.plane.shown, 0)}** of all differences "
        "(*variance*) show here, the rest is hidden. So two digits that lie far apart differ, but "
        "two that lie together may still differ in the hidden part: distances here are only "
        "roughly those of the numbers."
    )


def number_words(digit_map: DigitMap) -> str:
    """For example: 50 numbers."""
    return f"{digit_map.width:,} number{'s' if digit_map.width > 1 else ''}"
