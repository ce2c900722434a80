"""Digits on photographs and scans: found whatever the light, and paper without one is told so."""

import numpy as np
import pytest
from PIL import Image

from core.datasets.pens.collection import load as load_pens
from core.datasets.pens.collection import split
from core.drawing import DrawingError, EmptyDrawing, prepare_all_pixels, prepare_pixels
from core.evaluation import probabilities, read
from core.pretrained import load
from core.strokes.ink import render
from tests import paper_pictures
from tests.drawn import (
    DIGITS,
    FIVE,
    ONE,
    SEVEN,
    ZERO,
    as_batch,
    assert_same,
    centre_of_mass,
    dot,
    image,
    painted,
)


@pytest.mark.parametrize("strokes", DIGITS.values(), ids=DIGITS)
def test_a_picture_of_a_digit_is_read_like_the_drawing(strokes):
    for pen in (5, 12, 20):
        seen = prepare_pixels(painted(strokes, pen=pen, ink=20, paper=235)).image
        assert seen.dtype == np.float32 and seen.min() >= 0 and seen.max() <= 1
        assert np.abs(seen - image(strokes)).mean() < 0.04


@pytest.mark.parametrize("strokes", DIGITS.values(), ids=DIGITS)
def test_dark_on_light_equals_light_on_dark(strokes):
    dark = painted(strokes, ink=40, paper=230)
    assert_same(prepare_pixels(dark).image, prepare_pixels(255 - dark).image)


def test_uneven_light_a_shadow_and_noise_change_little():
    picture = painted(FIVE, ink=60, paper=230).astype(float)
    plain = prepare_pixels(picture.astype(np.uint8)).image
    y, x = np.mgrid[0:1:200j, 0:1:200j]
    noise = np.random.default_rng(0).normal(0, 6, picture.shape)
    for light in (1 - 0.6 * x, 1 - 0.5 * y * x, np.where(x + 0.4 * y > 0.7, 0.65, 1)):
        lit = (picture * light + noise).clip(0, 255).astype(np.uint8)
        assert np.abs(prepare_pixels(lit).image - plain).mean() < 0.02


def test_colour_and_see_through_pictures():
    mask = painted(SEVEN)
    wanted = prepare_pixels(mask).image
    blue = np.full((*mask.shape, 3), 240, dtype=np.uint8)
    blue[mask > 127] = (30, 40, 160)
    assert np.abs(prepare_pixels(blue).image - wanted).mean() < 0.02
    for ink in (0, 255):  # black or white strokes on a canvas without a background
        see_through = np.full((*mask.shape, 4), ink, dtype=np.uint8)
        see_through[..., 3] = mask
        assert_same(prepare_pixels(see_through).image, wanted)


def test_dust_and_the_edge_of_the_paper_are_left_out():
    picture = painted(FIVE, ink=20, paper=235).copy()
    wanted = prepare_pixels(picture).image
    picture[10:14, 180:184] = 0
    picture[:, :5] = 30
    assert np.abs(prepare_pixels(picture).image - wanted).mean() < 0.01


@pytest.mark.parametrize("strokes", DIGITS.values(), ids=DIGITS)
def test_a_picture_laid_out_like_mnist_stays_about_the_same(strokes):
    drawn = render(*as_batch(strokes))[0].numpy()
    assert np.abs(prepare_pixels((drawn * 255).astype(np.uint8)).image - drawn).mean() < 0.03


def test_mnist_itself_is_read_as_well_as_before(mnist):
    some = mnist.test[:50]
    model, labels = load("tutorial").model, some.labels
    as_is = some.images.float() / 255
    seen = np.stack([prepare_pixels(one).image for one in some.images.numpy()])
    right = [
        (probabilities(model, some).argmax(1) == labels).float().mean() for some in (as_is, seen)
    ]
    assert right[1] > right[0] - 0.03


@pytest.mark.parametrize("kind", ["white", "black", "noise", "slope", "one step"])
def test_blank_paper_has_no_digit(kind):
    y, x = np.mgrid[0:1:150j, 0:1:120j]
    noise = np.random.default_rng(0).normal(0, 5, x.shape)
    paper = {
        "white": np.full(x.shape, 255),
        "black": np.zeros(x.shape),
        "noise": 200 + noise,
        "slope": 220 - 120 * x - 30 * y + noise,
        "one step": np.where(x + 0.2 * y > 0.6, 220, 140) + noise,
    }[kind]
    with pytest.raises(EmptyDrawing, match="No digit stands out"):
        prepare_pixels(paper.clip(0, 255).astype(np.uint8))


def test_a_dot_on_paper_is_no_digit():
    with pytest.raises(EmptyDrawing, match="only a dot"):
        prepare_pixels(painted([dot(50, 50)], pen=20))


@pytest.mark.parametrize(
    ("pixels", "why"),
    [
        ([[0, 1], [2, 3]], "uint8"),
        (np.zeros((50, 50)), "uint8"),
        (np.zeros(50, np.uint8), "an array of 50 is not"),
        (np.zeros((50, 50, 2), np.uint8), "50 × 50 × 2 is not"),
        (np.zeros((7, 50), np.uint8), "at least 8"),
        (np.zeros((0, 0), np.uint8), "at least 8"),
        (np.broadcast_to(np.uint8(0), (10_000, 10_000)), "at most 52 million"),
    ],
)
def test_pixels_that_are_not_a_picture_are_refused(pixels, why):
    with pytest.raises(DrawingError, match=why):
        prepare_pixels(pixels)


