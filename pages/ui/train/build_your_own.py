"""The box "Build your own network": all settings, beside them a picture of it, and what it costs.

Two dozen widgets make the page slow to appear, and most visitors start with a preset: the box is
filled only while it is open.
"""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from core.config import ConfigError, TrainingConfig
from pages.ui.state import server
from pages.ui.state.address import keep_settings
from pages.ui.state.visit import visit, widget_exists
from pages.ui.train.all_settings import choose_all_settings
from pages.ui.train.network_drawing import network_html
from pages.ui.train.presets import OWN, describe, preset_of
from pages.ui.words.numbers import duration

BOX = "build"  # the key of the box
LABEL = "Build your own network"

CSS = """
button {
  font: inherit; color: var(--st-text-color); background: transparent; cursor: pointer;
  border: 1px solid var(--st-border-color); border-radius: var(--st-button-radius);
  padding: 0.35rem 0.75rem; min-height: 2.5rem;
}
button:hover, button:focus-visible {
  color: var(--st-primary-color); border-color: var(--st-primary-color);
}
"""

# The run's id stays behind: whoever opens the link starts a run of their own.
JS = """
export default ({ parentElement }) => {
  const button = parentElement.querySelector("button");
  const label = "Copy link to these settings";
  if (!button.textContent) button.textContent = label;
  button.onclick = async () => {
    const address = new URL(window.location.href);
    address.searchParams.delete("run");
    try {
      await navigator.clipboard.writeText(address.href);
      button.textContent = "Copied";
    } catch {
      window.prompt("Copy this link:", address.href);
    }
    setTimeout(() => { button.textContent = label; }, 2000);
  };
};
"""

_copy_link = st.components.v2.component(
    "digitlab_copy_link", html='<button type="button"></button>', css=CSS, js=JS
)


def build_your_own(config: TrainingConfig, fixed: bool) -> DeltaGenerator | None:
    """Show the box. Returns the place for what the network costs; None while it is closed.

    fixed: a run with these settings goes on; the box says what they are.
    """
    if fixed:
        if preset_of(config) == OWN:
            st.caption(describe(config))
        st.expander(LABEL, key=f"{BOX}-fixed").caption(
            f"{describe(config)}. You can choose again when this run is over."
        )
        return None
    here = visit().train
    if not widget_exists(BOX):  # back on the page: as the visitor left it
        here.build_at_first = here.build_open
    box = st.expander(LABEL, here.build_at_first, key=BOX, on_change="rerun")
    # In the run that closes it, a number typed just before has yet to be read. And a visitor may go
    # on, or close it again, before it is full: that it was opened is kept before it is filled.
    filled = here.build_open = box.open or here.build_open
    if preset_of(config) == OWN:  # a preset's name says enough at first
        st.caption(describe(config))
    elif filled:
        box.caption(describe(config))
    cost = fill(box, config) if filled else None
    here.build_open = box.open
    return cost if box.open else None


def fill(box: DeltaGenerator, config: TrainingConfig) -> DeltaGenerator:
    """The settings and the picture. Keeps what was changed and runs the page again with it."""
    with box:
        form, picture = st.columns([5, 6], gap="large")
        with form:
            try:
                changed = choose_all_settings(config)
            except ConfigError as problem:
                st.warning(str(problem), icon=":material/warning:")
                changed = config
        with picture:
            st.html(network_html(config))
            cost = st.container()
            _copy_link(key="copy-link", data={})  # the address of the page holds all settings
    if changed != config:  # what stands above was made for the settings as they were
        keep_settings(changed)
        st.rerun()
    return cost


def show_cost(config: TrainingConfig) -> None:
    """Numbers to learn, memory for a batch, time for the run: measured, where not known yet."""
    with st.spinner("Timing a few small batches …"):
        found = server.cost_of(config)
    from core.runs.work import LONGEST_RUN  # late: it needs torch

    rows = "".join(f"| {name.replace('_', ' ')} | {n:,} |\n" for name, n in found.weights.items())
    st.markdown(f"| layer | weights |\n|---|--:|\n{rows}| **all** | **{found.total_weights:,}** |")
    st.markdown(
        f"A batch needs about **{found.batch_bytes / 1e6:,.1f} MB** of memory. The run takes "
        f"**{duration(found.seconds)}** if the server has nothing else to do (estimated from a few "
        f"small batches, timed just now). A run that takes more than {LONGEST_RUN / 60:.0f} "
        "minutes is stopped there, and kept."
    )
