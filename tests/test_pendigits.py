"""The reader of pen digits and the replayed canvas that other tests rely on."""

import numpy as np
import pytest

from tests import pendigits
from tests.drawn import CLICK, HOOK, MOUSE, SEVEN, dot

SAMPLE = """.INCLUDE dene.doc
.LEXICON "0" "1" "2"
.SEGMENT DIGIT    0 ? "7"
.COMMENT 7 12  224
.PEN_DOWN
 100  200
 150  200
 120  100
.PEN_UP
.DT 100
.PEN_DOWN
 110  150
 140  150
.PEN_UP
.SEGMENT DIGIT    1-2 ? "1"
.PEN_DOWN
 10  20
.PEN_UP
.PEN_DOWN
.PEN_UP
"""


def test_the_reader_of_pen_digits(tmp_path):
    file = tmp_path / "sample.tra"
    file.write_text(SAMPLE)
    (seven, label), (one, other) = pendigits.read(file)
    assert (label, other) == (7, 1)
    assert [stroke.tolist() for stroke in seven] == [
        [[100, -200], [150, -200], [120, -100]],  # y turned downward
        [[110, -150], [140, -150]],
    ]
    assert [stroke.tolist() for stroke in one] == [[[10, -20]]]


def test_pen_digits_lie_on_the_canvas_where_they_should():
    for place, corner in (((0, 0), (0, 0)), ((1, 1), (280 - 98 * 0.7, 182))):
        points = np.concatenate(pendigits.on_canvas(SEVEN, place, 0.35))
        low, extent = points.min(0), np.ptp(points, axis=0)
        assert extent.max() == pytest.approx(98)
        assert low == pytest.approx(corner, abs=15)


def test_the_replayed_canvas_is_what_the_real_canvas_sends():
    """Against what the canvas sent for a real mouse: the same path and the same centre."""
    hook = pendigits.path_object(np.array(MOUSE, dtype=float), 20)
    assert [command[0] for command in hook["path"]] == [command[0] for command in HOOK["path"]]
    for ours, theirs in zip(hook["path"], HOOK["path"], strict=True):
        assert ours[1:] == pytest.approx(theirs[1:], abs=1e-6)
    for key in ("left", "top", "width", "height"):
        assert hook[key] == pytest.approx(HOOK[key], abs=0.01)
    assert pendigits.path_object(dot(40, 40), 20)["path"] == CLICK["path"]
