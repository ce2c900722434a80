"""Digits on photographs and scans: found whatever the light, and paper without one is told so."""

import numpy as np
import pytest

from core.drawing import DrawingError, EmptyDrawing, prepare_pixels
from core.evaluation import probabilities
from core.pretrained import load
from core.strokes.ink import render
from core.strokes.pictures import _smooth_surface
from tests.drawn import DIGITS, FIVE, SEVEN, as_batch, assert_same, dot, image, painted


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
    model, labels = load("tutorial").model, mnist.test.labels[:300]
    as_is = mnist.test.images[:300].float() / 255
    seen = np.stack([prepare_pixels(one).image for one in mnist.test.images[:300].numpy()])
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
        (np.broadcast_to(np.uint8(0), (10_000, 10_000)), "at most 50 million"),
    ],
)
def test_pixels_that_are_not_a_picture_are_refused(pixels, why):
    with pytest.raises(DrawingError, match=why):
        prepare_pixels(pixels)


def paper(height: int, width: int) -> np.ndarray:
    """Uneven light, float32 (height, width): a quadratic surface."""
    y, x = np.mgrid[-1 : 1 : height * 1j, -1 : 1 : width * 1j]
    return (0.7 + 0.1 * x - 0.05 * y + 0.04 * x * y - 0.08 * x * x).astype(np.float32)


@pytest.mark.parametrize("shape", [(144, 192), (192, 60), (8, 8), (1, 192), (192, 1)])
def test_the_light_is_found_below_the_ink(shape):
    """In the last two the picture is so narrow that many surfaces fit."""
    light = paper(*shape)
    grey = light.copy()
    grey[:, shape[1] // 2 : shape[1] // 2 + shape[1] // 12] = 0.1  # a line of ink
    found = _smooth_surface(grey)
    np.testing.assert_allclose(found, light, atol=5e-3)


@pytest.mark.parametrize("brightness", [0, 0.3, 1])
def test_even_light_is_even(brightness):
    grey = np.full((30, 40), brightness, dtype=np.float32)
    np.testing.assert_allclose(_smooth_surface(grey), grey, atol=1e-6)
