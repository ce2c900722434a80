"""What a canvas could send: drawings with something wrong, and scribbles that no hand made.

`check` asks of the engine that it says in its own words what is wrong, or gives whole images.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import strategies as st

from core import drawing
from core.strokes.paths import scaled
from tests.drawn import DIGITS, dot
from tests.property.damage import damaged_json, numbers, values
from tests.replay import canvas_json

SIZE = 0.86  # of a smaller box, such as that of an exam with one's own digits

good = [*map(canvas_json, DIGITS.values()), canvas_json([*DIGITS["five"], dot(90, 90)])]
drawn = st.integers(0, len(good) - 1).map(lambda number: good[number])
coordinates = st.one_of(st.floats(0, 280), st.floats(-1e4, 1e4), st.integers(0, 280), numbers)
commands = st.sampled_from((("M", 2), ("L", 2), ("Q", 4), ("C", 6), ("Z", 0))).flatmap(
    lambda shape: st.lists(coordinates, min_size=shape[1], max_size=shape[1]).map(
        lambda found: [shape[0], *found]
    )
)
measures = st.sampled_from(("left", "top", "scaleX", "scaleY", "angle", "skewX", "strokeWidth"))
paths = st.builds(
    lambda path, more: {"type": "Path", "path": [["M", 50.0, 50.0], *path], **more},
    st.lists(commands, max_size=8),
    st.dictionaries(measures, coordinates, max_size=2),
)
scribbles = st.lists(paths, max_size=4).map(lambda objects: {"objects": objects})
cases = st.one_of(damaged_json(drawn), damaged_json(drawn), scribbles, values)


def check(case: Any) -> bool:
    """Whether it is read as digits. Raises whatever but a DrawingError comes out."""
    if isinstance(case, dict):  # a box hands on nothing else
        assert isinstance(scaled(case, SIZE), dict)
    for prepare in (drawing.prepare_one, drawing.prepare):
        try:
            check_prepared(prepare(case))
        except drawing.DrawingError as error:
            assert_is_sentence(error)
    try:
        found = drawing.prepare_all(case)
    except drawing.DrawingError:
        return False
    for each in found:
        check_prepared(each)
    return bool(found)


def check_prepared(found: drawing.Prepared) -> None:
    """It is what a network expects, and can be shown step by step."""
    assert found.renderings.dtype == np.float32 and found.stages
    for image in found.renderings:
        assert_is_image(image)


def assert_is_image(image: np.ndarray) -> None:
    """Of a digit: there is ink on it."""
    assert image.shape == (28, 28)
    assert image.min() >= 0 and 0 < image.max() <= 1  # not a number would be neither


def assert_is_sentence(error: Exception) -> None:
    """What is wrong is said in words that can be shown."""
    said = str(error)
    assert said.endswith(".") and len(said) < 400, said
    said.encode()  # no half of a letter
