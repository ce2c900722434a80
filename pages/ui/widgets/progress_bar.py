"""A progress bar for what takes seconds: how far it is, and soon how long it will still take."""

from __future__ import annotations

import time

from streamlit.delta_generator import DeltaGenerator

from core.background import time_left
from pages.ui.words.numbers import duration, percent


class ProgressBar:
    """A bar in a place of its own. `what` is what goes on, as long as nothing else is said."""

    def __init__(self, place: DeltaGenerator, what: str) -> None:
        self._place, self._what, self._started = place, what, time.monotonic()
        place.progress(0.0, text=f"{what} …")

    def tell(self, what: str, share: float) -> None:
        """Show that `what` goes on and that `share`, 0 to 1, of it is done."""
        show_progress(self._place, what, share, time_left(time.monotonic() - self._started, share))

    def tell_share(self, share: float) -> None:
        """The same for what goes on anyway."""
        self.tell(self._what, share)


def show_progress(place: DeltaGenerator, what: str, share: float, left: float | None) -> None:
    """A bar with `what` goes on and how much of it, 0 to 1, is done; left: seconds, if known."""
    words = f"{what} … {percent(share, 0)}" + (f", {duration(left)} to go" if left else "")
    place.progress(min(share, 1.0), text=words)
