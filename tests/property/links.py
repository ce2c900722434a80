"""What the address of a page could hold: settings that are none, and texts meant to be rendered.

`check` asks that usable settings come out, and that what is said of the others is plain text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from unittest.mock import patch

from hypothesis import strategies as st

from core.config import CHOICES, PRESETS, TrainingConfig
from core.room.room import RoomError
from core.room.rooms import Rooms
from pages.ui.state import address, visit
from pages.ui.words.numbers import unmarked
from tests.property.damage import texts

NAMES = (*address.SETTING_NAMES, "run", "lesson", "code", "from", "present", "stop", "kiosk")
MOST = 10  # lessons and stops
LONGEST = 400  # letters of what is said of one setting
ACTIVE = re.compile(r"[\[\]()!*`<>$#|~]|:(?=[^\s\u2060])|www\.")  # links, pictures, formulas

good = [pair for preset in PRESETS.values() for pair in preset.config.to_query().items()]
good += [(name, each) for name, table in CHOICES.items() for each in table]
good += [("lesson", "3"), ("from", "lesson-3"), ("present", "1"), ("stop", "2"), ("kiosk", "1")]
digits = st.text("0123456789,.-+e_ ", max_size=12)
names = st.sampled_from(NAMES)
numbers = st.tuples(st.sampled_from(("lesson", "stop")), st.integers(-1, 99).map(str))
pairs = st.one_of(st.sampled_from(good), st.tuples(names, digits), st.tuples(names, texts), numbers)
cases = st.lists(pairs, max_size=5).map(dict)


class Query(dict[str, str]):
    """The query of an address: pages may ask for no name that is not tried here."""

    def __contains__(self, name: object) -> bool:
        assert name in NAMES, name
        return super().__contains__(name)

    def get(self, name: str, default: str | None = None) -> str | None:
        assert name in NAMES, name
        return super().get(name, default)


@contextmanager
def opened_with(query: dict[str, str]) -> Iterator[visit.Visit]:
    """A visitor who has opened an address, without a page."""
    here = visit.Visit(owners=["o" * 22], told_of=float("inf"))
    with (
        patch.object(visit, "st", SimpleNamespace(session_state={visit.KEY: here})),
        patch.object(address, "st", SimpleNamespace(query_params=Query(query))),
    ):
        yield here


def check_others(case: dict[str, str]) -> None:
    """What stands beside the settings leads somewhere that there is, or nowhere."""
    with opened_with(case):
        assert address.address().items() <= case.items()
        assert address.is_presented() + address.is_notes() <= 1
        assert address.is_exhibit() == (case.get("kiosk") == "1")
        assert 0 <= address.stop_asked(MOST) <= MOST
        assert 1 <= address.lesson_number(MOST) <= MOST
        assert 1 <= (address.lesson_behind() or 1) <= MOST
        assert address.settings() == TrainingConfig.from_query(case)[0]
        try:
            Rooms().find(address.room_code(), "visitor")
            raise AssertionError("there is no room")
        except RoomError:
            pass


def check(case: dict[str, str]) -> bool:
    """Whether the link is good. Raises whatever comes out, for nothing should."""
    check_others(case)
    config, problems = TrainingConfig.from_query(case)
    assert TrainingConfig.from_dict(config.to_dict()) == config
    assert TrainingConfig.from_query(config.to_query()) == (config, [])
    for problem in problems:
        assert problem.setting in case
        said = str(problem)
        said.encode()
        assert len(said) < LONGEST and said.isprintable(), said
        assert not ACTIVE.search(re.sub(r"\\.", " ", unmarked(said))), said
    return not problems
