"""Two exams that several tests look at."""

from __future__ import annotations

import pytest
import torch

from core.exam.sitting import marked, sit_exam
from core.pretrained import load


@pytest.fixture(scope="module")
def wavering():
    """An exam on random scores: every digit, every cell, every confidence."""
    generator = torch.Generator().manual_seed(3)
    logits = 3 * torch.randn(4_000, 10, generator=generator)
    labels = torch.randint(0, 10, (4_000,), generator=generator)
    logits[torch.arange(4_000), labels] += 3
    return marked(logits, labels), logits


@pytest.fixture(scope="module")
def real(mnist):
    """The tutorial network on MNIST's test images."""
    return sit_exam(load("tutorial").model, mnist.test)
