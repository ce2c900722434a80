"""Axes end where they should, and frames lie round the squares that they name."""

import plotly.graph_objects as go

from core.charts.parts import axis_end, click_targets, rectangle


def test_the_axis_grows_in_steps_and_stops_at_the_end_of_the_run():
    ends = [axis_end(iteration, 1_290) for iteration in range(1_291)]
    assert set(ends) == {50, 100, 200, 400, 800, 1_290}
    assert all(end >= iteration for iteration, end in enumerate(ends))
    assert axis_end(0, 3) == 3 and axis_end(7, 5) == 7


def test_a_frame_goes_round_whole_squares():
    frame = rectangle(3, 4, 3, 6, "#000000", 2)
    assert (frame["x0"], frame["x1"], frame["y0"], frame["y1"]) == (2.5, 3.5, 3.5, 6.5)


def test_targets_are_there_but_not_seen_even_where_one_is_chosen():
    targets = click_targets([0, 1], [2, 3], 9, [[5], [6]], "%{customdata[0]}")
    marks = go.Scatter(targets)  # raises on a name that Plotly lacks
    assert marks.marker.opacity == 0
    assert marks.selected.marker.opacity == marks.unselected.marker.opacity == 0
    assert marks.hovertemplate == "%{customdata[0]}<extra></extra>"
