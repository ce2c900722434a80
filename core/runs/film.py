"""A run as a film: what its network was like at each remembered moment, to be sent once.

It asks copies of the network, outside the run's own thread. The browser shows the film without
asking again: see pages/ui/frontend/moments.js.
"""

from __future__ import annotations

import base64
import threading
import zlib
from collections.abc import Iterable
from typing import Any

import numpy as np

from core.config import TrainingConfig
from core.data import Digits
from core.runs.at_work import AtWork, at_work, in_base64, in_steps
from core.runs.kept.run import with_weights
from core.runs.moments import Moment

FAST = 1  # of zlib's levels, for what is compressed again soon


class Film:
    """Grows with the run: each moment is looked at once, whoever asks for it, and stays here when
    its weights are forgotten. 64 moments of the tutorial network take 0.15 MB.

    The numbers of a moment are uint8 (N,): the first weights in steps, then what it says to each
    digit of the wall in shares of 255. Only their changes are kept, modulo 256: two moments differ
    in little, so that this is half of what they are themselves.
    """

    def __init__(self) -> None:
        self._at: list[int] = []
        self._answers: list[str] = []  # of each moment, one letter a digit, "-" for none
        self._shape = (0, 0)  # weights that are shown: how many tiles, how many pixels a side
        self._last = np.zeros(1, np.uint8)  # the numbers of the newest moment
        self._new: list[bytes] = []  # changes that were not handed over yet, compressed
        self._packed = self._pack(b"")  # what was handed over last
        self._lock = threading.Lock()

    def take(self, config: TrainingConfig, moments: Iterable[Moment], wall: Digits) -> None:
        """Look at the moments that are new, oldest first. `wall`: the same digits each time."""
        with self._lock:
            for moment in moments:
                if moment.iteration not in self._at:
                    model = with_weights(config, moment.weights)
                    self._add(moment.iteration, at_work(model, wall))

    def _add(self, iteration: int, found: AtWork) -> None:
        numbers = np.concatenate([in_steps(found.shown), found.shares_in_bytes.ravel()])
        self._new.append(zlib.compress((numbers - self._last).tobytes(), FAST))
        self._at.append(iteration)
        self._answers.append("".join("-" if each < 0 else str(each) for each in found.answers))
        self._shape, self._last = found.shown.shape[:2], numbers

    @property
    def size(self) -> int:
        """Bytes, roughly."""
        return sum(map(len, self._new)) + len(self._packed["film"]) + self._last.nbytes

    def to_dict(self) -> dict[str, Any]:
        """As JSON takes it, oldest first. film: the changes of each moment's numbers, those of the
        first from 0, compressed (zlib) and in base64."""
        with self._lock:
            if self._new:
                before = zlib.decompress(base64.b64decode(self._packed["film"]))
                self._packed = self._pack(before + b"".join(map(zlib.decompress, self._new)))
                self._new.clear()
            return self._packed

    def _pack(self, changes: bytes) -> dict[str, Any]:
        shown, side = self._shape
        return {
            "at": list(self._at),
            "answers": list(self._answers),
            "shown": shown,
            "side": side,
            "film": in_base64(np.frombuffer(zlib.compress(changes), np.uint8)),
        }
