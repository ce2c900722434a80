"""The styles of the built-in handwriting as tensors: a batch of any styles is drawn at once.

Their sketches (core/datasets/sketches.txt) become control points and weights of curves.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import torch
from torch import Tensor

from core.datasets.curves import cornered_weights, even_times, passing_times
from core.datasets.styles import STYLES, Stroke, Style

SAMPLES = 44  # points along the pen's path, which is some 50 pixels long
SPARE = 3  # further points beyond each end of a stroke, for ends that overshoot


@dataclass(frozen=True)
class Alphabet:
    """All styles, padded to one size.

    S styles of up to K sketches with up to C control points; D points lie on their curves and
    beyond the curves' ends, and P = SAMPLES points are picked from those.
    """

    digits: Tensor  # int64 (S,)
    weights: Tensor  # float32 (S,)
    sketches: Tensor  # float32 (S, K, C, 2)
    has_sketch: Tensor  # bool (S, K)
    sharp: Tensor  # float32 (S, D, C), weights of curves that turn sharply at all corners
    flowing: Tensor  # float32 (S, D, C), of curves that run through the "?" ones smoothly
    kinship: Tensor  # float32 (S, C, C), how much moves a point when another one is moved
    first: Tensor  # float32 (S, P), for each sample: where among D its stroke begins
    last: Tensor  # float32 (S, P), where it ends
    along: Tensor  # float32 (S, P), how far along its stroke the sample lies, 0 to 1
    stroke: Tensor  # int64 (S, P), which stroke that is
    connected: Tensor  # bool (S, P - 1), whether a sample and the next are of one stroke


@cache
def alphabet() -> Alphabet:
    """The styles in the order of STYLES."""
    sketches = [style.strokes() for style in STYLES.values()]
    rooms = (
        max(len(sketch) for sketch in sketches),
        max(sum(len(stroke.points) for stroke in sketch[0]) for sketch in sketches),
        SAMPLES + 2 * SPARE * max(len(sketch[0]) for sketch in sketches),
    )
    rows = [_tensors(style, *rooms) for style in STYLES.values()]
    columns = {name: torch.from_numpy(np.stack([row[name] for row in rows])) for name in rows[0]}
    return Alphabet(**{k: v.float() if v.is_floating_point() else v for k, v in columns.items()})


def _tensors(style: Style, sketch_room: int, point_room: int, curve_room: int) -> dict:
    """The fields of `Alphabet` for one style, as numpy arrays."""
    sketches = style.strokes()
    out = {
        "digits": np.array(style.digit),
        "weights": np.array(style.weight),
        "sketches": np.zeros((sketch_room, point_room, 2)),
        "has_sketch": np.arange(sketch_room) < len(sketches),
        "sharp": np.zeros((curve_room, point_room)),
        "flowing": np.zeros((curve_room, point_room)),
        "kinship": np.zeros((point_room, point_room)),
        "first": np.zeros(SAMPLES),
        "last": np.zeros(SAMPLES),
        "along": np.zeros(SAMPLES),
        "stroke": np.zeros(SAMPLES, dtype=np.int64),
        "connected": np.ones(SAMPLES - 1, dtype=bool),
    }
    for number, sketch in enumerate(sketches):
        points = np.concatenate([stroke.points for stroke in sketch])
        out["sketches"][number, : len(points)] = points
    point = on_curve = sample = 0
    strokes = [_average(same) for same in zip(*sketches, strict=True)]
    for number, (stroke, share) in enumerate(zip(strokes, _shares(strokes), strict=True)):
        knots = passing_times(stroke.points)
        corners = [turn != "" for turn in stroke.turns]
        certain = [turn == "!" for turn in stroke.turns]
        times = even_times(knots, corners, stroke.points, share, SPARE)
        columns = slice(point, point + len(knots))
        rows = slice(on_curve, on_curve + len(times))
        out["sharp"][rows, columns] = cornered_weights(knots, corners, times)
        out["flowing"][rows, columns] = cornered_weights(knots, certain, times)
        out["kinship"][columns, columns] = _kinship(len(knots))
        samples = slice(sample, sample + share)
        out["first"][samples] = on_curve + SPARE
        out["last"][samples] = on_curve + SPARE + share - 1
        out["along"][samples] = np.linspace(0, 1, share)
        out["stroke"][samples] = number
        out["connected"][samples.stop - 1 : samples.stop] = False
        point, on_curve, sample = columns.stop, rows.stop, samples.stop
    return out


def _average(same: Sequence[Stroke]) -> Stroke:
    """The stroke in the middle of those that are the same one in different sketches."""
    return Stroke(np.mean([stroke.points for stroke in same], axis=0), same[0].turns)


def _shares(strokes: Sequence[Stroke]) -> list[int]:
    """How many of the SAMPLES each stroke gets: by its length, 4 at least."""
    lengths = [np.linalg.norm(np.diff(stroke.points, axis=0), axis=1).sum() for stroke in strokes]
    shares = [max(4, round(SAMPLES * length / sum(lengths))) for length in lengths]
    shares[int(np.argmax(lengths))] += SAMPLES - sum(shares)
    return shares


def _kinship(count: int) -> np.ndarray:
    """(C, C) weights that make of independent noise one that neighbours on a stroke share."""
    index = np.arange(count)
    near = np.exp(-(((index[:, None] - index) / 1.5) ** 2) / 2)
    return near / np.linalg.norm(near, axis=1, keepdims=True)
