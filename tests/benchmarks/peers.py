"""How others would train the tutorial network: each way once over the same images.

Every function gets a `Task` and returns what trains once when it is called; what it needs before
(data in the shape that it wants, the network) is made outside of that call. Keras, Lightning and
skorch are in requirements.txt beside this file; ImportError tells that one is not installed.
"""

from __future__ import annotations

import logging
import os
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from pathlib import Path

import torch
from torch import nn
from torch.utils.data import DataLoader, Subset, TensorDataset

from core.data import Digits, scaled
from tests.torchvision_guard import import_torchvision

BATCH, RATE = 128, 0.001
SIZES = (784, 100, 50, 10)


@dataclass(frozen=True)
class Task:
    """What to train on: the first images of MNIST in memory, and where MNIST lies as files."""

    digits: Digits
    folder: Path


def network() -> nn.Sequential:
    """784-100-50-10, as tutorials write it."""
    layers: list[nn.Module] = [nn.Flatten()]
    for inputs, outputs in pairwise(SIZES):
        layers += [nn.Linear(inputs, outputs), nn.ReLU()]
    return nn.Sequential(*layers[:-1])


def loop(model: nn.Module, batches: Callable) -> Callable[[], None]:
    """The plain loop of PyTorch over whatever `batches()` deals, the loss read after each."""
    loss_function = nn.CrossEntropyLoss()
    optimizer = torch.optim.Adam(model.parameters(), lr=RATE)

    def train() -> None:
        model.train()
        for images, labels in batches():
            optimizer.zero_grad()
            loss = loss_function(model(images), labels)
            loss.backward()
            optimizer.step()
            loss.item()

    return train


def tutorial(task: Task) -> Callable[[], None]:
    """Pictures from torchvision, made tensors one by one, collected by a DataLoader."""
    vision = import_torchvision()
    digits = vision.datasets.MNIST(task.folder, transform=vision.transforms.ToTensor())
    some = Subset(digits, range(len(task.digits)))
    loader = DataLoader(some, batch_size=BATCH, shuffle=True)
    return loop(network(), lambda: loader)


def bare(task: Task, model: nn.Module | None = None) -> Callable[[], None]:
    """All images as one tensor of float32, a batch is a choice of its rows."""
    images, labels = scaled(task.digits.images), task.digits.labels

    def batches():
        for chosen in torch.randperm(len(labels)).split(BATCH):
            yield images[chosen], labels[chosen]

    return loop(network() if model is None else model, batches)


def scikit_learn(task: Task) -> Callable[[], None]:
    from sklearn.neural_network import MLPClassifier

    pixels, labels = flat(task), task.digits.labels.numpy()

    def train() -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # that one round over the images is not enough
            MLPClassifier(SIZES[1:-1], batch_size=BATCH, learning_rate_init=RATE, max_iter=1).fit(
                pixels, labels
            )

    return train


def keras(task: Task) -> Callable[[], None]:
    os.environ["KERAS_BACKEND"] = "torch"
    import keras as library

    dense = library.layers.Dense
    model = library.Sequential([*(dense(size, "relu") for size in SIZES[1:-1]), dense(SIZES[-1])])
    loss = library.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(library.optimizers.Adam(RATE), loss)
    pixels, labels = flat(task), task.digits.labels.numpy()
    return lambda: model.fit(pixels, labels, batch_size=BATCH, epochs=1, verbose=0)


def lightning(task: Task) -> Callable[[], None]:
    import lightning as library

    class Module(library.LightningModule):
        def __init__(self) -> None:
            super().__init__()
            self.network, self.loss = network(), nn.CrossEntropyLoss()

        def training_step(self, batch, number):
            images, labels = batch
            return self.loss(self.network(images), labels)

        def configure_optimizers(self):
            return torch.optim.Adam(self.parameters(), lr=RATE)

    logging.getLogger("lightning.pytorch").setLevel(logging.ERROR)
    data = TensorDataset(scaled(task.digits.images), task.digits.labels)
    module, loader = Module(), DataLoader(data, batch_size=BATCH, shuffle=True)
    quiet = dict.fromkeys(
        ("logger", "enable_checkpointing", "enable_progress_bar", "enable_model_summary"), False
    )

    def train() -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # that a DataLoader could have worker processes
            library.Trainer(max_epochs=1, accelerator="cpu", **quiet).fit(module, loader)

    return train


def skorch(task: Task) -> Callable[[], None]:
    from skorch import NeuralNetClassifier

    model = NeuralNetClassifier(
        network(),
        criterion=nn.CrossEntropyLoss,
        optimizer=torch.optim.Adam,
        lr=RATE,
        batch_size=BATCH,
        max_epochs=1,
        train_split=None,
        iterator_train__shuffle=True,
        verbose=0,
    )
    return partial(model.fit, flat(task), task.digits.labels.numpy())


def flat(task: Task):
    """float32 (N, 784) in [0, 1], as a numpy array."""
    return scaled(task.digits.images).flatten(1).numpy()


PEERS: dict[str, Callable[[Task], Callable[[], None]]] = {
    "tutorial's DataLoader loop": tutorial,
    "scikit-learn MLPClassifier": scikit_learn,
    "Keras on torch": keras,
    "Lightning": lightning,
    "skorch": skorch,
}
