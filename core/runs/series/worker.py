"""What a worker of a cluster does: train one configuration on its own digits, and hand it back.

Dask imports this module by its name on the worker, so the project has to be importable there. Who
asks for it is core/runs/series/cluster.py.
"""

from __future__ import annotations

import time
from functools import cache
from typing import Any

from core.background import Stopped
from core.config import TrainingConfig
from core.data import DatasetShelf
from core.machine.device import best_device
from core.machine.tuning import prepare_thread_to_train
from core.model import build_model
from core.runs.series.whole_run import Tally, WholeRun, train_whole

TELL_AFTER = 0.2  # seconds between two words with the scheduler about a run


@cache
def shelf() -> DatasetShelf:
    """The datasets of this process: loaded once from the worker's own DIGITLAB_HOME."""
    return DatasetShelf()


def train_here(settings: dict[str, Any], number: int, topic: str) -> WholeRun:
    """Train one run. settings: as `TrainingConfig.to_dict` gives them; number: of the run.

    The event named `topic` ends it; under the topic of that name it tells how far it is. Raises
    DataUnavailable where this worker has not the digits and cannot fetch them, and Stopped.
    """
    from distributed import Event, get_worker  # optional: only workers need it

    stop, worker, said = Event(topic), get_worker(), time.monotonic()

    def tell(share: float) -> None:
        nonlocal said
        if time.monotonic() - said < TELL_AFTER:
            return
        said = time.monotonic()
        if stop.is_set():
            raise Stopped
        worker.log_event(topic, (number, share))

    prepare_thread_to_train()
    config = TrainingConfig.from_dict(settings)
    dataset = shelf().get(config.dataset)
    model = build_model(config).to(best_device())
    return train_whole(model, dataset, config, Tally(dataset, [config], tell, every=1))
