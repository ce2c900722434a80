"""A run as a program: the stand-alone PyTorch script that does the same without this app.

Its sections, each with a few words for a beginner, are the cells of the notebook as well
(core/runs/taken_home/notebook.py). What settings beyond the tutorial's add to it is in additions.py
beside this file.
"""

from __future__ import annotations

from dataclasses import dataclass

from core.config import OPTIMIZERS, TrainingConfig
from core.data import SPLIT_SEED
from core.runs.taken_home.additions import (
    cosine,
    dropout_class,
    fewer_images,
    harder_batches,
    wrong_labels,
)
from core.runs.taken_home.layers_source import in_one_pass, layers_source, written

HELD_OUT = 5_000  # validation images, as in core.data.load_dataset
DIGITS_FILE = "built-in-digits.npz"  # what the script reads for the built-in handwriting
TITLE = "A network that learns to read handwritten digits."


@dataclass(frozen=True)
class Section:
    """Lines of a program that belong together, and what they do, in plain words."""

    words: str
    code: str


def script(config: TrainingConfig, plain: bool = False) -> str:
    """The Python source of a program that trains with `config` and examines the network.

    Its losses are, on one machine without a graphics card, those of core.trainer.train to the bit
    (over the tutorial's 1,290 batches on MNIST: measured). It reads MNIST through torchvision, and
    the built-in handwriting from DIGITS_FILE beside it.
    plain: as people write it, for a lesson: with neither the optimiser that takes all weights in
    one pass (`fused`) nor the one thread. Then roundings grow: of the same losses the worst differs
    by 0.006, and the exam by 2 of 10,000 images (measured).
    """
    head, *others = sections(config, plain)
    parts = [f'"""{TITLE}\n\nIt needs {needs(config)}.\n"""\n\n{head.code}\n']
    parts += [f"# {section.words}\n{section.code}\n" for section in others]
    return "\n".join(parts)


def needs(config: TrainingConfig) -> str:
    """What has to be there for the program to run."""
    others = "torchvision" if config.dataset == "mnist" else f"numpy, and {DIGITS_FILE} beside it"
    return f"torch and {others}"


def sections(config: TrainingConfig, plain: bool = False) -> list[Section]:
    """The program in order: what it needs, its data, its network, the loop, the exam."""
    data = _MNIST if config.dataset == "mnist" else _BUILT_IN
    return [
        Section("What the program needs.", _head(config, plain)),
        Section(
            data.words,
            data.code.format(held_out=HELD_OUT, split_seed=SPLIT_SEED, file=DIGITS_FILE)
            + f"generator = torch.Generator().manual_seed({config.seed})"
            "  # decides the order of the images" + fewer_images(config) + wrong_labels(config),
        ),
        *([harder_section()] if config.harder_batches else []),
        *([dropout_section()] if config.dropout else []),
        Section("The network.", _network(config, plain)),
        Section("The training loop.", _loop(config)),
        Section(
            "The exam, on images that it has never seen.", _EXAM.format(reshape=_reshape(config))
        ),
    ]


def harder_section() -> Section:
    words = "Harder batches: every image is moved, turned and bent a little, each time anew."
    return Section(words, harder_batches())


def dropout_section() -> Section:
    return Section("Dropout: a part of the network is switched off by chance.", dropout_class())


_DEVICE = """device = "cuda" if torch.cuda.is_available() else "cpu"  # a graphics card, if any"""
_MNIST = Section(
    "The data: 60,000 images to learn from, 5,000 of them held out, and 10,000 for the exam.",
    """train_set = datasets.MNIST("data", train=True, download=True)
test_set = datasets.MNIST("data", train=False, download=True)
test_images, test_labels = test_set.data, test_set.targets
order = torch.randperm(len(train_set), generator=torch.Generator().manual_seed({split_seed}))
kept = order[{held_out}:].sort().values
images, labels = train_set.data[kept], train_set.targets[kept]
""",
)
_BUILT_IN = Section(
    "The data: images to learn from, and others for the exam.",
    """digits = {{name: torch.from_numpy(part) for name, part in numpy.load("{file}").items()}}
images, labels = digits["images"], digits["labels"]
test_images, test_labels = digits["test_images"], digits["test_labels"]
""",
)


def _head(config: TrainingConfig, plain: bool) -> str:
    """What is imported, and where it computes."""
    lines = []
    if config.harder_batches:
        lines += ["from dataclasses import dataclass", "from functools import cache", ""]
    if config.dataset != "mnist":
        lines.append("import numpy")
    lines.append("import torch")
    more = ["Tensor"] if config.harder_batches or config.dropout else []
    lines.append(f"from torch import {', '.join([*more, 'nn'])}")
    if config.harder_batches:
        lines.append("from torch.nn import functional")
    if config.dataset == "mnist":
        lines.append("from torchvision import datasets")
    lines.append("")
    if not plain:
        lines.append("torch.set_num_threads(1)  # as in the app: several would round otherwise")
    return "\n".join([*lines, _DEVICE])


def _network(config: TrainingConfig, plain: bool) -> str:
    choice = OPTIMIZERS[config.optimizer]
    arguments = {"lr": config.learning_rate, **choice.arguments}
    remark = ""
    if not plain and in_one_pass(config):
        arguments |= {"fused": True}
        remark = "# It changes the weights step by step; fused: all of them in one pass.\n"
    layers = "\n".join(f"    {layer}," for layer in layers_source(config))
    return f"""torch.manual_seed({config.seed})  # decides the first weights
model = nn.Sequential(
{layers}
).to(device)
loss_function = nn.CrossEntropyLoss()
{remark}optimizer = torch.optim.{choice.torch_name}(model.parameters(), {written(arguments)})
{cosine(config)}losses = []"""


def _loop(config: TrainingConfig) -> str:
    batch = "images[chosen].float().div(255)"
    if config.harder_batches:
        batch = f"harder({batch}, generator)"
    step = "        scheduler.step()\n" if config.schedule == "cosine" else ""
    return f"""for epoch in range({config.epochs}):
    model.train()
    for chosen in torch.randperm(len(images), generator=generator).split({config.batch_size}):
        batch = {batch}.to(device)  # numbers from 0 to 1
        logits = model(batch{_reshape(config)})  # ten scores for each image
        optimizer.zero_grad()
        loss = loss_function(logits, labels[chosen].to(device))  # how wrong they are
        loss.backward()  # which way each weight makes it worse
        optimizer.step()  # a small step the other way
{step}        losses.append(loss.item())
    print(f"epoch {{epoch + 1}}: loss of the last batch {{losses[-1]:.4f}}")"""


_EXAM = """model.eval()
right = 0
with torch.no_grad():
    for part, answers in zip(test_images.split(1000), test_labels.split(1000)):
        logits = model(part.float().div(255).to(device){reshape})
        right += (logits.argmax(dim=1).cpu() == answers).sum().item()
share = 100 * right / len(test_labels)
print(f"read correctly: {{right}} of {{len(test_labels)}} test images ({{share:.2f}} %)")"""


def _reshape(config: TrainingConfig) -> str:
    """What gives images (B, 28, 28) the channel (B, 1, 28, 28) that convolutions ask for, in the
    order of memory that they like best: see core.layers.blocks.as_maps."""
    return ".unsqueeze(-1).permute(0, 3, 1, 2)" if config.architecture == "conv" else ""
