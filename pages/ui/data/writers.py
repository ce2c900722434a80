"""Who wrote the built-in handwriting: their digits, what is made of one, and whom to thank."""

from __future__ import annotations

import html

import streamlit as st

from core.datasets.pens.collection import COLLECTIONS, load
from core.gallery.writers import as_written, described, held_back, some_of, written_anew
from pages.ui.state.visit import visit
from pages.ui.widgets.choosing.dropdown import remembered_choice
from pages.ui.widgets.digits.wall import wall

ANEW = 20  # versions of the chosen digit


@st.fragment
def show_writers() -> None:
    """One writer's digits, one of them written anew, and the collections with their licences."""
    pens = load()
    judges = held_back(pens)
    st.markdown(
        f"**{len(pens.names)} people** wrote {len(pens):,} digits of the built-in handwriting "
        f"with a pen; {len(judges)} of them are kept for the exam."
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        writer = remembered_choice("Writer", pens.names, "writer", format_func=str.capitalize)
        st.markdown("Kept for the exam" if writer in judges else "To learn from")
    places = some_of(pens, writer)
    chosen = visit().data.written if visit().data.written in places else int(places[0])
    labels = pens.labels[places].tolist()
    wall(
        as_written(pens, places).numpy(),
        [f"{label}, {described(writer)}" for label in labels],
        f"Digits {described(writer)}",
        f"writer-{writer}",
        tile=44,
        chosen=places.tolist().index(chosen),
        on_choose=lambda tile: choose_digit(int(places[tile])),
    )
    label = pens.labels[chosen]
    st.markdown(f"## That {label}, as other hands might write it")
    wall(
        written_anew(pens, chosen, ANEW).numpy(),
        [f"{label}, written anew"] * ANEW,
        f"{ANEW} versions of this {label}",
        "written-anew",
        tile=44,
    )
    st.markdown("## Thanks to")
    st.html("".join(map(credit_html, COLLECTIONS)))
    st.caption("All strokes were moved and scaled.")


def choose_digit(place: int) -> None:
    """Write this one anew, from the next run on."""
    visit().data.written = place


def credit_html(key: str) -> str:
    """Whose strokes these are, and under which licence."""
    each = COLLECTIONS[key]
    title = html.escape(f"{key.capitalize()}: {each.title}")
    credit = html.escape(each.credit.rstrip("."))
    return (
        f'<p><a href="{html.escape(each.address)}" target="_blank" rel="noopener" '
        f'style="color:inherit">{title}</a><br>{credit}. Licence: {html.escape(each.licence)}.</p>'
    )
