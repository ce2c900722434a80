"""Pictures of digits on paper as people take them, made in code: one function for each kind.

A digit is written on a sheet with some pen; the kinds differ in what is on the sheet beside it, in
the light, and in what lies round the sheet. For tests and for the exam of pictures
(tests/benchmarks/pictures.py); every picture follows from its random generator.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from PIL import Image, ImageDraw
from scipy.ndimage import gaussian_filter

Random = np.random.Generator
Strokes = Sequence[np.ndarray]
Colour = tuple[int, int, int]

INKS: dict[str, Colour] = {
    "black": (25, 25, 30),
    "blue": (30, 45, 130),
    "red": (180, 30, 40),
    "pencil": (110, 110, 112),
}
RULES: tuple[Colour, ...] = ((160, 190, 225), (190, 200, 235), (195, 195, 195), (150, 170, 215))
PALE: tuple[Colour, ...] = ((235, 220, 140), (240, 185, 195), (180, 220, 180))
MARGIN: Colour = (225, 120, 120)


@dataclass(frozen=True)
class Sheet:
    """What is written where, in pixels: the paper's size, the digit's middle, height and pen."""

    height: int
    width: int
    middle: tuple[float, float]
    size: float
    pen: float
    ink: Colour


def a_sheet(random: Random, pen: tuple[float, float] = (0.02, 0.09), ink: str = "") -> Sheet:
    """A sheet of 0.5 to 1 megapixels; `pen` is in shares of the digit's size."""
    height, width = (int(side) for side in random.integers(700, 1_100, 2))
    size = random.uniform(0.35, 0.6) * min(height, width)
    middle = (width * random.uniform(0.42, 0.58), height * random.uniform(0.42, 0.58))
    name = ink or str(random.choice(["black", "black", "blue", "pencil"]))
    return Sheet(height, width, middle, size, size * random.uniform(*pen), INKS[name])


def placed(strokes: Strokes, middle: tuple[float, float], size: float) -> list[np.ndarray]:
    """The strokes with the longer side of their box `size` pixels, its middle at `middle`."""
    points = np.concatenate(strokes).astype(float)
    low, high = points.min(0), points.max(0)
    return [(s - (low + high) / 2) * size / max((high - low).max(), 1) + middle for s in strokes]


def paint(picture: Image.Image, lines: Strokes, width: float, colour: Colour) -> None:
    """Draw with a round pen, with smooth edges. Only what the lines reach is looked at."""
    finer, points = 3, np.concatenate(lines)
    low = np.clip(np.floor(points.min(0) - width - 1), 0, picture.size).astype(int)
    high = np.clip(np.ceil(points.max(0) + width + 2), 0, picture.size).astype(int)
    if not (high > low).all():
        return
    mask = Image.new("L", tuple(((high - low) * finer).tolist()))
    brush = ImageDraw.Draw(mask)
    for line in lines:
        corners = [tuple(point) for point in ((np.asarray(line) - low) * finer).tolist()]
        brush.line(corners, fill=255, width=max(1, round(width * finer)))
        if width > 2:
            for corner in corners:
                brush.circle(corner, width * finer / 2, fill=255)
    picture.paste(colour, tuple(low.tolist()), mask.reduce(finer))


def blank(sheet: Sheet, random: Random) -> Image.Image:
    tone = int(random.integers(215, 252))
    colour = tuple(int(np.clip(tone + random.integers(-6, 7), 0, 255)) for _ in range(3))
    return Image.new("RGB", (sheet.width, sheet.height), colour)


def write(picture: Image.Image, strokes: Strokes, sheet: Sheet) -> Image.Image:
    paint(picture, placed(strokes, sheet.middle, sheet.size), sheet.pen, sheet.ink)
    return picture


