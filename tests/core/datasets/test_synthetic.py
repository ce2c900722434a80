"""The built-in handwriting: counted, repeated, compared with MNIST's ranges, and learned from."""

import dataclasses

import numpy as np
import pytest
import torch

from core.config import TrainingConfig
from core.data import DigitDataset, Digits
from core.datasets import hand
from core.datasets.styles import STYLES, Style
from core.datasets.synthetic import contact_sheet, generate
from core.evaluation import evaluate
from core.model import build_model
from core.trainer import train

# Of 5,000 MNIST training images: quarter, half and three quarters of them have less ink than this
# (sum of an image's brightness, from 0 to 1 a pixel) and a narrower pen (2 · ink / outline).
MNIST_INK = (77.8, 99.3, 122.7)
MNIST_PEN = (2.12, 2.49, 2.95)
MNIST_SLANT = (-0.07, 0.11, 0.29)  # how far the ink moves to the right per pixel upwards
MNIST_SHAPE = (0.70, 0.80, 0.95)  # width / height of the inked box

# The longest side of an MNIST digit is 20 px, counting what is at least half as bright as ink.
LONGEST = 20


@pytest.fixture(scope="module")
def digits():
    return generate(4_000, seed=3)


@pytest.fixture(scope="module")
def brightness(digits):
    return digits[0].float() / 255


def quartiles(values):
    return torch.quantile(values, torch.tensor([0.25, 0.5, 0.75])).tolist()


def centres(images):
    """Centre of mass (N, 2) as x and y, in pixels."""
    pixels = torch.arange(28.0)
    weight = images.sum((1, 2))
    return torch.stack([images.sum(1) @ pixels, images.sum(2) @ pixels], 1) / weight[:, None]


def extents(ink):
    """Width and height (N, 2) of what is True in the images (N, 28, 28)."""
    sides = [ink.any(1), ink.any(2)]
    pixels = torch.arange(28)
    last = [torch.where(side, pixels, -1).amax(1) for side in sides]
    first = [torch.where(side, pixels, 99).amin(1) for side in sides]
    return torch.stack(last, 1) - torch.stack(first, 1) + 1


def test_shapes_and_types(digits):
    images, labels, styles = digits
    assert images.shape == (4_000, 28, 28) and images.dtype == torch.uint8
    assert labels.shape == (4_000,) and labels.dtype == torch.int64
    assert styles.shape == (4_000,) and styles.dtype == torch.int64
    assert images.min() == 0 and images.max() == 255


def test_white_ink_on_black(brightness):
    ink = brightness.mean((1, 2))
    assert ink.min() > 0.02 and ink.max() < 0.4
    border = torch.cat([brightness[:, [0, -1]].flatten(1), brightness[:, :, [0, -1]].flatten(1)], 1)
    assert (border.amax(1) < 0.1).float().mean() > 0.98  # hardly any digit touches it


def test_labels_are_the_digits_of_the_styles(digits):
    _, labels, styles = digits
    expected = [list(STYLES.values())[style].digit for style in styles]
    assert labels.tolist() == expected


@pytest.mark.parametrize("count", [1, 7, 10, 1_003])
def test_digits_come_equally_often(count):
    images, labels, _ = generate(count, seed=0)
    counts = torch.bincount(labels, minlength=10)
    assert len(images) == count
    assert counts.max() - counts.min() <= 1


def test_digits_come_in_mixed_order(digits):
    _, labels, _ = digits
    assert (labels[1:] == labels[:-1]).float().mean() == pytest.approx(0.1, abs=0.03)


def test_same_seed_same_digits_whoever_watches():
    first = generate(1_200, seed=4)
    again = generate(1_200, seed=4, on_progress=lambda done, total: torch.rand(3))
    assert all(torch.equal(one, other) for one, other in zip(first, again, strict=True))


def test_other_seed_other_digits():
    first, other = generate(100, seed=4), generate(100, seed=5)
    assert not torch.equal(first[1], other[1])
    assert len(torch.cat([first[0], other[0]]).unique(dim=0)) == 200


def test_leaves_torchs_own_chance_alone():
    torch.manual_seed(0)
    expected = torch.rand(1)
    torch.manual_seed(0)
    generate(5, seed=1)
    assert torch.equal(torch.rand(1), expected)


def test_progress_rises_to_the_total():
    seen = []
    generate(2_500, seed=0, on_progress=lambda done, total: seen.append((done, total)))
    done = [each for each, _ in seen]
    assert len(seen) >= 3
    assert done == sorted(set(done)) and done[-1] == 2_500
    assert {total for _, total in seen} == {2_500}


def test_progress_can_end_the_work():
    with pytest.raises(ZeroDivisionError):
        generate(100, seed=0, on_progress=lambda done, total: 1 / 0)


def test_every_style_is_used(digits):
    assert set(digits[2].tolist()) == set(range(len(STYLES)))


@pytest.mark.parametrize("count", [1, 500])
def test_only_the_styles_asked_for(count):
    wanted = ["7 with bar", "7 plain", "1 with flag"]
    _, labels, styles = generate(count, seed=0, styles=wanted)
    assert {list(STYLES)[style] for style in styles} <= set(wanted)
    counts = torch.bincount(labels, minlength=10)
    assert counts[1] + counts[7] == count and abs(counts[1] - counts[7]) <= 1


