"""What is remembered of a run beside its numbers: the way back, the probe, the newest batch."""

from __future__ import annotations

import copy
import logging
import math
from array import array
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from torch import Tensor, nn

from core.config import CLASSES, TrainingConfig
from core.evaluation import probabilities
from core.model import build_model
from core.runs.film import Film
from core.runs.microscope.recording import BatchRecord
from core.runs.moments import Moment, Moments

MOST_ANSWERS = 1_000  # more points than a chart has pixels would show nothing new

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Answers:
    """image: float32 (28, 28) in [0, 1]; iterations: int64 (N,); probabilities: float32 (N, 10)."""

    image: np.ndarray
    iterations: np.ndarray
    probabilities: np.ndarray

    @property
    def turns(self) -> list[tuple[int, int]]:
        """(iteration, answer), the first one and each that is another than the one before."""
        answers = self.probabilities.argmax(axis=1)
        new = np.flatnonzero(np.diff(answers, prepend=-1))
        return [(int(self.iterations[each]), int(answers[each])) for each in new]


class Probe:
    """Asks at evenly spread iterations: before a run, and at most MOST_ANSWERS times in it."""

    def __init__(self, image: np.ndarray) -> None:
        self._image = np.asarray(image, dtype=np.float32)
        self._iterations: list[int] = []
        # Bare numbers: tensors take ten times as much, and each holds on to its page of memory,
        # between what batches have long freed.
        self._answers = array("f")

    def ask(self, iteration: int, total: int, model: nn.Module) -> None:
        """Let the network answer, if it is time to in a run of `total` iterations."""
        every = math.ceil(total / MOST_ANSWERS)
        if not self._iterations or iteration >= self._iterations[-1] + every:
            self._answers.extend(probabilities(model, self._image[None])[0].tolist())
            self._iterations.append(iteration)

    def answers(self) -> Answers:
        """All answers so far."""
        shares = np.array(self._answers, dtype=np.float32).reshape(-1, CLASSES)
        return Answers(self._image, np.array(self._iterations, dtype=np.int64), shares)


def answers_before_learning(config: TrainingConfig, image: np.ndarray) -> Answers:
    """What the network of a run with these settings says to an image, float (28, 28) in [0, 1],
    before its first batch."""
    probe = Probe(image)
    probe.ask(0, 1, build_model(config).eval())
    return probe.answers()


class Memory:
    """Looks at the network between two batches. Empty until `begin`."""

    def __init__(self, probe: np.ndarray | None) -> None:
        self.record: BatchRecord | None = None  # of the newest batch, if it was recorded
        self.film = Film()  # of the moments that somebody has looked at
        self.cleared = False  # the way back had to make room
        self.grown: Callable[[], None] = lambda: None  # called when there is one moment more
        self._moments: Moments | None = None
        self._probe = Probe(probe) if probe is not None else None
        self._total = 0

    def begin(self, model: nn.Module, total: int, iteration: int = 0) -> None:
        """A network before its first iteration, or after `iteration` of `total`."""
        self._moments, self._total = Moments(model, total), total
        self.look(iteration, model)

    def look(self, iteration: int, model: nn.Module) -> None:
        """Keep what is to be kept of the network after this iteration."""
        try:
            if self._moments and self._moments.offer(iteration, model):
                self.grown()
        except OSError as problem:  # a full disk, most of all
            log.warning("The way back of a run could not be kept: %s", problem)
            self.clear_moments()
        if self._probe:
            self._probe.ask(iteration, self._total, model)

    def moments(self) -> tuple[Moment, ...]:
        """The network at moments of the run, for going back; empty for very large networks."""
        moments = self._moments  # another run may clear them in between
        return tuple(moments.taken) if moments else ()

    def clear_moments(self) -> int:
        """Give up the way back, what is still to come of it too; the bytes of disk that it took."""
        moments, self._moments = self._moments, None
        if not moments or not moments.taken:
            return 0
        self.cleared = True
        return moments.size

    @property
    def on_disk(self) -> int:
        """Bytes of the way back."""
        return self._moments.size if self._moments else 0

    @property
    def in_memory(self) -> int:
        """Bytes of what is remembered beside it."""
        record = vars(self.record).values() if self.record else ()
        return self.film.size + sum(each.nbytes for each in record if isinstance(each, Tensor))

    def answers(self) -> Answers | None:
        """What the network has said to the probe; None without one."""
        return self._probe.answers() if self._probe else None

    def set_probe(self, image: np.ndarray | None, iteration: int, model: nn.Module | None) -> None:
        """Show this image, float (28, 28) in [0, 1], from now on, and first to the network as it
        was at each moment that is remembered, and as it is now; None: no more.

        model: as it is after the iteration; None before it is built.
        """
        self._probe = Probe(image) if image is not None else None
        if self._probe and model is not None:
            then = copy.deepcopy(model).cpu()
            for moment in self.moments():
                then.load_state_dict(moment.weights)
                self._probe.ask(moment.iteration, self._total, then)
            self._probe.ask(iteration, self._total, model)
