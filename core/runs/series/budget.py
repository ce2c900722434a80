"""What a series may cost, said before it begins, and a plain refusal of what is too much."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from core.background import Refused
from core.config import LIMITS, TrainingConfig

MOST_RUNS = 36
MOST_SECONDS = 1_800.0  # of one processor core, as estimated


def seconds_of(
    configs: Sequence[TrainingConfig], seconds_of_one: Callable[[TrainingConfig], float]
) -> float:
    """How long one core will take for all of them, roughly.

    seconds_of_one: as `core.runs.cost.cost` estimates it; asked once for all that take the same.
    """
    known: dict[TrainingConfig, float] = {}
    total = 0.0
    for config in configs:
        alike = same_time(config)
        if alike not in known:
            known[alike] = seconds_of_one(alike)
        total += known[alike]
    return total


def same_time(config: TrainingConfig) -> TrainingConfig:
    """The config that stands for all that take as long: without what costs no time."""
    usual = TrainingConfig()
    free = ("seed", "learning_rate", "label_noise", "schedule")
    return config.changed(**{name: getattr(usual, name) for name in free})


def check_budget(runs: int, seconds: float) -> None:
    """Raises Refused, with what would do, for more runs or more time than a series may take."""
    if runs > MOST_RUNS:
        raise Refused(f"{runs} runs are too many at once: {MOST_RUNS} at most. Take fewer values.")
    if seconds > MOST_SECONDS:
        share = MOST_SECONDS / seconds
        raise Refused(
            f"{runs} runs would take {seconds / 60:,.0f} minutes of one processor core; "
            f"{MOST_SECONDS / 60:.0f} are allowed. {what_would_do(runs, share)}"
        )


def what_would_do(runs: int, share: float) -> str:
    """How many runs, of those there are, fit into this share of their time."""
    fitting = int(runs * share)
    if fitting >= 2:
        return f"{fitting} of them would do, or fewer epochs, or fewer training images."
    fewest = LIMITS["training_images"].low
    return f"Take fewer epochs or fewer training images (from {fewest:g})."
