"""Trains the runs of a series, one after the other here, or all at once on a cluster.

It knows the task that it is the work of: how far it is, what there is so far, and when to stop.
What a series is made of is in repeat.py and sweep.py, its cluster in cluster.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from core.background import OnShare, Refused, Task
from core.config import TrainingConfig
from core.data import DatasetShelf, DataUnavailable, DigitDataset
from core.machine.device import best_device
from core.machine.tuning import prepare_thread_to_train
from core.model import build_model
from core.runs.series import cluster
from core.runs.series.whole_run import Tally, WholeRun, planned_batches, train_whole

Runs = dict[TrainingConfig, WholeRun]  # those that are over, in the order of their series
Trained = Callable[[Sequence[TrainingConfig], OnShare], Iterator[WholeRun]]


def run_series(
    task: Task,
    configs: Sequence[TrainingConfig],
    shelf: DatasetShelf,
    known: Mapping[TrainingConfig, WholeRun],
    with_losses: bool = True,
    keep: Callable[[WholeRun], None] = lambda run: None,
) -> Runs:
    """All of these, for a `Task`; `known` are over already, and are not trained again.

    `keep` is given every other one as soon as it is over. What there is so far is told with every
    run. Raises Refused where the digits, or the cluster that DIGITLAB_CLUSTER names, cannot be had.
    """
    runs = {config: known[config] for config in configs if config in known}
    missing = [config for config in configs if config not in runs]
    before = len(runs) / len(configs)

    def tell(share: float) -> None:
        task.tell(before + (1 - before) * share, in_order(runs, configs))

    tell(0.0)
    trained = on_cluster(task) if cluster.address() else here(shelf)
    for run in trained(missing, tell) if missing else ():
        runs[run.config] = run if with_losses else run.without_losses()
        keep(runs[run.config])
        task.partial = in_order(runs, configs)
    return in_order(runs, configs)


def in_order(runs: Runs, configs: Sequence[TrainingConfig]) -> Runs:
    """A copy, in the order of the series."""
    return {config: runs[config] for config in configs if config in runs}


def here(shelf: DatasetShelf) -> Trained:
    """Trains one after the other in the thread of the task."""

    def trained(configs: Sequence[TrainingConfig], on_share: OnShare) -> Iterator[WholeRun]:
        prepare_thread_to_train()
        datasets = {each.dataset: digits_of(shelf, each.dataset, on_share) for each in configs}
        (dataset,) = datasets.values()  # a series learns from one
        tally = Tally(dataset, configs, on_share, every=1)
        for config in configs:
            model = build_model(config).to(best_device())
            run = train_whole(model, dataset, config, tally)
            tally.skip(planned_batches(dataset, config) - len(run.losses))
            yield run

    return trained


def digits_of(shelf: DatasetShelf, name: str, on_share: OnShare) -> DigitDataset:
    """The dataset; while it is being fetched the series can be stopped. Raises Refused."""
    try:
        return shelf.get(name, lambda what, share: on_share(0.0))
    except DataUnavailable as problem:
        raise Refused(str(problem)) from problem


def on_cluster(task: Task) -> Trained:
    """Trains on the workers; the task gives its place in the queue to others meanwhile."""

    def trained(configs: Sequence[TrainingConfig], on_share: OnShare) -> Iterator[WholeRun]:
        task.leave()

        def tell(share: float, seconds: float) -> None:
            task.seconds += seconds  # nothing is computed here, but it goes on
            on_share(share)

        return cluster.trained(cluster.address(), configs, tell)

    return trained
