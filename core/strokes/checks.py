"""Refuses drawings that are not what the canvas sends, and says in plain words what is wrong.

What passes here is known to be path objects with commands of the right shape. What they mean is
the business of core/strokes/canvas.py.
"""

from collections.abc import Iterable
from numbers import Real

import numpy as np

from core.strokes.pen import DrawingError, EmptyDrawing

MAX_STROKES = 2_000  # a digit has one to five; more is a scribble that nobody meant as a digit
MAX_COMMANDS = 500_000  # path commands in all, a minute of scribbling is about 5,000
MAX_NUMBER = 1e6  # canvas pixels; a canvas is a few hundred wide

NOTHING_DRAWN = "Nothing is drawn yet. Draw a digit in the box."

# What Fabric writes: it turns every other SVG command into these when a path is made.
NUMBERS_AFTER = {"M": 2, "L": 2, "Q": 4, "C": 6, "Z": 0}


def unreadable(why: str) -> DrawingError:
    """The sentence for visitors; `why` is what is wrong, without a full stop."""
    return DrawingError(f"The drawing cannot be read: {why}. Press Clear and draw again.")


def objects_of(canvas_json: dict | None) -> list:
    """All that lies on the canvas, at least one object. Raises EmptyDrawing and DrawingError."""
    if canvas_json is None or canvas_json == {}:
        raise EmptyDrawing(NOTHING_DRAWN)
    if not isinstance(canvas_json, dict):
        raise unreadable(f"it should be a JSON object, not {kind_of(canvas_json)}")
    if "objects" not in canvas_json:
        raise unreadable('it has no list of "objects"')
    objects = canvas_json["objects"]
    if not isinstance(objects, list):
        raise unreadable(f'its "objects" should be a list, not {kind_of(objects)}')
    if not objects:
        raise EmptyDrawing(NOTHING_DRAWN)
    check_count(len(objects))
    return objects


def check_count(count: int) -> None:
    """Raises DrawingError for more strokes than anybody means as a digit."""
    if count > MAX_STROKES:
        raise unreadable(f"it has {count:,} strokes, and {MAX_STROKES:,} is the most")


def path_of(item: object) -> list:
    """The path commands of one object, each known to be a letter and the right count of numbers."""
    if not isinstance(item, dict):
        raise unreadable(f"a stroke should be a JSON object, not {kind_of(item)}")
    kind = item.get("type", "Path")
    if not isinstance(kind, str) or kind.lower() != "path":
        raise unreadable(f"it holds {shown(kind)}, and only pen strokes can be read")
    path = item.get("path")
    if not isinstance(path, list) or not path:
        raise unreadable('a stroke has no "path", the list of its points')
    if not set(map(type, path)) <= {list, tuple}:
        raise unreadable("one of its path commands is not a list")
    if not all(path):
        raise unreadable("one of its path commands is empty")
    try:
        shapes = {(command[0], len(command) - 1) for command in path}
    except TypeError:
        raise unreadable("one of its path commands does not begin with a letter") from None
    for letter, count in shapes:
        if letter not in NUMBERS_AFTER:
            raise unreadable(f"it has the unknown path command {shown(letter)}")
        if count != NUMBERS_AFTER[letter]:
            wanted = NUMBERS_AFTER[letter]
            raise unreadable(f"path command {letter} should have {wanted} numbers, not {count}")
    if path[0][0] != "M":
        raise unreadable("a path does not begin with M, where the pen is put down")
    return path


def checked_numbers(values: Iterable) -> np.ndarray:
    """float64 (N,), each finite and on a canvas that could be. Raises DrawingError."""
    values = list(values)
    for kind in set(map(type, values)):
        if kind is bool or not issubclass(kind, Real):
            wrong = next(value for value in values if type(value) is kind)
            raise unreadable(f"{kind_of(wrong)} stands where a number should be")
    try:
        numbers = np.array(values, dtype=np.float64)
    except OverflowError:
        numbers = np.array([np.inf])
    if not np.isfinite(numbers).all():
        raise unreadable("one of its numbers is infinite or not a number")
    if numbers.size and np.abs(numbers).max() > MAX_NUMBER:
        raise unreadable(f"it has a number beyond {MAX_NUMBER:,.0f}, far off any canvas")
    return numbers


def kind_of(value: object) -> str:
    """What somebody who knows no Python would call the value."""
    names = {list: "a list", str: "a text", bool: "true or false", type(None): "nothing"}
    names |= {dict: "a JSON object", int: "a number", float: "a number"}
    return names.get(type(value), f"a {type(value).__name__}")


def shown(value: object) -> str:
    """A value from outside, short enough for a sentence."""
    return f"“{value[:20]}”" if isinstance(value, str) else kind_of(value)
