"""What a network learns from: half of the digits, varied; the other half never."""

from __future__ import annotations

import pytest
import torch

from core.background import Refused
from core.data import Digits
from core.evaluation import evaluate
from core.pretrained import load
from core.room.limits import LEAST_TAUGHT
from core.room.material import VARIED, halves, images_material, memory, room_material


def test_every_other_drawing_of_each_digit_judges():
    labels = torch.tensor([3, 3, 5, 3, 5, 3] * 4)
    teach, judge = halves(labels)
    assert sorted([*teach.tolist(), *judge.tolist()]) == list(range(24))
    for digit in (3, 5):
        mine = (labels == digit).nonzero().flatten().tolist()
        assert [number for number in mine if number in teach] == mine[::2]
        assert [number for number in mine if number in judge] == mine[1::2]


def test_too_few_digits_are_refused_with_what_would_do():
    with pytest.raises(Refused, match=f"There are 19 digits, and {LEAST_TAUGHT} are needed"):
        halves(torch.zeros(LEAST_TAUGHT - 1, dtype=torch.int64))


def test_a_rooms_digits_vary_as_strokes_and_its_judges_stay_as_they_are(room, write):
    write(room, 40, phones=4)
    material = room_material(room.digits())
    assert len(material.varied) == VARIED
    assert (len(material.teachers), len(material.judges)) == (20, 20)
    judges = {each.image.tobytes() for each in room.digits()}
    assert all(image.numpy().tobytes() in judges for image in material.judges.images)
    counts = torch.bincount(material.varied.labels, minlength=10)
    assert counts.min() > 0.7 * VARIED / 10
    of_threes = material.varied.images[material.varied.labels == 3]
    assert len(of_threes.unique(dim=0)) == len(of_threes)  # each is another
    again = room_material(room.digits())
    assert torch.equal(again.varied.images, material.varied.images)


def test_varied_digits_still_are_what_they_were(room, write):
    write(room, 60, phones=6)
    material = room_material(room.digits())
    assert evaluate(load("default").model, material.varied).accuracy > 0.9


def test_images_vary_where_no_strokes_are_kept(generated):
    material = images_material(generated.test[:200])
    assert len(material.varied) == VARIED
    assert len(material.teachers) + len(material.judges) == 200
    assert len(material.varied.images.unique(dim=0)) == VARIED


def test_the_memory_is_balanced_and_small():
    labels = torch.tensor([0] * 50 + [1] * 5 + list(range(2, 10)))
    digits = Digits(torch.zeros(len(labels), 28, 28, dtype=torch.uint8), labels)
    counts = torch.bincount(memory(digits, each=10).labels, minlength=10)
    assert counts.tolist() == [10, 5, *[1] * 8]
