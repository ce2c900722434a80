"""What a lesson leads to on Train: the settings of its experiment, by the name of the lesson."""

from __future__ import annotations

from core.config import TrainingConfig

TUTORIAL = TrainingConfig()

# Each changes one thing that the lesson is about, and keeps the rest as in the tutorial network.
EXPERIMENTS = {
    "network": TUTORIAL.changed(hidden_sizes=()),
    "activation": TUTORIAL.changed(activation="none"),
    "loss": TUTORIAL,
    "gradient": TUTORIAL.changed(optimizer="sgd", learning_rate=3.0),
    "batches": TUTORIAL.changed(batch_size=16),
    "loop": TUTORIAL,
    "result": TUTORIAL.changed(training_images=200, batch_size=20, epochs=60),
    "code": TUTORIAL,
}
