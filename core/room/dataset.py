"""The digits of a room as a dataset like others: to learn from, to tune on, and for the exam.

Half of the drawings teach, written anew in many ways (material.py); a quarter is for validation, a
quarter for the exam, both as they were written. The name is made of the drawings, so that what a
run learned from never changes under it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import TYPE_CHECKING

from core.room.drawing import RoomDigit

if TYPE_CHECKING:  # torch takes seconds to import: not for a name
    from core.data import DigitDataset


def name_of(drawn: Sequence[RoomDigit]) -> str:
    """What these drawings are called as a dataset: "room-" and 16 letters."""
    checksum = hashlib.sha256()
    for each in drawn:
        checksum.update(bytes([each.label]) + each.image.tobytes())
    return f"room-{checksum.hexdigest()[:16]}"


def dataset_of(drawn: Sequence[RoomDigit]) -> DigitDataset:
    """The three parts. The writers are the phones. Raises Refused where there are too few."""
    from core.data import DigitDataset
    from core.room.material import room_material

    material = room_material(drawn)
    phones = range(1 + max(each.phone for each in drawn))
    return DigitDataset(
        name_of(drawn),
        material.varied,
        material.judges[::2],
        material.judges[1::2],
        tuple(f"phone {number + 1}" for number in phones),
        material.teachers,
    )
