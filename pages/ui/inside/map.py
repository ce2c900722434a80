"""The map: what the last hidden layer makes of 2,000 test images, in two dimensions."""

from __future__ import annotations

import streamlit as st

from core.explain.embedding import DigitMap, features_of_one, measure_map
from core.model import hidden_layers
from pages.ui.inside.map_drawing import draw, draw_sheet, legend
from pages.ui.inside.map_neighbours import offer, show_neighbours, task_of
from pages.ui.inside.subject import Sample, Subject
from pages.ui.state import server
from pages.ui.widgets.task import POLL, is_going, look_again, wait_for
from pages.ui.widgets.wall import wall
from pages.ui.words.numbers import percent


def show_map(subject: Subject, sample: Sample) -> None:
    """The map with the sample on it, and the training digits most like it."""
    digit_map = get_map(subject)
    if digit_map is not None:
        task = task_of(subject)
        look_again(
            lambda: show_now(subject, sample, digit_map),
            lambda: is_going(task_of(subject)),
            POLL if is_going(task) else None,
        )


def show_now(subject: Subject, sample: Sample, digit_map: DigitMap) -> None:
    """One look at the map, which may be in the making."""
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
