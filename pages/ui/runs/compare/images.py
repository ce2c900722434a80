"""The test images on which runs differ: what one alone reads, what none reads; one in framed."""

from __future__ import annotations

import html

import numpy as np
import streamlit as st

from core.runs.comparison.images import read_by_none, read_by_one, readers_of
from core.runs.kept.store import RunSummary
from pages.ui.runs.compare.beside import beside_html
from pages.ui.runs.compare.exams import Exams, exams_of
from pages.ui.runs.compare.names import distinct_names
from pages.ui.state.visit import visit
from pages.ui.widgets.digits.pictures import framed
from pages.ui.widgets.digits.wall import wall
from pages.ui.words.numbers import article, unmarked

FEW, MANY = 8, 16  # images of a wall, for many runs and for two
TILE = 40  # pixels: eight stand in a row on a phone
STYLE = """<style>
.st-key-runs-images { display: grid; gap: 1rem 2rem;
  grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); }
.st-key-runs-images > * { width: auto; min-width: 0; }
@media (max-width: 720px) { .st-key-runs-images { grid-template-columns: minmax(0, 1fr); } }
</style>"""


def show_images(runs: list[RunSummary]) -> None:
    """Walls on one side, the image that is chosen on the other."""
    exams = exams_of(runs)
    if exams is not None:
        show_walls(exams, distinct_names(runs))


@st.fragment
def show_walls(exams: Exams, names: list[str]) -> None:
    """At first the first image of the first wall is chosen; a click makes only this anew."""
    walls = walls_of(exams, names)
    if not walls:
        st.markdown(f"All of them read all {len(exams.test):,} images.")
        return
    here = visit().looked_at
    numbers = [number for _, found in walls for number in found.tolist()]
    if here.image not in numbers:
        here.image = numbers[0]
    st.html(STYLE)
    with st.container(key="runs-images"):
        with st.container(gap="small"):
            for place, (said, found) in enumerate(walls):
                show_wall(said, found, exams, f"runs-wall-{place}")
        with st.container():
            show_closer(exams, names, here.image)


def walls_of(exams: Exams, names: list[str]) -> list[tuple[str, np.ndarray]]:
    """What each wall shows in words, and its images, int64 (M,); those without any are left out."""
    readers = readers_of(exams.answers, exams.test.labels)
    found = [
        (f"Only {name} reads", each) for name, each in zip(names, read_by_one(readers), strict=True)
    ]
    found.append(("None reads", read_by_none(readers)))
    return [(said, each.numpy()) for said, each in found if len(each)]


def show_wall(said: str, found: np.ndarray, exams: Exams, key: str) -> None:
    """The first of the images that `found` names, int64 (M,), to click."""
    here, shown = visit().looked_at, found[: MANY if len(exams.each) == 2 else FEW]
    labels = exams.test.labels[shown].tolist()
    st.markdown(f"{unmarked(said)} **{len(found):,}**")

    def choose(number: int) -> None:
        here.image = int(shown[number])

    wall(
        exams.test.images[shown].numpy(),
        [f"A {label}" for label in labels],
        said,
        key,
        tile=TILE,
        chosen=shown.tolist().index(here.image) if here.image in shown else -1,
        on_choose=choose,
    )


def show_closer(exams: Exams, names: list[str], number: int) -> None:
    """One image, framed, and what each network says to it."""
    label = int(exams.test.labels[number])
    image = exams.test.images[number].numpy()
    st.html(
        f"{framed(image, html.escape(f'A {label}'))}<div>It is {article(label)} "
        f"<b>{label}</b>.</div>"
    )
    st.html(beside_html(names, [exam.probabilities[number].tolist() for exam in exams.each]))
