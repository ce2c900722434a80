"""Damage: what becomes of a good file or a good piece of JSON in careless or hostile hands.

These are strategies for hypothesis. They know nothing of drawings, pictures or runs.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from typing import Any

from hypothesis import strategies as st

MOST_DAMAGES = 3  # of one piece of JSON: more of them only hide one another
DEEP = "a list in a list in a list"
MOST_BYTES = 12  # that are overwritten or put in at one place
EDGES = (0, -1, 1, 10, 255, 2**31, 2**63, 10**400, -0.0, 0.5, 1e-320, 1e308, -1e308)
NO_NUMBERS = (float("inf"), float("-inf"), float("nan"))
TRICKS = (
    *("", " ", "\0", "\n", "../../up", "/etc/hostname", "~", "a" * 5_000),
    *("![x](http://x.invalid/x)", "[in](http://x.invalid)", "http://x.invalid", "$x$ :red[x]"),
    *(DEEP, "<script>alert(1)</script>", "\u202e", "\ud800", "１", "nan", "1e999", "true", "none"),
)

numbers = st.sampled_from((*EDGES, *NO_NUMBERS)) | st.integers() | st.floats()
texts = st.sampled_from(TRICKS) | st.text(max_size=20)
values = st.recursive(
    st.none() | st.booleans() | numbers | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=5,
)


def known(value: Any) -> st.SearchStrategy[Any]:
    """Always this; unlike `just`, it is short when a strategy with it is printed."""
    return st.builds(lambda: value)


def as_json(value: Any) -> bytes:
    """JSON text; where DEEP stands, lists within lists, deeper than Python can read or write."""
    return json.dumps(value).encode().replace(json.dumps(DEEP).encode(), b"[" * 100_000)


@st.composite
def damaged_json(draw: st.DrawFn, whole: st.SearchStrategy[Any]) -> Any:
    """JSON out of `whole`, of which something is replaced, left out, said twice or added."""
    value = copy.deepcopy(draw(whole))
    for _ in range(draw(st.integers(1, MOST_DAMAGES))):
        places = list(places_in(value))
        if not places:
            return draw(values)
        holder, key = draw(st.sampled_from(places))
        how = draw(st.sampled_from(("replace", "replace", "leave out", "add")))
        if how == "replace":
            holder[key] = draw(values)
        elif how == "leave out":
            del holder[key]
        elif isinstance(holder, list):
            holder.insert(key, copy.deepcopy(holder[key]) if draw(st.booleans()) else draw(values))
        else:
            holder[draw(texts)] = draw(values)
    return value


def places_in(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every place in a piece of JSON that something else could stand in: its holder and the key."""
    waiting = [value]
    while waiting:
        holder = waiting.pop()
        if isinstance(holder, dict):
            pairs = list(holder.items())
        elif isinstance(holder, list):
            pairs = list(enumerate(holder))
        else:
            continue
        yield from ((holder, key) for key, _ in pairs)
        waiting += [inner for _, inner in pairs]


@st.composite
def damaged_bytes(draw: st.DrawFn, whole: st.SearchStrategy[bytes]) -> bytes:
    """A file out of `whole` with some bytes changed, put in, left out, said twice or cut off.

    Most formats keep what matters at their beginning or end, so that is where most damage is.
    """
    content = draw(whole)
    for _ in range(draw(st.integers(1, MOST_DAMAGES))):
        size = len(content)
        near = st.integers(0, min(size, 80))
        at = draw(
            st.one_of(near, near.map(lambda back, size=size: size - back), st.integers(0, size))
        )
        end = min(size, at + draw(st.integers(0, 40)))
        new = draw(st.binary(min_size=1, max_size=MOST_BYTES))
        content = draw(
            st.sampled_from(
                (
                    content[:at] + new + content[at + len(new) :],
                    content[:at] + new + content[at:],
                    content[:at] + content[end:],
                    content[:end] + content[at:],
                    content[:at],
                )
            )
        )
    return content
