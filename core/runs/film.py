"""A run as a film: what its network was like at each remembered moment, to be sent once.

It asks copies of the network, outside the run's own thread. The browser shows the film without
asking again: see pages/ui/frontend/moments.js.
"""

from __future__ import annotations

import threading
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from core.config import TrainingConfig
from core.data import Digits
from core.model import build_model
from core.runs.at_work import AtWork, at_work, in_base64, in_steps
from core.runs.moments import Moment

FAST = 1  # of zlib's levels; the best one takes twice the time to spare a hundredth


@dataclass(frozen=True)
class Still:
    """One picture of the film. numbers: uint8 (N,), the first weights in steps, then what it says
    to each digit of the wall in shares of 255; answers: one letter a digit, "-" for none."""

    iteration: int
    compressed: bytes
    answers: str

    @property
    def numbers(self) -> np.ndarray:
        return np.frombuffer(zlib.decompress(self.compressed), np.uint8)


class Film:
    """Grows with the run: each moment is looked at once, whoever asks for it, and stays here when
    its weights are forgotten. 6 KB a moment, so 0.4 MB at the most."""

    def __init__(self) -> None:
        self._stills: dict[int, Still] = {}
        self._shape = (0, 0)  # weights that are shown: how many tiles, how many pixels a side
        self._packed: dict[str, Any] = {}  # what was handed over last
        self._lock = threading.Lock()

    def take(self, config: TrainingConfig, moments: Iterable[Moment], wall: Digits) -> None:
        """Look at the moments that are new. `wall`: the same digits each time."""
        with self._lock:
            for moment in moments:
                if moment.iteration not in self._stills:
                    model = build_model(config)
                    model.load_state_dict(moment.weights)
                    found = at_work(model.eval(), wall)
                    self._shape = found.shown.shape[:2]
                    self._stills[moment.iteration] = still(moment.iteration, found)

    @property
    def size(self) -> int:
        """Bytes, roughly: of the stills, and of what was handed over last."""
        stills = list(self._stills.values())
        return sum(len(each.compressed) for each in stills) + len(self._packed.get("film", ""))

    def to_dict(self) -> dict[str, Any]:
        """As JSON takes it, oldest first: 64 moments of the tutorial network are 0.15 MB.

        film: each still's numbers less those of the one before, modulo 256, compressed (zlib) and
        in base64. Two moments differ in little, so that this is half of what they are themselves.
        """
        with self._lock:
            if len(self._packed.get("at", ())) < len(self._stills) or not self._packed:
                self._packed = packed(self._stills, *self._shape)
            return self._packed


def packed(stills: dict[int, Still], shown: int, side: int) -> dict[str, Any]:
    """See `Film.to_dict`. shown, side: how many weights' tiles, of how many pixels a side."""
    in_order = [stills[iteration] for iteration in sorted(stills)]
    numbers = np.array([each.numbers for each in in_order], np.uint8)
    changes = np.diff(numbers, axis=0, prepend=np.zeros_like(numbers[:1]))
    return {
        "at": [each.iteration for each in in_order],
        "answers": [each.answers for each in in_order],
        "shown": shown,
        "side": side,
        "film": in_base64(np.frombuffer(zlib.compress(changes.tobytes()), np.uint8)),
    }


def still(iteration: int, found: AtWork) -> Still:
    """The network as it was after this iteration."""
    numbers = np.concatenate([in_steps(found.shown), found.shares_in_bytes.ravel()])
    answers = "".join("-" if answer < 0 else str(answer) for answer in found.answers.tolist())
    return Still(iteration, zlib.compress(numbers.tobytes(), FAST), answers)
