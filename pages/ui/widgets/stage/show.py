"""The stage, as Home and Predict show it: what was given, the network at work, its answer, “Why?”.

Until somebody touches the pad, the recording of core/demonstration plays in the browser. How all
of it is drawn and moves is in pages/ui/frontend/stage.js; this module puts the parts in place.
"""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from pages.ui.frontend.components import component
from pages.ui.state.networks import Network
from pages.ui.state.visit import Drawing, put_widget_value, widget_value
from pages.ui.widgets.canvas import drawing_box, drawn_in, put_drawing, put_sample
from pages.ui.widgets.digits.why import Why, ask, is_asked, measured
from pages.ui.widgets.stage.given import BOX, Given, from_drawing
from pages.ui.widgets.stage.looks import LAYOUT, STAGE_CSS, STAGE_HTML
from pages.ui.widgets.stage.readings import Readings, for_browser, read

SIDE = 640  # pixels of the pad as it is drawn on; the page shows it as large as there is room
KEY = "stage-network"

_component = component("stage", STAGE_HTML, css=STAGE_CSS, scripts=("stage.js", "tiles.js"))


def layout_css(above: str) -> str:
    """The style sheet of the page, as HTML. above: the height of all that is above and below the
    pad on the first screen, as a length of CSS."""
    return LAYOUT.replace("SIDE", str(SIDE)).replace("ABOVE", above)


def pad(key: str) -> Drawing:
    """The large pad; what is drawn on it."""
    with st.container(key="stage-pad"):
        return drawing_box(key, side=SIDE, samples=True, box=BOX)


def show_stage(
    give: Callable[[], Given],
    network: Network,
    under: Callable[[Given, Readings], None],
    go: Callable[[str], None] | None = None,
) -> Given:
    """Show what `give` takes from the visitor, and what `network` makes of it; what was given.

    under: shows more under the answer. go: takes the visitor to another page; where there is one,
    “Why?” of a drawn digit leads on to Inside.
    """
    with st.container(key="stage-room"), st.container(key="stage", horizontal=True, gap="medium"):
        with st.container(key="stage-given"):
            given = give()
        with st.container(key="stage-answer", gap="small"):
            readings = read(given, network)
            data = for_browser(given, readings, network, asked_why(given, readings, network))
            pressed = _component(
                key=KEY,
                data=data | {"may_go_inside": go is not None and len(given.digits) == 1},
                on_why_change=lambda: ask_why(given, network, widget_value(KEY)["why"]),
                on_inside_change=lambda: None,
            )
            if go and pressed.inside:
                look_inside(go)
            under(given, readings)
    return given


def ask_why(given: Given, network: Network, place: object) -> None:
    """Why was the digit at this place read so? Or no longer, where that is asked already.

    A recorded digit that is asked about is put on the pad, as if the visitor had drawn it.
    """
    if given.is_blank and isinstance(place, int):
        given, place = from_drawing(put_sample(BOX, place)), 0
    if isinstance(place, int) and 0 <= place < len(given.digits):
        ask(network, given.digits[place].image, KEY)


def look_inside(go: Callable[[str], None]) -> None:
    """To the place on Inside that says at length why the drawn digit was read so."""
    put_drawing("inside", drawn_in(BOX))
    put_widget_value("inside-section", "why")
    put_widget_value("inside-way", "draw")
    go("inside")


def asked_why(given: Given, readings: Readings, network: Network) -> tuple[int, Why] | None:
    """The place of the digit that is asked about now, and the reason."""
    for place, (digit, reading) in enumerate(zip(given.digits, readings.digits, strict=False)):
        if is_asked(network, digit.image, KEY):
            why = measured(network, digit.image, reading.shares)
            return (place, why) if why else None
    return None
