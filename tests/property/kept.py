"""What a browser could hand back as what it kept, and a phone as what was drawn in a room.

`check` asks that whatever is taken of it can be used, and that nothing else comes of the rest.
"""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from core.drawing import DrawingError
from core.exam import packing
from core.room.drawing import digit_of
from core.strokes.packing import packed_drawing, unpacked_drawing
from pages.ui.learn import lessons_done
from pages.ui.state import own_digits, owner, speed
from tests.drawn import FIVE
from tests.property import drawings, links
from tests.property.damage import damaged_json, values
from tests.replay import canvas_json

OWN = packing.packed([(digit, bytes(size)) for digit, size in ((3, packing.PIXELS), (7, 9))])
DRAWN = packed_drawing(canvas_json(FIVE))
SENT = [[100, 100, 400, 500, 100, 900], [700, 100, 700, 800]]
whole = st.sampled_from((OWN, DRAWN, SENT, ["a" * 22, "b" * 22], [speed.FULL], [1, 2]))
cases = st.one_of(damaged_json(whole), damaged_json(whole), values)


def check(case: Any) -> bool:
    """Whether any of it is taken. Raises whatever but a DrawingError comes out."""
    with links.opened_with({}) as here:
        before = list(here.owners)
        for take_back in (own_digits.take_back, owner.take_back, speed._hear, lessons_done._hear):
            take_back(case)
        assert all(len(pixels) == packing.PIXELS for _, pixels in own_digits.own_digits())
        assert all(map(owner.is_id, here.owners)) and 1 <= len(here.owners) <= owner.MOST
        assert speed.chosen() in speed.SPEEDS
        taken = [here.exam.own_digits, here.owners != before, here.train.speed, here.learn.done]
    drawing = unpacked_drawing(case)
    drawings.check(drawing)
    try:
        drawings.assert_is_image(digit_of(case, 3, 0).image / 255)
        taken.append(True)
    except DrawingError as error:
        drawings.assert_is_sentence(error)
    return any(taken) or bool(drawing["objects"])
