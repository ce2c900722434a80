"""Which of several networks reads which image."""

from __future__ import annotations

import torch

from core.runs.comparison.images import read_by_none, read_by_one, readers_of

LABELS = torch.tensor([3, 3, 3, 3, 3])
ANSWERS = [torch.tensor(each) for each in ([3, 3, 5, 5, 5], [3, 5, 3, 5, 5], [3, 5, 3, 3, 5])]


def test_who_reads_which_image():
    assert readers_of(ANSWERS[:2], LABELS).tolist() == [
        [True, True, False, False, False],
        [True, False, True, False, False],
    ]


def test_what_one_alone_reads_and_what_none_reads():
    readers = readers_of(ANSWERS, LABELS)
    assert [each.tolist() for each in read_by_one(readers)] == [[1], [], [3]]
    assert read_by_none(readers).tolist() == [4]
