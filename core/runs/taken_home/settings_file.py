"""Settings alone, as JSON: of a run that is to be trained anew. It holds no network.

It is read from a run's `run.json` too, of which everything but the settings is left aside.
"""

from __future__ import annotations

import json

from core.config import TrainingConfig
from core.machine.storage import MEGABYTE, size_and_most

MOST_BYTES = MEGABYTE


def settings_file(config: TrainingConfig) -> str:
    """The settings of a run, to be read by people and by `settings_in`."""
    return json.dumps({"config": config.to_dict()}, indent=2)


def is_json(content: bytes) -> bool:
    """Whether it begins as a table or a list in JSON."""
    return content[:64].lstrip()[:1] in (b"{", b"[")


def settings_in(content: bytes) -> TrainingConfig:
    """The settings in it. Raises ConfigError, ValueError, or what nonsense in it raises."""
    if len(content) > MOST_BYTES:
        raise ValueError(f"as settings it has {size_and_most(len(content), MOST_BYTES)}")
    table = json.loads(content)
    if not isinstance(table, dict) or not isinstance(table.get("config"), dict):
        raise ValueError("there are no settings in this JSON")
    return TrainingConfig.from_dict(table["config"])
