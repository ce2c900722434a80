"""Plotly charts: the one kind for all pages, whether they grow in place or stand as they are.

`st.plotly_chart` builds its chart anew whenever the data change: it flickers and forgets where the
visitor had zoomed; and a finger on it cannot scroll the page. Here one small component keeps one
chart and hands it new data. What a chart shows is made in `core/charts`; how it is kept and painted
is in `pages/ui/frontend/live_plot.js`.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from pages.ui.frontend.components import fetched_component, served

PLOTLY = Path(find_spec("plotly").origin).parent / "package_data"

_component = fetched_component("live_plot", isolate_styles=False)


def live_plot(payload: dict, key: str, height: int = 420, grows: bool = False) -> None:
    """Show or update the chart named `key`, `height` pixels high and as wide as there is room.

    payload: what `core.charts.training.training_chart` or `probability_chart` returns; without a
    `name` for a saved picture the chart has no buttons. Call it again with the same key and new
    data, from a fragment with `run_every`, as often as wanted: zoom and hidden lines stay; `grows`
    says so, and the data come in fewer bytes.
    """
    data = {
        "plotly": f"{served(PLOTLY, 'plotly')}/plotly.min.js",
        "key": key,
        "height": height,
        "chart": payload,
    }
    _component(key=key, data=data, packed=grows)


def show_chart(figure: dict, key: str, alt: str) -> None:
    """A chart without buttons that does not zoom, `data` and `layout` as Plotly knows them.

    alt: what it shows, in words.
    """
    live_plot(figure | {"alt": alt}, key, figure["layout"]["height"])