def photographed(
    picture: Image.Image,
    random: Random,
    light: np.ndarray | None = None,
    turn: float = 1.5,
) -> np.ndarray:
    """Turned by a few degrees, unevenly lit, blurred a little, with noise and JPEG's losses."""
    angle = random.uniform(-turn, turn)
    fill = picture.getpixel((2, 2))
    picture = picture.rotate(angle, Image.Resampling.BICUBIC, fillcolor=fill)
    pixels = np.asarray(picture).astype(np.float32)
    y, x = np.mgrid[-1 : 1 : pixels.shape[0] * 1j, -1 : 1 : pixels.shape[1] * 1j]
    slope = random.uniform(-0.12, 0.12, 2)
    pixels *= (1 + slope[0] * x + slope[1] * y)[..., None]
    if light is not None:
        pixels *= light[..., None]
    pixels = gaussian_filter(pixels, (0.7, 0.7, 0)) + random.normal(0, 3, pixels.shape)
    file = io.BytesIO()
    sent = Image.fromarray(pixels.clip(0, 255).astype(np.uint8))
    sent.save(file, "JPEG", quality=int(random.integers(70, 95)))
    return np.asarray(Image.open(file))


def plain(strokes: Strokes, random: Random) -> np.ndarray:
    sheet = a_sheet(random)
    return photographed(write(blank(sheet, random), strokes, sheet), random, turn=4)


