"""The map that keeps neighbours together (t-SNE). It takes seconds: it is work for a task.

The method is L. van der Maaten and G. Hinton, "Visualizing Data using t-SNE" (2008), as openTSNE
does it (P. G. Poličar, M. Stražar and B. Zupan, 2024).
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from types import ModuleType

import numpy as np

from core.background import Refused

PERPLEXITY = 30  # about so many neighbours of a point count: the usual
EARLY, LATER = 250, 500  # iterations of the two phases: openTSNE's own
FIRST_PHASE = EARLY / (EARLY + LATER)  # its share
EVERY = 10  # iterations between two looks
PLACING = 100  # iterations for a new point; more move it no further

OnPlaces = Callable[[float, np.ndarray | None], None]  # hears the share done and the map so far


def open_tsne() -> ModuleType:
    """The library, imported when the first map is made: it takes a second and 80 MB.

    scikit-learn, which it needs, brings pandas and pyarrow where they are installed, 65 MB for
    tables that nobody here hands it. What is None among the modules counts as not installed.
    """
    spared = "pandas" not in sys.modules
    if spared:
        sys.modules["pandas"] = None
    try:
        import openTSNE
    finally:
        if spared:
            del sys.modules["pandas"]
    return openTSNE


class NeighbourMap:
    """A finished t-SNE map. places: float32 (M, 2)."""

    def __init__(self, embedding: np.ndarray) -> None:
        self.places = np.array(embedding, dtype=np.float32)
        self._embedding = embedding
        self._placing = threading.Lock()  # to place a point moves the embedding for a moment

    def place(self, point: np.ndarray) -> np.ndarray | None:
        """Where a new point, (D,), belongs on the map: float32 (2,).

        All others stay where they are. None where it is too far from everything to be placed.
        """
        with self._placing:
            found = self._embedding.transform(point[None].astype(np.float64), n_iter=PLACING)
        place = np.asarray(found[0], dtype=np.float32)
        return place if np.isfinite(place).all() else None


def neighbour_map(
    points: np.ndarray, places: np.ndarray, on_places: OnPlaces = lambda share, places: None
) -> NeighbourMap:
    """The map of points, float32 (M, D), that lie at `places`, (M, 2), at first, as on a plane.

    What `on_places` raises ends the work. Raises Refused where all points or places are the same.
    """
    if not all(np.ptp(each, axis=0).any() for each in (points, places)):
        raise Refused("The last hidden layer gives the same numbers for every image.")
    done = 0

    def look(iteration: int, error: float, embedding: np.ndarray) -> None:
        nonlocal done
        done += EVERY
        on_places(min(1.0, done / (EARLY + LATER)), np.array(embedding, dtype=np.float32))

    tsne = open_tsne()
    on_places(0.0, None)  # to open it took seconds
    spread = tsne.initialization.rescale(places.astype(np.float64))
    first = tsne.initialization.jitter(spread, random_state=0)  # else a line stays a line
    method = tsne.TSNE(
        perplexity=min(PERPLEXITY, (len(points) - 1) / 3),
        early_exaggeration_iter=EARLY,
        n_iter=LATER,
        neighbors="exact",
        n_jobs=1,
        random_state=0,
        callbacks=look,
        callbacks_every_iters=EVERY,
    )
    embedding = method.fit(points.astype(np.float64), initialization=first)
    # Placing a point counts its own iterations: they are none of this map's.
    embedding.gradient_descent_params.update(callbacks=None, use_callbacks=False)
    embedding -= (embedding.max(axis=0) + embedding.min(axis=0)) / 2  # as placing will do
    return NeighbourMap(embedding)
