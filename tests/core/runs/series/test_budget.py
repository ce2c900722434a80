"""What a series costs, and what is too much."""

from __future__ import annotations

import pytest

from core.background import Refused
from core.config import TrainingConfig
from core.runs.series.budget import MOST_RUNS, MOST_SECONDS, check_budget, seconds_of


def test_the_time_of_all_is_the_sum_and_what_takes_as_long_is_asked_once():
    asked = []

    def seconds(config: TrainingConfig) -> float:
        asked.append(config)
        return 10.0 * config.epochs

    configs = [
        TrainingConfig(epochs=epochs, learning_rate=rate, seed=seed)
        for epochs in (1, 3)
        for rate in (0.1, 0.01)
        for seed in (0, 1)
    ]
    assert seconds_of(configs, seconds) == 4 * 10 + 4 * 30
    assert len(asked) == 2


def test_the_largest_series_may_be_and_a_larger_one_may_not():
    check_budget(MOST_RUNS, MOST_SECONDS)
    with pytest.raises(Refused, match="37 runs are too many at once: 36 at most"):
        check_budget(MOST_RUNS + 1, 1.0)


@pytest.mark.parametrize(
    ("runs", "seconds", "advice"),
    [(10, 2 * MOST_SECONDS, "5 of them would do"), (2, 3 * MOST_SECONDS, "Take fewer epochs")],
)
def test_too_much_time_is_refused_with_what_would_do(runs, seconds, advice):
    with pytest.raises(Refused, match=advice):
        check_budget(runs, seconds)
