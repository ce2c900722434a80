"""What is trained for a sweep, cell by cell."""

from __future__ import annotations

import pytest

from core.config import ConfigError, TrainingConfig
from core.runs.series.sweep import AXES, Sweep

BASE = TrainingConfig()


def test_every_pair_of_values_is_a_cell():
    sweep = Sweep(BASE, (("learning_rate", (0.1, 0.01)), ("batch_size", (32, 64))))
    assert sweep.cells[0.1, 64] == BASE.changed(learning_rate=0.1, batch_size=64)
    assert len(sweep.configs) == 4
    assert sweep == Sweep(BASE, sweep.values)
    assert hash(sweep) == hash(Sweep(BASE, sweep.values))


def test_layers_and_units_go_together_in_either_order():
    for values in (
        (("layers", (0, 3)), ("units", (10, 20))),
        (("units", (10, 20)), ("layers", (0, 3))),
    ):
        sizes = [config.hidden_sizes for config in Sweep(BASE, values).cells.values()]
        assert sorted(sizes) == [(), (), (10, 10, 10), (20, 20, 20)]
        assert len(Sweep(BASE, values).configs) == 3  # without a layer there are no units


@pytest.mark.parametrize("name", AXES)
@pytest.mark.parametrize("base", [BASE, TrainingConfig(hidden_sizes=(), architecture="conv")])
def test_every_value_on_offer_can_be_trained_and_is_another_run(name, base):
    axis = AXES[name]
    sweep = Sweep(base, ((name, axis.values),))
    assert len(sweep.configs) == len(axis.values)
    assert set(axis.usual) <= set(axis.values)
    assert len(axis.usual) >= 2


@pytest.mark.parametrize(
    "values",
    [
        (),
        (("epochs", (1,)),),
        (("epochs", (1, 2)), ("epochs", (3, 5))),
        (("epochs", (1, 2)), ("layers", (1, 2)), ("units", (10, 20))),
    ],
)
def test_what_is_no_sweep_is_refused_with_a_reason(values):
    with pytest.raises(ConfigError):
        Sweep(BASE, values)
