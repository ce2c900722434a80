"""The ideal digit: the input that a network likes most for each answer, found from noise.

No real digit is used here: what appears is what the network rewards.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from core.background import OnShare, Refused
from core.config import CLASSES, IMAGE_SIDE
from core.evaluation import exam_mode

STEPS = 100
KEPT = (*range(9), 10, 12, 14, 17, 20, 24, 28, 34, 40, 47, 55, 65, 75, 87, STEPS)  # the frames
NOISE = 0.2  # the brightest pixel at the beginning
LEARNING_RATE = 0.05  # of full ink: twenty steps lead from paper to ink
BLUR = 0.4  # pixels, the standard deviation: less than a pen stroke is wide
FADE = 0.005  # taken from every pixel after each step, so that ink which gains nothing goes


@dataclass(frozen=True, eq=False)
class IdealDigits:
    """The ideal digits on their way from noise. K steps were kept, the first is 0: the noise.

    steps: the K numbers of the steps; images: float32 (K, 10, 28, 28) in [0, 1], one for each
    answer; probabilities: float32 (K, 10), what the network gives that answer for that image.
    """

    steps: tuple[int, ...]
    images: np.ndarray
    probabilities: np.ndarray


def ideal_digits(
    model: nn.Module, smooth: bool = True, on_share: OnShare = lambda share: None
) -> IdealDigits:
    """Change noise step by step so that the network becomes surer of each of the ten answers.

    Gradient ascent on the input: D. Erhan and others, "Visualizing Higher-Layer Features of a Deep
    Network" (2009); K. Simonyan, A. Vedaldi and A. Zisserman, "Deep Inside Convolutional Networks"
    (2013). smooth: after each step blur and fade the images a little (J. Yosinski and others,
    "Understanding Neural Networks Through Deep Visualization", 2015); they then show more of what
    people see too. The noise is always the same, the weights stay as they are. Raises Refused
    where the network's numbers are not finite.
    """
    images = first_noise().requires_grad_()
    optimizer = torch.optim.Adam([images], lr=LEARNING_RATE)
    kept_images, kept_probabilities = [], []
    with exam_mode(model):
        for step in range(STEPS + 1):
            logits = model(images)  # (10, 10): the row is the image, the column the answer
            if not logits.isfinite().all():
                raise Refused("This network's numbers have grown beyond all bounds.")
            if step in KEPT:
                kept_images.append(images.detach().numpy().copy())
                kept_probabilities.append(logits.detach().softmax(dim=1).diagonal().numpy())
            (slope,) = torch.autograd.grad(log_odds(logits).sum(), images)
            images.grad = -slope.nan_to_num()  # the optimizer steps downhill
            optimizer.step()
            with torch.no_grad():
                images.copy_(softened(images) if smooth else images.clamp(0, 1))
            on_share(step / STEPS)
    return IdealDigits(KEPT, np.stack(kept_images), np.stack(kept_probabilities))


def first_noise() -> Tensor:
    """The same faint noise for each of the ten answers: float32 (10, 28, 28)."""
    generator = torch.Generator().manual_seed(0)
    noise = NOISE * torch.rand(1, IMAGE_SIDE, IMAGE_SIDE, generator=generator)
    return noise.repeat(CLASSES, 1, 1)


def log_odds(logits: Tensor) -> Tensor:
    """How far answer n leads all others together for image n: logits (10, 10) -> (10,).

    That is log p / (1 - p). Unlike p itself and its logarithm it keeps its slope when the network
    is already sure; unlike the logit alone it does not rise with those of the others.
    """
    own = torch.eye(CLASSES, dtype=torch.bool)
    return logits.diagonal() - logits.masked_fill(own, -torch.inf).logsumexp(dim=1)


def softened(images: Tensor) -> Tensor:
    """The images (B, 28, 28) a little blurred and faded, in [0, 1]."""
    bell = torch.exp(-(torch.tensor([-1.0, 0.0, 1.0]) ** 2) / (2 * BLUR**2))
    bell = bell / bell.sum()
    window = torch.outer(bell, bell)[None, None]  # (1, 1, 3, 3)
    return (functional.conv2d(images[:, None], window, padding=1)[:, 0] - FADE).clamp(0, 1)
