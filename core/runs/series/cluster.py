"""Series on a Dask cluster, which DIGITLAB_CLUSTER names; `distributed` is imported only for that.

Configurations go out, whole runs come back. A worker that dies is replaced by another, which begins
that run anew: Dask sees to it. Single runs stay in the app, where they can be watched.
"""

from __future__ import annotations

import os
import secrets
import socket
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from core.background import Refused
from core.config import TrainingConfig
from core.data import DataUnavailable
from core.runs.series.whole_run import WholeRun
from core.runs.series.worker import train_here

if TYPE_CHECKING:
    from distributed import Client, Future

VARIABLE = "DIGITLAB_CLUSTER"
PATIENCE = 5.0  # seconds in which a scheduler has to answer
POLL = 0.2  # seconds between two looks at what is done

OnTime = Callable[[float, float], None]  # hears the share done, 0 to 1, and the seconds since then


def address() -> str:
    """Of the scheduler, such as tcp://10.0.0.5:8786; "" where series are trained in the app."""
    return os.environ.get(VARIABLE, "").strip()


def trained(scheduler: str, configs: Sequence[TrainingConfig], tell: OnTime) -> Iterator[WholeRun]:
    """Every run as soon as it is over, in no particular order. What `tell` raises ends them all.

    Raises Refused with the reason where the cluster, its workers or their digits cannot be had.
    """
    topic = f"digitlab-{secrets.token_hex(8)}"
    shares = dict.fromkeys(range(len(configs)), 0.0)
    with connected(scheduler) as client:
        client.subscribe_topic(topic, lambda event: shares.update([event[1]]))
        settings = [config.to_dict() for config in configs]
        futures = client.map(
            train_here, settings, range(len(configs)), topic=topic, key=topic, pure=False
        )
        try:
            yield from as_they_end(dict(enumerate(futures)), shares, tell)
        finally:
            end_all(client, futures, topic)


def as_they_end(
    open_runs: dict[int, Future], shares: dict[int, float], tell: OnTime
) -> Iterator[WholeRun]:
    """Look again and again until all are over. shares: of each run, changed from outside."""
    looked = time.monotonic()
    while open_runs:
        for number in [each for each, future in open_runs.items() if future.done()]:
            yield result_of(open_runs.pop(number))
            shares[number] = 1.0
        now = time.monotonic()
        tell(sum(shares.values()) / len(shares), now - looked)
        looked = now
        time.sleep(POLL if open_runs else 0)


def result_of(future: Future) -> WholeRun:
    """What a worker found. Raises Refused where it found nothing, with the reason."""
    problem = future.exception(timeout=PATIENCE)
    if problem is None:
        return future.result(timeout=PATIENCE)
    if isinstance(problem, DataUnavailable):
        reason = f"A worker of the cluster has no digits: {problem}"
    elif isinstance(problem, ModuleNotFoundError):
        reason = (
            f"A worker of the cluster cannot import {problem.name}. Start the workers in the "
            "project's folder, with the app's own libraries."
        )
    else:
        reason = f"A worker of the cluster broke off ({type(problem).__name__})."
    raise Refused(reason) from problem


@contextmanager
def connected(scheduler: str) -> Iterator[Client]:
    """The cluster. Raises Refused where it does not answer, and when it is lost on the way."""
    distributed = library()
    try:
        knock(scheduler)
        client = distributed.Client(scheduler, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError) as error:
        raise Refused(
            f"The cluster at {scheduler} does not answer. Whoever runs this server can start its "
            f"scheduler, or take {VARIABLE} away: then the app computes by itself."
        ) from error
    try:
        if not client.scheduler_info()["workers"]:
            raise Refused(f"The cluster at {scheduler} has no worker. Start one, then begin again.")
        yield client
    except (OSError, TimeoutError, distributed.CancelledError) as error:
        raise Refused("The cluster was lost on the way. What is done is kept.") from error
    finally:
        with suppress(OSError, TimeoutError):
            client.close(timeout=PATIENCE)


def knock(scheduler: str) -> None:
    """Raises OSError or ValueError where nobody listens. A client of Dask that finds nobody keeps a
    thread busy, and stops whoever collects it as garbage for ten seconds."""
    there = urlsplit(scheduler)
    if there.scheme not in ("tcp", "tls") or not there.hostname or not there.port:
        raise ValueError(f"{scheduler!r} is no address such as tcp://10.0.0.5:8786")
    socket.create_connection((there.hostname, there.port), PATIENCE).close()


def library() -> Any:
    """The library `distributed`. Raises Refused where it is not installed."""
    try:
        import distributed
    except ModuleNotFoundError as error:
        raise Refused(
            f"{VARIABLE} is set on this server, but the library distributed is missing there."
        ) from error
    return distributed


def end_all(client: Client, futures: Sequence[Future], topic: str) -> None:
    """Nobody waits for these any longer: those that wait are forgotten, those that train end."""
    with suppress(OSError, TimeoutError):
        if not all(future.done() for future in futures):
            library().Event(topic, client=client).set()
        client.cancel(futures, force=True)
        client.unsubscribe_topic(topic)