def rules(
    picture: Image.Image, random: Random, across: bool, down: bool, margin: bool = False
) -> Image.Image:
    """Lines from edge to edge: ruled paper, squares, a margin."""
    width, height = picture.size
    step, colour = int(random.integers(30, 75)), RULES[random.integers(len(RULES))]
    line = random.uniform(1.2, 3)
    lines = [[(0, y), (width, y)] for y in range(step // 2, height, step) if across]
    lines += [[(x, 0), (x, height)] for x in range(step // 3, width, step) if down]
    paint(picture, [np.array(each, float) for each in lines], line, colour)
    if margin:
        x = width * random.uniform(0.08, 0.16)
        paint(picture, [np.array([(x, 0), (x, height)])], line * 1.3, MARGIN)
    return picture


def on_lines(across: bool, down: bool, margin: bool) -> Callable:
    def make(strokes: Strokes, random: Random) -> np.ndarray:
        sheet = a_sheet(random, pen=(0.012, 0.05))
        picture = rules(blank(sheet, random), random, across, down, margin)
        return photographed(write(picture, strokes, sheet), random)

    return make


def note_on_desk(strokes: Strokes, random: Random) -> np.ndarray:
    """A note of a third to two thirds of the picture's height on a dark desk."""
    desk = tuple(int(each) for each in random.integers(20, 95, 3))
    height, width = (int(side) for side in random.integers(800, 1_200, 2))
    side = random.uniform(0.33, 0.66) * min(height, width)
    high, wide = int(side * random.uniform(0.9, 1.1)), int(side * random.uniform(0.9, 1.1))
    size = side * random.uniform(0.4, 0.65)
    pen = size * random.uniform(0.03, 0.1)
    sheet = Sheet(high, wide, (wide / 2, high / 2), size, pen, INKS["black"])
    note = write(blank(sheet, random), strokes, sheet).convert("RGBA")
    note = note.rotate(random.uniform(-20, 20), Image.Resampling.BICUBIC, expand=True)
    picture = Image.new("RGB", (width, height), desk)
    room = np.array([width - note.width, height - note.height])
    picture.paste(note, tuple((room * random.uniform(0.2, 0.8, 2)).astype(int).tolist()), note)
    return photographed(picture, random, turn=0)


def ring(sheet: Sheet, random: Random, square: bool) -> np.ndarray:
    """A circle or a box drawn by hand round the digit, its ends not quite together."""
    radius = sheet.size * random.uniform(0.75, 0.95)
    angle = np.linspace(0, 2 * np.pi * random.uniform(0.97, 1.04), 200) + random.uniform(0, 6)
    reach = 1 + 0.03 * np.sin(2 * angle + random.uniform(0, 6))
    if square:
        reach /= np.maximum(abs(np.cos(angle)), abs(np.sin(angle))) * 1.1
    points = np.stack([np.cos(angle), np.sin(angle)], 1) * (radius * reach)[:, None]
    return points * random.uniform(0.9, 1.1, 2) + sheet.middle


def enclosed(square: bool) -> Callable:
    def make(strokes: Strokes, random: Random) -> np.ndarray:
        sheet = a_sheet(random, pen=(0.03, 0.09))
        sheet = replace(sheet, size=sheet.size * 0.8)
        picture = write(blank(sheet, random), strokes, sheet)
        colour = INKS["red"] if random.random() < 0.5 else sheet.ink
        paint(picture, [ring(sheet, random, square)], random.uniform(3, 9), colour)
        return photographed(picture, random, turn=3)

    return make


def underlined(strokes: Strokes, random: Random) -> np.ndarray:
    sheet = a_sheet(random, pen=(0.03, 0.09))
    picture = write(blank(sheet, random), strokes, sheet)
    low = max(stroke[:, 1].max() for stroke in placed(strokes, sheet.middle, sheet.size))
    y = low + sheet.pen + sheet.size * random.uniform(0.08, 0.3)
    half = sheet.size * random.uniform(0.3, 0.7)
    x = np.linspace(-half, half, 20)
    wave = 0.01 * sheet.size * np.sin(x / half * 4)
    for down in [0, 0.1][: random.integers(1, 3)]:
        line = np.stack([sheet.middle[0] + x, y + down * sheet.size + wave], 1)
        paint(picture, [line], max(3, sheet.pen * random.uniform(0.5, 1)), sheet.ink)
    return photographed(picture, random, turn=3)


def hard_shadow(strokes: Strokes, random: Random) -> np.ndarray:
    """A shadow's edge runs over the picture; it may cross the digit."""
    sheet = a_sheet(random, pen=(0.04, 0.1), ink="black")
    y, x = np.mgrid[-1 : 1 : sheet.height * 1j, -1 : 1 : sheet.width * 1j]
    angle = random.uniform(0, 2 * np.pi)
    side = x * np.cos(angle) + y * np.sin(angle) + random.uniform(-0.4, 0.4) > 0
    light = gaussian_filter(np.where(side, random.uniform(0.4, 0.6), 1), random.uniform(2, 12))
    return photographed(write(blank(sheet, random), strokes, sheet), random, light)


def name_beside(strokes: Strokes, random: Random) -> np.ndarray:
    """A printed or scribbled line of small letters above, below or at the side."""
    sheet = a_sheet(random, pen=(0.03, 0.09))
    picture = write(blank(sheet, random), strokes, sheet)
    letter = sheet.size * random.uniform(0.1, 0.2)
    above = random.random() < 0.6
    y = sheet.middle[1] + sheet.size * (-0.5 if above else 0.5) + letter * (-2.2 if above else 2.2)
    x = sheet.middle[0] - sheet.size * random.uniform(0.3, 0.8)
    pen = max(2, min(sheet.pen / 2, letter / 6))
    for _ in range(random.integers(4, 9)):  # letters: arches and loops
        along = np.linspace(0, random.uniform(1.5, 4.5) * np.pi, 30)
        loop = np.stack([along / 9 - 0.2 * np.sin(along), -np.cos(along) / 2], 1) * letter
        paint(picture, [loop + np.array((x, y))], pen, sheet.ink)
        x += letter * random.uniform(1.2, 1.8)
    return photographed(picture, random)


def bold_tight(strokes: Strokes, random: Random) -> np.ndarray:
    """A clean picture with strokes of an eighth to a quarter of the digit, cropped closely."""
    size = int(random.integers(120, 400))
    pen = size * random.uniform(0.1, 0.2)
    margin = random.uniform(0, 0.06) * size
    lines = placed(strokes, (0, 0), size)
    points = np.concatenate(lines)
    low = points.min(0) - pen / 2 - margin
    width, height = (np.ptp(points, axis=0) + pen + 2 * margin).round().astype(int).tolist()
    dark = random.random() < 0.7
    picture = Image.new("RGB", (max(width, 8), max(height, 8)), (255,) * 3 if dark else (0,) * 3)
    paint(picture, [line - low for line in lines], pen, (0,) * 3 if dark else (255,) * 3)
    return np.asarray(picture)


def cut_by_the_edge(strokes: Strokes, random: Random) -> np.ndarray:
    """One side of the picture cuts up to a fifteenth of the digit off."""
    sheet = a_sheet(random, pen=(0.04, 0.1))
    picture = write(blank(sheet, random), strokes, sheet)
    points = np.concatenate(placed(strokes, sheet.middle, sheet.size))
    (left, top), (right, low) = points.min(0), points.max(0)
    cut = sheet.size * random.uniform(0, 0.07) - sheet.pen / 2
    box = [0, 0, sheet.width, sheet.height]
    edge = int(random.integers(4))
    box[edge] = round([left + cut, top + cut, right - cut, low - cut][edge])
    return photographed(picture.crop(box), random, turn=0)


def thumb(strokes: Strokes, random: Random) -> np.ndarray:
    sheet = a_sheet(random, pen=(0.03, 0.09))
    picture = write(blank(sheet, random), strokes, sheet)
    x, y = sheet.width * random.integers(2), sheet.height * random.integers(2)
    radius = min(sheet.width, sheet.height) * random.uniform(0.15, 0.22)
    ImageDraw.Draw(picture).circle((x, y), radius, fill=(201, 140, 121))
    return photographed(picture, random, turn=0)


def highlighter(strokes: Strokes, random: Random) -> np.ndarray:
    sheet = replace(a_sheet(random, pen=(0.08, 0.12)), ink=(250, 235, 60))
    return photographed(write(blank(sheet, random), strokes, sheet), random)


def pale_crayon(strokes: Strokes, random: Random) -> np.ndarray:
    """Ink that differs from the paper more in colour than in brightness."""
    sheet = replace(a_sheet(random, pen=(0.04, 0.09)), ink=PALE[random.integers(len(PALE))])
    return photographed(write(blank(sheet, random), strokes, sheet), random)


def blackboard(strokes: Strokes, random: Random) -> np.ndarray:
    sheet = replace(a_sheet(random, pen=(0.03, 0.08)), ink=(225, 225, 215))
    board = tuple(int(each) for each in random.integers(25, 70, 3))
    picture = Image.new("RGB", (sheet.width, sheet.height), board)
    return photographed(write(picture, strokes, sheet), random, turn=3)


KINDS: dict[str, Callable[[Strokes, Random], np.ndarray]] = {
    "plain paper": plain,
    "note on a dark desk": note_on_desk,
    "ruled": on_lines(True, False, False),
    "ruled with a margin": on_lines(True, False, True),
    "squared": on_lines(True, True, False),
    "in a circle": enclosed(False),
    "in a box": enclosed(True),
    "underlined": underlined,
    "hard shadow": hard_shadow,
    "name beside it": name_beside,
    "bold, tightly cropped": bold_tight,
    "cut by the edge": cut_by_the_edge,
    "thumb in a corner": thumb,
    "highlighter": highlighter,
    "pale crayon": pale_crayon,
    "blackboard": blackboard,
}


def two_digits(first: Strokes, second: Strokes, random: Random) -> np.ndarray:
    """Two digits of about one height side by side."""
    sheet = a_sheet(random, pen=(0.04, 0.1))
    size = sheet.size * 0.6
    picture = blank(sheet, random)
    x = max(sheet.middle[0] - size * 1.2, size / 4)
    for strokes in (first, second):
        points = np.concatenate(strokes).astype(float)
        high = max(np.ptp(points[:, 1]), 1)
        scale = size * random.uniform(0.9, 1.1) / high
        lines = [(s - points.min(0)) * scale + (x, sheet.middle[1] - size / 2) for s in strokes]
        paint(picture, lines, sheet.pen, sheet.ink)
        x = np.concatenate(lines)[:, 0].max() + sheet.pen + size * random.uniform(0.12, 0.5)
    return photographed(picture, random, turn=3)
