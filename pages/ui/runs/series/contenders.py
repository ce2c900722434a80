"""Settings to repeat, to sweep and to race: those of a kept run, of a preset, or those on Train."""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass

from core.config import PRESETS, TrainingConfig
from pages.ui.runs.compare.names import shortened
from pages.ui.runs.listing import runs_to_show
from pages.ui.runs.rows import layers_of
from pages.ui.state.address import settings
from pages.ui.state.visit import visit
from pages.ui.widgets.choosing.dropdown import remembered_choice
from pages.ui.widgets.result_card import drawn

MOST = 20  # runs in the list; it is one to choose from, not one to search in


@dataclass(frozen=True)
class Contender:
    """Settings, and what to call them. The name may come from anybody."""

    name: str
    config: TrainingConfig


def contenders() -> list[Contender]:
    """The runs that are looked at come first, then other runs, what is set on Train, presets."""
    chosen = visit().looked_at.chosen
    runs = sorted(runs_to_show().runs, key=lambda run: run.id not in chosen)[:MOST]
    quick_first = sorted(PRESETS.values(), key=lambda each: each.config.architecture == "conv")
    return [
        *(Contender(run.name, run.config) for run in runs),
        Contender("Train’s settings", settings()),
        *(Contender(preset.label, preset.config) for preset in quick_first),
    ]


def choose_contender(label: str, key: str, among: Sequence[Contender]) -> Contender:
    """Kept for the visit; the first until one is chosen."""
    return remembered_choice(label, among, key, format_func=lambda each: each.name)


def networks_html(configs: Sequence[TrainingConfig]) -> str:
    """Small pictures of their networks in a row."""
    pictures = "".join(drawn(layers_of(config), "network") for config in configs)
    return f'<div class="networks" aria-hidden="true">{pictures}</div>'


def short_name(name: str) -> str:
    """A name on a chart, harmless in Plotly, which reads a little HTML."""
    words = name.removeprefix("The ").split()[:2]
    return html.escape(" ".join(shortened(each) for each in words))
