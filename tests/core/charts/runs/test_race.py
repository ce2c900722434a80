"""The chart of a race: both lines on one axis, by batch or by seconds."""

from __future__ import annotations

import json

import numpy as np
from plotly.graph_objects import Figure

from core.charts.runs.race import SPAN, Racer, race_chart


def racers(first: int, second: int, total: int = 1_000) -> list[Racer]:
    losses = np.linspace(2, 1, 1_000, dtype=np.float32)
    return [
        Racer("one", losses[:first], total, 0.01 * first),
        Racer("two", losses[:second], total, 0.04 * second),
    ]


def test_by_batch_both_lie_on_the_batches_that_they_have_done():
    chart = race_chart(racers(400, 100), "batch")
    figure = Figure(data=chart["data"], layout=chart["layout"])
    assert [line.x[-1] for line in figure.data] == [400, 100]
    assert figure.layout.xaxis.range[1] >= 400
    last = np.linspace(2, 1, 1_000)[400 - SPAN : 400].mean()
    assert abs(figure.data[0].y[-1] - last) < 1e-3
    assert "one, batch 400 of 1,000" in chart["alt"]


def test_by_seconds_both_end_at_their_own_time():
    chart = race_chart(racers(400, 100), "seconds")
    assert [line["x"][-1] for line in chart["data"]] == [4.0, 4.0]
    assert chart["layout"]["xaxis"]["range"] == [0, 64.0]  # 1,000 batches take 40
    over = race_chart(racers(1_000, 1_000), "seconds")
    assert over["layout"]["xaxis"]["range"] == [0, 40.0]


def test_before_the_first_batch_and_after_a_hundred_thousand_it_is_small():
    empty = race_chart(racers(0, 0, total=0), "seconds")
    Figure(data=empty["data"], layout=empty["layout"])
    assert empty["layout"]["annotations"] == []
    assert empty["layout"]["xaxis"]["range"] == [0, 4.0]
    long = np.full(100_000, 0.5, dtype=np.float32)
    chart = race_chart([Racer("a", long, len(long), 60.0)] * 2, "seconds")
    assert len(json.dumps(chart)) < 20_000
