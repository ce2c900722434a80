"""What a room is told of its digits: an answer, or that the network doubts."""

from __future__ import annotations

import numpy as np

from core.pretrained import load
from core.room.collected import DOUBT
from core.room.drawing import digit_of
from core.room.reading import reader_of

STAR = [[500, 100, 700, 900, 100, 350, 900, 350, 300, 900, 500, 100], [100, 650, 900, 650]]


def test_a_network_that_can_doubt_reads_digits_and_marks_what_is_none(sent):
    shipped = load("default")
    drawn = [digit_of(sent(digit, 3), digit, 0) for digit in range(10)]
    images = np.stack([each.image for each in [*drawn, digit_of(STAR, 3, 0)]])
    answers = reader_of(shipped.model, shipped.card.doubt)(images)
    assert answers == [*range(10), DOUBT]
    assert DOUBT not in reader_of(shipped.model)(images)
