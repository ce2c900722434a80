"""The maps of a network: those kept for everybody, and the one that is being made."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from core.charts.embedding import tile_sheet
from pages.ui import state
from pages.ui.inside.subject import Sample, Subject
from pages.ui.widgets.progress_bar import ProgressBar
from pages.ui.widgets.reading import picture

if TYPE_CHECKING:
    from core.exam.sitting import Results
    from core.explain.embedding import DigitMap
    from core.explain.tsne import NeighbourMap

MAPS = 8  # kept for everybody: for a very wide network 40 MB, and half as much by neighbours


def get_map(subject: Subject) -> DigitMap | None:
    """The map, measured once for everybody; None, and why, where there is none."""
    from core.explain.embedding import NoMap, measure_map

    kept = maps().get(("plane", subject.key))
    if kept is not None:
        return kept
    place = st.empty()
    count = len(subject.digits.train) + len(subject.digits.test)
    bar = ProgressBar(place, f"The network looks at {count:,} digits")
    try:
        kept = measure_map(subject.model, subject.digits, bar.tell_share)
    except NoMap as problem:
        st.info(str(problem), icon=":material/map:")
        return None
    finally:
        place.empty()
    maps().keep(("plane", subject.key), kept)
    return kept


def maps() -> Results:
    """The newest maps. Apart from other results, since they are large."""
    from core.exam.sitting import Results

    kept = state.results().get("inside-maps") or Results(MAPS)
    state.results().keep("inside-maps", kept)
    return kept


def get_sheet(subject: Subject) -> str:
    """All test images as one picture, made once for everybody."""
    key = ("inside-sheet", subject.digits_key)
    kept = state.results().get(key)
    if kept is None:
        kept = picture(tile_sheet(subject.digits.test.images.numpy()))
        state.results().keep(key, kept)
    return kept


def newest_job() -> tuple[str, NeighbourMap] | tuple[None, None]:
    """The map by neighbours that this visitor started last, with its network's key."""
    return state.recall("inside-neighbours", (None, None))


def is_going() -> bool:
    """Whether a map by neighbours of this visitor is being made."""
    _, job = newest_job()
    return job is not None and not job.over


def start(subject: Subject, digit_map: DigitMap) -> None:
    """Begin the map by neighbours; another one of this visitor that goes on is stopped."""
    from core.explain.embedding import features
    from core.explain.tsne import NeighbourMap

    _, running = newest_job()
    if running and not running.over:
        running.stop()
    points = features(subject.model, subject.digits.test.images)
    state.keep("inside-neighbours", (subject.key, NeighbourMap(points, digit_map.places)))


def place_by_neighbours(subject: Subject, sample: Sample, job: NeighbourMap) -> np.ndarray | None:
    """Where the sample lies on that map: its own point, or the place of a new one."""
    from core.explain.embedding import place_in_test

    number = place_in_test(sample.image, subject.digits.test)
    if number is not None:
        return job.places()[number]
    key = ("inside-placed", subject.key, sample.key)
    kept, place = state.recall("inside-placed", (None, None))
    if kept != key or place is None:
        place = job.place(numbers_of(subject, sample))
        state.keep("inside-placed", (key, place))
    return place


def numbers_of(subject: Subject, sample: Sample) -> np.ndarray:
    """What the last hidden layer makes of the sample, float32 (D,)."""
    import torch

    from core.explain.embedding import features

    return features(subject.model, torch.from_numpy(sample.image[None]))[0]
