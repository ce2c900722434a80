"""The digits of the visitor's rooms, to examine on: of the one that is open, and of saved ones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.room.room import Room
from core.room.saved import SavedRoom, files_of, load
from pages.ui.state import owner, server
from pages.ui.words.numbers import counted

if TYPE_CHECKING:  # torch takes seconds to import: not for a name in a list
    from core.data import Digits


@dataclass(frozen=True)
class RoomDigits:
    """The digits of one room, and what to call them in a list."""

    label: str
    saved: SavedRoom

    def as_digits(self) -> Digits:
        """The same for a network."""
        import torch

        from core.data import Digits

        parts = (self.saved.images, self.saved.labels, self.saved.phones)
        return Digits(*map(torch.from_numpy, parts))


def room_digits() -> dict[str, RoomDigits]:
    """By key: of the room that this visitor has open, then those that were saved."""
    found, room = {}, server.rooms().of(owner.ids())
    if room is not None and room.count().written:
        found[f"room-{room.id}"] = _named("Digits of this room", _of_open(room))
    for path in files_of(owner.ids()):
        key, stamp = f"room-{path.stem.partition('-')[2]}", path.stat().st_mtime_ns
        saved = server.kept().get_or_make(("room", path, stamp), lambda path=path: load(path))
        if saved is not None:
            found.setdefault(key, _named("Digits of a saved room", saved))
    return found


def _named(what: str, saved: SavedRoom) -> RoomDigits:
    phones = counted(saved.phone_count, "phone")
    return RoomDigits(f"{what}: {len(saved.labels):,} by {phones}", saved)


def _of_open(room: Room) -> SavedRoom:
    digits = room.digits()
    return SavedRoom(
        np.stack([each.image for each in digits]),
        np.array([each.label for each in digits]),
        np.array([each.phone for each in digits]),
    )
