"""The replayed canvas that other tests rely on."""

import numpy as np
import pytest

from tests import replay
from tests.drawn import CLICK, HOOK, MOUSE, SEVEN, dot


def test_strokes_lie_on_the_canvas_where_they_should():
    for place, corner in (((0, 0), (0, 0)), ((1, 1), (280 - 98 * 0.7, 182))):
        points = np.concatenate(replay.on_canvas(SEVEN, place, 0.35))
        low, extent = points.min(0), np.ptp(points, axis=0)
        assert extent.max() == pytest.approx(98)
        assert low == pytest.approx(corner, abs=15)


def test_the_replayed_canvas_is_what_the_real_canvas_sends():
    """Against what the canvas sent for a real mouse: the same path and the same centre."""
    hook = replay.path_object(np.array(MOUSE, dtype=float), 20)
    assert [command[0] for command in hook["path"]] == [command[0] for command in HOOK["path"]]
    for ours, theirs in zip(hook["path"], HOOK["path"], strict=True):
        assert ours[1:] == pytest.approx(theirs[1:], abs=1e-6)
    for key in ("left", "top", "width", "height"):
        assert hook[key] == pytest.approx(HOOK[key], abs=0.01)
    assert replay.path_object(dot(40, 40), 20)["path"] == CLICK["path"]
