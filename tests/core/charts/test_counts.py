"""The numbers of images of each digit, as bars and in words."""

import plotly.graph_objects as go

from core.charts.counts import counts_chart, counts_words

TABLE = {
    "training": [5, 9, 7, 7, 7, 2, 7, 7, 7, 7_000],
    "validation": list(range(10)),
    "test": list(range(10, 20)),
}


def test_every_part_is_a_stack_of_bars_told_apart_by_pattern_too():
    chart = counts_chart(TABLE)
    figure = go.Figure(chart["data"], chart["layout"])  # raises on a name that Plotly lacks
    assert figure.layout.barmode == "stack"
    assert {bar.name: list(bar.y) for bar in figure.data} == TABLE
    assert len({bar.marker.pattern.shape for bar in figure.data}) == 3


def test_the_words_name_the_most_frequent_and_the_rarest():
    assert counts_words(TABLE) == (
        "Images of each digit. Among the training images the 9 is the most frequent with 7,000, "
        "the 5 the rarest with 2."
    )
