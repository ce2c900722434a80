"""What is measured on a dataset: its parts and counts, its averages, its unusual images."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

import streamlit as st

from core.charts.training import PALETTE
from pages.ui import state
from pages.ui.widgets.dataset_picker import DIGITS
from pages.ui.widgets.wall import large, wall
from pages.ui.words.numbers import percent

if TYPE_CHECKING:
    from core.data import DigitDataset, Digits
    from core.gallery.measures import Distances

Found = TypeVar("Found")
TYPICAL, UNUSUAL = 12, 24


def show_parts(dataset: DigitDataset) -> None:
    """Training, validation and test images: why there are three, and how many of each digit."""
    from core.gallery.measures import counts

    parts = {"training": dataset.train, "validation": dataset.validation, "test": dataset.test}
    st.markdown(
        f"A network that has seen the questions of an exam can learn the answers by heart. So the "
        f"images are kept in three parts that share none.\n\n"
        f"- **Training: {len(dataset.train):,} images.** The network learns from these.\n"
        f"- **Validation: {len(dataset.validation):,} images.** It never learns from them. You "
        "look at them while you choose settings, to see whether it still gets better.\n"
        f"- **Test: {len(dataset.test):,} images.** The exam at the very end. Whoever chooses "
        "settings by the test has given the exam away."
    )
    table = {name: counts(part.labels).tolist() for name, part in parts.items()}
    st.plotly_chart(counts_chart(table), alt=counts_words(table), key="counts", height=320)
    header = "| digit | " + " | ".join(table) + " |\n|--:|--:|--:|--:|\n"
    rows = (
        f"| {digit} | " + " | ".join(f"{table[name][digit]:,}" for name in table) + " |\n"
        for digit in DIGITS
    )
    st.markdown(header + "".join(rows))


def counts_chart(table: dict[str, list[int]]) -> dict:
    """Stacked bars, one for each digit; colour and pattern tell the parts apart."""
    looks = zip(table.items(), ("blue", "orange", "grey"), ("", "/", "x"), strict=True)
    return {
        "data": [
            {
                "type": "bar",
                "name": name,
                "x": [str(digit) for digit in DIGITS],
                "y": values,
                "marker": {"color": PALETTE[color], "pattern": {"shape": pattern}},
                "hovertemplate": "%{y:,} " + name + " images of %{x}<extra></extra>",
            }
            for (name, values), color, pattern in looks
        ],
        "layout": {
            "barmode": "stack",
            "xaxis": {"type": "category", "title": {"text": "Digit"}, "fixedrange": True},
            "yaxis": {"title": {"text": "Images"}, "fixedrange": True},
            "legend": {"orientation": "h", "y": 1.02, "yanchor": "bottom"},
            "margin": {"l": 10, "r": 10, "t": 10, "b": 10},
        },
    }


def counts_words(table: dict[str, list[int]]) -> str:
    """The chart in words."""
    training = table["training"]
    most, least = training.index(max(training)), training.index(min(training))
    return (
        f"Images of each digit. Among the training images the {most} is the most frequent with "
        f"{max(training):,}, the {least} the rarest with {min(training):,}."
    )


def studied(dataset: DigitDataset, measure: Callable[[Digits], Found]) -> Found:
    """What was measured on all training images; it was begun when the dataset was opened."""
    with st.spinner("Comparing the training images …"):
        return state.study(dataset, measure).result()


def show_averages(dataset: DigitDataset) -> None:
    """The mean of each digit, and where its images differ."""
    from core.gallery.measures import averages

    found = studied(dataset, averages)
    captions = [str(digit) for digit in DIGITS]
    st.markdown("#### The average digit (*mean*)")
    names = [f"the average {digit}" for digit in DIGITS]
    wall(
        found.mean.numpy(), names, "The average of each digit", "means", tile=64, captions=captions
    )
    st.caption(
        f"All training images of a digit laid on one another, {len(dataset.train):,} in all. Where "
        "it is sharp, the images agree. Where it is blurred, they do not."
    )
    st.markdown("#### Where they differ (*standard deviation*)")
    strongest = float(found.spread.max())
    names = [f"where images of {digit} differ" for digit in DIGITS]
    spread = (found.spread / strongest).numpy()
    wall(spread, names, "How much each digit varies", "spreads", tile=64, captions=captions)
    variation = found.variation()
    most, least = int(variation.argmax()), int(variation.argmin())
    st.caption(
        f"Black: every image has the same number there. White: they differ most, typically by "
        f"{255 * strongest:.0f}, where 255 is all the way from black to white. Over the whole "
        f"picture the {most} varies most (typically by {255 * variation[most]:.0f}, *root mean "
        f"square*) and the {least} least ({255 * variation[least]:.0f})."
    )


@st.fragment
def show_unusual(dataset: DigitDataset) -> None:
    """The most typical and the most unusual images of a digit, and how that is measured."""
    from core.gallery.measures import COMPONENTS, distances

    digit = st.pills(
        "Which digit", DIGITS, default=7, required=True, key="unusual-of", persist_state="session"
    )
    found = studied(dataset, distances)
    ranked = found.ranked(digit).tolist()
    far, near = ranked[::-1][:UNUSUAL], ranked[:TYPICAL]
    chosen = state.recall("unusual-image", far[0])
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
        f"Image {chosen + 1:,}. Its *label* says that it is a **{digit}**. Its distance is "
        f"**{found.values[chosen]:.1f}**. Half of the {len(ranked):,} training images of a {digit} "
        f"are nearer than {found.median(digit):.1f}."
    )
    with st.expander("How is that measured?"):
        st.markdown(
            f"Each image is summed up in {COMPONENTS} numbers instead of 784 (*principal component "
            f"analysis*, Pearson 1901; found from {found.chosen_from:,} images). They keep "
            f"{percent(found.kept, 0)} of what makes the training images differ. "
            "Then we measure how far an image is from the average of its digit. What often "
            "varies among images of this digit counts little, what hardly ever does counts much "
            "(*Mahalanobis distance*, 1936). Unusual does not mean wrong: it may "
            "be a rare style, a slip of the pen, or a label that is a mistake."
        )


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
        on_choose=lambda tile: state.keep("unusual-image", places[tile]),
    )
