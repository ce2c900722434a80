"""Ruled lines go, strokes stay."""

import numpy as np

from core.strokes.photo.ruling import without_ruling

SHAPE = (300, 400)


def contrast(*, rules: float, pen: float) -> np.ndarray:
    """Lines of 2 px right across, every 40 rows, and a stroke 6 px wide from top to bottom."""
    found = np.zeros(SHAPE)
    for row in range(20, 300, 40):
        found[row : row + 2] = rules
    found[60:240, 200:206] = pen
    return found


def test_lines_go_and_the_stroke_across_them_stays_whole():
    for turned in (False, True):
        seen = contrast(rules=0.3, pen=0.35)
        seen = seen.T if turned else seen
        rest = without_ruling(seen > 0.1, seen)
        rest = rest.T if turned else rest
        assert rest[60:240, 200:206].all()
        assert rest[:, :198].sum() == rest[:, 208:].sum() == 0


def test_a_line_that_ends_within_the_picture_is_no_ruled_line():
    mask = np.zeros(SHAPE, bool)
    mask[100:103, 40:360] = True
    assert (without_ruling(mask, mask * 0.5) == mask).all()
