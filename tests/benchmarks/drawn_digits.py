"""An exam on real pens: how many digits of people whom it never saw does each network read?

`python -m tests.benchmarks.drawn_digits` replays them on the drawing canvas, once all alike and
once at random places, in random sizes and with random brushes, and reads what `prepare` makes of
them. Beside it stands the naive way: the canvas picture shrunk to 28×28. Two collections: the
writers held back from the strokes that ship, by whom choices may be made, and UJI Pen Characters
(60 people, UCI, CC BY 4.0), the exam: nothing is ever trained or tuned on it. Then every style of
the program's own digits and of the sketches, others than those that networks learn from. Of a
network that can doubt it says how many digits it would call no digit.
"""

import argparse
import gzip
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from PIL import Image, ImageDraw

from core import drawing, pretrained
from core.data import Digits, scaled
from core.datasets.pens.collection import load, split
from core.datasets.rare_styles import STYLES as RARE_STYLES
from core.datasets.rare_styles import rare_digits
from core.datasets.styles import STYLES
from core.datasets.synthetic import generate
from core.evaluation import Evaluation, Graded, doubts, probabilities, wilson_interval
from core.exam.scores import frequent_mistakes
from core.pretrained import Pretrained
from tests import replay
from tests.conftest import SHARED

UJI = SHARED / "pens" / "uji.json.gz"
SEED = 20  # of the random places, sizes and brushes
EACH_STYLE, STYLE_SEED = 400, 7_000  # images of a style, others than those learned from

Digit = tuple[list[np.ndarray], int]  # strokes, label
Drawn = tuple[tuple[float, float], float, float]  # place, size, brush: see replay.canvas_json


def held_back() -> list[Digit]:
    """The digits that ship of writers from whom nothing is learned."""
    _, pens = split(load())
    return [(pens.strokes(index), int(label)) for index, label in enumerate(pens.labels)]


def uji() -> list[Digit]:
    """The exam."""
    digits = json.loads(gzip.decompress(UJI.read_bytes()))["digits"]
    return [
        ([np.array(stroke, dtype=float) for stroke in each["strokes"]], each["label"])
        for each in digits
    ]


def fixed_setting(digits: int) -> list[Drawn]:
    """All alike: in the middle, 70 % of the canvas, a 20 px brush."""
    return [((0.5, 0.5), 0.7, 20.0)] * digits


def spread_setting(digits: int) -> list[Drawn]:
    """As people do: anywhere, 35 to 90 % of the canvas, a brush of 8 to 30 px."""
    random = np.random.default_rng(SEED)
    places, sizes = random.uniform(0, 1, (digits, 2)), random.uniform(0.35, 0.9, digits)
    brushes = random.uniform(8, 30, digits)
    return [(tuple(p), s, b) for p, s, b in zip(places, sizes, brushes, strict=True)]


def prepared_image(strokes: Sequence[np.ndarray], drawn: Drawn) -> np.ndarray:
    """The way of the app: what the canvas returns, through `prepare`."""
    try:
        return drawing.prepare(replay.canvas_json(strokes, *drawn)).image
    except drawing.EmptyDrawing:
        return np.zeros((28, 28), dtype=np.float32)  # counts as whatever the network makes of it


def naive_image(strokes: Sequence[np.ndarray], drawn: Drawn) -> np.ndarray:
    """The way of most digit demos: the canvas picture, shrunk to 28×28."""
    place, size, brush = drawn
    picture = Image.new("L", (replay.CANVAS, replay.CANVAS))
    pen = ImageDraw.Draw(picture)
    for stroke in replay.on_canvas(strokes, place, size):
        pen.line([tuple(point) for point in stroke.tolist()], fill=255, width=round(brush))
        for x, y in stroke.tolist():
            pen.circle((x, y), brush / 2, fill=255)
    return np.asarray(picture.resize((28, 28), Image.Resampling.BOX), dtype=np.float32) / 255


def examine(model: torch.nn.Module, images: np.ndarray, labels: np.ndarray) -> Evaluation:
    """The network's exam on images in [0, 1]."""
    chances = probabilities(model, torch.tensor(images))
    confusion = np.zeros((10, 10), dtype=np.int64)
    np.add.at(confusion, (labels, chances.argmax(1).numpy()), 1)
    right = chances[torch.arange(len(labels)), torch.tensor(labels)]
    return Evaluation(-float(right.clamp(min=1e-9).log().mean()), torch.tensor(confusion))


def report(title: str, exam: Evaluation, doubted: str) -> None:
    print(f"\n{title}: {accuracy_words(exam)}{doubted}")
    by_digit = exam.confusion.diagonal() / exam.confusion.sum(1)
    print("  by digit  " + "  ".join(f"{d} {share:.1%}" for d, share in enumerate(by_digit)))
    print(f"  worst     {worst(exam.confusion, 10)}")


