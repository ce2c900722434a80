"""A map of small pictures: point at one, tap it or walk there with the arrow keys to see it.

The map is a chart as `live_plot` keeps it; `frontend/hover_map.js` adds the picture.
"""

from __future__ import annotations

import numpy as np
import streamlit as st

from pages.ui.widgets.live_plot import FRONTEND, LOADER, PLOTLY, script_version, served

SCRIPT = FRONTEND / "hover_map.js"

_component = st.components.v2.component("digitlab_hover_map", js=LOADER, isolate_styles=False)


def hover_map(
    payload: dict, labels: np.ndarray, answers: np.ndarray, key: str, height: int = 480
) -> None:
    """Show or update the map named `key`, `height` pixels high and as wide as there is room.

    payload: what `core.charts.embedding.map_chart` returns. labels, answers: int (N,), what each
    picture shows and what it was read as. The pictures come from `hover_sheet` with the same key.
    """
    folder = served(FRONTEND, "frontend")
    data = {
        "script": f"{folder}/{SCRIPT.name}?{SCRIPT.stat().st_mtime_ns}",
        "plotly": f"{served(PLOTLY, 'plotly')}/plotly.min.js",
        "version": script_version(),
        "key": key,
        "height": height,
        "chart": payload,
        "labels": "".join(map(str, labels)),
        "answers": "".join(map(str, answers)),
    }
    _component(key=key, data=data)


def hover_sheet(address: str, columns: int, key: str) -> None:
    """The pictures of the map named `key`, in rows of so many: one large picture at an address.

    Apart from the map, since Streamlit does not send again what has not changed.
    """
    st.html(f'<img id="{key}-sheet" src="{address}" alt="" width="{columns}" hidden>')
