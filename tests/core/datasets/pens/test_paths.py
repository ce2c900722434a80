"""Following strokes: on the line, in order, from end to end, at the intervals asked for."""

import numpy as np
import pytest
import torch

from core.datasets.pens import collection as pens
from core.datasets.pens.paths import SAMPLES, paths_of, resample
from tests.pen_strokes import STRAIGHT, pens_from_points

EVEN = torch.ones(1, SAMPLES - 1)


def distance_to_line(points, stroke):
    """From each point (P, 2) to the nearest of the line through the stroke's points (Q, 2)."""
    start, step = stroke[:-1], np.diff(stroke, axis=0)
    along = ((points[:, None] - start) * step).sum(2) / np.maximum((step**2).sum(1), 1e-12)
    nearest = start + along.clip(0, 1)[:, :, None] * step
    return np.linalg.norm(points[:, None] - nearest, axis=2).min(1)


def length(points):
    return np.linalg.norm(np.diff(points, axis=0), axis=1).sum()


def test_resampling_keeps_order_and_ends_and_stays_on_the_line():
    shipped, random = pens.load(), torch.Generator().manual_seed(5)
    paths, chosen = paths_of(shipped), torch.arange(0, len(shipped), 40)
    intervals = 0.05 + torch.rand(len(chosen), SAMPLES - 1, generator=random)
    points = resample(paths, chosen, intervals)
    assert points.shape == (len(chosen), SAMPLES, 2) and points.dtype == torch.float32
    for row, index in enumerate(chosen.tolist()):
        strokes = [stroke / pens.BOX for stroke in shipped.strokes(index)]
        number = (paths.stroke[index] - paths.stroke[index, 0]).numpy()
        assert number.max() + 1 == len(strokes) and (np.diff(number) >= 0).all()
        for each, stroke in enumerate(strokes):
            mine = points[row].numpy()[number == each]
            assert len(mine) >= 2
            np.testing.assert_allclose(mine[[0, -1]], stroke[[0, -1]], atol=1e-5)
            assert distance_to_line(mine, stroke).max() < 1e-5
            assert length(mine) <= length(stroke) + 1e-5  # nowhere back
            assert length(mine) > 0.9 * length(stroke) - 0.02


def test_intervals_decide_where_the_points_lie():
    """Along a straight line the distances are as the intervals say."""
    intervals = torch.arange(1.0, SAMPLES)[None]
    points = resample(paths_of(STRAIGHT), torch.tensor([0]), intervals)
    steps = points[0].diff(dim=0).norm(dim=1)
    torch.testing.assert_close(steps / steps.sum(), intervals[0] / intervals.sum())


def test_a_dot_stays_a_dot():
    points = resample(
        paths_of(pens_from_points([[(0, 0), (0, 255)], [(51, 0)]])), torch.tensor([0]), EVEN
    )
    assert points.isfinite().all()
    torch.testing.assert_close(points[0, -2:], torch.tensor([[0.2, 0.0], [0.2, 0.0]]))


def test_a_digit_of_too_many_strokes_is_refused():
    with pytest.raises(ValueError, match="40 strokes"):
        paths_of(pens_from_points([[(0, 0)]] * 40))
