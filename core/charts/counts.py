"""How many images of each digit there are, as a chart in Plotly's terms and in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from core.charts.palette import PALETTE
from core.charts.parts import legend_above, titled_axis
from core.config import CLASSES

LOOKS = (("blue", ""), ("orange", "/"), ("grey", "x"))  # colour and pattern of each part


def counts_chart(table: Mapping[str, Sequence[int]]) -> dict:
    """Stacked bars, one for each digit; colour and pattern tell the parts apart.

    table: of each of three parts, by its name, ten numbers of images.
    """
    return {
        "data": [
            {
                "type": "bar",
                "name": name,
                "x": [str(digit) for digit in range(CLASSES)],
                "y": list(values),
                "marker": {"color": PALETTE[color], "pattern": {"shape": pattern}},
                "hovertemplate": "%{y:,} " + name + " images of %{x}<extra></extra>",
            }
            for (name, values), (color, pattern) in zip(table.items(), LOOKS, strict=True)
        ],
        "layout": {
            "barmode": "stack",
            "xaxis": titled_axis("Digit") | {"type": "category"},
            "yaxis": titled_axis("Images"),
            "legend": legend_above(),
            "margin": {"l": 10, "r": 10, "t": 10, "b": 10},
        },
    }


def counts_words(table: Mapping[str, Sequence[int]]) -> str:
    """The chart in words."""
    training = table["training"]
    most, least = training.index(max(training)), training.index(min(training))
    return (
        f"Images of each digit. Among the training images the {most} is the most frequent with "
        f"{max(training):,}, the {least} the rarest with {min(training):,}."
    )
