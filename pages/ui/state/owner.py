"""Whose a run is: a random id that stands for the visitor's browser and is kept in it.

It is no account and says nothing of a person. Whoever has it may steer, rename and delete the runs
that were started with it, so it is shown to nobody. Any sign of life of the visitor keeps them
going. A cookie says it to this server alone, so that a page need not be shown twice.
"""

from __future__ import annotations

import re
import secrets

from pages.ui.state import browser, server
from pages.ui.state.visit import hearers, visit

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
        here.owners = told() or [secrets.token_urlsafe(16)]
    return here.owners


def told() -> list[str]:
    """The ids that the browser's cookie says."""
    return [each for each in browser.told_at_first(NAME) if is_id(each)][:MOST]


def is_mine(owner_id: str) -> bool:
    """Whether what has this id as its owner is this visitor's."""
    return owner_id in ids()


def remember(ask: bool = False) -> None:
    """Keep them in the browser, and take from there what it kept before. Once in every run.

    ask: the browser answers even if it kept nothing; see `has_answered`.
    """
    browser.keep(NAME, ids(), take_back, ask=ask, joined=True, told=told())


def has_answered() -> bool:
    """Whether the browser has said by which ids it was known before."""
    return bool(told()) or browser.has_answered(NAME)


def tell_of_life() -> None:
    """The visitor is there: what they train, or follow, goes on."""
    server.seen_by(ids(), visit().runs)


hearers.append(tell_of_life)


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
