"""The map by neighbours (t-SNE): begun by a visitor, made in the background, kept for everybody."""

from __future__ import annotations

import numpy as np
import streamlit as st

from core.background import Refused, Task
from core.explain.embedding import DigitMap, features, features_of_one, place_in_test
from core.explain.tsne import NeighbourMap, neighbour_map
from pages.ui.inside.map_drawing import draw, legend
from pages.ui.inside.subject import Sample, Subject
from pages.ui.state import server
from pages.ui.state.visit import visit
from pages.ui.widgets.choice import choose_one
from pages.ui.words.numbers import percent

WAYS = {"plane": "As seen from one side (PCA)", "neighbours": "By neighbours (t-SNE)"}


def task_of(subject: Subject) -> Task | None:
    """The map of this network: going on, over, or not yet begun."""
    return server.large_tasks().get(("neighbours", subject.key))


def begin(subject: Subject, digit_map: DigitMap) -> None:
    """Make the map; another one of this visitor that goes on is stopped."""

    def work(task: Task) -> NeighbourMap:
        points = features(subject.model, subject.digits.test.images)
        return neighbour_map(points, digit_map.places, task.tell)

    tasks, key = server.large_tasks(), ("neighbours", subject.key)
    before = tasks.get(visit().inside.neighbours)
    if before:
        before.stop()
    tasks.begin(key, work)
    visit().inside.neighbours = key


def offer(subject: Subject, digit_map: DigitMap) -> Task | None:
    """What can be done about the map; the map itself where there is one and it is to be shown."""
    task = task_of(subject)
    if task is None or task.stopped:
        st.button(
            "Arrange by neighbours (t-SNE)",
            icon=":material/scatter_plot:",
            on_click=begin,
            args=(subject, digit_map),
        )
    elif task.error:
        refused = isinstance(task.error, Refused)
        st.info(
            str(task.error) if refused else "The map could not be made from these numbers.",
            icon=":material/map:",
        )
        return None
    elif not task.over:
        show_going(task)
    if task is None or task.partial is None:
        return None
    key = f"inside-map-way-{subject.key[:8]}"  # a new map is what one wants to see
    way = choose_one("Arranged", WAYS, key, default="neighbours")
    return task if way == "neighbours" else None


def show_going(task: Task) -> None:
    """How far the map is, and Stop."""
    words = (
        "Waiting for another visitor's map …" if task.place_in_line else "Arranging the digits …"
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        st.progress(task.share, text=f"{words} {percent(task.share, 0)}")
        st.button("Stop", icon=":material/stop:", on_click=task.stop)


def show_neighbours(subject: Subject, sample: Sample, digit_map: DigitMap, task: Task) -> None:
    """The map, finished or as far as it came, and what it keeps."""
    found = task.result() if task.done else None
    places = found.places if found else task.partial
    place = place_of(subject, sample, found, places)
    draw(digit_map, places, place, ("", ""))
    if task.stopped:
        st.caption(f"Stopped at {percent(task.share, 0)}: these places are not the last ones.")
    elif place is None and found:
        st.caption("Your drawing is too far from all of these to have a place on the map.")
    elif place is None:
        st.caption("Your drawing takes its place when the map is finished.")
    st.caption(
        "*t-SNE* moves the digits until each has its nearest neighbours beside it. It keeps who is "
        "beside whom, not how far apart: the gaps between groups and their sizes mean little. "
        f"{legend(digit_map)}"
    )


def place_of(
    subject: Subject, sample: Sample, found: NeighbourMap | None, places: np.ndarray
) -> np.ndarray | None:
    """Where the sample lies: at its own point, or, on a finished map, where it belongs."""
    number = place_in_test(sample.image, subject.digits.test)
    if number is not None:
        return places[number]
    if found is None:
        return None
    key = ("placed", subject.key, sample.key)
    return server.kept().get_or_make(
        key, lambda: found.place(features_of_one(subject.model, sample.image))
    )
