"""The map by neighbours (t-SNE): begun in the background when a map is opened, for everybody."""

from __future__ import annotations

import numpy as np
import streamlit as st

from core.background import Refused, Task
from core.explain.embedding import DigitMap, features, features_of_one, place_in_test
from core.explain.tsne import FIRST_PHASE, NeighbourMap, neighbour_map
from pages.ui.inside.map_drawing import draw
from pages.ui.inside.subject import Sample, Subject
from pages.ui.state import server
from pages.ui.state.visit import visit
from pages.ui.widgets.choosing.choice import choose_one
from pages.ui.widgets.task import is_going
from pages.ui.words.numbers import percent, unmarked

WAYS = {"neighbours": "By neighbours (t-SNE)", "plane": "From one side (PCA)"}


def task_of(subject: Subject) -> Task | None:
    """The map of this network: going on, over, or not yet begun."""
    return server.large_tasks().get(("neighbours", subject.key))


def begin(subject: Subject, digit_map: DigitMap) -> None:
    """Make the map. Whatever else somebody waits for goes first: nobody waits for this one."""

    def work(task: Task) -> NeighbourMap:
        def look(share: float, places: np.ndarray | None) -> None:
            task.leave()
            task.enter()
            task.tell(share, places)

        points = features(subject.model, subject.digits.test.images)
        return neighbour_map(points, digit_map.places, look)

    server.large_tasks().begin(("neighbours", subject.key), work)


def begin_by_itself(subject: Subject, digit_map: DigitMap) -> None:
    """Begin the map that this visitor came to; one of theirs that goes on elsewhere is stopped.

    What they stopped here, and what cannot be made, stays as it is.
    """
    here, key, task = visit().inside, ("neighbours", subject.key), task_of(subject)
    came = here.neighbours != key
    before = server.large_tasks().get(here.neighbours) if came else None
    if before:
        before.stop()
    here.neighbours = key
    if task is None or (came and task.stopped):
        begin(subject, digit_map)


def offer(subject: Subject, digit_map: DigitMap) -> Task | None:
    """How it is arranged and how far that is; the task, if its places are to be shown."""
    task = task_of(subject)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        way = choose_one("Arranged", WAYS, "inside-map-way", show_label=False)
        if is_going(task):
            show_going(task)
        elif task.stopped:
            st.button(
                "Arrange by neighbours",
                icon=":material/scatter_plot:",
                on_click=begin,
                args=(subject, digit_map),
            )
    if task.error:
        refused = isinstance(task.error, Refused)
        why = str(task.error) if refused else "The map could not be made from these numbers."
        st.info(unmarked(why), icon=":material/map:")
        return None
    # In the first phase all digits are drawn together into knots, which are no map.
    is_map = task.over or task.share > FIRST_PHASE
    return task if way == "neighbours" and is_map and task.partial is not None else None


def show_going(task: Task) -> None:
    """How far the map is, and Stop."""
    words = "Waiting for its turn …" if task.place_in_line else "Arranging the digits …"
    st.progress(task.share, text=f"{words} {percent(task.share, 0)}", width=220)
    st.button("Stop", icon=":material/stop:", on_click=task.stop)


def show_neighbours(
    subject: Subject, sample: Sample, digit_map: DigitMap, task: Task, near: np.ndarray
) -> None:
    """The map, finished or as far as it came, and what it keeps."""
    found = task.result() if task.done else None
    places = found.places if found else task.partial
    place = place_of(subject, sample, found, places)
    draw(digit_map, places, sample, place, near, true_shape=False)
    if task.stopped:
        st.caption(f"Stopped at {percent(task.share, 0)}: these places are not the last ones.")
    elif place is None and found:
        st.caption("Your drawing is too far from all of these to have a place on the map.")
    elif place is None:
        st.caption("Your drawing takes its place when the map is finished.")
    st.caption(
        f"{len(places):,} test images of {subject.digits_label}. Those alike to the network lie "
        "side by side; how far apart the heaps are says little."
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
