"""Settings as a link carries them: short texts, read back with care."""

from __future__ import annotations

from typing import Any

from core.settings.checks import ConfigError
from core.settings.choices import LIMITS


def to_text(value: Any) -> str:
    if value is None:
        return "all"
    if isinstance(value, tuple):
        return ",".join(str(each) for each in value) or "none"
    return str(value).lower() if isinstance(value, bool) else str(value)


def from_text(name: str, text: str, default: Any) -> Any:
    """The value that `to_text` wrote. Raises ConfigError for text that it never writes."""
    try:
        if len(text) > 100:
            raise ValueError
        if isinstance(default, bool):
            return {"true": True, "false": False}[text]
        if isinstance(default, tuple):
            return () if text == "none" else tuple(int(each) for each in text.split(","))
        if default is None:
            return None if text == "all" else int(text)
        return type(default)(text)
    except (ValueError, KeyError):
        others = {"exclude_digits": "digits 0 to 9 with commas between, such as 3,7"}
        accepted = LIMITS.get(name) or others.get(name, "true or false")
        shown = text if len(text) <= 100 else f"{text[:20]} … ({len(text):,} characters)"
        raise ConfigError(name, f"{name} is {shown!r}; accepted: {accepted}.") from None
