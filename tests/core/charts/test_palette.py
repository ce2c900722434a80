"""Colours that can be seen and told apart, on light and dark, with every kind of colour vision."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from core.charts.mosaics import COLD, WARM
from core.charts.palette import DIGIT_COLORS, DIGIT_DASHES, PALETTE

# Machado, Oliveira and Fernandes (2009): how colours look with one kind of cone missing.
VISIONS = {
    "usual": np.eye(3),
    "without red": [[0.152, 1.053, -0.205], [0.115, 0.786, 0.099], [-0.004, -0.048, 1.052]],
    "without green": [[0.367, 0.861, -0.228], [0.280, 0.673, 0.047], [-0.012, 0.043, 0.969]],
    "without blue": [[1.256, -0.077, -0.179], [-0.078, 0.931, 0.148], [0.005, 0.691, 0.304]],
}
TO_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])


def linear(colour: str) -> np.ndarray:
    """`#RRGGBB` as linear light, (3,) in [0, 1]."""
    channels = np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)]) / 255
    return np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2.2."""
    darker, lighter = sorted(float(TO_XYZ[1] @ linear(each)) for each in (one, other))
    return (lighter + 0.05) / (darker + 0.05)


def lab(light: np.ndarray) -> np.ndarray:
    """Linear light as CIE L*a*b*, where a distance of about 2 can just be seen."""
    xyz = TO_XYZ @ np.clip(light, 0, 1) / [0.9505, 1, 1.089]
    x, y, z = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


@pytest.mark.parametrize("background", ["#FFFFFF", "#0E1117", "#181715"])
def test_every_colour_can_be_seen_on_light_and_dark(background):
    assert min(contrast(colour, background) for colour in PALETTE.values()) >= 3


def test_no_two_digits_look_alike_to_anyone():
    assert len(DIGIT_COLORS) == len(DIGIT_DASHES) == 10
    for one, other in itertools.combinations(range(10), 2):
        if DIGIT_DASHES[one] == DIGIT_DASHES[other]:
            lights = linear(DIGIT_COLORS[one]), linear(DIGIT_COLORS[other])
            for vision in VISIONS.values():
                first, second = (lab(np.array(vision) @ light) for light in lights)
                assert np.linalg.norm(first - second) > 20


def test_the_colours_for_and_against_are_those_of_the_palette():
    for rgb, name in ((COLD, "blue"), (WARM, "vermillion")):
        assert "#" + bytes(rgb.tolist()).hex().upper() == PALETTE[name]
