"""A button that switches the letters off which press other buttons, and on again.

Whoever speaks to the computer, or types by mistake, must be able to (WCAG 2.1.4). The browser
remembers it; which keys count is the business of pages/ui/frontend/page_manners.js.
"""

from __future__ import annotations

from pages.ui.frontend.components import component

WORDS = "T starts a run, P pauses and resumes it, S is one step."

_button = component(
    "shortcut_keys",
    '<button type="button"></button>',
    scripts=("page_manners.js", "shortcut_keys.js"),  # the first may not be there yet
)


def shortcut_keys() -> None:
    """The button."""
    _button(key="keys", data={"label": "Keys T, P, S", "words": WORDS}, width="content")
