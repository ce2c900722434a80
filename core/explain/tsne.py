"""The map that keeps neighbours together (t-SNE), made in the background while it is looked at.

The method is L. van der Maaten and G. Hinton, "Visualizing Data using t-SNE" (2008), as openTSNE
does it (P. G. Poličar, M. Stražar and B. Zupan, 2024).
"""

from __future__ import annotations

import gc
import logging
import threading
from functools import cache
from types import ModuleType

import numpy as np

PERPLEXITY = 30  # about so many neighbours of a point count: the usual
EARLY, LATER = 250, 500  # iterations of the two phases: openTSNE's own
EVERY = 10  # iterations between two looks
PLACING = 100  # iterations for a new point; more move it no further

log = logging.getLogger(__name__)


@cache
def open_tsne() -> ModuleType:
    """The library, imported when the first map is made: it takes two seconds and 150 MB."""
    import openTSNE

    gc.freeze()  # what an import brings stays for ever: see core/machine/vision.py
    return openTSNE


class NeighbourMap:
    """A t-SNE map of points in the background. It can be looked at and stopped at any time."""

    _turn = threading.Lock()  # maps of several visitors are made one after the other

    def __init__(self, points: np.ndarray, places: np.ndarray) -> None:
        """points: float32 (M, D); places: (M, 2), where they lie at first, such as on a plane."""
        self.waiting = True  # for the maps of others
        self.failure: str | None = None  # why it came to nothing
        self._points, self._first = points, places
        self._places: np.ndarray | None = None
        self._iterations = 0
        self._embedding = None
        self._placing = threading.Lock()  # to place a point moves the embedding for a moment
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="t-SNE", daemon=True)
        self._thread.start()

    @property
    def share(self) -> float:
        """How much of it is done, 0 to 1."""
        return min(1.0, self._iterations / (EARLY + LATER))

    def places(self) -> np.ndarray | None:
        """The map so far, float32 (M, 2); None where there is none yet."""
        return self._places

    @property
    def over(self) -> bool:
        """Whether it has come to its end, was stopped or has failed."""
        return not self._thread.is_alive()

    @property
    def complete(self) -> bool:
        """Whether it was made to its end."""
        return self.over and self._embedding is not None

    def stop(self) -> None:
        """End it at the next look; the map so far stays."""
        self._stopped.set()

    def wait(self, seconds: float) -> bool:
        """Wait for its end; whether it came."""
        self._thread.join(seconds)
        return self.over

    def place(self, point: np.ndarray) -> np.ndarray | None:
        """Where a new point, (D,), belongs on the finished map: float32 (2,).

        All others stay where they are. None where the map is not complete or the point too far
        from everything to be placed.
        """
        if not self.complete:
            return None
        with self._placing:
            found = self._embedding.transform(point[None].astype(np.float64), n_iter=PLACING)
        place = np.asarray(found[0], dtype=np.float32)
        return place if np.isfinite(place).all() else None

    def _run(self) -> None:
        while not self._turn.acquire(timeout=0.1):
            if self._stopped.is_set():
                return
        self.waiting = False
        try:
            self._embed()
        except Exception:  # a thread has nobody above it to tell
            log.exception("A t-SNE map failed.")
            self.failure = "The map could not be made from these numbers."
        finally:
            self._turn.release()

    def _embed(self) -> None:
        if self._stopped.is_set():
            return
        if not self._points.std(axis=0).any():
            self.failure = "The last hidden layer gives the same numbers for every image."
            return
        tsne = open_tsne()
        spread = tsne.initialization.rescale(self._first.astype(np.float64))
        first = tsne.initialization.jitter(spread, random_state=0)  # else a line stays a line
        method = tsne.TSNE(
            perplexity=min(PERPLEXITY, (len(self._points) - 1) / 3),
            early_exaggeration_iter=EARLY,
            n_iter=LATER,
            neighbors="exact",
            n_jobs=1,
            random_state=0,
            callbacks=self._look,
            callbacks_every_iters=EVERY,
        )
        embedding = method.fit(self._points.astype(np.float64), initialization=first)
        # Placing a point counts its own iterations: they are none of this map's.
        embedding.gradient_descent_params.update(callbacks=None, use_callbacks=False)
        embedding -= (embedding.max(axis=0) + embedding.min(axis=0)) / 2  # as placing will do
        self._places = np.array(embedding, dtype=np.float32)
        if not self._stopped.is_set():  # else these places are not the last ones
            self._embedding = embedding

    def _look(self, iteration: int, error: float, embedding: np.ndarray) -> bool:
        """Called by openTSNE; true ends it."""
        self._iterations += EVERY
        self._places = np.array(embedding, dtype=np.float32)
        return self._stopped.is_set()
