"""The phones in a room: what each is asked to write, so that all digits come equally often.

No name and nothing else of a person: a phone is a random id, which its browser made up.
"""

from __future__ import annotations

import random
from collections import OrderedDict
from dataclasses import dataclass, field

from core.config import CLASSES
from core.room.limits import MOST_PHONES


@dataclass
class Phone:
    """One phone: what it was asked for, how often, and when its last drawing came."""

    number: int  # counted from 0
    request: int = 0  # the digit it is asked to write
    asked: list[int] = field(default_factory=lambda: [0] * CLASSES)
    drawn: int = 0
    last: float = float("-inf")  # seconds of the room's clock
    received: str = ""  # the phone's own word for the drawing that came last


class Phones:
    """All phones of a room, by id. Not safe to share between threads: the room guards it."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._known: OrderedDict[str, Phone] = OrderedDict()
        self._asked = [0] * CLASSES  # of all phones together
        self._next_number = 0

    def get(self, phone_id: str) -> Phone | None:
        """The phone, which has a request; None where it is new and there is no room for it."""
        phone = self._known.get(phone_id)
        return phone or self._welcome(phone_id)

    def ask_another(self, phone: Phone) -> None:
        """Its next digit: one it was asked for least; of these, the one the room was."""
        self._chance.shuffle(order := list(range(CLASSES)))
        phone.request = min(order, key=lambda digit: (phone.asked[digit], self._asked[digit]))
        phone.asked[phone.request] += 1
        self._asked[phone.request] += 1

    def _welcome(self, phone_id: str) -> Phone | None:
        if len(self._known) >= MOST_PHONES and not self._forget_one():
            return None
        phone = self._known[phone_id] = Phone(self._next_number)
        self._next_number += 1
        self.ask_another(phone)
        return phone

    def _forget_one(self) -> bool:
        """Make room: forget the oldest that never drew. Whether there was one."""
        idle = next((key for key, phone in self._known.items() if not phone.drawn), None)
        if idle is None:
            return False
        self._asked[self._known.pop(idle).request] -= 1
        return True
