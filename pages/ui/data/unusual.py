"""The most unusual and the most typical images of a digit, and how that is measured."""

from __future__ import annotations

import streamlit as st

from core.data import DigitDataset, Digits
from core.gallery.unusual import COMPONENTS, Distances, distances
from pages.ui.data.samples import origin
from pages.ui.data.studies import studied
from pages.ui.state.visit import visit
from pages.ui.widgets.dataset_picker import DIGITS
from pages.ui.widgets.pictures import large
from pages.ui.widgets.wall import wall
from pages.ui.words.numbers import percent

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
    st.markdown(f"#### The most unusual {digit}s")
    ranking_wall(dataset.train, found, far, chosen, "unusual")
    st.caption(
        f"Below each image: how far it is from the average {digit}, its distance. Click one to see "
        "it large."
    )
    st.markdown(f"#### The most typical {digit}s")
    ranking_wall(dataset.train, found, near, chosen, "typical")
    st.markdown("#### The one you chose")
    left, right = st.columns([1, 3], vertical_alignment="center")
    left.html(large(dataset.train.images[chosen].numpy(), f"Image {chosen + 1}, a {digit}"))
    right.markdown(
        f"Image {chosen + 1:,}. Its *label* says that it is a **{digit}**"
        f"{origin(dataset, chosen)}. Its distance is "
        f"**{found.values[chosen]:.1f}**. Half of the {len(ranked):,} training images of a {digit} "
        f"are nearer than {found.median(digit):.1f}."
    )
    with st.expander("How is that measured?"):
        st.markdown(how_measured(found))


def how_measured(found: Distances) -> str:
    """What the distances are, in words."""
    return (
        f"Each image is summed up in {COMPONENTS} numbers instead of 784 (*principal component "
        f"analysis*, Pearson 1901; found from {found.chosen_from:,} images). They keep "
        f"{percent(found.kept, 0)} of what makes the training images differ. "
        "Then we measure how far an image is from the average of its digit. What often "
        "varies among images of this digit counts little, what hardly ever does counts much "
        "(*Mahalanobis distance*, 1936). Unusual does not mean wrong: it may "
        "be a rare style, a slip of the pen, or a label that is a mistake."
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
