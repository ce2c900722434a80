"""Fills the card to take home: the visitor's digit, or a real one, and what a network says to it.

How the card looks is the business of core/charts/take_home. Each function makes a file when its
button is pressed, outside the page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from core.demonstration import recording
from core.machine.tuning import import_torch
from core.strokes.paths import drawing_of
from pages.ui.state.networks import Network
from pages.ui.widgets.digits.reading import best_of
from pages.ui.widgets.take_home.facts import facts_of
from pages.ui.words.numbers import ALMOST, sureness

if TYPE_CHECKING:
    from core.charts.take_home.card import HomeCard
    from core.drawing import Prepared

SIDE = 280  # of the pad on which a recorded digit is drawn again
CROPPED = -4  # of the stages of a drawing and of a picture: white ink, with nothing around it
YOURS, NOT_YOURS = "Your digit", "A pen digit, not yours"


def somebodys_digit() -> Prepared:
    """A real pen digit, for those who have not drawn one."""
    from core.drawing import prepare

    return prepare(drawing_of(recording.load().digits[0].strokes, SIDE))


def card_of(digit: Prepared | None, network: Network, link: str) -> HomeCard:
    """What `network` says to the digit, as a card. link: the way back, "" where there is none.

    digit: the visitor's; where it is None, a real one that somebody else wrote is read.
    """
    import_torch()
    from core.charts.take_home.card import HomeCard
    from core.machine.qr import LONGEST, qr_matrix

    given, facts = digit or somebodys_digit(), facts_of(network)
    shares, (answer, sure) = answer_of(network, given.renderings)
    return HomeCard(
        drawn=given.stages[CROPPED].image,
        whose=YOURS if digit else NOT_YOURS,
        seen=given.image,
        answer=answer,
        sure=sure,
        shares=shares,
        percents=[sureness(max(share, 1 - ALMOST)) for share in shares],
        network=facts.name,
        score=facts.score,
        losses=facts.losses,
        link=link,
        code=qr_matrix(link) if 0 < len(link) <= LONGEST else (),
    )


def answer_of(network: Network, renderings: np.ndarray) -> tuple[list[float], tuple[str, str]]:
    """The ten probabilities; the answer, and what stands below it."""
    from core.evaluation import read

    model, doubt = network.get(), network.get_doubt()
    shares = read(model, renderings).tolist()
    if not np.isfinite(shares).all():
        return [0.0] * len(shares), ("?", "Its numbers are too large")
    best = best_of(shares)
    if doubt and doubt.about(model, renderings):
        return shares, ("?", f"No digit? Closest: {best}")
    return shares, (str(best), f"{sureness(shares[best])} sure")


def picture_file(digit: Prepared | None, network: Network, link: str) -> bytes:
    """The card as a picture."""
    from core.charts.take_home.card import card_png

    return card_png(card_of(digit, network, link))


def page_file(digit: Prepared | None, network: Network, link: str) -> bytes:
    """The card as a page that prints."""
    from core.charts.take_home.printed import printed_card

    return printed_card(card_of(digit, network, link))


def reader_file(network: Network) -> bytes:
    """The network in one file. Raises TooLarge, where core.runs.reader_page.page.problem_with said
    so before."""
    import_torch()
    from core.runs.reader_page.page import reader_page

    facts, doubt = facts_of(network), network.get_doubt()
    about = [f"{facts.score}.", f"{facts.origin}."]
    return reader_page(network.get(), facts.name, about, doubt.above if doubt else None)
