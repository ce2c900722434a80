"""A run that has come to its end, made of nothing: its network is untrained."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import torch

from core.config import TrainingConfig
from core.evaluation import Evaluation
from core.model import build_model
from core.runs.kept.run import Origin, Run, ValidationPoint

OWNER = "a" * 22
CONFIG = TrainingConfig(dataset="generated", hidden_sizes=(12,), epochs=2, dropout=0.2)


def finished_run(config: TrainingConfig = CONFIG, **changes: Any) -> Run:
    """Six batches in two epochs; an exam in which 900 of 917 images were read. changes: of it."""
    confusion = torch.diag(torch.full((10,), 90))
    confusion[4, 9] = 17
    run = Run(
        id="finished-1",
        config=config,
        complete=True,
        total_iterations=6,
        seconds=20.0,
        losses=np.array([2.3, 1.1, 0.5, 0.4, 0.3, 0.2], dtype=np.float32),
        validation=(ValidationPoint(3, 0.6, 0.8, 50), ValidationPoint(6, 0.5, 0.9, 50)),
        test=Evaluation(0.25, confusion),
        weights=build_model(config).state_dict(),
        origin=Origin(OWNER, "2026-01-02T03:04:05+00:00", "cpu", {"train": 3}, {"torch": "2.13.0"}),
    )
    return replace(run, **changes)
