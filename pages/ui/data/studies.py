"""What is measured on all training images: in the background, as soon as a dataset is opened.

It is done once for everybody. Whoever asks before it is done sees how far it is, and can stop it.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TypeVar

from core.background import Task
from core.data import DigitDataset
from core.gallery.averages import averages
from core.gallery.unusual import distances
from pages.ui.state import server
from pages.ui.widgets.task import wait_for

Found = TypeVar("Found")
STUDIES = (distances, averages)  # the longer one first: it is what is waited for


def begin_studies(dataset: DigitDataset) -> None:
    """Begin what has not been begun yet, so that it is ready when it is asked for."""
    for measure in STUDIES:
        if server.tasks().get(_key(dataset, measure)) is None:
            server.tasks().begin(_key(dataset, measure), _work(dataset, measure))


def studied(dataset: DigitDataset, measure: Callable[..., Found]) -> Found | None:
    """What one of STUDIES found; None, and why, where it was stopped or broke.

    One that broke before is begun again.
    """
    key, work = _key(dataset, measure), _work(dataset, measure)
    task = server.tasks().get(key)
    if task and task.over and task.error:
        server.tasks().begin(key, work)
    return wait_for(key, "Comparing the training images", work)


def _key(dataset: DigitDataset, measure: Callable) -> Hashable:
    return ("study", dataset.name, measure.__name__)


def _work(dataset: DigitDataset, measure: Callable[..., Found]) -> Callable[[Task], Found]:
    return lambda task: measure(dataset.train, on_share=task.tell)
