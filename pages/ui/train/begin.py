"""Beginning a run: what was pressed is noted, and done once the choices made with it are known."""

from __future__ import annotations

from core.config import TrainingConfig
from pages.ui.state import steering
from pages.ui.state.address import settings
from pages.ui.state.visit import visit
from pages.ui.train.at_work import digit_to_ask
from pages.ui.train.settings.setting_widgets import use_settings


def want(what: str) -> None:
    """Note that a run is to begin. A press may come together with other choices, such as another
    dataset, and be heard before them."""
    visit().train.wanted = what


def begin_what_is_wanted() -> None:
    """Begin the run whose button was pressed, with all that is chosen by now."""
    wanted, visit().train.wanted = visit().train.wanted, ""
    if wanted:
        {"run": start, "step": step_once}[wanted](settings())


def start(config: TrainingConfig) -> None:
    """Begin a run; when it is over, its result should be in sight, and its settings those that are
    shown: they are others where it takes other digits than the one before could have."""
    if steering.start(config, digit_to_ask()):
        visit().train.build_open = False
        if config != settings():
            use_settings(config)


def step_once(config: TrainingConfig) -> None:
    """Begin a run with a single batch."""
    steering.step_once(config, digit_to_ask())
