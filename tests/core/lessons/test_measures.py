"""The numbers of the lessons, computed again by hand or another way; and the lessons' words."""

from __future__ import annotations

import re

import numpy as np
import pytest
import torch
from torch.nn import functional

from core import pretrained
from core.charts.lessons import BLOCKS, curves, network_map, pixel_grid
from core.config import IMAGE_SIDE, TrainingConfig
from core.data import DatasetShelf, DigitDataset, scaled
from core.datasets import mnist
from core.evaluation import evaluate
from core.lessons import measures as lessons
from core.model import PIXELS, build_model
from core.trainer import train
from pages.ui import shell
from pages.ui.learn.frame import LESSONS, read_lesson
from tests.reading_level import grade

HARDEST = 7.0  # Flesch-Kincaid grade
TUTORIAL = lessons.TUTORIAL


@pytest.fixture(scope="module")
def digits() -> DigitDataset:
    """Lesson digits of a server without MNIST, few of them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(mnist, "is_here", lambda root: False)
        patch.setattr(lessons, "TRAINING", 4_200)
        patch.setattr(lessons, "VALIDATION", 200)
        patch.setattr(lessons, "TEST", 200)
        return lessons.lesson_digits(DatasetShelf())


@pytest.fixture(scope="module")
def tutorial():
    return pretrained.load("tutorial").model


# ------------------------------------------------------------------ digits


def test_without_mnist_the_lessons_use_the_built_in_handwriting(digits):
    assert digits.name == "generated"
    assert [len(part) for part in (digits.train, digits.validation, digits.test)] == [
        *(4_200, 200, 200)
    ]


def test_with_mnist_the_lessons_use_a_share_of_it(mnist):
    class Shelf:
        def ready(self, name: str) -> bool:
            return name == "mnist"

        def get(self, name: str) -> DigitDataset:
            return mnist

    found = lessons.lesson_digits(Shelf())
    assert found.name == "mnist"
    assert torch.equal(found.train.images, mnist.train.images[: lessons.TRAINING])
    assert torch.equal(found.validation.labels, mnist.validation.labels[: lessons.VALIDATION])
    assert torch.equal(found.test.images, mnist.test.images[: lessons.TEST])


def test_an_example_shows_the_digit_asked_for_and_begins_again_after_the_last(digits):
    sevens = [i for i, label in enumerate(digits.validation.labels.tolist()) if label == 7]
    third = lessons.example(digits.validation, 7, 2)
    assert torch.equal(third, digits.validation.images[sevens[2]].float() / 255)
    assert torch.equal(third, lessons.example(digits.validation, 7, 2 + len(sevens)))


# ------------------------------------------------------------------ inside a network


def test_the_passage_ends_where_the_network_does(tutorial, digits):
    image = lessons.example(digits.validation, 3, 0)
    passed = lessons.passage(tutorial, image)
    sizes = {name: len(values) for name, values in passed.items()}
    assert sizes == {
        "pixels": 784,
        "hidden_1": 100,
        "activation_1": 100,
        "hidden_2": 50,
        "activation_2": 50,
        "output": 10,
        "probabilities": 10,
    }
    with torch.no_grad():
        logits = tutorial(image[None])[0].numpy()
    np.testing.assert_array_equal(passed["output"], logits)
    shares = np.exp(logits) / np.exp(logits).sum()
    np.testing.assert_allclose(passed["probabilities"], shares, rtol=1e-4)


@pytest.mark.parametrize(("layer", "number"), [(0, 12), (1, 49), (2, 3)])
def test_a_unit_adds_up_what_a_naive_loop_adds_up(tutorial, digits, layer, number):
    image = lessons.example(digits.validation, 5, 1)
    unit = lessons.unit_at_work(tutorial, image, layer, number)
    total = unit.bias
    for weight, value in zip(unit.weights.tolist(), unit.inputs.tolist(), strict=True):
        total += weight * value
    assert unit.total == pytest.approx(total, abs=1e-4)
    assert unit.output == (unit.total if layer == 2 else max(0, unit.total))
    assert unit.products.sum() + unit.bias == pytest.approx(unit.total, abs=1e-4)


def test_activations_are_what_they_are_said_to_be():
    x = np.array([-2.0, 0.0, 1.5])
    np.testing.assert_allclose(lessons.activation_at("relu", x), [0, 0, 1.5])
    np.testing.assert_allclose(lessons.activation_at("none", x), x)
    np.testing.assert_allclose(lessons.activation_at("tanh", x), np.tanh(x), rtol=1e-5)


def test_without_activation_one_layer_does_what_three_do(digits):
    model = build_model(TrainingConfig(activation="none"))
    images = scaled(digits.test.images)
    with torch.no_grad():
        one, three = lessons.folded(model)(images.flatten(1)), model(images)
    torch.testing.assert_close(one, three, atol=1e-5, rtol=1e-4)


# ------------------------------------------------------------------ loss and gradient


def test_the_prices_of_a_batch_are_minus_the_logarithm_of_the_share(tutorial, digits):
    shares, costs = lessons.batch_prices(tutorial, digits.validation[:128])
    np.testing.assert_allclose(costs, -np.log(shares), atol=1e-5)
    assert costs.mean() == pytest.approx(evaluate(tutorial, digits.validation[:128]).loss, rel=1e-4)
    assert lessons.price(0.1) == pytest.approx(np.log(10))


@pytest.fixture(scope="module")
def weight(digits):
    return lessons.OneWeight(digits)


def test_a_fitting_rate_ends_in_the_valley_and_a_large_one_jumps_over_it(weight):
    from pages.ui.learn.lessons.gradient import RATES

    def ends(rate: float) -> list[float]:
        value, found = weight.reach[0] + 0.5, []
        for _ in range(40):
            value = weight.step(value, rate)
            found.append(weight.loss_at(value))
        return found

    lowest = float(weight.curve()[1].min())
    small, fitting, large = (ends(rate) for rate in RATES.values())
    assert fitting[-1] < lowest + 0.01 < small[5]
    assert max(large[-4:]) > lowest + 0.1


@pytest.mark.parametrize("shift", [-2.0, -0.3, 0.0, 1.7])
def test_the_slope_is_that_of_finite_differences(weight, shift):
    value, step = weight.start + shift, 1e-2
    rise = weight.loss_at(value + step) - weight.loss_at(value - step)
    assert weight.slope_at(value) == pytest.approx(rise / (2 * step), abs=2e-3)


def test_the_weight_lies_in_a_network_that_was_really_trained(weight, digits):
    model = build_model(lessons.TUTORIAL)
    steps = train(model, digits, lessons.TUTORIAL)
    for _ in range(lessons.WARM_UP):
        next(steps)
    answer, unit = weight.name
    assert model.layers.output.weight[answer, unit].item() == weight.start
    assert weight.all_weights == 84_060
    generator = torch.Generator().manual_seed(lessons.TUTORIAL.seed)
    first = torch.randperm(len(digits.train), generator=generator)[: weight.images]
    with torch.no_grad():
        model.layers.output.weight[answer, unit] += 1
        logits = model(scaled(digits.train.images[first]))
        loss = functional.cross_entropy(logits, digits.train.labels[first])
    assert weight.loss_at(weight.start + 1) == pytest.approx(loss.item(), rel=1e-4)


def test_a_step_goes_downhill_and_stays_within_reach(weight):
    low, high = weight.reach
    value = low + 0.5
    assert weight.loss_at(weight.step(value, 0.1)) < weight.loss_at(value)
    assert weight.step(value, 0.1) == pytest.approx(value - 0.1 * weight.slope_at(value))
    assert weight.step(value, 1e6) in (low, high)


# ------------------------------------------------------------------ short runs


def test_short_runs_say_how_far_they_are_and_end_when_told_to(digits):
    config = lessons.BATCH_RUNS[32]
    heard = []
    lessons.short_runs(digits, {"one": config, "two": config}, heard.append)
    steps = 2 * -(-lessons.BATCH_IMAGES // 32)
    assert heard == [done / steps for done in range(10, steps + 1, 10)]

    def enough(share: float) -> None:
        heard.append(share)
        raise InterruptedError

    heard.clear()
    with pytest.raises(InterruptedError):
        lessons.short_runs(digits, {"one": config, "two": config}, enough)
    assert heard == [10 / steps]


def test_a_short_run_is_the_run_that_the_trainer_makes(digits):
    config = TrainingConfig(epochs=2, training_images=300)
    run = lessons.short_run(digits, config)
    model = build_model(config)
    expected = list(train(model, digits, config))
    assert list(run.losses) == [progress.loss for progress in expected]
    assert [each.loss for each in run.checks] == [
        progress.validation.loss for progress in expected if progress.validation
    ]
    assert run.test.accuracy == evaluate(model, digits.test).accuracy
    assert run.epoch_losses == pytest.approx(
        [np.mean(run.losses[:3]), np.mean(run.losses[3:])], rel=1e-6
    )


def test_a_run_that_diverges_says_so_and_has_no_grade(digits):
    config = TrainingConfig(optimizer="sgd", learning_rate=10, activation="none", epochs=5)
    run = lessons.short_run(digits, config)
    assert run.test is None
    assert "learning_rate" in run.failure


def test_learning_by_heart_shows(digits):
    run = lessons.short_run(digits, lessons.BY_HEART)
    checks = [check.loss for check in run.checks]
    assert run.epoch_losses[-1] < 0.05 < min(checks)
    assert checks[-1] > 1.1 * min(checks)


def test_too_small_and_too_large_rates_read_worse_than_the_right_one(digits):
    runs = lessons.short_runs(digits, lessons.RATE_RUNS)
    right = {name: run.test.accuracy if run.test else 0.0 for name, run in runs.items()}
    assert right["about right"] > right["too small"] + 0.2
    assert right["about right"] > right["too large"] + 0.2


def test_the_network_without_activation_folds_into_one_layer_after_training(digits):
    runs, difference = lessons.compare_activations(digits)
    assert set(runs) == {"none", "relu"}
    assert all(len(run.checks) == run.config.epochs for run in runs.values())
    assert difference < 1e-3


def test_smaller_batches_mean_more_steps(digits, monkeypatch):
    quick = {size: run for size, run in lessons.BATCH_RUNS.items() if size > 1}
    monkeypatch.setattr(lessons, "BATCH_RUNS", quick)
    runs = lessons.batch_runs(digits)
    assert {size: len(run.losses) for size, run in runs.items()} == {
        size: -(-lessons.BATCH_IMAGES // size) for size in lessons.BATCH_RUNS
    }
    assert all(len(run.checks) == 1 for run in runs.values())


def test_the_cost_of_a_batch_by_hand():
    found = lessons.batch_cost(128)
    assert found.steps == 430
    # all weights and their gradients; each image, and twice what each of the five layers hands on
    numbers = 2 * 84_060 + 128 * (784 + 2 * (100 + 100 + 50 + 50 + 10))
    assert found.batch_bytes == 4 * numbers
    assert lessons.batch_cost(1).steps == 55_000
    assert lessons.batch_cost(4_096).steps == 14


def test_the_stepper_takes_exactly_one_step_and_ends(digits):
    few = DigitDataset("few", digits.train[:200], digits.validation, digits.test)
    stepper = lessons.Stepper(few)
    assert (stepper.iteration, stepper.record) == (0, None)
    expected = [progress.loss for progress in train(build_model(TUTORIAL), few, TUTORIAL)]
    for number in range(1, len(expected) + 1):
        stepper.step()
        assert stepper.iteration == number
        assert stepper.record.losses.mean().item() == pytest.approx(stepper.losses[-1], rel=1e-5)
    assert stepper.losses == expected
    assert stepper.over
    stepper.step()
    assert stepper.losses == expected


# ------------------------------------------------------------------ charts


def test_the_grid_shows_the_pixels_around_the_one_pointed_at():
    pixels = np.arange(784, dtype=np.int64).reshape(28, 28) % 256
    squares, targets = pixel_grid(pixels.astype(np.uint8), 0, 27, 9)["data"]
    np.testing.assert_array_equal(squares["z"], pixels[:9, 19:])
    for x, y, told in zip(targets["x"], targets["y"], targets["customdata"], strict=True):
        assert told == [pixels[y, x], y + 1, x + 1]  # people count from 1


def test_the_map_has_a_dot_to_click_for_every_unit():
    layers = [np.ones(size) for size in (784, 100, 50, 10)]
    chart = network_map(layers, ("a", "b", "c", "d"), (3, 9), np.linspace(-1, 1, 50))
    clickable = [tuple(p) for trace in chart["data"] for p in trace.get("customdata", [])]
    assert clickable == [
        (block, unit) for block in range(len(BLOCKS)) for unit in range(len(layers[block]))
    ]


def test_charts_are_valid_plotly():
    from plotly.graph_objects import Figure

    Figure(curves({"a": ([1, 2], [3, 4])}, ("x", "y"), top=3))
    Figure(pixel_grid(np.zeros((28, 28), dtype=np.uint8), 3, 3, 28))
    layers = [np.ones(size) for size in (784, 100, 50, 10)]
    Figure(network_map(layers, ("a", "b", "c", "d"), (1, 5), np.ones(784)))


# ------------------------------------------------------------------ words


def plain(text: str) -> str:
    """Without stars, back quotes and the addresses of links."""
    return re.sub(r"[*`]", "", re.sub(r"\[(.+?)\]\(.+?\)", r"\1", text))


@pytest.mark.parametrize("name", LESSONS)
def test_a_lesson_has_60_to_150_words_and_leads_to_a_page(name):
    lesson = read_lesson(name)
    assert 60 <= len(plain(lesson.text).split()) <= 150
    assert lesson.page in shell.PAGES
    assert lesson.question.count("?") >= 1


def test_the_lessons_are_easy_to_read():
    words = [
        plain("\n\n".join((each.text, each.task, each.question, each.answer)))
        for each in map(read_lesson, LESSONS)
    ]
    assert grade("\n\n".join(words)) <= HARDEST


def test_the_numbers_in_the_words_are_true():
    text = {name: read_lesson(name) for name in LESSONS}
    assert "about 2.3" in text["loss"].text
    assert round(float(lessons.price(0.1)), 1) == 2.3
    found = re.findall(r"about (\d\.\d+), the second only (\d\.\d+)", text["loss"].answer)[0]
    assert found == (f"{lessons.price(0.6):.2f}", f"{lessons.price(0.99):.2f}")
    assert "430 steps" in text["batches"].text
    assert lessons.batch_cost(128).steps == 430
    assert "55,000 pictures and batches of 128" in text["batches"].text
    assert (lessons.ALL_TRAINING, TUTORIAL.batch_size) == (55_000, 128)
    assert "28 rows of 28 numbers" in text["tensors"].text
    assert "given 128 digits at once" in text["tensors"].text
    assert (PIXELS, IMAGE_SIDE) == (784, 28)
    for name in ("tensors", "network", "forward"):
        assert "784" in text[name].text
    assert "with 100 and 50 units" in text["network"].text
    assert "into 100 numbers. The second makes 50" in text["forward"].text
    assert TUTORIAL.hidden_sizes == (100, 50)
    shares = torch.tensor([9.0, 9.0, *[0.0] * 8]).softmax(0)
    assert "just under 50 %" in text["forward"].answer
    assert 0.49 < shares[0] < 0.5
    first = build_model(TUTORIAL).layers.hidden_1
    assert f"{first.weight.numel():,}" in text["network"].answer
    assert f"{first.weight.numel() + first.bias.numel():,}" in text["network"].answer
