"""One weight moved by hand: finite differences, and the network that it comes from."""

from __future__ import annotations

import pytest
import torch
from torch.nn import functional

from core.data import scaled
from core.lessons.experiments import TUTORIAL
from core.lessons.one_weight import WARM_UP, WEIGHT_REACH, OneWeight
from core.model import build_model
from core.trainer import train


@pytest.fixture(scope="module")
def weight(digits):
    return OneWeight(digits)


def test_a_fitting_rate_ends_in_the_valley_and_a_large_one_jumps_over_it(weight):
    from pages.ui.learn.lessons.gradient import RATES

    def ends(rate: float) -> list[float]:
        value, found = weight.reach[0] + 0.5, []
        for _ in range(40):
            value = weight.step(value, rate)
            found.append(weight.loss_at(value))
        return found

    lowest = float(weight.curve[1].min())
    small, fitting, large = (ends(rate) for rate in RATES.values())
    assert fitting[-1] < lowest + 0.01 < small[5]
    assert max(large[-4:]) > lowest + 0.1


@pytest.mark.parametrize("shift", [-2.0, -0.3, 0.0, 1.7])
def test_the_slope_is_that_of_finite_differences(weight, shift):
    value, step = weight.start + shift, 1e-2
    rise = weight.loss_at(value + step) - weight.loss_at(value - step)
    assert weight.slope_at(value) == pytest.approx(rise / (2 * step), abs=2e-3)


@pytest.mark.parametrize("shift", [-1.0, 0.4])
def test_the_tangent_touches_the_curve_and_has_its_slope(weight, shift):
    value = weight.start + shift
    (left, right), (low, high) = weight.tangent(value, 1.2)
    assert (left, right) == pytest.approx((value - 1.2, value + 1.2))
    assert (low + high) / 2 == pytest.approx(weight.loss_at(value), rel=1e-5)
    assert (high - low) / 2.4 == pytest.approx(weight.slope_at(value), abs=1e-5)


def test_the_weight_lies_in_a_network_that_was_really_trained(weight, digits):
    model = build_model(TUTORIAL)
    steps = train(model, digits, TUTORIAL)
    for _ in range(WARM_UP):
        next(steps)
    answer, unit = weight.name
    assert model.layers.output.weight[answer, unit].item() == weight.start
    assert weight.all_weights == 84_060
    generator = torch.Generator().manual_seed(TUTORIAL.seed)
    first = torch.randperm(len(digits.train), generator=generator)[: weight.images]
    with torch.no_grad():
        model.layers.output.weight[answer, unit] += 1
        logits = model(scaled(digits.train.images[first]))
        loss = functional.cross_entropy(logits, digits.train.labels[first])
    assert weight.loss_at(weight.start + 1) == pytest.approx(loss.item(), rel=1e-4)


def test_a_step_goes_downhill_and_stays_within_reach(weight):
    low, high = weight.reach
    assert (high - low) / 2 == pytest.approx(WEIGHT_REACH)
    assert weight.curve[0].tolist() == [round(low + step / 100, 2) for step in range(601)]
    value = low + 0.5
    assert weight.loss_at(weight.step(value, 0.1)) < weight.loss_at(value)
    slope = weight.printed_slope(value)
    assert slope == pytest.approx(weight.slope_at(value), abs=0.005)
    assert weight.step(value, 0.1) == pytest.approx(value - 0.1 * slope)
    assert weight.step(value, 1e6) in (low, high)
