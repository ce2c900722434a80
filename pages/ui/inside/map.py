"""The map: what the last hidden layer makes of 2,000 test images, in two dimensions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from core.charts.embedding import SHEET_COLUMNS, map_chart
from pages.ui.inside.hover_map import hover_map, hover_sheet
from pages.ui.inside.maps import (
    get_map,
    get_sheet,
    is_going,
    maps,
    newest_job,
    numbers_of,
    place_by_neighbours,
    start,
)
from pages.ui.inside.subject import Sample, Subject
from pages.ui.widgets.wall import wall
from pages.ui.words.numbers import percent

if TYPE_CHECKING:
    from core.explain.embedding import DigitMap
    from core.explain.tsne import NeighbourMap

POLL = 0.5  # seconds between two looks at a map that is being made
WAYS = {"plane": "As seen from one side (PCA)", "neighbours": "By neighbours (t-SNE)"}


def show_map(subject: Subject, sample: Sample) -> None:
    """The map with the sample on it, and the training digits most like it."""
    digit_map = get_map(subject)
    if digit_map is not None:
        going = is_going()
        st.fragment(watch, run_every=POLL if going else None)(subject, sample, digit_map, going)


def watch(subject: Subject, sample: Sample, digit_map: DigitMap, going: bool) -> None:
    """One look. `going`: whether a map was being made when the page was built."""
    if is_going() != going:
        st.rerun()  # the page changes with it: another rhythm, other buttons
    st.markdown(
        f"Before it answers, the network turns every image into **{number_words(digit_map)}** "
        f"({layer_words(subject)}). Here "
        f"{len(digit_map.places):,} test images of {subject.digits_label} lie by these numbers: "
        "images that are alike to the network lie close together. **★ is your digit**, a ring is "
        "one read wrongly. Point at a digit or tap it to see it, or walk with the arrow keys."
    )
    neighbours = offer_neighbours(subject, digit_map)
    if neighbours is None:
        show_plane(subject, sample, digit_map)
    else:
        show_neighbours(subject, sample, digit_map, neighbours)
    show_nearest(subject, sample, digit_map)
    hover_sheet(get_sheet(subject), SHEET_COLUMNS, "inside-map")


def number_words(digit_map: DigitMap) -> str:
    """For example: 50 numbers."""
    return f"{digit_map.width:,} number{'s' if digit_map.width > 1 else ''}"


def layer_words(subject: Subject) -> str:
    """What the numbers of the map are."""
    if len(subject.model.layers) > 1:
        return "those of its last hidden layer"
    if hasattr(subject.model, "features"):
        return "what its last filters found"
    return "its pixels themselves, since it has no hidden layer"


def offer_neighbours(subject: Subject, digit_map: DigitMap) -> NeighbourMap | None:
    """The other map where the visitor wants to see it, with what can be done about it."""
    key, job = newest_job()
    if job and job.complete:
        maps().keep(("neighbours", key), job)
    mine = job if key == subject.key else None
    finished = maps().get(("neighbours", subject.key)) or mine
    if mine and not mine.over:
        show_going(mine)
    elif mine and mine.failure:
        st.info(mine.failure, icon=":material/map:")
        return None
    elif finished is None or not finished.complete:
        st.button(
            "Arrange by neighbours (t-SNE)",
            icon=":material/scatter_plot:",
            on_click=start,
            args=(subject, digit_map),
        )
    if finished is None or finished.places() is None:
        return None
    way = st.segmented_control(
        "Arranged",
        list(WAYS),
        format_func=WAYS.get,
        default="neighbours",
        required=True,
        key=f"inside-map-way-{subject.key[:8]}",  # a new map is what one wants to see
        persist_state="session",
    )
    return finished if way == "neighbours" else None


def show_going(job: NeighbourMap) -> None:
    """How far the map is, and Stop."""
    words = "Waiting for another visitor's map …" if job.waiting else "Arranging the digits …"
    with st.container(horizontal=True, vertical_alignment="center"):
        st.progress(job.share, text=f"{words} {percent(job.share, 0)}")
        st.button("Stop", icon=":material/stop:", on_click=job.stop)


def show_plane(subject: Subject, sample: Sample, digit_map: DigitMap) -> None:
    """The map as a plane, and how far it can be believed."""
    first, second = (float(share) for share in digit_map.plane.shares)
    axes = (
        f"first direction ({percent(first, 0)} of the variance)",
        f"second direction ({percent(second, 0)})",
    )
    (place,) = digit_map.plane.place(numbers_of(subject, sample)[None])
    draw(subject, digit_map, digit_map.places, place, axes)
    st.caption(f"{plane_words(digit_map)} {legend(digit_map, subject)}")


def plane_words(digit_map: DigitMap) -> str:
    """How much of the numbers the plane shows, and what follows from it."""
    shown = float(digit_map.plane.shares.sum())
    if shown == 0:
        return "This layer gives the same numbers for every image, so all lie in one place."
    if digit_map.width == 1:
        return "With one number for each image, all lie on a line."
    return (
        f"The {number_words(digit_map)} as seen from the side where they differ most (*principal "
        f"component analysis*): **{percent(shown, 0)}** of all differences (*variance*) show here, "
        "the rest is hidden. So two digits that lie far apart differ, but two that lie together "
        "may still differ in the hidden part: distances here are only roughly those of the numbers."
    )


def show_neighbours(
    subject: Subject, sample: Sample, digit_map: DigitMap, job: NeighbourMap
) -> None:
    """The map by neighbours, and what it keeps."""
    places = job.places()
    place = place_by_neighbours(subject, sample, job)
    draw(subject, digit_map, places, place, ("", ""))
    if job.over and not job.complete:
        st.caption(f"Stopped at {percent(job.share, 0)}: these places are not the last ones.")
    elif place is None and job.complete:
        st.caption("Your drawing is too far from all of these to have a place on the map.")
    elif place is None:
        st.caption("Your drawing takes its place when the map is finished.")
    st.caption(
        "*t-SNE* moves the digits until each has its nearest neighbours beside it. It keeps who is "
        "beside whom, not how far apart: the gaps between groups and their sizes mean little. "
        f"{legend(digit_map, subject)}"
    )


def draw(
    subject: Subject,
    digit_map: DigitMap,
    places: np.ndarray,
    place: np.ndarray | None,
    axes: tuple[str, str],
) -> None:
    """The map itself."""
    labels = subject.digits.test.labels.numpy()
    words = (
        f"A map of {len(labels):,} test images, each shown as the digit that it is. Use the arrow "
        "keys to go from image to image."
    )
    chart = map_chart(places, labels, digit_map.answers, place, axes, words)
    hover_map(chart, labels, digit_map.answers, "inside-map")


def legend(digit_map: DigitMap, subject: Subject) -> str:
    """What the signs mean, with the count of mistakes."""
    wrong = int((digit_map.answers != subject.digits.test.labels.numpy()).sum())
    total = len(digit_map.answers)
    return (
        "Each image stands as the digit it is, in that digit's colour; a ring: read wrongly "
        f"({wrong:,} of {total:,}, {percent(wrong / total)}); the star: your digit."
    )


def show_nearest(subject: Subject, sample: Sample, digit_map: DigitMap) -> None:
    """The five training digits whose numbers are most like the sample's."""
    train = subject.digits.train
    found, distances = digit_map.nearest(numbers_of(subject, sample))
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
