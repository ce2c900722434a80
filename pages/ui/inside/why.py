"""Why this answer? What each pixel of a digit adds to a score, in colours and in words.

The words say as well what such a picture does not prove.
"""

from __future__ import annotations

import html
from collections.abc import Sequence

import numpy as np
import streamlit as st

from core.background import Refused
from core.charts.attribution import attribution_chart, with_spots
from core.config import CLASSES
from core.evaluation import probabilities
from core.explain import attribution as attributions
from core.explain.attribution import Attribution, Spot, covered, spots_that_decide
from core.explain.scores import answer_to, strongest_rival
from pages.ui.inside.subject import Sample, Subject
from pages.ui.state import server
from pages.ui.widgets.choosing.choice import choose_one
from pages.ui.widgets.choosing.dropdown import remembered_choice
from pages.ui.widgets.digits.pictures import picture
from pages.ui.widgets.digits.reading import STYLE, bars_html, best_of
from pages.ui.widgets.digits.why import LIMIT
from pages.ui.widgets.live_plot import show_chart
from pages.ui.words.glossary import tip
from pages.ui.words.numbers import counted, sureness, unmarked

SIDE = 480  # pixels of the picture, where there is so much room
OWN = "the one it gave"
METHODS = {"exact": "Exact", "occlusion": "Cover each spot", "gradients": "What each pixel adds"}
SHOWN = {
    "exact": "Each pixel adds its brightness times one *weight*; nothing is left out. The same "
    "digit moved aside meets other weights.",
    "occlusion": "How far the score falls where a black patch of 3 × 3 lies (*occlusion*). Two "
    "strokes that can stand in for each other both seem useless.",
    "gradients": "What each pixel adds while the digit is lit up from black (*integrated "
    "gradients*). Lit up from another picture, it would add another share.",
}

TWO_STYLE = """<style>
.two { display: grid; grid-template-columns: 1fr 1fr; gap: 1rem 1.5rem; }
.two figure { margin: 0; min-width: 0; }
.two img { width: 8rem; max-width: 100%; aspect-ratio: 1; image-rendering: pixelated;
  display: block; border-radius: var(--tile-radius); box-shadow: var(--tile-frame); }
.two figcaption { line-height: 1.4; margin: 0.35rem 0 0.5rem; }
.two .reading .bars { min-width: 0; line-height: 1.3; gap: 0 0.5rem; }
</style>"""


