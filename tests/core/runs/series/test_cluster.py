"""Series on a Dask cluster of two worker processes: the same losses, whatever happens to them."""

from __future__ import annotations

import os
import signal
import socket
import sys
from functools import partial
from types import ModuleType

import pytest

from core.background import Queue, Refused, Stopped, Task
from core.config import TrainingConfig
from core.model import build_model
from core.runs.series import cluster
from core.runs.series.compute import run_series
from core.runs.series.repeat import repeats
from core.runs.series.whole_run import train_whole
from tests.waiting import nobody_is_in, until

CONFIG = TrainingConfig(dataset="generated", training_images=256, epochs=2, dropout=0.1)
LONG = CONFIG.changed(training_images=None, batch_size=4, epochs=100)  # minutes: nobody waits


@pytest.fixture(scope="module")
def workers(data_root, generated):
    """Two worker processes with the digits of the tests; generated: which are there by then."""
    from distributed import LocalCluster  # takes a second, in every process that collects tests

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DIGITLAB_HOME", str(data_root.parent))
        # A worker begins with the main program of who starts it, and a test of a page leaves that
        # page behind as such.
        patch.setitem(sys.modules, "__main__", ModuleType("__main__"))
        with LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
        ) as started:
            yield started


def in_the_app(config: TrainingConfig, dataset) -> list[float]:
    return train_whole(build_model(config), dataset, config).losses.tolist()


def test_workers_find_the_losses_of_the_app_to_the_bit(workers, generated, monkeypatch):
    monkeypatch.setenv(cluster.VARIABLE, workers.scheduler_address)
    configs, queue = repeats(CONFIG, 3), Queue(1)
    task = Task(partial(run_series, configs=configs, shelf=None, known={}), queue).start()
    assert task.wait(150)
    runs = task.result()
    assert list(runs) == configs
    for config, run in runs.items():
        assert run.losses.tolist() == in_the_app(config, generated)
        assert (run.failure, run.score.images) == ("", 5_000)
    assert nobody_is_in(queue)


def test_stop_reaches_the_workers(workers):
    def stop(share: float, seconds: float) -> None:
        if share:
            raise Stopped

    from distributed import Client

    with pytest.raises(Stopped):
        list(cluster.trained(workers.scheduler_address, [LONG, LONG.changed(seed=1)], stop))
    with Client(workers.scheduler_address, set_as_default=False) as client:
        until(lambda: not any(client.run(training).values()), seconds=150)


def training(dask_worker) -> int:
    """How many runs this worker trains."""
    return len(dask_worker.state.executing)


def test_a_worker_that_dies_on_the_way_is_survived(workers, generated):
    from distributed import Client

    config = CONFIG.changed(epochs=30)
    killed = []

    def kill_who_trains(share: float, seconds: float) -> None:
        if share and not killed:
            (busy,) = [each for each, keys in client.processing().items() if keys]
            (nanny,) = [each for each in workers.workers.values() if each.worker_address == busy]
            killed.append(nanny.pid)
            os.kill(nanny.pid, signal.SIGKILL)

    with Client(workers.scheduler_address, set_as_default=False) as client:
        (run,) = cluster.trained(workers.scheduler_address, [config], kill_who_trains)
    assert killed
    assert run.losses.tolist() == in_the_app(config, generated)


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:{}", "127.0.0.1", "http://127.0.0.1:{}", "x"])
def test_a_scheduler_that_cannot_be_reached_is_one_sentence(address):
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    address = address.format(port)
    with pytest.raises(Refused, match=f"The cluster at {address} does not answer"):
        list(cluster.trained(address, [CONFIG], lambda share, seconds: None))


def test_without_the_library_that_is_said(monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(Refused, match="the library distributed is missing"):
        list(cluster.trained("tcp://127.0.0.1:1", [CONFIG], lambda share, seconds: None))