@pytest.mark.parametrize("count", [0, -3])
def test_a_count_below_one_is_refused(count):
    with pytest.raises(ValueError, match=str(count)):
        generate(count, seed=0)


@pytest.mark.parametrize("styles", [[], (), ["7 with a hat"]])
def test_unknown_styles_are_refused(styles):
    with pytest.raises(ValueError, match="7 with bar"):
        generate(10, seed=0, styles=styles)


def test_contact_sheet_shows_every_style():
    names, images = contact_sheet(per_style=3)
    assert names == list(STYLES)
    assert images.shape == (len(STYLES), 3, 28, 28) and images.dtype == torch.uint8
    assert images.flatten(2).amax(2).min() > 128  # each has been drawn
    assert torch.equal(images, contact_sheet(per_style=3)[1])


def test_styles_are_listed_with_digit_and_description():
    for name, style in STYLES.items():
        assert style.name == name and name.startswith(str(style.digit))
        assert style.weight > 0 and str(style.digit) in style.description + name
    per_digit = np.bincount([style.digit for style in STYLES.values()], minlength=10)
    assert per_digit.min() >= 4
    assert len({style.description for style in STYLES.values()}) == len(STYLES)


@pytest.mark.parametrize("style", STYLES.values(), ids=STYLES)
def test_sketches_of_a_style_match(style):
    sketches = style.strokes()
    for sketch in sketches:
        assert [len(stroke.points) for stroke in sketch] == [len(s.points) for s in sketches[0]]
        assert [stroke.turns for stroke in sketch] == [stroke.turns for stroke in sketches[0]]
        assert {turn for stroke in sketch for turn in stroke.turns} <= {"", "!", "?"}
        points = np.concatenate([stroke.points for stroke in sketch])
        assert 0.6 < np.ptp(points[:, 1]) < 1.35  # drawn about 1 high, wherever it was put


def test_a_sketch_is_read_as_written():
    style = Style(7, "7", "a 7", ("0,4 62,2! -5,100 / 16,52? 62,48",), 1.0)
    (stem, bar), *others = style.strokes()
    assert not others
    np.testing.assert_allclose(stem.points, [[0, 0.04], [0.62, 0.02], [-0.05, 1]])
    assert stem.turns == ("", "!", "") and bar.turns == ("?", "")


def test_ink_pen_slant_and_shape_are_like_mnists(brightness):
    ink = brightness.sum((1, 2))
    edges = brightness.diff(dim=1).abs().sum((1, 2)) + brightness.diff(dim=2).abs().sum((1, 2))
    pen = 2 * ink / (edges * torch.pi / 4)  # a slanted edge is counted in both directions
    offset = torch.arange(28.0) - centres(brightness)[:, :, None]  # (N, 2, 28)
    x, y = offset[:, 0, None, :], offset[:, 1, :, None]
    slant = -(brightness * x * y).sum((1, 2)) / (brightness * y * y).sum((1, 2))
    width, height = extents(brightness > 0).float().unbind(1)
    assert quartiles(ink) == pytest.approx(MNIST_INK, rel=0.15)
    assert quartiles(pen) == pytest.approx(MNIST_PEN, rel=0.15)
    assert quartiles(slant) == pytest.approx(MNIST_SLANT, abs=0.08)
    assert quartiles(width / height) == pytest.approx(MNIST_SHAPE, abs=0.12)


def test_the_longest_side_is_20_pixels(brightness):
    longest = extents(brightness > 0.5).amax(1).float()
    assert longest.mean().item() == pytest.approx(LONGEST, abs=0.75)
    assert ((longest - LONGEST).abs() <= 2).float().mean() > 0.97


def test_the_centre_of_mass_is_in_the_middle(brightness):
    off = centres(brightness) - 14
    assert off.mean(0).abs().max() < 0.1
    assert (off.abs() <= hand.HABITS.off_centre + 0.25).float().mean() > 0.99


def test_without_habits_a_style_is_always_the_same_shape(monkeypatch):
    """What varies is what Habits lists, and nothing else but the mixture of the sketches."""
    still = {field.name: 0.0 for field in dataclasses.fields(hand.Habits)}
    still |= {"round_corners": 1e-9, "pen": 2.5, "size": 1.0}
    monkeypatch.setattr(hand, "HABITS", hand.Habits(**still))
    single = next(name for name, style in STYLES.items() if len(style.sketches) == 2)
    monkeypatch.setattr(hand, "_mix", lambda letters, style, lots: letters.sketches[style][:, 0])
    images, _, _ = generate(20, seed=0, styles=[single])
    assert (images.float() - images[0]).abs().max() <= 1


@pytest.fixture(scope="module")
def learned(generated):
    """The tutorial network after a few seconds with generated digits alone."""
    empty = generated.test[:0]
    dataset = DigitDataset("generated", generated.train[:20_000], empty, empty)
    config = TrainingConfig(epochs=6, schedule="cosine", learning_rate=3e-3)
    model = build_model(config)
    for _ in train(model, dataset, config):
        pass
    return model


def test_a_network_learns_to_read_fresh_ones(learned):
    images, labels, _ = generate(2_000, seed=2)
    assert evaluate(learned, Digits(images, labels)).accuracy > 0.9


def test_what_it_learned_holds_for_mnist(learned, mnist):
    assert evaluate(learned, mnist.test).accuracy > 0.85
