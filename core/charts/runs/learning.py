"""The losses of several runs in one chart: by batch, epoch or second, smoothed or each as it was.

Arrays in; out comes what `pages/ui/widgets/live_plot.py` shows. However long the runs are, the
chart of six stays below 100 KB.
"""

from __future__ import annotations

import html
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from core.charts.lessons.lines import curves
from core.charts.parts import LOSS, loss_end
from core.charts.series import rounded, smooth_thinned, stretch_length, thin

SPAN = 20  # batches that each point of a smoothed line is the mean of
POINTS = 400  # of a line: about one for every two pixels
AXES = {  # what lies below the chart
    "batch": "Batch",
    "epoch": "Epoch",
    "second": "Seconds of training (shared out evenly)",
}


@dataclass(frozen=True)
class Losses:
    """A run's losses, float32 (N,), of each batch; how long an epoch is, and all of them took."""

    values: np.ndarray
    batches_per_epoch: int
    seconds: float

    def places(self, by: str) -> np.ndarray:
        """Where each of them stands, float64 (N,); by: a key of AXES."""
        step = {
            "batch": 1.0,
            "epoch": 1 / max(1, self.batches_per_epoch),
            "second": self.seconds / max(1, len(self.values)),
        }
        return np.arange(1, len(self.values) + 1) * step[by]


def learning_chart(runs: Mapping[str, Losses], by: str = "batch", smoothed: bool = True) -> dict:
    """A line for each run, with its name at its end.

    smoothed: the mean of the last SPAN batches, or of more where a point stands for more; else
    every batch, and of a long run the smallest and the largest of each stretch.
    """
    lines, longest = {}, 1
    for name, losses in runs.items():
        values = np.asarray(losses.values, dtype=np.float32)
        at, shown = smooth_thinned(values, SPAN, POINTS) if smoothed else thin(values, POINTS)
        at, shown = at[np.isfinite(shown)], shown[np.isfinite(shown)]
        longest = max(longest, stretch_length(max(1, len(values)), POINTS))
        lines[name] = rounded(losses.places(by)[at]), rounded(shown)
    lines = {name: line for name, line in lines.items() if line[0]}
    span = max(SPAN, longest)
    said = f"{LOSS} (mean of {span:,} batches)" if smoothed else f"{LOSS} (each batch)"
    chart = curves(lines, (AXES[by], said), loss_end(max(y) for _, y in lines.values()))
    for line in chart["data"]:
        line |= {"hovertemplate": "%{y:.3g}"}
        line["line"] |= {"width": 2.5 if smoothed else 1}
    return chart | {"alt": in_words(lines), "name": "digit-lab-runs"}


def in_words(lines: Mapping[str, tuple[list[float], list[float]]]) -> str:
    """The chart for those who cannot see it: where each line ends. Names as Plotly takes them."""
    ends = ", ".join(
        f"{html.unescape(name.replace('<br>', ' '))} {y[-1]:.2g}" for name, (_, y) in lines.items()
    )
    return f"The loss of {len(lines)} runs. At the end: {ends}."
