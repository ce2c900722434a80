"""What was handed over to be read, from a pad or a picture: its digits, or why there are none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pages.ui.state.visit import Drawing

if TYPE_CHECKING:
    from core.drawing import Prepared

BOX = "predict"  # the name of the one drawing of Home and Predict


@dataclass(frozen=True, eq=False)
class Given:
    """The digits, left to right; a sentence where there are none; whether nothing was given yet."""

    digits: Sequence[Prepared] = ()
    message: str = ""
    is_blank: bool = False


def from_drawing(drawing: Drawing) -> Given:
    """The digits on a drawing box."""
    if not drawing.get("objects"):  # nothing that torch would have to be imported for
        return Given(is_blank=True)
    from core import drawing as drawings

    try:
        return Given(drawings.prepare_all(drawing))
    except drawings.DrawingError as problem:
        return Given(message=str(problem))


def last_drawn() -> Prepared | None:
    """The digit drawn last on Home or Predict; None where there is none, or more than one."""
    from pages.ui.widgets.canvas import drawn_in  # late: the canvas needs a server

    drawing = drawn_in(BOX)
    if not drawing.get("objects"):
        return None
    from core import drawing as drawings

    try:
        return drawings.prepare_one(drawing)
    except drawings.DrawingError:
        return None
