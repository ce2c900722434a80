"""People against a network: twenty of the digits over which it wavered most, each read by both."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from math import isfinite

import numpy as np
from torch import nn

from core.config import CLASSES
from core.data import Digits, scaled
from core.evaluation import predict_logits
from core.exam.sitting import Exam

ROUNDS = 20
POOL = 200  # the hardest images, of which the twenty are drawn


@dataclass
class Game:
    """One game, before it is played or after.

    exam: the name of the exam that the images are from; images: their numbers in it;
    network_seconds: what the network took for all of them; answers: the visitor's, none before the
    end; seconds: what the visitor took for all but the first, with which the clock begins.
    """

    exam: tuple[str, str]
    images: list[int]
    network_seconds: float
    answers: list[int] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def over(self) -> bool:
        return bool(self.answers)

    def finish(self, answers: object, seconds: object) -> None:
        """Take what a browser says was played; what cannot be a whole game is left out."""
        whole = isinstance(answers, list) and len(answers) == len(self.images)
        if self.over or not whole or not all(_is_digit(each) for each in answers):
            return
        self.answers = answers
        if isinstance(seconds, int | float) and isfinite(seconds):
            self.seconds = max(0.0, float(seconds))


def _is_digit(value: object) -> bool:
    return type(value) is int and 0 <= value < CLASSES


@dataclass(frozen=True)
class GameScore:
    """How many images somebody was asked, and which were misread: image, true digit, answer."""

    images: int
    misses: list[tuple[int, int, int]]

    @property
    def correct(self) -> int:
        return self.images - len(self.misses)


def begin_game(
    name: tuple[str, str], exam: Exam, model: nn.Module, digits: Digits, seed: int
) -> Game:
    """Draw the images, and let the network read them against the clock.

    name, exam, digits: of the exam that the network sat; it takes POOL images at least.
    """
    images = draw_game(exam, seed)
    begun = time.perf_counter()
    predict_logits(model, scaled(digits.images[images]))
    return Game(name, images.tolist(), time.perf_counter() - begun)


def game_scores(game: Game, exam: Exam) -> tuple[GameScore, GameScore]:
    """The visitor's score and the network's, when the game is over."""
    networks = exam.answers[game.images].tolist()
    labels = exam.labels[game.images].tolist()
    return _score(game.images, labels, game.answers), _score(game.images, labels, networks)


def _score(images: list[int], labels: list[int], answers: list[int]) -> GameScore:
    rounds = list(zip(images, labels, answers, strict=True))
    return GameScore(len(rounds), [each for each in rounds if each[1] != each[2]])


def hardest(exam: Exam, count: int) -> np.ndarray:
    """int64 (count,): the images over which the network wavered most, right or wrong.

    That is where its first and its second choice lie closest together. Taking its mistakes instead
    would decide the network's own score before the game begins.
    """
    ranked = np.sort(exam.probabilities, axis=1)
    return np.argsort(ranked[:, -1] - ranked[:, -2], kind="stable")[:count]


def draw_game(exam: Exam, seed: int) -> np.ndarray:
    """int64 (ROUNDS,): images drawn by chance from the POOL hardest."""
    return np.random.default_rng(seed).permutation(hardest(exam, POOL))[:ROUNDS]
