"""The built-in dataset: handwriting drawn by code, for every place that cannot have MNIST.

Each image mixes a few sketches of one style (`core.glyphs`), then varies them as people do: the
hand trembles, strokes start late and end early, corners get round, the whole digit leans and
stretches. `core.drawing.render` inks the result as it inks a visitor's drawing. No image of MNIST
is used; only the ranges of its pen width, slant and proportions are matched.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import torch
from torch import Tensor

from core.drawing import render
from core.glyphs import STYLES, Stroke, Style

__all__ = ["STYLES", "Style", "contact_sheet", "generate"]

CHUNK = 1000  # images made at a time, so that memory stays small
SAMPLES = 44  # points along the pen's path: a digit's path is some 50 pixels long
SPARE = 3  # further points beyond each end of a stroke, for ends that overshoot
STEP = 0.06  # about the distance of two samples, in heights of a digit

OnProgress = Callable[[int, int], None]


# ------------------------------------------------------------------ from sketches to smooth curves


@dataclass(frozen=True)
class Alphabet:
    """All styles as tensors: S styles, K sketches, C control points, D dense samples, P samples.

    A curve is a weighted sum of its control points, so a style is a matrix of weights (D, C), and a
    thousand different curves are one multiplication.
    """

    sketches: Tensor  # float32 (S, K, C, 2)
    has_sketch: Tensor  # bool (S, K)
    sharp: Tensor  # float32 (S, D, C), weights of curves that turn sharply at corners
    flowing: Tensor  # float32 (S, D, C), of curves that run smoothly through them
    kinship: Tensor  # float32 (S, C, C), noise @ kinship.T moves neighbouring points together
    first: Tensor  # float32 (S, P), of each sample: where its stroke begins among the D
    last: Tensor  # float32 (S, P), and where it ends
    along: Tensor  # float32 (S, P), how far along its stroke it lies, 0 to 1
    stroke: Tensor  # int64 (S, P), which stroke it belongs to
    connected: Tensor  # bool (S, P - 1)
    digits: Tensor  # int64 (S,)
    weights: Tensor  # float32 (S,)


def _spline_weights(knots: np.ndarray, times: np.ndarray) -> np.ndarray:
    """Weights (T, C) of the control points of a natural cubic spline with these knots.

    Beyond its ends the curve goes on straight. Source: any numerical analysis text, for example
    Press et al., Numerical Recipes, section 3.3.
    """
    count, identity = len(knots), np.eye(len(knots))
    gaps = np.diff(knots)
    slopes = np.diff(identity, axis=0) / gaps[:, None]  # (C-1, C)
    system = np.eye(count)  # the first and last rows say: not bent at the ends
    for i in range(1, count - 1):
        system[i, i - 1 : i + 2] = gaps[i - 1], 2 * (gaps[i - 1] + gaps[i]), gaps[i]
    bends = np.zeros((count, count))  # second derivatives at the knots
    bends[1:-1] = 6 * np.diff(slopes, axis=0)
    bends = np.linalg.solve(system, bends)

    inside = np.clip(times, knots[0], knots[-1])
    i = np.clip(np.searchsorted(knots, inside, side="right") - 1, 0, count - 2)
    gap, b = gaps[i][:, None], ((inside - knots[i]) / gaps[i])[:, None]
    a = 1 - b
    weights = a * identity[i] + b * identity[i + 1]
    weights += ((a**3 - a) * bends[i] + (b**3 - b) * bends[i + 1]) * gap**2 / 6
    slope = slopes[i] + gap / 6 * ((1 - 3 * a**2) * bends[i] + (3 * b**2 - 1) * bends[i + 1])
    return weights + (times - inside)[:, None] * slope


def _stroke_weights(knots: np.ndarray, corners: Sequence[bool], times: np.ndarray) -> np.ndarray:
    """As `_spline_weights`, of one spline from each corner to the next."""
    ends = [0, *(i for i, sharp in enumerate(corners) if sharp), len(knots) - 1]
    weights = np.zeros((len(times), len(knots)))
    for start, stop in zip(ends[:-1], ends[1:], strict=True):
        here = (times >= knots[start]) | (start == 0)
        here &= (times < knots[stop]) | (stop == len(knots) - 1)
        part = slice(start, stop + 1)
        weights[here, part] = _spline_weights(knots[part], times[here])
    return weights


def _knots(points: np.ndarray) -> np.ndarray:
    """Times (C,) at which the pen passes the points: centripetal, which keeps splines calm."""
    steps = np.sqrt(np.linalg.norm(np.diff(points, axis=0), axis=1))
    return np.concatenate([[0.0], np.cumsum(steps)])


def _even_times(
    knots: np.ndarray, corners: Sequence[bool], points: np.ndarray, count: int
) -> np.ndarray:
    """Times (count + 2 SPARE,) at equal steps along the curve, going on beyond both ends."""
    fine = np.linspace(knots[0], knots[-1], 400)
    path = _stroke_weights(knots, corners, fine) @ points
    travelled = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(path, axis=0), axis=1))])
    times = np.interp(np.linspace(0, travelled[-1], count), travelled, fine)
    beyond = np.arange(1, SPARE + 1)
    before = times[0] - beyond[::-1] * (times[1] - times[0])
    after = times[-1] + beyond * (times[-1] - times[-2])
    return np.concatenate([before, times, after])


def _shares(strokes: Sequence[Stroke]) -> list[int]:
    """How many of the SAMPLES each stroke gets: by its length, at least 4."""
    lengths = [np.linalg.norm(np.diff(stroke.points, axis=0), axis=1).sum() for stroke in strokes]
    shares = [max(4, round(SAMPLES * length / sum(lengths))) for length in lengths]
    shares[int(np.argmax(lengths))] += SAMPLES - sum(shares)
    return shares


def _kinship(sizes: Sequence[int], total: int) -> np.ndarray:
    """(total, total): points near each other on a stroke share most of what moves them."""
    matrix = np.zeros((total, total))
    start = 0
    for size in sizes:
        i = np.arange(size)
        near = np.exp(-(((i[:, None] - i) / 1.5) ** 2) / 2)
        block = near / np.linalg.norm(near, axis=1, keepdims=True)
        matrix[start : start + size, start : start + size] = block
        start += size
    return matrix


def _style_tensors(style: Style, sketch_room: int, point_room: int, dense_room: int) -> dict:
    sketches = style.strokes()
    strokes = [
        Stroke(np.mean([sketch[i].points for sketch in sketches], axis=0), stroke.turns)
        for i, stroke in enumerate(sketches[0])
    ]
    shares = _shares(strokes)
    out = {
        "sketches": np.zeros((sketch_room, point_room, 2)),
        "has_sketch": np.arange(sketch_room) < len(sketches),
        "sharp": np.zeros((dense_room, point_room)),
        "flowing": np.zeros((dense_room, point_room)),
        "kinship": _kinship([len(stroke.points) for stroke in strokes], point_room),
        "first": np.zeros(SAMPLES),
        "last": np.zeros(SAMPLES),
        "along": np.zeros(SAMPLES),
        "stroke": np.zeros(SAMPLES, dtype=np.int64),
        "connected": np.ones(SAMPLES - 1, dtype=bool),
        "digits": style.digit,
        "weights": style.weight,
    }
    for k, sketch in enumerate(sketches):
        points = np.concatenate([stroke.points for stroke in sketch])
        out["sketches"][k, : len(points)] = points
    control = dense = sample = 0
    for number, (stroke, share) in enumerate(zip(strokes, shares, strict=True)):
        knots = _knots(stroke.points)
        corners = [turn != "" for turn in stroke.turns]
        times = _even_times(knots, corners, stroke.points, share)
        rows = slice(dense, dense + len(times))
        columns = slice(control, control + len(knots))
        out["sharp"][rows, columns] = _stroke_weights(knots, corners, times)
        always = [turn == "!" for turn in stroke.turns]
        out["flowing"][rows, columns] = _stroke_weights(knots, always, times)
        samples = slice(sample, sample + share)
        out["first"][samples] = dense + SPARE
        out["last"][samples] = dense + SPARE + share - 1
        out["along"][samples] = np.linspace(0, 1, share)
        out["stroke"][samples] = number
        control, dense, sample = columns.stop, rows.stop, samples.stop
        out["connected"][sample - 1 : sample] = False
    return out


@cache
def _alphabet() -> Alphabet:
    strokes = [style.strokes()[0] for style in STYLES.values()]
    rooms = (
        max(len(style.sketches) for style in STYLES.values()),
        max(sum(len(stroke.points) for stroke in sketch) for sketch in strokes),
        SAMPLES + 2 * SPARE * max(len(sketch) for sketch in strokes),
    )
    rows = [_style_tensors(style, *rooms) for style in STYLES.values()]
    columns = {key: torch.tensor(np.array([row[key] for row in rows])) for key in rows[0]}
    return Alphabet(**{k: v.float() if v.is_floating_point() else v for k, v in columns.items()})


# ------------------------------------------------------------------ how hands vary


@dataclass(frozen=True)
class Habits:
    """How much hands differ: standard deviations, in heights of a digit where nothing is said."""

    haste: float = 0.4  # natural logarithm; a hasty hand exaggerates all the accidents below
    wobble: float = 0.03  # where the pen passes, neighbouring points moving together
    jitter: float = 0.006  # the same, each point on its own
    slip: float = 0.02  # whole strokes shift against each other
    trim: float = 0.07  # ends of strokes come early or late
    tremor: float = 0.006  # waves along the path
    bend: float = 0.045  # waves across the paper
    flow: float = 0.75  # probability that a corner is rounded, more or less
    slant: float = 0.22  # shift to the right per unit of height
    lean: float = 0.12  # the mean of that: most people lean to the right
    stretch: float = 0.2  # natural logarithm of width / height
    balance: float = 0.12  # upper half larger than the lower one
    taper: float = 0.2  # upper half wider than the lower one
    bow: float = 0.05  # the whole digit bends like a bow
    turn: float = 0.08  # radians
    pen: float = 0.3  # natural logarithm of the pen's width
    size_mean: float = 1.05
    size: float = 0.02
    shift: float = 1.0


HABITS = Habits()
TURN = 2 * math.pi


def _draw(style: Tensor, random: torch.Generator) -> Tensor:
    """Pen paths (B, P, 2) of digits in these styles (B,), each different."""
    alphabet, habits = _alphabet(), HABITS
    count, points = len(style), alphabet.sketches.shape[2]
    strokes = int(alphabet.stroke.max()) + 1

    def normal(*shape: int) -> Tensor:
        return torch.randn(count, *shape, generator=random)

    def uniform(*shape: int) -> Tensor:
        return torch.rand(count, *shape, generator=random)

    haste = torch.exp(habits.haste * normal(1, 1)).clamp(max=1.8)  # (B, 1, 1)
    control = _mix(alphabet, style, uniform(alphabet.sketches.shape[1]))  # (B, C, 2)
    wobble = habits.wobble * (alphabet.kinship[style] @ normal(points, 2))
    control = control + haste * (wobble + habits.jitter * normal(points, 2))

    roundness = (uniform(1, 1) - (1 - habits.flow)).clamp(min=0) / habits.flow
    dense = alphabet.sharp[style] @ control * (1 - roundness)
    dense += alphabet.flowing[style] @ control * roundness  # (B, D, 2)
    path = _trim(alphabet, style, dense, habits.trim * haste[:, 0] * normal(2 * strokes))
    slips = habits.slip * haste * normal(strokes, 2)
    path = path + slips.gather(1, alphabet.stroke[style][:, :, None].expand(-1, -1, 2))

    path = path + haste * habits.tremor * _tremor(path, normal(4, 2), TURN * uniform(4))
    path = path - path.mean(1, keepdim=True)
    waves = normal(3, 4).clamp(-1.5, 1.5)
    path = path + haste * habits.bend * _bend(path, waves, TURN * uniform(3))
    return _lay_out(path, normal(6).clamp(-2.5, 2.5), habits)


def _mix(alphabet: Alphabet, style: Tensor, lots: Tensor) -> Tensor:
    """Control points (B, C, 2) of a random mixture of the sketches of each style."""
    known = alphabet.has_sketch[style].float()  # (B, K)
    shares = (-torch.log(lots.clamp(min=1e-6))) ** 2.5 * known  # mostly one sketch, some of others
    shares = shares / shares.sum(1, keepdim=True)
    even = known / known.sum(1, keepdim=True)
    shares = torch.lerp(even, shares, 1.2)  # a little beyond the sketches, too
    return torch.einsum("bk,bkcd->bcd", shares, alphabet.sketches[style])


def _trim(alphabet: Alphabet, style: Tensor, dense: Tensor, shifts: Tensor) -> Tensor:
    """Samples (B, P, 2) of strokes whose ends reach further by `shifts` (B, 2 strokes)."""
    stroke = alphabet.stroke[style]  # (B, P)
    shifts = (shifts / STEP).clamp(-SPARE, SPARE - 0.01)
    start = alphabet.first[style] - shifts.gather(1, 2 * stroke)
    stop = alphabet.last[style] + shifts.gather(1, 2 * stroke + 1)
    place = torch.lerp(start, stop, alphabet.along[style])
    before = place.floor()
    between = (place - before)[:, :, None]
    index = before.long()[:, :, None].expand(-1, -1, 2)
    return torch.lerp(dense.gather(1, index), dense.gather(1, index + 1), between)


def _tremor(path: Tensor, sizes: Tensor, phases: Tensor) -> Tensor:
    """Small waves along the way that the pen has travelled (B, P, 2)."""
    cycles = torch.tensor([0.7, 1.2, 1.9, 2.8])  # to each height of a digit
    steps = torch.nn.functional.pad(path.diff(dim=1).norm(dim=2), (1, 0))
    travelled = steps.cumsum(1)  # (B, P)
    angles = TURN * travelled[:, :, None] * cycles + phases[:, None]  # (B, P, 4)
    return angles.sin() @ sizes


def _bend(path: Tensor, waves: Tensor, phases: Tensor) -> Tensor:
    """How paper that bends in three long waves moves the points of the path (B, P, 2)."""
    directions, sizes = waves.split(2, dim=2)  # (B, 3, 2)
    angles = path @ (3.0 * directions.mT) + phases[:, None]  # (B, P, 3)
    return angles.sin() @ sizes


def _lay_out(path: Tensor, normals: Tensor, habits: Habits) -> Tensor:
    """Lean, stretch, turn and taper the paths (B, P, 2), which lie about (0, 0)."""
    slant, stretch, turn, taper, balance, bow = (normals[:, i, None] for i in range(6))
    x, y = path.unbind(2)
    y = y + habits.balance * balance * (0.25 - y**2)
    x = x * torch.exp(habits.stretch * stretch) * (1 + habits.taper * taper * y)
    x = x - (habits.lean + habits.slant * slant) * y + habits.bow * bow * (1 - 4 * y**2)
    sine, cosine = torch.sin(habits.turn * turn), torch.cos(habits.turn * turn)
    return torch.stack([x * cosine - y * sine, x * sine + y * cosine], dim=2)


def _pen_widths(count: int, random: torch.Generator) -> Tensor:
    """Widths (B,) in pixels, spread as MNIST's: most between 1.7 and 3.8, 2.5 in the middle."""
    spread = torch.exp(HABITS.pen * torch.randn(count, generator=random))
    return (1.95 * spread).clamp(1.1, 5.5)


