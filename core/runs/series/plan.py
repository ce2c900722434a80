"""What a repeat or a sweep is made of, as plain values that JSON can hold, and back.

Where it is kept is in kept.py, how it is trained in compute.py.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from core.config import TrainingConfig
from core.runs.series.repeat import SEEDS, repeats
from core.runs.series.sweep import AXES, Sweep

FORMAT = 1
LONGEST_NAME = 80  # letters


@dataclass(frozen=True)
class Plan:
    """One series: settings that are repeated with other seeds, or of which some are swept.

    name: what the settings were called; owner: the id of a visitor's browser; begun: ISO 8601, UTC;
    seeds: of a repeat, how many; values: of a sweep, as `Sweep` takes them.
    """

    name: str = field(compare=False)
    config: TrainingConfig
    owner: str
    begun: str = field(compare=False)
    seeds: int = 0
    values: tuple[tuple[str, tuple[Any, ...]], ...] = ()

    @property
    def kind(self) -> str:
        """ "sweep" or "repeat"."""
        return "sweep" if self.values else "repeat"

    @cached_property
    def id(self) -> str:
        """Its name on disk, which only its owner's browser leads to. More seeds of the same
        settings are the same series."""
        content = repr((self.owner, self.config, self.values)).encode()
        return f"{self.kind}-{hashlib.sha256(content).hexdigest()[:16]}"

    @cached_property
    def sweep(self) -> Sweep:
        """Its cells, of a sweep."""
        return Sweep(self.config, self.values)

    @cached_property
    def configs(self) -> list[TrainingConfig]:
        """What is trained for it, each once."""
        return self.sweep.configs if self.values else repeats(self.config, self.seeds)


def plan_table(plan: Plan) -> dict[str, Any]:
    """It as plain values. The settings stand under the name that a run's card has for them."""
    return {
        "format": FORMAT,
        "kind": plan.kind,
        "name": plan.name,
        "owner": plan.owner,
        "begun": plan.begun,
        "config": plan.config.to_dict(),
        "seeds": plan.seeds,
        "values": [[name, list(values)] for name, values in plan.values],
    }


def plan_of(table: Mapping[str, Any]) -> Plan:
    """It out of plain values. Raises ValueError, LookupError, TypeError or AttributeError where
    they make no sense."""
    if table["format"] != FORMAT:
        raise ValueError(f"it has format {table['format']!r}, and this app knows {FORMAT}")
    words = [table[each] for each in ("name", "owner", "begun")]
    if not all(isinstance(each, str) and each.isprintable() for each in words):
        raise TypeError("a word in it is none")
    plan = Plan(
        name=words[0][:LONGEST_NAME],
        config=TrainingConfig.from_dict(table["config"]),
        owner=words[1],
        begun=words[2],
        seeds=table["seeds"],
        values=tuple((name, tuple(values)) for name, values in table["values"]),
    )
    for name, values in plan.values:
        if not all(each in AXES[name].values for each in values):
            raise ValueError("it sweeps values that are not on offer")
    if plan.values:
        plan.sweep  # noqa: B018 (raises ConfigError where it is none)
    elif type(plan.seeds) is not int or not SEEDS.low <= plan.seeds <= SEEDS.high:
        raise ValueError("its number of seeds cannot be")
    return plan
