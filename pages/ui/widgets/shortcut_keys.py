"""A button that switches the letters off which press other buttons, and on again.

Whoever speaks to the computer, or types by mistake, must be able to (WCAG 2.1.4). The browser
remembers it; which keys count is the business of pages/ui/frontend/page_manners.js.
"""

from __future__ import annotations

import streamlit as st

from pages.ui.frontend.components import source

CSS = """
button { font: 0.875rem var(--st-font); color: var(--st-text-color); background: none;
  cursor: pointer; border: 1px solid var(--st-border-color);
  border-radius: var(--st-button-radius, 8px);
  padding: 0 0.75rem; min-height: 2.5rem; white-space: nowrap; }
button:hover, button:focus-visible { color: var(--st-primary-color);
  border-color: var(--st-primary-color); }
button[aria-pressed="false"] { opacity: 0.6; text-decoration: line-through; }
@media (pointer: coarse) { button { display: none; } }
"""
JS = """
export default ({ parentElement, data }) => {
  const button = parentElement.querySelector("button");
  const show = () => {
    const off = window.digitlabShortcuts?.off;
    button.textContent = data.label;
    button.title = `${data.words} Press to switch them ${off ? "on" : "off"}.`;
    button.setAttribute("aria-label", button.title);
    button.setAttribute("aria-pressed", !off);
  };
  button.onclick = () => {
    window.digitlabShortcuts?.turn();
    show();
  };
  show();
};
"""

_button = st.components.v2.component(
    "digitlab_shortcut_keys",
    html='<button type="button"></button>',
    css=CSS,
    js=source("page_manners.js") + JS,  # that may not be there yet
)


def shortcut_keys(label: str, words: str, key: str) -> None:
    """The button. label: what stands on it; words: what each letter does."""
    _button(key=key, data={"label": label, "words": words}, width="content")
