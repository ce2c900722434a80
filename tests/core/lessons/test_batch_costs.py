"""Steps and memory of a batch, against a sum done by hand."""

from __future__ import annotations

import pytest

from core.lessons.batch_costs import ALL_TRAINING, batch_cost


def test_the_cost_of_a_batch_by_hand():
    found = batch_cost(128)
    assert found.steps == 430
    # all weights and their gradients; each image, and twice what each of the five layers hands on
    numbers = 2 * 84_060 + 128 * (784 + 2 * (100 + 100 + 50 + 50 + 10))
    assert found.batch_bytes == 4 * numbers
    assert batch_cost(1).steps == 55_000
    assert batch_cost(4_096).steps == 14


@pytest.mark.parametrize(
    ("size", "full", "last"), [(1, 55_000, 1), (8, 6_875, 8), (128, 429, 88), (4_096, 13, 1_752)]
)
def test_the_batches_of_an_epoch_add_up_to_all_images(size, full, last):
    found = batch_cost(size)
    assert (found.full, found.last) == (full, last)
    smaller = found.last if found.full < found.steps else 0
    assert found.full * size + smaller == ALL_TRAINING
