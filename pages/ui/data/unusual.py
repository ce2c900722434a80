"""The most unusual and the most typical images of a digit, and how that is measured."""

from __future__ import annotations

import streamlit as st

from core.data import DigitDataset, Digits
from core.gallery.unusual import COMPONENTS, Distances, distances
from pages.ui.data.samples import origin
from pages.ui.data.studies import studied
from pages.ui.state.visit import visit
from pages.ui.widgets.choosing.dataset_picker import DIGITS
from pages.ui.widgets.digits.pictures import framed
from pages.ui.widgets.digits.wall import wall
from pages.ui.words.numbers import article, percent

TYPICAL, UNUSUAL = 12, 24


@st.fragment
def show_unusual(dataset: DigitDataset) -> None:
    """The most typical and the most unusual images of a digit, and how that is measured."""
    digit = st.pills(
        "Which digit", DIGITS, default=7, required=True, key="unusual-of", persist_state="session"
    )
    found = studied(dataset, distances)
    if found is None:
        return
    ranked = found.ranked(digit).tolist()
    far, near = ranked[::-1][:UNUSUAL], ranked[:TYPICAL]
    chosen = visit().data.unusual
    chosen = chosen if chosen in far + near else far[0]
    with st.container(horizontal=True, vertical_alignment="center"):
        name = f"Image {chosen + 1}, {article(digit)} {digit}"
        st.html(framed(dataset.train.images[chosen].numpy(), name, 112), width="content")
        st.markdown(
            f"Image {chosen + 1:,}, *label* **{digit}**{origin(dataset, chosen)}: "
            f"**{found.values[chosen]:.1f}** away from the average {digit}. Half of all {digit}s "
            f"are nearer than {found.median(digit):.1f}."
        )
    st.markdown(f"## The most unusual {digit}s")
    st.caption(f"Below each: how far it is from the average {digit}. Click one to see it large.")
    ranking_wall(dataset.train, found, far, chosen, "unusual")
    st.markdown(f"## The most typical {digit}s")
    ranking_wall(dataset.train, found, near, chosen, "typical")
    with st.expander("How is that measured?"):
        st.markdown(how_measured(found))


def how_measured(found: Distances) -> str:
    """What the distances are, in words."""
    return (
        f"{COMPONENTS} numbers stand for an image (*principal component analysis* of "
        f"{found.chosen_from:,} images; {percent(found.kept, 0)} of the differences kept). What "
        "hardly varies counts much (*Mahalanobis distance*). Unusual is not wrong."
    )


def choose_unusual(place: int) -> None:
    """Show this image large, from the next run on."""
    visit().data.unusual = place


def ranking_wall(
    digits: Digits, found: Distances, places: list[int], chosen: int, kind: str
) -> None:
    """Some images with their distances below; a click chooses one."""
    wall(
        digits.images[places].numpy(),
        [f"image {place + 1:,}, distance {found.values[place]:.1f}" for place in places],
        f"The most {kind} images",
        f"{kind}-{places[0]}",
        tile=54,
        captions=[f"{found.values[place]:.1f}" for place in places],
        chosen=places.index(chosen) if chosen in places else -1,
        on_choose=lambda tile: choose_unusual(places[tile]),
    )
