"""The command that records what Home shows by itself: `python -m core.demonstration.make`.

Run it again whenever the weights of a shipped network change; a test compares the file with them.
All digits are of writers that the network never saw, and were drawn by lot before it read them: a
wrong answer would be shown as well.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import torch

from core.config import TrainingConfig
from core.data import Digits
from core.datasets.pens.collection import Pens, load, split
from core.datasets.pens.varied import inked
from core.demonstration.brightness import reading_of
from core.demonstration.recording import FILE, Recording, Stroke, Written
from core.drawing import prepare
from core.evaluation import evaluate
from core.machine.storage import write_safely
from core.model import build_model
from core.networks.recipes import pen_strokes
from core.pretrained import Pretrained
from core.pretrained import load as load_network
from core.strokes.paths import drawing_of
from core.strokes.stages import CANVAS
from core.trainer import train

ORDER = (7, 3, 0, 5, 2, 8, 4, 1, 9, 6)  # in which the digits are shown
LOT = 8  # the seed of the lot that chooses who wrote them
SAMPLES = 24  # digits shown as small pictures
LEARNED = 8_000  # images of the short training whose losses are kept


def chosen_digits(pens: Pens, seed: int = LOT) -> list[int]:
    """One of each digit, in the order in which they are shown, drawn by lot."""
    random = np.random.default_rng(seed)
    return [int(random.choice(np.flatnonzero(pens.labels == digit))) for digit in ORDER]


def whole_strokes(pens: Pens, index: int) -> list[Stroke]:
    """The strokes of one digit as plain whole numbers, 0 to 255."""
    return [stroke.astype(int).tolist() for stroke in pens.strokes(index)]


def as_drawn(strokes: list[Stroke]) -> dict:
    """What the canvas sends for these strokes: paths of straight lines."""
    paths = [[["M", *stroke[0]], *(["L", *point] for point in stroke)] for stroke in strokes]
    return {"objects": [{"type": "Path", "path": path, "strokeWidth": 18} for path in paths]}


def written(pens: Pens, index: int, network: Pretrained) -> Written:
    """One digit, and what the network says to it."""
    strokes = whole_strokes(pens, index)
    renderings = prepare(as_drawn(strokes)).renderings
    reading = reading_of(network.model, renderings, network.card.doubt)
    return Written(int(pens.labels[index]), strokes, reading)


def record() -> Recording:
    """All of it, measured now."""
    _, held_back = split(load())
    network = load_network("default")
    images = inked(held_back, torch.arange(len(held_back)))
    exam = Digits(images, torch.from_numpy(held_back.labels))
    random = np.random.default_rng(LOT)
    samples = images[random.choice(len(images), SAMPLES, replace=False)]
    config = TrainingConfig()
    chosen = chosen_digits(held_back)
    tutorial = load_network("tutorial").model
    return Recording(
        weights=network.card.weights_file,
        digits=tuple(written(held_back, each, network) for each in chosen),
        steps=prepare(drawing_of(whole_strokes(held_back, chosen[0]), CANVAS)).stages,
        samples=samples.numpy(),
        losses=tuple(
            step.loss for step in train(build_model(config), pen_strokes(LEARNED), config)
        ),
        confusion=evaluate(tutorial, exam).confusion.numpy(),
    )


def main(file: Path = FILE) -> int:
    """Write the file, and say what is in it."""
    torch.set_num_threads(1)
    recording = record()
    write_safely(file, recording.to_json().encode())
    answers = [(each.digit, each.reading.answer) for each in recording.digits]
    right = sum(digit == answer for digit, answer in answers)
    print(f"{file.name}: {file.stat().st_size:,} bytes; {right} of {len(ORDER)} read correctly")
    return 0


if __name__ == "__main__":
    sys.exit(main())