def _place(images: Tensor, random: torch.Generator) -> Tensor:
    """Scale a little and move by up to half a pixel, as MNIST's digits are off their centre.

    MNIST was centred by whole pixels, so its centres of mass lie within half a pixel of the middle.
    """
    scale = HABITS.size_mean * torch.exp(HABITS.size * torch.randn(len(images), generator=random))
    shift = HABITS.shift * (torch.rand(len(images), 2, generator=random) * 2 - 1) * 2 / 28
    matrix = torch.zeros(len(images), 2, 3)
    matrix[:, 0, 0] = matrix[:, 1, 1] = 1 / scale
    matrix[:, :, 2] = shift
    grid = torch.nn.functional.affine_grid(matrix, [len(images), 1, 28, 28], align_corners=False)
    images = torch.nn.functional.grid_sample(images[:, None], grid, align_corners=False)[:, 0]
    crispness = 1 + 0.8 * torch.rand(len(images), 1, 1, generator=random)
    return (crispness * images).clamp(max=1)


# ------------------------------------------------------------------ what others call


def generate(
    count: int,
    seed: int,
    on_progress: OnProgress | None = None,
    styles: Sequence[str] | None = None,
) -> tuple[Tensor, Tensor, Tensor]:
    """Write `count` digits by hand, so to speak.

    Args:
        count: how many, at least 1. The digits come equally often, give or take one, in mixed order;
            the styles of a digit as often as people use them.
        seed: the same seed gives the same images.
        on_progress: called as on_progress(done, total) now and then, at last with done = total.
        styles: names from STYLES to choose from, all if None.

    Returns:
        images uint8 (N, 28, 28), white ink on black; labels int64 (N,); the style of each image,
        int64 (N,), as an index into tuple(STYLES).

    Raises:
        ValueError: if count is below 1 or a style is not known.
    """
    if count < 1:
        raise ValueError(f"The count of digits must be at least 1, not {count}.")
    random = torch.Generator().manual_seed(seed)
    style = _choose_styles(count, styles, random)
    images = torch.empty(count, 28, 28, dtype=torch.uint8)
    for part in _parts(count):
        images[part] = _write(style[part], random)
        if on_progress:
            on_progress(part.stop, count)
    return images, _alphabet().digits[style], style


