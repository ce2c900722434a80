"""The small pictures on Home: what is drawn is what was given."""

from __future__ import annotations

import re

import numpy as np
import pytest

from core.charts.cards import (
    HEIGHT,
    MARGIN,
    WIDTH,
    confusion_picture,
    curve_svg,
    scores_svg,
    strokes_svg,
)


def lines(svg: str) -> list[np.ndarray]:
    """The points of every line that is made of M and L only, in order."""
    paths = re.findall(r'<path d="(M[^"VH]*)"', svg)
    return [
        np.array([point.split() for point in re.split("[ML]", part) if point.strip()], float)
        for path in paths
        for part in re.findall(r"M[^M]*", path)
    ]


def test_a_curve_shows_every_value_and_its_running_mean():
    values = [4.0, 2.0, 0.0, 1.0]
    thin, thick = lines(curve_svg(values, window=2))
    height = HEIGHT - 2 * MARGIN
    down = [HEIGHT - MARGIN - height * share / 4 for share in values]
    np.testing.assert_allclose(thin[:, 1], down, atol=0.06)
    mean = [HEIGHT - MARGIN - height * share / 4 for share in (4, 3, 1, 0.5)]
    np.testing.assert_allclose(thick[:, 1], mean, atol=0.06)
    assert (thin[0, 0], thin[-1, 0]) == (MARGIN, WIDTH - MARGIN)


def test_a_score_fills_its_share_of_a_bar():
    svg = scores_svg([(1.0, "100 %", "one"), (0.25, "25 %", "another")])
    whole, first, _, second = (float(each) for each in re.findall(r"h([\d.]+)", svg))
    assert (first, second) == (whole, whole / 4)
    assert re.findall(r">([^<]+)</text>", svg) == ["one", "100 %", "another", "25 %"]


@pytest.mark.parametrize("size", [(255, 30), (30, 255), (0, 0)])
def test_strokes_lie_in_the_middle_and_keep_their_ratio(size):
    strokes = [[[0, 0], [size[0], size[1]]], [[0, size[1]], [size[0], 0]]]
    points = np.concatenate(lines(strokes_svg(strokes)))
    low, high = points.min(0), points.max(0)
    np.testing.assert_allclose((low + high) / 2, (WIDTH / 2, HEIGHT / 2), atol=0.06)
    assert (low >= MARGIN).all()
    assert (high <= np.array([WIDTH, HEIGHT]) - MARGIN).all()
    across, along = high - low
    assert across * size[1] == pytest.approx(along * size[0], abs=30)


def test_right_answers_are_blue_wrong_ones_orange_and_none_is_dark():
    confusion = np.zeros((10, 10), int)
    confusion[3, 3], confusion[3, 5] = 75, 25
    picture = confusion_picture(confusion).astype(int)
    red, _, blue = picture[3, 3]
    assert blue > red + 50
    red, _, blue = picture[3, 5]
    assert red > blue + 30
    assert picture[0, 0].tolist() == picture[5, 3].tolist() == [22, 22, 22]
    assert picture[3, 3].sum() > picture[3, 5].sum()
