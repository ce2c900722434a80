"""Steps and memory of a batch, against a sum done by hand."""

from __future__ import annotations

from core.lessons.batch_costs import batch_cost


def test_the_cost_of_a_batch_by_hand():
    found = batch_cost(128)
    assert found.steps == 430
    # all weights and their gradients; each image, and twice what each of the five layers hands on
    numbers = 2 * 84_060 + 128 * (784 + 2 * (100 + 100 + 50 + 50 + 10))
    assert found.batch_bytes == 4 * numbers
    assert batch_cost(1).steps == 55_000
    assert batch_cost(4_096).steps == 14
