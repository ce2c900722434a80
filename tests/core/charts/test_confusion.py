"""The frame round what was chosen in a confusion matrix."""

import pytest
import torch

from core.charts.confusion import confusion_chart, frame_of


def test_a_frame_goes_round_a_cell_a_row_or_a_column():
    ends = ("x0", "x1", "y0", "y1")
    assert [frame_of(3, 8)[end] for end in ends] == [7.5, 8.5, 2.5, 3.5]
    assert [frame_of(3, None)[end] for end in ends] == [-0.5, 9.5, 2.5, 3.5]
    assert [frame_of(None, 8)[end] for end in ends] == [7.5, 8.5, -0.5, 9.5]


def test_a_whole_row_or_column_is_framed():
    confusion = torch.eye(10, dtype=torch.int64).numpy()
    for chosen, sides in {
        (4, None): [-0.5, 9.5, 3.5, 4.5],
        (None, 0): [-0.5, 0.5, -0.5, 9.5],
    }.items():
        chart = confusion_chart(confusion, shares=False, muted=True, dark=False, chosen=chosen)
        (frame,) = chart["layout"]["shapes"]
        assert [frame[side] for side in ("x0", "x1", "y0", "y1")] == sides
    plain = confusion_chart(confusion, shares=False, muted=True, dark=False)
    assert plain["layout"]["shapes"] == []


def test_the_matrix_shows_its_numbers():
    confusion = torch.arange(100).reshape(10, 10)
    cells, marks = confusion_chart(confusion, shares=False, muted=True, dark=False)["data"]
    assert cells["text"][3][5] == "35"
    assert all(cells["z"][digit][digit] == 0 for digit in range(10))
    place = marks["customdata"].index([35])
    assert (marks["y"][place], marks["x"][place]) == (3, 5)
    shares, _ = confusion_chart(confusion, shares=True, muted=False, dark=True)["data"]
    assert sum(shares["z"][3]) == pytest.approx(100)
