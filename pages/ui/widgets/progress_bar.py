"""A progress bar for what takes seconds: how far it is, and soon how long it will still take."""

from __future__ import annotations

import time

from streamlit.delta_generator import DeltaGenerator

from pages.ui.words.numbers import duration, percent

EARLY = 1.0  # seconds, and
LITTLE = 0.05  # share done, before which nothing can be said about the rest


class ProgressBar:
    """A bar in a place of its own. `what` is what goes on, as long as nothing else is said."""

    def __init__(self, place: DeltaGenerator, what: str) -> None:
        self._place, self._what, self._started = place, what, time.monotonic()
        place.progress(0.0, text=f"{what} …")

    def tell(self, what: str, share: float) -> None:
        """Show that `what` goes on and that `share`, 0 to 1, of it is done."""
        words = f"{what} … {percent(share, 0)}"
        passed = time.monotonic() - self._started
        if share > LITTLE and passed > EARLY:
            words += f", {duration(passed * (1 - share) / share)} to go"
        self._place.progress(min(share, 1.0), text=words)

    def tell_share(self, share: float) -> None:
        """The same for what goes on anyway."""
        self.tell(self._what, share)
