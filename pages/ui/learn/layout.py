"""How a lesson is laid out: its words and the guess on the left, the large thing to touch beside.

On a phone they lie one below the other, in the order in which they are made.
"""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

CSS = """<style>
.st-key-lesson { container-type: inline-size; max-width: 1240px; }
.st-key-scene { display: grid; gap: 1rem 2rem; grid-template-columns: minmax(0, 1fr);
  grid-template-areas: "words" "thing" "guess" "reveal" "on"; }
:has(> .st-key-scene-words) { grid-area: words; }
:has(> .st-key-scene-thing) { grid-area: thing; }
:has(> .st-key-scene-guess) { grid-area: guess; }
:has(> .st-key-scene-reveal) { grid-area: reveal; }
:has(> .st-key-scene-on) { grid-area: on; }
.st-key-scene-thing { min-height: 24rem; } /* what comes into it later moves nothing */
.st-key-network-map, .st-key-forward-map { min-height: 60cqw; }
.st-key-picker { min-height: 60px; } /* the same: one row, two, three */
@container (max-width: 1000px) { .st-key-picker { min-height: 96px; } }
@container (min-width: 1080px) { /* how many are answered: behind the lessons */
  .st-key-picker { min-height: 2.5rem; }
  .st-key-picker button { padding-inline: 0.6rem; }
  .st-key-picker .stButtonGroup { display: flex; flex-direction: row-reverse; align-items: center;
    justify-content: flex-end; gap: 1rem; }
  .st-key-picker .stButtonGroup > label { margin: 0; white-space: nowrap; } }
[class*="st-key-guess-"][class*="-right"] button:disabled { color: inherit; opacity: 1;
  border: 2px solid currentColor; }
.st-key-scene-guess button > div { justify-content: flex-start; }
.st-key-scene-guess { padding: 0.75rem 1rem; border-radius: 8px;
  background: rgba(128, 128, 128, 0.1); }
.st-key-scene-answer { min-height: 6.5rem; }
.st-key-scene-answer:not(:has(p))::before { content: "?"; font-size: 4rem; line-height: 6.5rem;
  align-self: center; opacity: 0.15; } /* the answer is still covered */
[class*="st-key-worked-out-"] { min-height: 3.5rem; } /* two lines, also where it is one */
@container (max-width: 500px) { .st-key-picker { min-height: 132px; }
  .st-key-worked-out-sum { min-height: 5.5rem; }
  .st-key-worked-out-step { min-height: 8.75rem; }
  .sum > :first-child { flex-basis: 100%; } }
[class*="st-key-measured-"] { min-height: 27rem; }
.st-key-lesson .stButton button, .st-key-lesson .stDownloadButton button { min-height: 2.5rem; }
@container (min-width: 800px) {
  .st-key-scene { grid-template-columns: minmax(0, 1fr) minmax(0, 2fr);
    grid-template-rows: auto auto 1fr auto;
    grid-template-areas: "words thing" "guess thing" "on thing" "reveal reveal"; }
  .st-key-scene-thing { min-height: 36rem; }
  .st-key-network-map, .st-key-forward-map { min-height: 0; }
}
@container (min-width: 1080px) { /* the way on is at the same place in all lessons */
  .st-key-scene-words { min-height: 8.125rem; }
  .st-key-scene-guess { min-height: 21.25rem; } }
</style>"""

GAPS = {"guess": "xsmall"}


@dataclass(frozen=True)
class Places:
    """The places of a lesson: its words, the thing to touch, the guess, what comes after it, and
    the way on."""

    words: DeltaGenerator
    thing: DeltaGenerator
    guess: DeltaGenerator
    reveal: DeltaGenerator
    on: DeltaGenerator


def make_places() -> Places:
    """The places, empty."""
    st.html(CSS)
    with st.container(key="scene"):
        names = ("words", "thing", "guess", "reveal", "on")
        return Places(
            *(st.container(key=f"scene-{name}", gap=GAPS.get(name, "small")) for name in names)
        )
