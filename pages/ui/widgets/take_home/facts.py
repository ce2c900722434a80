"""What is said of a network outside the app: its name, its score, where it learned, the way back.

It looks these up and measures nothing. Its functions may be called outside a page, when a file is
made, except `way_back`.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit, urlunsplit

import numpy as np
import streamlit as st

from core.config import DATASETS
from pages.ui.state import server
from pages.ui.state.address import RUN
from pages.ui.state.networks import Network
from pages.ui.words.numbers import counted, percent

if TYPE_CHECKING:
    from core.evaluation import Graded

HERE_ONLY = (".local", ".localhost", ".internal", ".lan", ".home")  # names of machines near by


@dataclass(frozen=True, eq=False)
class Facts:
    """All texts are plain, and may hold what a visitor wrote.

    score: what it scored, on how many images. origin: where it learned, from what. losses: float32
    (iterations,) of its training, None where they are not kept.
    """

    name: str
    score: str
    origin: str
    losses: np.ndarray | None = None


def facts_of(network: Network) -> Facts:
    """Of one of the networks that a visitor can ask. Raises RunError or PretrainedError."""
    name = network.name[0].upper() + network.name[1:]
    if network.key in server.SHIPPED:
        card = server.shipped(network.key).card
        sources = [
            DATASETS[each].label if each in DATASETS else each for each in card.training_images
        ]
        return Facts(name, score_in_words(card.scores["mnist"], "MNIST"), origin(sources))
    run_id, _, moment = network.key.partition("@")
    seen = server.snapshot(run_id)
    reached = int(moment) if moment else seen.iteration
    dataset = DATASETS[seen.config.dataset].label
    score = f"After {counted(reached, 'batch')}, not examined yet"
    if seen.test and not moment:
        score = score_in_words(seen.test, dataset)
    return Facts(name, score, origin([dataset]), seen.losses[:reached])


def score_in_words(score: Graded, dataset: str) -> str:
    """For example: 97.8 % of 10,000 test images right (MNIST)."""
    return f"{percent(score.accuracy)} of {score.images:,} test images right ({dataset})"


def origin(sources: Sequence[str]) -> str:
    """For example: Trained in Digit Lab on MNIST."""
    return f"Trained in Digit Lab on {', '.join(sources)}"


def run_of(network: Network) -> str:
    """The id of its run; "" for one that ships."""
    return "" if network.key in server.SHIPPED else network.key.partition("@")[0]


def way_back(network: Network) -> str:
    """The address of this page with this network, for another day and another machine; "" where the
    app runs on the visitor's own machine, or can only be reached from near by.
    """
    url = urlsplit(st.context.url or "")
    if url.scheme not in ("http", "https") or not is_public(url.hostname or ""):
        return ""
    run = run_of(network)
    query = urlencode({RUN: run}) if run else ""
    return urlunsplit((url.scheme, url.netloc, url.path, query, ""))


def is_public(host: str) -> bool:
    """Whether a machine of this name or number may be reached from anywhere."""
    try:
        return ipaddress.ip_address(host).is_global
    except ValueError:
        return "." in host and not host.endswith(HERE_ONLY)
