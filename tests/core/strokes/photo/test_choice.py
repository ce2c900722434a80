"""What looks most like digits, of all ways to see a picture."""

import numpy as np

from core.strokes.photo.choice import judge
from core.strokes.photo.contrast import ways_to_see


def score_of_a_thick_bar(ground: np.ndarray) -> float:
    """Seen in even light; it is half as thick as it is long and half as long as the picture."""
    grey = ground.astype(np.float32)
    grey[70:210, 100:178] = 1
    found = [judge(grey, seen) for seen in ways_to_see(grey) if not seen.cost]
    return max(each.score for each in found if each is not None and each.size < 0.9)


def test_thick_ink_is_trusted_more_on_even_ground_than_on_what_may_be_a_desk():
    even = np.zeros((280, 280))
    desk = np.random.default_rng(0).normal(0.05, 0.01, even.shape).clip(0, 1)
    assert score_of_a_thick_bar(even) > score_of_a_thick_bar(desk) + 0.3
