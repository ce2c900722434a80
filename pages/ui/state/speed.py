"""How fast the visitor's runs go: chosen once, kept for the visit and in the browser.

Until something is chosen, a run is held back so far that there is time to watch it: a small network
would be done before anybody has looked. It only ever waits between two batches.
"""

from __future__ import annotations

import math

from core.config import CLASSES, TrainingConfig
from core.settings.choices import expected_images
from pages.ui.state import browser
from pages.ui.state.visit import visit

NAME = "digitlab-speed"  # in the browser
WATCHABLE_SECONDS = 12  # for the whole run
WATCHABLE, FULL = f"slow, {WATCHABLE_SECONDS} s or more", "as fast as it goes"
SPEEDS: dict[str, float | None] = {  # batches a second; None: no limit, or it depends on the run
    WATCHABLE: None,
    "1 batch a second": 1,
    "5 batches a second": 5,
    "20 batches a second": 20,
    "100 batches a second": 100,
    FULL: None,
}


def chosen() -> str:
    """The visitor's choice, a key of SPEEDS."""
    return visit().train.speed or WATCHABLE


def choose(name: str) -> None:
    """Let this be the speed of the runs to come."""
    visit().train.speed = name


def batches_a_second(name: str, config: TrainingConfig) -> float | None:
    """The limit of a run with these settings; None: it has none. Where digits are left out, how
    many batches there will be is only roughly known."""
    if name != WATCHABLE:
        return SPEEDS[name]
    images = expected_images(config.dataset, config.training_images)
    images *= 1 - len(config.exclude_digits) / CLASSES
    return config.epochs * math.ceil(images / config.batch_size) / WATCHABLE_SECONDS


def name_of(speed: float | None, config: TrainingConfig) -> str:
    """What the speed of a run with these settings is called."""
    return next((each for each in SPEEDS if batches_a_second(each, config) == speed), FULL)


def remember() -> None:
    """Keep the choice in the browser, which may know of one. Once in every run of the page."""
    here = visit().train
    browser.keep(NAME, [here.speed] if here.speed else [], _hear)


def _hear(kept: object) -> None:
    if isinstance(kept, list) and kept and kept[0] in list(SPEEDS):
        visit().train.speed = visit().train.speed or kept[0]