def worst(confusion: torch.Tensor, most: int) -> str:
    """The commonest mistakes, as "9 read as 4: 31"."""
    return ", ".join(
        f"{digit} read as {answer}: {count}"
        for count, digit, answer in frequent_mistakes(confusion, most)
    )


def accuracy_words(exam: Graded) -> str:
    low, high = exam.interval
    return f"{exam.accuracy:.2%} of {exam.images:,} (95 % interval {low:.2%}–{high:.2%})"


def doubt_words(network: Pretrained, images: np.ndarray) -> str:
    """How many of these it would call no digit; nothing where it cannot."""
    if network.card.doubt is None:
        return ""
    doubted = int((doubts(network.model, images) > network.card.doubt.above).sum())
    low, high = wilson_interval(doubted, len(images))
    return f"; doubted {doubted:,}, {doubted / len(images):.2%} ({low:.2%}–{high:.2%})"


def styles() -> dict[str, Digits]:
    """Digits of each style by its name: the sketches of rare ones, and those of the program."""
    drawn = {
        name: Digits(*generate(EACH_STYLE, STYLE_SEED + number, styles=[name])[:2])
        for number, name in enumerate(STYLES)
    }
    rare = {
        f"sketch: {name}": Digits(*rare_digits(name, EACH_STYLE, STYLE_SEED))
        for name in RARE_STYLES
    }
    return rare | drawn


def report_styles(network: Pretrained) -> None:
    """How every style is read."""
    print(f"\n# {network.card.name}, by style, {EACH_STYLE} of each")
    for name, digits in styles().items():
        images = scaled(digits.images).numpy()
        exam = examine(network.model, images, digits.labels.numpy())
        print(f"{name:<26} {accuracy_words(exam)}{doubt_words(network, images)}")


def contact_sheet(images: np.ndarray, captions: Sequence[str], path: Path) -> None:
    """Write the images, each with its caption beneath, as one PNG of 25 columns."""
    columns, width, height = 25, 40, 54
    rows = max(1, -(-len(images) // columns))
    sheet = Image.new("L", (columns * width, rows * height))
    pen = ImageDraw.Draw(sheet)
    for index, (image, caption) in enumerate(zip(images, captions, strict=True)):
        x, y = index % columns * width + 6, index // columns * height + 6
        sheet.paste(Image.fromarray((image * 255).round().astype(np.uint8)), (x, y))
        pen.text((x, y + 30), caption, fill=255)
    sheet.save(path)


def network(name: str) -> Pretrained:
    """A shipped network by its name, or one made elsewhere by the path of its weights."""
    path = Path(name)
    folder = path.parent if path.suffix else pretrained.FOLDER
    return pretrained.load(path.stem, folder)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks.drawn_digits",
        description="Examine networks on digits that people wrote with a pen.",
    )
    parser.add_argument(
        "--network",
        action="append",
        help="default, tutorial, or a .safetensors file of either; repeatable",
    )
    parser.add_argument("--limit", type=int, help="only the first so many digits")
    parser.add_argument("--sheet", type=Path, help="write the failures of the spread setting here")
    chosen = parser.parse_args(arguments)
    torch.set_num_threads(1)

    names = chosen.network or list(pretrained.RECIPES)
    collections = {"held-back writers": held_back()}
    if UJI.is_file():
        collections["UJI, 60 writers"] = uji()
    for title, digits in collections.items():
        digits = digits[: chosen.limit]
        print(f"\n# {title}: {len(digits):,} digits; by chance, 10 % would be right.")
        sit(title, digits, names, chosen.sheet)
    for name in names:
        report_styles(network(name))


def sit(title: str, digits: Sequence[Digit], names: Sequence[str], sheet: Path | None) -> None:
    """Every network's exam on one collection, in both ways and both settings."""
    labels = np.array([label for _, label in digits])
    images = {}
    for setting, drawn in (
        ("all alike", fixed_setting(len(digits))),
        ("spread", spread_setting(len(digits))),
    ):
        for way, make in (("prepare", prepared_image), ("naive", naive_image)):
            made = [make(strokes, d) for (strokes, _), d in zip(digits, drawn, strict=True)]
            images[way, setting] = np.stack(made)
    for name in names:
        asked = network(name)
        for (way, setting), pictures in images.items():
            exam = examine(asked.model, pictures, labels)
            report(f"{name}, {way}, {setting}", exam, doubt_words(asked, pictures))
        if sheet:
            spread = images["prepare", "spread"]
            answers = probabilities(asked.model, torch.tensor(spread)).argmax(1).numpy()
            wrong = np.flatnonzero(answers != labels)
            path = sheet.with_stem(f"{sheet.stem}-{Path(name).stem}-{title.split()[0]}")
            captions = [f"{labels[i]} as {answers[i]}" for i in wrong]
            contact_sheet(spread[wrong], captions, path)
            print(f"  {len(wrong):,} failures: {path}")


if __name__ == "__main__":
    main()
