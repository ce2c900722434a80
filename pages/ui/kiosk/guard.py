"""Watches over an exhibit: when nobody is there any more, all of the last visitor is forgotten.

What the browser looks after, the seconds without a touch and a lost connection, is the business of
pages/ui/frontend/kiosk_guard.js; here is what the server forgets.
"""

from __future__ import annotations

from pages.ui.frontend.components import component
from pages.ui.state import server
from pages.ui.state.visit import forget_visit, visit

IDLE = 60  # seconds without a touch before the exhibit asks whether somebody is there
COUNTDOWN = 15  # seconds to answer
LOST = 10  # seconds without a connection after which the page begins anew, as soon as it can

_guard = component(
    "kiosk_guard",
    """<dialog class="ask" role="alertdialog" aria-label="Still there?">
      <strong>Still there?</strong><span class="left"></span><button type="button">Yes</button>
    </dialog>""",
)


def watch_over() -> None:
    """Once in every run of the exhibit."""
    data = {
        "idle": IDLE,
        "countdown": COUNTDOWN,
        "lost": LOST,
        "over": visit().exhibit.over,
    }
    _guard(key="guard", data=data, on_forget_change=forget)


def forget() -> None:
    """Forget the visitor: the drawing, the run, all that widgets hold. The browser then forgets
    what it kept, and begins anew."""
    if run_id := visit().exhibit.run:
        server.exhibit_board().drop(run_id)
    forget_visit()
    visit().exhibit.over = True
