"""What settings beyond the tutorial's add to the stand-alone script, as lines of plain PyTorch.

Harder batches and dropout are the app's own source, taken from the running modules; the rest is
short enough to be written out as a beginner would. tests/core/runs/taken_home/test_script.py holds
that all of it does what the app does.
"""

from __future__ import annotations

import inspect

from core.config import CLASSES, TrainingConfig
from core.datasets import augment
from core.layers.blocks import Dropout


def fewer_images(config: TrainingConfig) -> str:
    """The lines that leave out digits and images, if any; as core.data.training_digits does."""
    lines = []
    if config.exclude_digits:
        excluded = list(config.exclude_digits)
        lines += [
            f"wanted = ~torch.isin(labels, torch.tensor({excluded}))  # without these digits",
            "images, labels = images[wanted], labels[wanted]",
        ]
    if config.training_images is not None or config.label_noise:
        lines.append(f"chance = torch.Generator().manual_seed({config.seed})")
    if config.training_images is not None:
        count = config.training_images
        lines += [
            f"if {count} < len(images):  # so many are enough",
            f"    few = torch.randperm(len(images), generator=chance)[:{count}]",
            "    images, labels = images[few], labels[few]",
        ]
    return _below(lines)


def wrong_labels(config: TrainingConfig) -> str:
    """The lines that give some images the label of another digit; as core.data.spoil does."""
    if not config.label_noise:
        return ""
    present = [digit for digit in range(CLASSES) if digit not in config.exclude_digits]
    return _below(
        [
            f"digits_there = torch.tensor({present})",
            f"count = round({config.label_noise} * len(labels))  # so many labels are made wrong",
            "chosen = torch.randperm(len(labels), generator=chance)[:count]",
            "further = torch.randint(1, len(digits_there), (len(chosen),), generator=chance)",
            "place = torch.searchsorted(digits_there, labels[chosen])  # of each among the digits",
            "labels[chosen] = digits_there[(place + further) % len(digits_there)]",
        ]
    )


def cosine(config: TrainingConfig) -> str:
    """The lines that let the learning rate fall, if it does."""
    if config.schedule != "cosine":
        return ""
    return (
        f"steps = {config.epochs} * -(-len(images) // {config.batch_size})  # rounded up\n"
        "scheduler = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, steps)\n"
    )


def dropout_class() -> str:
    """The layer of core/layers/blocks.py, which draws from a generator of its own."""
    return f"\n{inspect.getsource(Dropout)}"


def harder_batches() -> str:
    """What core/datasets/augment.py does to a batch."""
    parts = [
        augment.Strength,
        augment.harder,
        augment.look_up_places,
        augment.smooth_weights,
        augment.affine_matrices,
        augment.thicken,
        augment.brightest_neighbour,
        augment.spread,
    ]
    strength, *functions = (inspect.getsource(each).strip() for each in parts)
    constants = f"BENDS = {augment.BENDS}\n\n\n{strength}\n\n\nUSUAL = Strength()"
    return "\n\n\n".join([constants, *functions]) + "\n"


def _below(lines: list[str]) -> str:
    return "".join(f"\n{line}" for line in lines)
