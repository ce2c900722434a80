"""Whether a value can be used for a setting; if not, an error that says which, why and what would.

Each function raises ConfigError.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from core.settings.choices import CLASSES, LIMITS, Choice, Limit, exact


class ConfigError(ValueError):
    """A setting that cannot be used. `setting` names it; the message says why and what would do."""

    def __init__(self, setting: str, message: str) -> None:
        super().__init__(message)
        self.setting = setting


def as_tuple(name: str, value: Any) -> tuple[Any, ...]:
    if not isinstance(value, (list, tuple)):
        raise ConfigError(name, f"{name} is {value!r}; it has to be a list of whole numbers.")
    return tuple(value)


def check_choice(name: str, value: Any, table: Mapping[str, Choice]) -> None:
    if not isinstance(value, str) or value not in table:
        raise ConfigError(name, f"{name} is {value!r}; choose one of {', '.join(table)}.")


def check_number(name: str, value: Any, whole: bool = False, limit: Limit | None = None) -> None:
    limit = limit or LIMITS[name]
    kinds = int if whole else (int, float)
    is_number = isinstance(value, kinds) and not isinstance(value, bool)
    if not is_number or (isinstance(value, float) and not math.isfinite(value)):
        kind = "a whole number" if whole else "a number"
        raise ConfigError(name, f"{name} is {value!r}; it has to be {kind} from {limit}.")
    if not limit.low <= value <= limit.high:
        raise ConfigError(name, f"{name} is {exact(value)}; accepted: {limit}.")


def check_hidden_sizes(sizes: tuple[Any, ...]) -> None:
    if len(sizes) > LIMITS["hidden_layers"].high:
        raise ConfigError(
            "hidden_sizes",
            f"hidden_sizes has {len(sizes)} layers; accepted: {LIMITS['hidden_layers']}.",
        )
    for size in sizes:
        check_number("hidden_sizes", size, whole=True)


def check_exclude_digits(digits: tuple[Any, ...]) -> None:
    for digit in digits:
        if isinstance(digit, bool) or not isinstance(digit, int) or not 0 <= digit < CLASSES:
            raise ConfigError(
                "exclude_digits", f"exclude_digits has {digit!r}; accepted: digits 0 to 9."
            )
    if len(set(digits)) != len(digits):
        raise ConfigError("exclude_digits", f"exclude_digits names a digit twice: {list(digits)}.")
    if len(digits) > CLASSES - 2:
        raise ConfigError(
            "exclude_digits",
            f"exclude_digits leaves out {len(digits)} digits; at least two have to stay.",
        )
