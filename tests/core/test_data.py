"""Datasets: their sizes and parts, what a config leaves of them, and batches."""

import threading

import pytest
import torch

from core import data
from core.config import ConfigError, TrainingConfig
from core.data import DatasetShelf, DigitDataset, Digits, batches, load_dataset, training_digits
from core.settings.choices import TRAINING_IMAGES


def test_mnist_has_its_parts(mnist):
    assert (len(mnist.train), len(mnist.validation), len(mnist.test)) == (55_000, 5_000, 10_000)
    assert mnist.train.images.dtype == torch.uint8
    assert mnist.train.labels.dtype == torch.int64
    # the first test images of MNIST, as printed in every tutorial
    assert mnist.test.labels[:10].tolist() == [7, 2, 1, 0, 4, 1, 4, 9, 5, 9]
    assert mnist.test.images[0].sum() == 18_454


def test_the_held_out_part_is_always_the_same_and_never_trained_on(mnist, data_root):
    whole = load_dataset("mnist", data_root, validation_images=0)
    again = data.split(whole.train, 5_000)
    for part, same in zip((mnist.train, mnist.validation), again, strict=True):
        assert torch.equal(part.images, same.images) and torch.equal(part.labels, same.labels)
    assert len(whole.train) == 60_000
    assert len(whole.validation) == 0
    both = torch.cat([mnist.train.images, mnist.validation.images]).flatten(1).sum(1)
    assert torch.equal(both.sort().values, whole.train.images.flatten(1).sum(1).sort().values)


def test_generated_has_its_parts(generated):
    assert (len(generated.train), len(generated.validation)) == (19_000, 5_000)
    assert len(generated.test) == 1_617
    for part in (generated.train, generated.validation, generated.test):
        counts = torch.bincount(part.labels, minlength=10)
        assert counts.min() > 0.8 * len(part) / 10
        assert part.writers.max() < len(generated.writers)


def test_whoever_waits_for_a_dataset_hears_of_it_and_may_give_up(monkeypatch):
    begun, go_on = threading.Event(), threading.Event()

    def load(name, on_progress):
        begun.set()
        go_on.wait(20)

    def hear(what, share):
        assert "another visitor" in what
        raise InterruptedError

    monkeypatch.setattr(data, "load_dataset", load)
    shelf = DatasetShelf()
    first = threading.Thread(target=shelf.get, args=("mnist",))
    first.start()
    begun.wait(20)
    with pytest.raises(InterruptedError):
        shelf.get("mnist", hear)
    go_on.set()
    first.join(20)
    assert shelf.ready("mnist")


def test_wrong_names_and_numbers_are_refused(data_root):
    with pytest.raises(ConfigError, match="emnist"):
        load_dataset("emnist", data_root)
    with pytest.raises(ConfigError, match="mnist"):
        load_dataset(["mnist"], data_root)
    for wrong in (60_000, -1, 2.5, "5000", None, True):
        with pytest.raises(ConfigError, match="validation_images"):
            load_dataset("generated", data_root, validation_images=wrong)


def test_fingerprints_tell_sets_apart():
    digits = numbered(20).train
    assert data.fingerprint(digits) == data.fingerprint(numbered(20).train)
    relabelled = Digits(digits.images, digits.labels.flip(0))
    assert data.fingerprint(digits) != data.fingerprint(relabelled)
    other_images = Digits(digits.images.flip(0), digits.labels)
    assert data.fingerprint(digits) != data.fingerprint(other_images)


def test_digits_check_their_shape():
    with pytest.raises(ValueError, match="uint8"):
        Digits(torch.zeros(2, 28, 28), torch.zeros(2, dtype=torch.int64))
    with pytest.raises(ValueError, match="int64"):
        Digits(torch.zeros(2, 28, 28, dtype=torch.uint8), torch.zeros(3, dtype=torch.int64))


def numbered(count: int = 1_000) -> DigitDataset:
    """A dataset whose images all differ, labels 0 to 9 in turn."""
    images = torch.arange(count * 784).reshape(count, 28, 28).remainder(251).to(torch.uint8)
    digits = Digits(images, torch.arange(count) % 10)
    return DigitDataset("generated", digits, digits[:0], digits[:10])


def test_the_whole_training_part_is_used_unless_told_otherwise():
    dataset = numbered()
    assert training_digits(dataset, TrainingConfig()) is dataset.train


def test_excluded_digits_are_gone():
    left = training_digits(numbered(), TrainingConfig(exclude_digits=(7, 0)))
    assert sorted(set(left.labels.tolist())) == [1, 2, 3, 4, 5, 6, 8, 9]
    assert len(left) == 800


def test_a_number_of_images_is_a_random_choice_that_repeats():
    config = TrainingConfig(training_images=100)
    first, again = training_digits(numbered(), config), training_digits(numbered(), config)
    assert len(first) == 100
    assert torch.equal(first.images, again.images)
    other = training_digits(numbered(), config.changed(seed=1))
    assert not torch.equal(first.labels, other.labels)


@pytest.mark.parametrize("excluded", [(), (7,), (0, 1, 2)])
def test_label_noise_spoils_exactly_its_share(excluded):
    config = TrainingConfig(label_noise=0.3, exclude_digits=excluded)
    clean = training_digits(numbered(), config.changed(label_noise=0))
    spoiled = training_digits(numbered(), config)
    assert (clean.labels != spoiled.labels).sum().item() == round(0.3 * len(clean))
    assert torch.equal(clean.images, spoiled.images)
    assert not set(spoiled.labels.tolist()) & set(excluded)


def test_nothing_left_to_learn_from_is_an_error():
    only_ones = numbered()
    ones = only_ones.train[only_ones.train.labels == 1]
    dataset = DigitDataset("generated", ones, ones[:0], ones)
    with pytest.raises(ConfigError, match="no training image"):
        training_digits(dataset, TrainingConfig(exclude_digits=(1,)))


def test_batches_hand_out_every_image_once_scaled():
    digits = numbered(100).train
    dealt = list(batches(digits, 32, torch.Generator().manual_seed(0)))
    assert [len(labels) for _, labels in dealt] == [32, 32, 32, 4]
    images = torch.cat([images for images, _ in dealt])
    assert images.dtype == torch.float32
    assert images.max() <= 1
    totals = (images * 255).round().flatten(1).sum(1)
    assert torch.equal(totals.sort().values, digits.images.flatten(1).sum(1).float().sort().values)


def test_a_shelf_loads_once_and_tries_a_failed_load_again(monkeypatch):
    calls = []

    def loading(name, on_progress=None):
        calls.append(name)
        if len(calls) == 1:
            raise data.DataUnavailable("not now")
        return numbered()

    monkeypatch.setattr(data, "load_dataset", loading)
    shelf = DatasetShelf()
    with pytest.raises(data.DataUnavailable):
        shelf.get("mnist")
    assert not shelf.ready("mnist")
    assert shelf.get("mnist") is shelf.get("mnist")
    assert len(calls) == 2


def test_how_many_there_are_to_learn_from_is_known_before_they_are_loaded(generated, request):
    assert TRAINING_IMAGES["generated"] == len(generated.train)
    mnist = request.getfixturevalue("mnist")  # after the other: it may have to be skipped
    assert TRAINING_IMAGES["mnist"] == len(mnist.train)
