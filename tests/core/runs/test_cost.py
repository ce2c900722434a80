"""What a network costs, against sums done by hand."""

import pytest

from core.config import TrainingConfig
from core.runs.cost import cost


def test_memory_of_the_tutorial_network():
    found = cost(TrainingConfig(), 55_000)
    handed_on = 2 * 100 + 2 * 50 + 10  # each hidden layer and its activation, and the scores
    assert found.batch_bytes == 4 * (2 * 84_060 + 128 * (784 + 2 * handed_on))


def test_time_grows_with_epochs_and_images():
    short = cost(TrainingConfig(epochs=1), 1_280).seconds
    assert 0 < short < 60
    assert cost(TrainingConfig(epochs=100), 55_000).seconds > 100 * short


@pytest.mark.parametrize("architecture", ["dense", "conv"])
@pytest.mark.parametrize("sizes", [(), (2_048,)])
def test_every_kind_of_network_has_a_cost(architecture, sizes):
    config = TrainingConfig(architecture=architecture, hidden_sizes=sizes, dropout=0.5)
    assert cost(config, 1_000).batch_bytes > 0
