"""The built-in dataset: handwriting drawn by code, for every place that cannot have MNIST.

Each image mixes sketches of one style (`core.datasets.glyphs`) and varies them as people do: the
hand trembles, strokes start late and end early, corners get round, the whole digit leans and
stretches.
`core.drawing.render` inks it as it inks a visitor's drawing. It uses no image of MNIST; but how
much hands vary, and which styles are common, was chosen by reading 5,000 MNIST training images.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from core.datasets.curves import cornered_weights, even_times, passing_times
from core.datasets.glyphs import STYLES, Stroke, Style
from core.drawing import SIDE, render

__all__ = ["HABITS", "STYLES", "Habits", "Style", "contact_sheet", "generate"]

CHUNK = 1000  # images made at a time, so that memory stays small
SAMPLES = 44  # points along the pen's path, which is some 50 pixels long
SPARE = 3  # further points beyond each end of a stroke, for ends that overshoot
STEP = 0.06  # about the distance of two of these points, in heights of a digit
LIMIT = 1.8  # no hand strays further than this many standard deviations
TURN = 2 * math.pi

OnProgress = Callable[[int, int], None]


@dataclass(frozen=True)
class Habits:
    """How much hands differ: standard deviations, in heights of a digit where nothing is said.

    A compromise: with less variation, networks that learn from these digits miss more of MNIST;
    with more, the digits get hard to read for people, too.
    """

    haste: float = 0.35  # natural logarithm; a hasty hand exaggerates the accidents below
    wobble: float = 0.033  # where the pen passes, neighbouring points moving together
    jitter: float = 0.006  # the same, each point on its own
    slip: float = 0.02  # whole strokes shift against each other
    trim: float = 0.07  # strokes begin and end early or late
    tremor: float = 0.006  # waves along the path
    bend: float = 0.045  # waves across the paper

    round_corners: float = 0.75  # share of hands that round their corners, more or less
    lean: float = 0.12  # the mean shift to the right per unit of height
    slant: float = 0.25  # its deviation
    stretch: float = 0.2  # natural logarithm of width / height
    balance: float = 0.12  # the upper half is larger than the lower one
    taper: float = 0.2  # the upper half is wider than the lower one
    bow: float = 0.05  # the whole digit bends sideways
    turn: float = 0.08  # radians

    pen: float = 1.8  # pixels, the median before `_place` makes it thicker; 2.5 after it, as MNIST
    pen_spread: float = 0.28  # natural logarithm
    felt_pens: float = 0.12  # share of hands with a pen that is 60 % wider
    size: float = 1.05  # mean scale: MNIST's 20 px hold all ink that is half as bright as the rest
    size_spread: float = 0.03
    off_centre: float = 1.2  # largest shift in pixels; MNIST's centres are rounded to whole pixels
    grain: float = 0.25  # rough paper: largest deviation of the brightness of edges
    crispness: float = 0.8  # largest share by which faint edges are brightened


HABITS = Habits()


# ---------------------------------------------------------------- what others call


def generate(
    count: int,
    seed: int,
    on_progress: OnProgress | None = None,
    styles: Sequence[str] | None = None,
) -> tuple[Tensor, Tensor, Tensor]:
    """Write digits by hand, so to speak.

    Args:
        count: how many, at least 1. The digits come equally often, give or take one, in mixed
            order; the styles of a digit come about as often as people use them.
        seed: the same seed gives the same images.
        on_progress: called as on_progress(done, total) now and then, the last time with
            done = total. What it raises ends the work.
        styles: names from STYLES to choose from; all of them if None.

    Returns:
        images uint8 (N, 28, 28), white ink on black; labels int64 (N,); the style of each image,
        int64 (N,), an index into tuple(STYLES).

    Raises:
        ValueError: if count is below 1, or styles is empty or names one that is not known.
    """
    if count < 1:
        raise ValueError(f"The count of digits must be at least 1, not {count}.")
    random = torch.Generator().manual_seed(seed)
    style = _choose_styles(count, tuple(STYLES) if styles is None else styles, random)
    images = torch.empty(count, SIDE, SIDE, dtype=torch.uint8)
    for part in _parts(count):
        images[part] = _write(style[part], random)
        if on_progress:
            on_progress(part.stop, count)
    return images, _alphabet().digits[style], style


def contact_sheet(per_style: int = 8, seed: int = 0) -> tuple[list[str], Tensor]:
    """Examples of every style: their names, and images uint8 (styles, per_style, 28, 28)."""
    random = torch.Generator().manual_seed(seed)
    style = torch.arange(len(STYLES)).repeat_interleave(per_style)
    images = torch.cat([_write(style[part], random) for part in _parts(len(style))])
    return list(STYLES), images.view(len(STYLES), per_style, SIDE, SIDE)


def _parts(count: int) -> Iterator[slice]:
    return (slice(start, min(start + CHUNK, count)) for start in range(0, count, CHUNK))


def _choose_styles(count: int, names: Sequence[str], random: torch.Generator) -> Tensor:
    """A style for each image, int64 (N,): digits in equal numbers, styles by their weight."""
    unknown = sorted(set(names) - set(STYLES))
    if unknown or not names:
        raise ValueError(f"Unknown styles {unknown}: choose one or more of {', '.join(STYLES)}.")
    digits, weights = _alphabet().digits, _alphabet().weights
    wanted = torch.tensor([name in names for name in STYLES])
    present = digits[wanted].unique()
    place = torch.arange(count) % len(present)
    place = place[torch.randperm(count, generator=random)]
    chances = weights * wanted * (digits == present[:, None])  # (digits present, S)
    return torch.multinomial(chances[place], 1, generator=random)[:, 0]


def _write(style: Tensor, random: torch.Generator) -> Tensor:
    """Images uint8 (B, 28, 28) of digits in these styles (B,)."""
    path, connected = _draw(style, random), _alphabet().connected[style]
    images = render(path, connected, _pen_widths(path, connected, random))
    return _place(images, random).mul(255).round().to(torch.uint8)


# ---------------------------------------------------------------- how hands vary


def _draw(style: Tensor, random: torch.Generator) -> Tensor:
    """Pen paths (B, P, 2) of digits in these styles (B,), each different."""
    alphabet, habits = _alphabet(), HABITS
    count, sketches, points = len(style), *alphabet.sketches.shape[1:3]
    strokes = 1 + int(alphabet.stroke.max())

    def normal(*shape: int) -> Tensor:
        return torch.randn(count, *shape, generator=random).clamp(-LIMIT, LIMIT)

    def uniform(*shape: int) -> Tensor:
        return torch.rand(count, *shape, generator=random)

    haste = torch.exp(habits.haste * normal(1, 1))  # (B, 1, 1)
    control = _mix(alphabet, style, uniform(sketches))  # (B, C, 2)
    wobble = habits.wobble * (alphabet.kinship[style] @ normal(points, 2))
    control = control + haste * (wobble + habits.jitter * normal(points, 2))

    roundness = (1 - uniform(1, 1) / habits.round_corners).clamp(min=0)
    curve = torch.lerp(
        alphabet.sharp[style] @ control, alphabet.flowing[style] @ control, roundness
    )
    path = _trim(alphabet, style, curve, habits.trim * haste[:, 0] * normal(2 * strokes))
    slip = habits.slip * haste * normal(strokes, 2)
    path = path + slip.gather(1, alphabet.stroke[style][:, :, None].expand(-1, -1, 2))

    path = path + habits.tremor * haste * _tremor(path, normal(4, 2), TURN * uniform(4))
    path = path - path.mean(1, keepdim=True)
    path = path + habits.bend * haste * _bend(path, normal(3, 4), TURN * uniform(3))
    return _lay_out(path, normal(6), habits)


def _mix(alphabet: Alphabet, style: Tensor, lots: Tensor) -> Tensor:
    """Control points (B, C, 2): mostly of one sketch of each style, a little of the others."""
    known = alphabet.has_sketch[style].float()  # (B, K)
    shares = (-torch.log(lots.clamp(min=1e-6))) ** 2.5 * known
    shares = shares / shares.sum(1, keepdim=True)
    average = known / known.sum(1, keepdim=True)
    shares = torch.lerp(average, shares, 1.2)  # some go beyond the sketches
    return torch.einsum("bk,bkcd->bcd", shares, alphabet.sketches[style])


def _trim(alphabet: Alphabet, style: Tensor, curve: Tensor, longer: Tensor) -> Tensor:
    """Samples (B, P, 2) of strokes whose ends (B, 2 strokes) reach so much further, or less far."""
    stroke = alphabet.stroke[style]  # (B, P)
    longer = (longer / STEP).clamp(-SPARE, SPARE - 0.01)
    start = alphabet.first[style] - longer.gather(1, 2 * stroke)
    stop = alphabet.last[style] + longer.gather(1, 2 * stroke + 1)
    place = torch.lerp(start, stop, alphabet.along[style])
    before = place.floor()
    index = before.long()[:, :, None].expand(-1, -1, 2)
    return torch.lerp(
        curve.gather(1, index), curve.gather(1, index + 1), (place - before)[:, :, None]
    )


def _tremor(path: Tensor, sizes: Tensor, phases: Tensor) -> Tensor:
    """Four small waves along the way that the pen has travelled (B, P, 2)."""
    cycles = torch.tensor([0.7, 1.2, 1.9, 2.8])  # to each height of a digit
    travelled = functional.pad(path.diff(dim=1).norm(dim=2), (1, 0)).cumsum(1)  # (B, P)
    angles = TURN * travelled[:, :, None] * cycles + phases[:, None]  # (B, P, 4)
    return angles.sin() @ sizes


def _bend(path: Tensor, waves: Tensor, phases: Tensor) -> Tensor:
    """How paper that bends in three long waves moves the points of the path (B, P, 2)."""
    directions, sizes = waves.split(2, dim=2)  # (B, 3, 2)
    angles = path @ (2.5 * directions.mT) + phases[:, None]  # (B, P, 3)
    return angles.sin() @ sizes


def _lay_out(path: Tensor, normals: Tensor, habits: Habits) -> Tensor:
    """Lean, stretch, taper and turn the paths (B, P, 2), which lie about (0, 0)."""
    slant, stretch, turn, taper, balance, bow = (normals[:, i, None] for i in range(6))
    x, y = path.unbind(2)
    y = y + habits.balance * balance * (0.25 - y**2)
    x = x * torch.exp(habits.stretch * stretch) * (1 + habits.taper * taper * y)
    x = x - (habits.lean + habits.slant * slant) * y + habits.bow * bow * (1 - 4 * y**2)
    sine, cosine = torch.sin(habits.turn * turn), torch.cos(habits.turn * turn)
    return torch.stack([x * cosine - y * sine, x * sine + y * cosine], dim=2)


def _pen_widths(path: Tensor, connected: Tensor, random: torch.Generator) -> Tensor:
    """Widths (B,) in pixels, spread as MNIST's, of pens that leave the loops of the paths open."""
    spread = HABITS.pen_spread * torch.randn(len(path), generator=random)
    felt = 1 + 0.6 * (torch.rand(len(path), generator=random) < HABITS.felt_pens)
    size = path.amax(1) - path.amin(1)  # (B, 2)
    length = (path.diff(dim=1).norm(dim=2) * connected).sum(1)
    detour = (length - size.norm(dim=1)).clamp(min=0.02)  # what is more than one straight line
    around = path - path.mean(1, keepdim=True)
    area = 8 * torch.linalg.det(around.mT @ around / SAMPLES).clamp(min=0).sqrt()  # of an ellipse
    room = 20 / size.amax(1) * (area + 0.02) / detour  # pixels to the sides of the line
    widths = HABITS.pen * felt * torch.exp(spread)
    return torch.minimum(widths, 0.45 * room).clamp(1.1, 6.0)


