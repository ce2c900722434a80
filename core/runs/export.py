"""A run as a program: the stand-alone PyTorch script that does the same without this app."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import torch
from torch import nn

from core.config import ACTIVATIONS, OPTIMIZERS, ConfigError, TrainingConfig
from core.data import SPLIT_SEED
from core.model import NETWORKS, Dropout, steps

HELD_OUT = 5_000  # validation images, as in core.data.load_dataset

_SCRIPT = '''"""A network that learns to read handwritten digits. It needs torch and torchvision."""

import torch
from torch import nn
from torchvision import datasets

device = "cuda" if torch.cuda.is_available() else "cpu"  # a graphics card, if there is one

# The data: 60,000 images to learn from, {held_out:,} of them held out, and 10,000 for the exam.
train_set = datasets.MNIST("data", train=True, download=True)
test_set = datasets.MNIST("data", train=False, download=True)
order = torch.randperm(len(train_set), generator=torch.Generator().manual_seed({split_seed}))
kept = order[{held_out}:].sort().values
images, labels = train_set.data[kept], train_set.targets[kept]
generator = torch.Generator().manual_seed({seed})  # decides the order of the images
{subset}
# The network.
torch.manual_seed({seed})  # decides the first weights
model = nn.Sequential(
{layers}
).to(device)
loss_function = nn.CrossEntropyLoss()
optimizer = torch.optim.{optimizer}(model.parameters(), lr={learning_rate}{arguments})
{schedule}losses = []

# The training loop.
for epoch in range({epochs}):
    model.train()
    for chosen in torch.randperm(len(images), generator=generator).split({batch_size}):
        batch = images[chosen].float().div(255).to(device)  # numbers from 0 to 1
        logits = model(batch{reshape})
        optimizer.zero_grad()
        loss = loss_function(logits, labels[chosen].to(device))
        loss.backward()
        optimizer.step()
{schedule_step}        losses.append(loss.item())
    print(f"epoch {{epoch + 1}}: loss of the last batch {{losses[-1]:.4f}}")

# The exam, on images that it has never seen.
model.eval()
right = 0
with torch.no_grad():
    for part, answers in zip(test_set.data.split(1000), test_set.targets.split(1000)):
        logits = model(part.float().div(255).to(device){reshape})
        right += (logits.argmax(dim=1).cpu() == answers).sum().item()
share = 100 * right / len(test_set)
print(f"read correctly: {{right}} of {{len(test_set)}} test images ({{share:.2f}} %)")
'''


def script(config: TrainingConfig) -> str:
    """The Python source of a program that trains with `config` on MNIST, and examines the network.

    The script takes the optimiser plainly, where we let it do all weights in one pass
    (`fused=True`), which rounds otherwise. With that one word added its losses are, on one machine,
    those of core.trainer.train: to the bit for a fully connected network, nearly so for a
    convolutional one, which keeps its numbers in another order. As it is they agree to 1e-4 for a
    dozen steps, and then roundings grow: over the tutorial's 1,290 on MNIST half of the losses
    differ by more than 0.2 %, the worst by 0.006, and the exam by 2 of 10,000 images (measured).
    With dropout they differ, since ours draws from a generator of its own. Raises ConfigError for
    settings that need parts of this app: the built-in handwriting, harder batches, wrong labels.
    """
    _check(config)
    cosine = config.schedule == "cosine"
    choice = OPTIMIZERS[config.optimizer]
    return _SCRIPT.format(
        held_out=HELD_OUT,
        split_seed=SPLIT_SEED,
        seed=config.seed,
        subset=_subset(config),
        layers="\n".join(f"    {layer}," for layer in _layers(config)),
        optimizer=choice.torch_name,
        learning_rate=config.learning_rate,
        arguments="".join(f", {name}={value}" for name, value in choice.arguments.items()),
        schedule=_COSINE.format(config=config) if cosine else "",
        schedule_step="        scheduler.step()\n" if cosine else "",
        epochs=config.epochs,
        batch_size=config.batch_size,
        reshape=".unsqueeze(1)" if config.architecture == "conv" else "",
    )


_COSINE = """steps = {config.epochs} * -(-len(images) // {config.batch_size})  # rounded up
scheduler = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, steps)
"""


def _check(config: TrainingConfig) -> None:
    for setting, accepted in (("dataset", "mnist"), ("harder_batches", False), ("label_noise", 0)):
        if (value := getattr(config, setting)) != accepted:
            raise ConfigError(
                setting,
                f"{setting} is {value!r}: that needs parts of this app. A script that runs by "
                f"itself can be had for {setting} = {accepted!r}.",
            )


def _subset(config: TrainingConfig) -> str:
    """The lines that leave out digits and images, if any."""
    lines = []
    if config.exclude_digits:
        excluded = list(config.exclude_digits)
        lines += [
            f"wanted = ~torch.isin(labels, torch.tensor({excluded}))  # without these digits",
            "images, labels = images[wanted], labels[wanted]",
        ]
    if config.training_images is not None:
        count = config.training_images
        lines += [
            f"if {count} < len(images):",
            f"    chance = torch.Generator().manual_seed({config.seed})",
            f"    few = torch.randperm(len(images), generator=chance)[:{count}]",
            "    images, labels = images[few], labels[few]",
        ]
    return "\n".join([*lines, ""]) if lines else ""


def _layers(config: TrainingConfig) -> list[str]:
    """The layers as Python source: those of the network itself, built without its numbers."""
    with torch.device("meta"):
        kind = NETWORKS[config.architecture]
        network = kind(config.hidden_sizes, config.activation, config.dropout)
    activation = ACTIVATIONS[config.activation]
    source = f"nn.{activation.torch_name}({_arguments(activation.arguments)})"
    return [_source(layer) or source for _, layer in steps(network)]


def _source(layer: nn.Module) -> str:
    """One layer as Python source; "" for an activation."""
    match layer:
        case nn.Linear():
            return f"nn.Linear({layer.in_features}, {layer.out_features})"
        case nn.Conv2d():
            channels = f"{layer.in_channels}, {layer.out_channels}"
            return f"nn.Conv2d({channels}, kernel_size=3, padding=1)"
        case nn.BatchNorm2d():
            return f"nn.BatchNorm2d({layer.num_features})"
        case nn.MaxPool2d():
            return f"nn.MaxPool2d({layer.kernel_size})"
        case nn.Flatten():
            return "nn.Flatten()"
        case Dropout():
            return f"nn.Dropout({layer.share})"
    return ""


def _arguments(values: Mapping[str, Any]) -> str:
    return ", ".join(f"{name}={value}" for name, value in values.items())
