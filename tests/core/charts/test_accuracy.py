"""The charts of an exam: Plotly takes them, and their words say every number."""

from __future__ import annotations

from core.charts.accuracy import reliability_chart, robustness_chart
from core.exam import sitting as exams
from core.exam.calibration import reliability
from core.exam.changes import CHANGES
from core.exam.robustness import sweep
from core.pretrained import load


def test_charts_are_what_plotly_accepts(generated):
    from plotly.graph_objects import Figure

    part = generated.test[:300]
    model = load("tutorial").model
    exam = exams.sit_exam(model, part)
    change = CHANGES["pen"]
    points = list(sweep([model, model], part, change))
    for chart in (
        reliability_chart(reliability(exam.confidences, exam.right)),
        robustness_chart(points, change, ["one", "two"]),
    ):
        Figure({name: chart[name] for name in ("data", "layout")})
    words = robustness_chart(points, change, ["one", "two"])["alt"]
    named = robustness_chart(points, change, ["one", "<b>two & three"])["layout"]
    texts = [each["text"] for each in named["annotations"]]
    assert texts == ["<b>one</b>", "<b>&lt;b&gt;two &amp;<br>three</b>"]
    low, high = sorted(each["y"] for each in named["annotations"])
    assert high - low >= 10  # the same network twice: its names do not lie on one another
    assert not named["showlegend"]
    for point in points:
        assert f"{point.strength:g}: {100 * point.result.accuracy:.1f} %" in words
