"""A button that copies the page's address, with all settings in it, to the visitor's clipboard."""

from __future__ import annotations

import streamlit as st

HTML = '<button type="button"></button>'

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

_component = st.components.v2.component("digitlab_copy_link", html=HTML, css=CSS, js=JS)


def copy_link() -> None:
    """Show the button."""
    _component(key="copy-link", data={})
