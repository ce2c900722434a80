"""What screen readers say when something on the page has changed: unseen, and always in one place.

Streamlit puts a new element where words change, and a new element is not announced. This one stays,
and only its words change.
"""

from __future__ import annotations

from pages.ui.frontend.components import component

_spoken = component("spoken", '<span role="status" aria-live="polite"></span>')


def speak(words: str, key: str) -> None:
    """Have `words` announced when they are others than at the last call; show nothing."""
    _spoken(key=key, data={"words": words})
