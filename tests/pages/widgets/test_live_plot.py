"""What `live_plot` hands to the browser; what the browser makes of it is tested in `browser/`."""

from __future__ import annotations

import re

from streamlit.testing.v1 import AppTest

from pages.ui.frontend import components
from pages.ui.widgets import live_plot
from tests.conftest import ROOT
from tests.pages.app import all_handed_over

APP = ROOT / "tests" / "browser" / "apps" / "live_plot_app.py"
LARGEST_MESSAGE = 20_000  # bytes


def charts_of(app: AppTest) -> dict[str, dict]:
    """What each chart on the page was given, by key."""
    assert not app.exception
    return {data["key"]: data for data in all_handed_over(app)}


def test_each_chart_gets_its_payload_and_the_addresses_of_its_scripts():
    app = AppTest.from_file(APP, default_timeout=30)
    app.query_params.update({"iterations": "360", "probe": "60"})
    charts = charts_of(app.run())
    assert charts["growing"]["chart"]["alt"].startswith("Iteration 400 of 1,200.")
    assert charts["probe"]["height"] == 360
    assert {chart["plotly"] for chart in charts.values()} == {
        "component/pages.ui.frontend.components.plotly/plotly.min.js"
    }
    again = charts_of(app.run())
    assert again["growing"]["chart"]["alt"].startswith("Iteration 440 of 1,200.")
    assert again["growing"]["script"] == charts["growing"]["script"]


def test_the_script_that_goes_with_every_update_is_short():
    app = AppTest.from_file(APP, default_timeout=30).run()
    (chart,) = app.get("bidi_component")
    assert len(chart.proto.js_content) < 500


def test_an_update_is_a_small_message_after_a_million_iterations():
    """Nothing else is sent with it, as the browser's test counts."""
    app = AppTest.from_file(APP, default_timeout=30)
    app.query_params["iterations"] = "1000000"
    (chart,) = app.run().get("bidi_component")
    assert "1,000,040" in chart.proto.json
    assert chart.proto.ByteSize() <= LARGEST_MESSAGE


def test_plotly_comes_with_its_python_package():
    assert (live_plot.PLOTLY / "plotly.min.js").is_file()
    assert (components.FRONTEND / "live_plot.js").is_file()


def test_no_page_shows_a_chart_of_another_kind():
    """Streamlit's own chart holds a phone's scrolling fast, and shows what was touched before."""
    pages = [ROOT / "app.py", *(ROOT / "pages").rglob("*.py")]
    assert not [each.name for each in pages if "st.plotly_chart(" in each.read_text("utf-8")]


def test_the_name_of_a_line_is_one_word():
    """Plotly looks for a line that is gone by it, as a style sheet would: ".cbracer 0" is none."""
    charts = [each.read_text("utf-8") for each in (ROOT / "core" / "charts").rglob("*.py")]
    names = re.findall(r'"uid": f?"([^"]+)"', "".join(charts))
    assert "smoothed" in names
    assert not [name for name in names if not re.fullmatch(r"[a-z-]+({\w+})?", name)]
