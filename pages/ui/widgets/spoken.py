"""What screen readers say when something on the page has changed: unseen, and always in one place.

Streamlit puts a new element where words change, and a new element is not announced. This one stays,
and only its words change.
"""

from __future__ import annotations

import streamlit as st

CSS = """span { position: absolute; width: 1px; height: 1px; overflow: hidden;
  clip-path: inset(50%); }"""
JS = """
export default ({ parentElement, data }) => {
  const place = parentElement.querySelector("span");
  if (place.textContent !== data.words) place.textContent = data.words;
};
"""

_spoken = st.components.v2.component(
    "digitlab_spoken", html='<span role="status" aria-live="polite"></span>', css=CSS, js=JS
)


def speak(words: str, key: str) -> None:
    """Have `words` announced when they are others than at the last call; show nothing."""
    _spoken(key=key, data={"words": words})
