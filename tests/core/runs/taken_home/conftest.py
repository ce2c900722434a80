"""A run to take home, made of nothing."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from core.config import TrainingConfig
from core.evaluation import Evaluation
from core.model import build_model
from core.runs.kept.run import Label, Origin, Run, ValidationPoint


@pytest.fixture
def run() -> Run:
    """Complete, untrained, with an exam in which 90 of 100 images were read."""
    config = TrainingConfig(hidden_sizes=(12,), epochs=2, dropout=0.2, dataset="generated")
    confusion = torch.diag(torch.full((10,), 9))
    confusion[:, 3] += 1
    return Run(
        id="secret-id",
        config=config,
        complete=True,
        total_iterations=6,
        seconds=20.0,
        losses=np.array([2.3, 1.1, 0.5, 0.4, 0.3, 0.2], dtype=np.float32),
        validation=(ValidationPoint(3, 0.6, 0.8, 50), ValidationPoint(6, 0.5, 0.9, 50)),
        test=Evaluation(0.25, confusion),
        weights=build_model(config).state_dict(),
        label=Label(note="for Anna", pinned=True),
        origin=Origin("owner-id", "2026-01-02T03:04:05+00:00", "cpu", {"train": 3}, {"torch": "2"}),
    )
