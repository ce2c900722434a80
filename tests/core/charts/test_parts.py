"""Axes end where they should, frames lie round the squares that they name, names do not touch."""

import itertools

import numpy as np
import pytest

from core.charts.parts import axis_end, rectangle, spread


def test_the_axis_grows_in_steps_and_stops_at_the_end_of_the_run():
    ends = [axis_end(iteration, 1_290) for iteration in range(1_291)]
    assert set(ends) == {50, 100, 200, 400, 1_290}
    assert all(end >= iteration for iteration, end in enumerate(ends))
    assert axis_end(0, 3) == 3 and axis_end(7, 5) == 7 and axis_end(1, 72) == 72


def test_a_frame_goes_round_whole_squares():
    frame = rectangle(3, 4, 3, 6, "#000000", 2)
    assert (frame["x0"], frame["x1"], frame["y0"], frame["y1"]) == (2.5, 3.5, 3.5, 6.5)


@pytest.mark.parametrize("heights", [[0.3, 0.31, 2.0], [2.3, 0.3, 2.3, 0.31], [1.0], []])
def test_names_keep_their_order_and_their_distance(heights):
    moved = spread(heights, 0.2)
    assert np.argsort(moved, kind="stable").tolist() == np.argsort(heights, kind="stable").tolist()
    gaps = [above - below for below, above in itertools.pairwise(sorted(moved))]
    assert all(gap >= 0.2 - 1e-9 for gap in gaps)
    assert all(after >= before for before, after in zip(heights, moved, strict=True))
