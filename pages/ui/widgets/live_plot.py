"""Plotly charts: the one kind for all pages, whether they grow in place or stand as they are.

`st.plotly_chart` builds its chart anew whenever the data change: it flickers and forgets where the
visitor had zoomed; and a finger on it cannot scroll the page. Here one small component keeps one
chart and hands it new data. What a chart shows is made in `core/charts`; how it is kept and painted
is in `pages/ui/frontend/live_plot.js`.
"""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path

import streamlit as st

from pages.ui.frontend.components import FRONTEND

PLOTLY = Path(find_spec("plotly").origin).parent / "package_data"

# Streamlit sends this text again with every update, so it only fetches the real script, once. The
# address is looked up in the page: the app may be served under a path of its own.
LOADER = """
const own = document.querySelector('script[src*="static/js/"]');
const root = own ? own.src.split("static/js/")[0] : document.baseURI;
export default async (component) => {
  const script = await import(new URL(component.data.script, root));
  return script.default(component, new URL(component.data.plotly, root).href);
};
"""

_component = st.components.v2.component("digitlab_live_plot", js=LOADER, isolate_styles=False)


def live_plot(payload: dict, key: str, height: int = 420) -> None:
    """Show or update the chart named `key`, `height` pixels high and as wide as there is room.

    payload: what `core.charts.training.training_chart` or `probability_chart` returns; without a
    `name` for a saved picture the chart has no buttons. Call it again with the same key and new
    data, from a fragment with `run_every`, as often as wanted: zoom and hidden lines stay.
    """
    data = {
        "script": script("live_plot.js"),
        "plotly": f"{served(PLOTLY, 'plotly')}/plotly.min.js",
        "key": key,
        "height": height,
        "chart": payload,
    }
    _component(key=key, data=data)


def show_chart(figure: dict, key: str, alt: str) -> None:
    """A chart without buttons that does not zoom, `data` and `layout` as Plotly knows them.

    alt: what it shows, in words.
    """
    live_plot(figure | {"alt": alt}, key, figure["layout"]["height"])


def served(folder: Path, name: str) -> str:
    """Have Streamlit serve `folder` and return the address, relative to the app's root.

    Done at every call and not once, since a server that starts anew (as in AppTest) forgets it.
    """
    return f"component/{st.components.v1.declare_component(name, path=folder).name}"


def script(name: str) -> str:
    """The address of one of the scripts of pages/ui/frontend."""
    return f"{served(FRONTEND, 'frontend')}/{name}?{script_version()}"


@cache
def script_version() -> int:
    """A number that changes with any of the scripts, lest a browser go on with an older one. They
    fetch one another with the number that they were fetched with."""
    return max(each.stat().st_mtime_ns for each in FRONTEND.glob("*.js"))
