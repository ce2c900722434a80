"""A run that only its own tests change."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from core.config import TrainingConfig
from core.evaluation import Evaluation
from core.model import build_model
from core.runs.kept.run import Label, Origin, Run, ValidationPoint


@pytest.fixture
def finished() -> Run:
    """Complete, untrained, with a name and a note that nobody should take for HTML."""
    config = TrainingConfig(dataset="generated", hidden_sizes=(12,), epochs=2)
    confusion = torch.diag(torch.full((10,), 90))
    confusion[4, 9] = 17
    return Run(
        id="finished-1",
        config=config,
        complete=True,
        total_iterations=6,
        seconds=20.0,
        losses=np.array([2.3, 1.1, 0.5, 0.4, 0.3, 0.2], dtype=np.float32),
        validation=(ValidationPoint(3, 0.6, 0.8, 50), ValidationPoint(6, 0.5, 0.9, 50)),
        test=Evaluation(0.25, confusion),
        weights=build_model(config).state_dict(),
        label=Label("<b>Wild</b> Owl", "note <script>"),
        origin=Origin("a" * 22, "2026-01-02T03:04:05+00:00", versions={"torch": "2.13.0"}),
    )