def _place(images: Tensor, random: torch.Generator) -> Tensor:
    """Resize, move and roughen the images (B, 28, 28) a little, as if they had been scanned."""
    count, middle = len(images), (SIDE - 1) / 2
    spread = HABITS.size_spread * torch.randn(count, 1, generator=random).clamp(-LIMIT, LIMIT)
    sizes = HABITS.size * torch.exp(spread)  # (B, 1)
    shifts = HABITS.off_centre * (2 * torch.rand(count, 2, generator=random) - 1)
    first, last = _box(images)  # (B, 2)
    reach = middle - 1  # of the ink from the middle: the outermost pixels stay empty
    shifts = torch.maximum(shifts, (middle - first) * sizes - reach)
    shifts = torch.minimum(shifts, reach - (last - middle) * sizes)
    where = torch.zeros(count, 2, 3)  # from new to old places, in units of half an image
    where[:, 0, 0] = where[:, 1, 1] = 1 / sizes[:, 0]
    where[:, :, 2] = -shifts / sizes / (SIDE / 2)
    grid = functional.affine_grid(where, [count, 1, SIDE, SIDE], align_corners=False)
    images = functional.grid_sample(images[:, None], grid, align_corners=False)[:, 0]
    images = images / images.amax((1, 2), keepdim=True)
    grain = HABITS.grain * torch.rand(count, 1, 1, generator=random)
    noise = torch.randn(images.shape, generator=random)
    images = images + grain * noise * 4 * images * (1 - images)  # on the edges of the ink
    brightness = 1 + HABITS.crispness * torch.rand(count, 1, 1, generator=random)
    return (brightness * images).clamp(0, 1)


def _box(images: Tensor) -> tuple[Tensor, Tensor]:
    """The first and the last pixel with ink, both (B, 2) as x and y."""
    inked = torch.stack([images.amax(1), images.amax(2)], dim=1) > 0  # (B, 2, SIDE)
    pixels = torch.arange(SIDE)
    first = torch.where(inked, pixels, SIDE).amin(2)
    return first, torch.where(inked, pixels, -1).amax(2)


# ---------------------------------------------------------------- the styles as tensors


@dataclass(frozen=True)
class Alphabet:
    """All styles, padded to one size, so that a batch of any styles is drawn at once.

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
def _alphabet() -> Alphabet:
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