@st.fragment
def show_why(subject: Subject, sample: Sample) -> None:
    """The score of an answer, shared out among the pixels; and what its strongest spots do."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        method = choose_method(subject)
        digit, compared = choose_answer()
    found = measured(subject, sample, method, digit, compared)
    if found is None:
        return
    attribution, spots = found
    left, right = st.columns(2, gap="medium")
    with left.container(width=SIDE):
        show_pixels(attribution, sample, spots)
    with right:
        st.header(meaning(attribution, digit is None), anchor=False)
        if spots:
            show_covered(subject, sample, spots)
        with st.container(horizontal=True, vertical_alignment="center"):
            st.caption(LIMIT, width="stretch")
            with st.popover("More", icon=":material/info:"):
                st.markdown(f"{SHOWN[method]} {sums(attribution, method)}")
                st.caption(f"Full colour: {attribution.strongest:.2g} points")


def show_covered(subject: Subject, sample: Sample, spots: Sequence[Spot]) -> None:
    """What the network reads, and what it reads once its strongest spots are covered."""
    black = covered(sample.image, spots)
    before, after = probabilities(subject.model, np.stack([sample.image, black])).tolist()
    marked = with_spots((255 * black).round().astype(np.uint8), spots)
    title = f"{counted(len(spots), 'spot')} covered"
    st.html(
        f"""{STYLE}{TWO_STYLE}<div class="two">{figure(sample.image, "Uncovered", before)}
        {figure(marked, title, after)}</div>"""
    )


def figure(image: np.ndarray, title: str, shares: list[float]) -> str:
    """A picture, what it is read as, and the ten probabilities."""
    answer = best_of(shares)
    said = f"it reads <b>{answer}</b>, {html.escape(sureness(shares[answer]))} sure"
    return f"""<figure><img src="{picture(image)}" alt="{title}">
    <figcaption>{title}:<br>{said}</figcaption>
    <div class="reading">{bars_html(shares)}</div></figure>"""


def choose_method(subject: Subject) -> str:
    """A key of METHODS that the network allows."""
    names = {name: METHODS[name] for name in attributions.methods_for(subject.model)}
    key = "inside-why-linear" if "exact" in names else "inside-why"
    return choose_one("How to ask", names, key, show_label=False)


def choose_answer() -> tuple[int | None, bool]:
    """The digit (None: whatever the network answers), and whether to set it against its rival."""
    digit = remembered_choice("For which answer", [OWN, *range(CLASSES)], "inside-why-digit")
    compared = st.toggle(
        "Rather than its rival",
        value=True,
        help=tip("rival"),
        key="inside-why-rival",
        persist_state="session",
    )
    return (None if digit == OWN else digit), compared


def measured(
    subject: Subject, sample: Sample, method: str, digit: int | None, compared: bool
) -> tuple[Attribution, Sequence[Spot]] | None:
    """The attribution and the spots that decide, kept while they are looked at; None, and why,
    where there are no scores."""
    key = ("why", subject.key, sample.key, method, digit, compared)

    def measure() -> tuple[Attribution, Sequence[Spot]]:
        model, image = subject.model, sample.image
        answer = answer_to(model, image)[0] if digit is None else digit
        rival = strongest_rival(model, image, answer) if compared else None
        spots = spots_that_decide(model, image, answer, rival)
        return attributions.METHODS[method](model, image, answer, rival), spots

    try:
        return server.kept().get_or_make(key, measure)
    except Refused as problem:
        st.warning(unmarked(str(problem)), icon=":material/warning:")
        return None


def show_pixels(attribution: Attribution, sample: Sample, spots: Sequence[Spot]) -> None:
    """The coloured pixels, and a white square round each of the spots."""
    show_chart(
        attribution_chart(attribution, sample.image, spots),
        "inside-why-chart",
        f"Every pixel in the colour of what it does to the {score_name(attribution)}. The "
        f"strongest does {attribution.strongest:.2g} points",
    )


def meaning(attribution: Attribution, is_its_own: bool) -> str:
    """What the two colours say, about the answer that it gave or about another."""
    digit, rival = attribution.digit, attribution.rival
    if rival is not None:
        return f"Orange spots speak for {digit} rather than {rival}, blue ones for {rival}."
    if is_its_own:
        return f"Orange spots made it say {digit}, blue ones spoke against it."
    return f"Orange spots speak for {digit}, blue ones against it."


def sums(attribution: Attribution, method: str) -> str:
    """The measured numbers, which add up as they are printed."""
    term = "(one of the *logits*)" if attribution.rival is None else "(a difference of *logits*)"
    name = f"{score_name(attribution)} {term}"
    if method == "occlusion":
        return f"Uncovered, the {name} is **{signed(attribution.full)}**."
    empty, full = round(attribution.empty, 1), round(attribution.full, 1)
    return (
        f"On black, the {name} is **{signed(empty)}**, here **{signed(full)}**. The pixels share "
        f"out what lies between, **{signed(full - empty)}** (in small steps: "
        f"**{signed(attribution.total)}**)."
    )


def score_name(attribution: Attribution) -> str:
    """What is shared out, in words."""
    if attribution.rival is None:
        return f"score for {attribution.digit}"
    return f"lead of {attribution.digit} over {attribution.rival}"


def signed(value: float) -> str:
    """A score with one decimal and a true minus sign."""
    return f"{value:z.1f}".replace("-", "−")
