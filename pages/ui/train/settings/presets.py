"""The presets: three as pictures, the others in a list; which of them some settings are.

Settings that are none of them are built in the panel of build_your_own.py.
"""

from __future__ import annotations

import streamlit as st

from core.config import PRESETS, TrainingConfig
from core.settings.sizes import count_weights
from pages.ui.state.address import keep_settings, settings
from pages.ui.train.settings.build_your_own import build_button
from pages.ui.train.settings.network_drawing import CARD, network_html
from pages.ui.train.settings.setting_widgets import use_settings
from pages.ui.widgets.choosing.dataset_picker import within_a_sentence
from pages.ui.widgets.choosing.dropdown import dropdown
from pages.ui.words.numbers import counted
from pages.ui.words.settings import in_a_line

OWN = "own"  # stands among the names of presets for settings that are none of them
CARDS = ("tutorial", "best", "linear")  # those with a picture

# The button of a card lies over all of it, so that a tap on its picture takes it too. It comes
# later than the page: its room is kept.
STYLE = """<style>
.st-key-presets { display: grid; gap: 0.75rem;
  grid-template-columns: repeat(3, minmax(0, 1fr)) 14.5rem; }
.st-key-presets > * { position: relative; width: auto; min-width: 0; }
.st-key-presets [class*="st-key-preset-"] .stElementContainer { position: static; }
.st-key-presets [class*="st-key-preset-"] { flex-direction: row; align-items: center;
  min-height: 5.5rem; }
.st-key-presets [class*="st-key-preset-"] > :first-child { flex: 0 0 58%; }
.st-key-presets [class*="st-key-preset-"] > :last-child { flex: 1; min-width: 0; }
.st-key-presets [class*="st-key-preset-"] button { position: static; text-align: left;
  padding: 0 0.5rem; justify-content: flex-start; }
.st-key-presets [class*="st-key-preset-"] button::after, .st-key-build button::after {
  content: ""; position: absolute; inset: 0; border-radius: 8px; }
@media (min-width: 900.1px) { /* as far from the picture as above it, about */
  .st-key-presets [class*="st-key-preset-"] button::after { left: -0.5rem; } }
.st-key-presets [class*="st-key-preset-"] button:not(:disabled):hover::after,
.st-key-presets [class*="st-key-preset-"] button:focus-visible::after {
  box-shadow: 0 0 0 2px rgba(128, 128, 128, 0.6); }
.st-key-presets [class*="-chosen"] button:enabled::after {
  box-shadow: 0 0 0 3px light-dark(#0072B2, #56B4E9) !important; }
.st-key-presets [class*="-chosen"] button:disabled { color: inherit; }
.st-key-presets [class*="-chosen"] button:disabled::after {
  box-shadow: 0 0 0 1px rgba(128, 128, 128, 0.6); }
.st-key-presets [class*="st-key-preset-"] p { line-height: 1.35; }
.st-key-experiment, .st-key-experiment .stMenuButton, .st-key-experiment button { width: 100%; }
.st-key-told { min-height: 1.5rem; margin-top: -0.75rem; }
@media (max-width: 900px) {
  .st-key-presets [class*="st-key-preset-"] { flex-direction: column; align-items: stretch; }
  .st-key-presets [class*="st-key-preset-"] > :first-child { flex: none; }
  .st-key-presets [class*="st-key-preset-"] button { padding-bottom: 0.5rem; text-align: center;
    justify-content: center; }
  .st-key-presets [class*="st-key-take-"] { min-height: 3.25rem; }
}
@media (max-width: 640px) {
  .st-key-presets { gap: 0.5rem; grid-template-columns: repeat(3, minmax(0, 1fr)); }
  .st-key-presets > :has(.st-key-own) { grid-column: 1 / -1; }
  .st-key-presets [class*="st-key-take-"] { min-height: 5.25rem; }
  .st-key-told { min-height: 4.5rem; }
}
</style>"""


def choose_what_to_train(running: TrainingConfig | None) -> TrainingConfig:
    """The settings for the next run: three presets as pictures, more in a list, or built.

    running: the settings of the run that goes on; they are shown then, and nothing can be chosen.
    """
    config, fixed = running or settings(), running is not None
    if not fixed:
        keep_settings(config)
    chosen = preset_of(config)
    st.html(STYLE)
    with st.container(key="presets"):
        for name in CARDS:
            show_card(name, name == chosen, fixed)
        with st.container(key="own", gap="small"):
            choose_experiment(chosen, fixed)
            build_button(chosen == OWN, fixed)
    with st.container(key="told"):
        st.caption(told(config))
    return config


def show_card(name: str, chosen: bool, fixed: bool) -> None:
    """A preset: the drawing of its network, its name, how many numbers it learns."""
    config = PRESETS[name].config
    weights = count_weights(config.architecture, config.hidden_sizes)
    with st.container(key=f"preset-{name}{'-chosen' if chosen else ''}", gap="xxsmall"):
        st.html(network_html(config, CARD))
        st.button(
            f"**{PRESETS[name].label}**  \n{weights:,} weights",
            type="tertiary",
            on_click=take_preset,
            args=(name,),
            key=f"take-{name}",
            width="stretch",
            disabled=fixed,
            wrap=True,
        )


def choose_experiment(chosen: str, fixed: bool) -> None:
    """The presets without a picture, which show what goes wrong."""
    others = [name for name in PRESETS if name not in CARDS]
    dropdown(
        "Make it fail",
        others,
        chosen if chosen in others else "",
        take_preset,
        "experiment",
        format_func=lambda name: PRESETS[name].label if name else "how?",
        disabled=fixed,
    )


def take_preset(name: str) -> None:
    """Set everything but the dataset."""
    use_settings(PRESETS[name].config.changed(dataset=settings().dataset))


def told(config: TrainingConfig) -> str:
    """What is to be trained, in a line."""
    if (name := preset_of(config)) == OWN:
        return f"Own settings: {in_a_line(config)}"
    rounds = counted(config.epochs, "round")
    data = within_a_sentence(config.dataset)
    return f"{PRESETS[name].description} {rounds} (*epochs*) through {data}."


def preset_of(config: TrainingConfig) -> str:
    """The preset that has these settings, whatever the dataset; OWN if there is none."""
    neutral = config.changed(dataset="mnist")
    return next((name for name, each in PRESETS.items() if each.config == neutral), OWN)