OF_EACH_KIND = 4


@pytest.mark.parametrize("kind", paper_pictures.KINDS)
def test_digits_on_paper_of_every_kind_are_read(kind):
    """One of four may be a digit that the network does not know."""
    _, pens = split(load_pens())
    model, right = load("default").model, 0
    for number in range(OF_EACH_KIND):
        random = np.random.default_rng([7, number])
        chosen = random.integers(len(pens))
        pixels = paper_pictures.KINDS[kind](pens.strokes(chosen), random)
        digits = prepare_all_pixels(pixels)
        answers = [int(read(model, each.renderings).argmax()) for each in digits]
        right += answers == [pens.labels[chosen]]
    assert right >= OF_EACH_KIND - 1


def test_two_digits_are_separated_left_to_right_and_are_not_one():
    random = np.random.default_rng(3)
    pixels = paper_pictures.two_digits(SEVEN, FIVE, random)
    model = load("default").model
    digits = prepare_all_pixels(pixels)
    assert [int(read(model, each.renderings).argmax()) for each in digits] == [7, 5]
    with pytest.raises(DrawingError, match="seem to be 2 digits") as refused:
        prepare_pixels(pixels)
    assert refused.value.ink.ndim == 2 and refused.value.ink.max() == 1


def test_what_is_far_too_wide_seems_to_be_several_digits_or_lies_on_its_side():
    touching = [stroke * (0.35, 0.3) + (20 * n, 30) for n in range(4) for stroke in ZERO]
    for strokes in (touching, [stroke[:, ::-1] for stroke in ONE]):
        with pytest.raises(DrawingError, match="several digits that touch, one that lies"):
            prepare_all_pixels(painted(strokes, pen=8))


def lines_of_paper() -> np.ndarray:
    paper = Image.new("RGB", (800, 600), (235, 235, 235))
    ruled = paper_pictures.rules(paper, np.random.default_rng(0), across=True, down=False)
    return np.asarray(ruled.rotate(0.7, fillcolor=(235, 235, 235)).convert("L"))


Y, X = np.mgrid[0:1:600j, 0:1:800j]
IN_THE_WAY = {
    "too faint": (np.full(X.shape, 235), "too faint"),
    "a shadow": (np.where(X + 0.3 * Y > 0.6, 110, 235), "a shadow"),
    "far away": (np.pad(painted(FIVE, 48, 4, 20, 235), ((200, 352), (200, 552)), "edge"), "nearer"),
    "only lines": (lines_of_paper(), "its lines"),
}


@pytest.mark.parametrize(("picture", "what"), IN_THE_WAY.values(), ids=IN_THE_WAY)
def test_a_refusal_names_what_is_in_the_way(picture, what):
    noise = np.random.default_rng(0).normal(0, 3, picture.shape)
    with pytest.raises(EmptyDrawing, match=f"No digit stands out on this picture: .*{what}"):
        prepare_pixels((picture + noise).clip(0, 255).astype(np.uint8))


@pytest.mark.parametrize("width", [60, 100, 170])
def test_a_bar_is_a_bar_however_much_of_the_picture_it_fills(width):
    picture = np.full((170, width), 255, np.uint8)
    picture[15:155, width // 2 - 18 : width // 2 + 18] = 0
    seen = prepare_pixels(picture)
    assert np.ptp(np.flatnonzero((seen.renderings[1] > 0.5).any(1))) > 16  # as high as MNIST's
    assert np.ptp(np.flatnonzero((seen.renderings[1] > 0.5).any(0))) < 8
    assert int(read(load("default").model, seen.renderings).argmax()) == 1


@pytest.mark.parametrize("margin", [0, 3])
def test_an_enlarged_image_of_mnist_s_kind_is_found_as_it_was(margin):
    """Its pixels lie on the whole pixels of the image again, so nothing is blurred."""
    ink = Image.fromarray(painted(FIVE, pen=16))
    ink = ink.crop(ink.getbbox())
    width, height = (round(side * 20 / max(ink.size)) for side in ink.size)
    digit = np.asarray(ink.resize((width, height), Image.Resampling.BOX))
    picture = np.pad(digit, margin).repeat(10, 0).repeat(10, 1)
    scaled = prepare_pixels(picture).renderings
    assert len(scaled) == 4  # redrawn, and the ink in three sizes
    rows, columns = (np.flatnonzero((scaled[-1] > 0.2).any(axis)) for axis in (1, 0))
    found = scaled[-1][rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    assert found.shape == digit.shape
    assert np.abs(found - digit / 255).mean() < 0.03
    np.testing.assert_allclose(centre_of_mass(scaled[-1]), (14, 14), atol=0.51)


def test_photographed_paper_and_thin_pens_are_not_taken_for_clean_ink():
    assert len(prepare_pixels(painted(FIVE, pen=5, ink=0, paper=255)).renderings) == 2
    noise = np.random.default_rng(0).normal(0, 3, (200, 200))
    photo = (painted(FIVE, pen=16, ink=20, paper=235) + noise).clip(0, 255).astype(np.uint8)
    assert len(prepare_pixels(photo).renderings) == 2
