"""The digits of the visitor's rooms, of the one that is open and of saved ones: for exams, and as
datasets to learn from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.config import DATASETS, Choice
from core.room.dataset import name_of
from core.room.drawing import RoomDigit
from core.room.limits import LEAST_TAUGHT
from core.room.saved import files_of, load
from core.settings.choices import is_room
from pages.ui.state import owner, server
from pages.ui.words.numbers import counted

if TYPE_CHECKING:  # torch takes seconds to import: not for a name in a list
    from core.data import Digits

ABOUT = "half of them to learn from, written anew in many ways, the others for its exams"
THIS, SAVED = "Digits of this room", "Digits of a saved room"


@dataclass(frozen=True)
class RoomDigits:
    """The digits of one room, at least one, and what to call them in a list."""

    label: str
    drawn: list[RoomDigit]

    def as_digits(self) -> Digits:
        """The same for a network."""
        from core.room.material import as_written

        return as_written(self.drawn)


def room_digits() -> dict[str, RoomDigits]:
    """By key: of the room that this visitor has open, then those that were saved."""
    found, room = {}, server.rooms().of(owner.ids())
    if room is not None and (drawn := room.digits()):
        found[f"room-{room.id}"] = _labelled(THIS, drawn)
    for path in files_of(owner.ids()):
        key, stamp = f"room-{path.stem.partition('-')[2]}", path.stat().st_mtime_ns
        saved = server.kept().get_or_make(("room", path, stamp), lambda path=path: load(path))
        if saved:
            found.setdefault(key, _labelled(SAVED, saved))
    return found


def datasets(chosen: str) -> dict[str, Choice]:
    """What this visitor can learn from, by name: config.DATASETS, and their rooms.

    chosen: the one in use. Of an open room that is what was written until it was chosen; if more
    has come since, that is offered beside it.
    """
    rooms = [each for each in room_digits().values() if len(each.drawn) >= LEAST_TAUGHT]
    offered = {name_of(each.drawn): each for each in rooms}
    for name, each in offered.items():  # now: when one is chosen, there may be more of them
        server.offered_rooms().keep(name, each.drawn)
    if is_room(chosen) and chosen not in offered:
        drawn = server.offered_rooms().get(chosen)
        offered = {chosen: drawn and _labelled(THIS, drawn), **offered}
    found = {
        name: Choice(each.label, ABOUT) if each else DATASETS[name]
        for name, each in offered.items()
    }
    return {**DATASETS, **found}


def _labelled(what: str, drawn: list[RoomDigit]) -> RoomDigits:
    phones = counted(len({each.phone for each in drawn}), "phone")
    return RoomDigits(f"{what}: {len(drawn):,} by {phones}", drawn)
