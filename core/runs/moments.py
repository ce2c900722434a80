"""The way back: a network's weights at moments of its training, few enough to be kept by the way.

They lie in a file without a name (core/machine/scratch.py), not in memory, and last as long as the
run is remembered. What is kept for good is the business of core/runs/kept.
"""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass

import safetensors.torch
from torch import Tensor, nn

from core.machine.scratch import Scratch

MOST_MOMENTS = 64
MOST_BYTES = 64_000_000  # on disk, for all moments of a run together

Weights = dict[str, Tensor]


def moments(total: int, most: int = MOST_MOMENTS) -> list[int]:
    """The iterations to remember, from 0 (untrained) to `total`: dense at first, then sparse.

    At most `most` of them, ever further apart; fewer than two are no way back, so then none.
    """
    if most < 2:
        return []
    if total + 1 <= most:
        return list(range(total + 1))
    chosen = {0, total}
    steps = most - 1
    while len(chosen) < most:  # early steps of a geometric row fall together: make it finer
        row = {round(math.expm1(math.log1p(total) * k / steps)) for k in range(steps + 1)}
        if len(row) > most:
            break
        chosen, steps = row | {0, total}, steps + 1
    return sorted(chosen)


@dataclass(frozen=True)
class Moment:
    """A network after an iteration."""

    iteration: int
    _file: Scratch
    _place: slice

    @property
    def weights(self) -> Weights:
        """All that makes up the network, on the CPU; read again at each look."""
        return safetensors.torch.load(self._file.read(self._place))


class Moments:
    """Takes the weights at chosen iterations of one run. `taken`: so far, oldest first."""

    def __init__(self, model: nn.Module, total: int) -> None:
        size = sum(value.numel() * value.element_size() for value in model.state_dict().values())
        self._due = deque(moments(total, min(MOST_MOMENTS, MOST_BYTES // size)))
        self._file: Scratch | None = None  # opened for the first
        self.taken: list[Moment] = []

    @property
    def size(self) -> int:
        """Bytes on the disk."""
        return self._file.size if self._file else 0

    def offer(self, iteration: int, model: nn.Module) -> bool:
        """Keep the weights if this iteration is one to remember; whether it was.

        Raises OSError where they cannot be written.
        """
        while self._due and self._due[0] < iteration:  # a run that goes on begins in the middle
            self._due.popleft()
        if not self._due or self._due[0] != iteration:
            return False
        self._due.popleft()
        self._file = self._file or Scratch()
        place = self._file.add(safetensors.torch.save(weights_of(model)))
        self.taken.append(Moment(iteration, self._file, place))
        return True


def weights_of(model: nn.Module) -> Weights:
    """A copy of all numbers that make up the network, on the CPU."""
    return {name: value.detach().cpu().clone() for name, value in model.state_dict().items()}