def contact_sheet(per_style: int = 8, seed: int = 0) -> tuple[list[str], Tensor]:
    """Examples of every style: names, and images uint8 (styles, per_style, 28, 28)."""
    random = torch.Generator().manual_seed(seed)
    style = torch.arange(len(STYLES)).repeat_interleave(per_style)
    images = torch.cat([_write(style[part], random) for part in _parts(len(style))])
    return list(STYLES), images.view(len(STYLES), per_style, 28, 28)


def _parts(count: int) -> Iterator[slice]:
    return (slice(start, min(start + CHUNK, count)) for start in range(0, count, CHUNK))


def _write(style: Tensor, random: torch.Generator) -> Tensor:
    """Images uint8 (B, 28, 28) of digits in these styles (B,)."""
    path = _draw(style, random)
    images = render(path, _alphabet().connected[style], _pen_widths(len(style), random))
    images = _place(images, random)
    return images.mul(255).round().to(torch.uint8)


def _choose_styles(count: int, names: Sequence[str] | None, random: torch.Generator) -> Tensor:
    """A style for each image, int64 (N,): digits in equal numbers, styles by their weight."""
    unknown = set(names or ()) - set(STYLES)
    if unknown or names == []:
        raise ValueError(f"Unknown styles: {sorted(unknown)}. Known are: {', '.join(STYLES)}.")
    alphabet = _alphabet()
    wanted = torch.tensor([names is None or name in names for name in STYLES])
    digits = alphabet.digits[wanted].unique()
    digit = digits[torch.arange(count) % len(digits)]
    digit = digit[torch.randperm(count, generator=random)]
    weights = alphabet.weights * wanted * (alphabet.digits == digits[:, None])  # (digits, S)
    place = torch.searchsorted(digits, digit)
    return torch.multinomial(weights[place], 1, generator=random)[:, 0]
