"""A score as dots and as a band: as much is filled as was measured."""

from __future__ import annotations

import re

import pytest

from core.charts.score import RADIUS, WIDTH, dot_on_scale, hundred_dots, interval_band, scale_start


@pytest.mark.parametrize(
    ("share", "full", "part"),
    [(0.0, 0, 0), (0.959, 95, 0.9), (0.9999, 99, 0.99), (1.0, 100, 0), (0.5, 50, 0)],
)
def test_as_many_dots_are_filled_as_of_a_hundred_were_right(share, full, part):
    drawn = hundred_dots(share)
    assert drawn.count('class="full"') == full
    assert drawn.count('class="ring"') == 100 - full
    cuts = [float(each) for each in re.findall(r'class="part" d="M(\S+)', drawn)]
    left = 10 * (full % 10) + 5 - RADIUS  # of the dot that comes next
    assert cuts == ([pytest.approx(left + 2 * RADIUS * part, abs=0.002)] if part else [])


def test_a_scale_leaves_room_below_the_interval():
    assert scale_start(0.02) == 0
    assert scale_start(0.54) == 0
    assert scale_start(0.55) == 50
    assert scale_start(0.955) == 95
    assert scale_start(0.954) == 90
    assert scale_start(1.0) == 99


def test_the_band_lies_where_the_interval_is():
    drawn = interval_band(0.959, 0.955, 0.963, 95)
    (left, width), (middle, _) = (
        tuple(map(float, re.search(rf'"{name}" x="(\S+)" y="\d+" width="(\S+)"', drawn).groups()))
        for name in ("band", "score")
    )
    assert left == pytest.approx(WIDTH * 0.1, abs=0.1)
    assert width == pytest.approx(WIDTH * 0.16, abs=0.1)
    assert middle + 1 == pytest.approx(WIDTH * 0.18, abs=0.1)


def test_dots_of_several_scores_stand_on_one_scale():
    low, high = (dot_on_scale(score, score - 0.1, score + 0.05, 50) for score in (0.75, 0.95))
    assert 'cx="120.0"' in low
    assert 'cx="216.0"' in high
    assert '<rect class="band" x="72.0" y="5" width="72.0"' in low
