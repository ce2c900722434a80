"""Whose a run is: a random id that stands for the visitor's browser and is kept in it.

It is no account and says nothing of a person. Whoever has it may rename and delete the runs that
were started with it, so it is shown to nobody.
"""

from __future__ import annotations

import re
import secrets

from pages.ui.state import browser
from pages.ui.state.visit import visit

NAME = "digitlab-owner"  # in the browser
FORM = re.compile(r"[A-Za-z0-9_-]{22}")  # what token_urlsafe(16) gives
MOST = 5  # a browser has more than one where runs began before it had said which is its own


def in_use() -> str:
    """The id to start a run with."""
    visit().owner_used = True
    return ids()[0]


def ids() -> list[str]:
    """All that this browser is known by, the one in use first; made at the first look."""
    here = visit()
    if not here.owners:
        here.owners = [secrets.token_urlsafe(16)]
    return here.owners


def remember() -> None:
    """Keep them in the browser, and take from there what it kept before. Once in every run."""
    browser.keep(NAME, ids(), take_back)


def take_back(kept: object) -> None:
    """What the browser kept is in use; what is no id is left out.

    The id of this visit stays beside it where a run has been started with it.
    """
    here = visit()
    before = [each for each in kept if is_id(each)] if isinstance(kept, list) else []
    now = ids() if here.owner_used or not before else []
    here.owners = list(dict.fromkeys([*before[: MOST - 1], *now]))


def is_id(value: object) -> bool:
    """Whether it has the form of an id. Nothing else that comes from a browser can be checked."""
    return isinstance(value, str) and bool(FORM.fullmatch(value))
