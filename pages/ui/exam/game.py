"""You against the network: twenty of the digits it wavered over, a tap for each."""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass, field

import numpy as np
import streamlit as st

from pages.ui import state
from pages.ui.exam.choice import Sitting
from pages.ui.widgets.reading import picture
from pages.ui.widgets.recorded_batch import mosaic_html
from pages.ui.words.numbers import duration, percent

ROUNDS = 20
POOL = 200  # the hardest images, of which the twenty are drawn


@dataclass
class Game:
    """One game as it goes on. images: which of the exam; seconds: for each answer so far."""

    key: tuple[str, str]
    images: np.ndarray
    answers: list[int] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    shown_at: float | None = None
    network_seconds: float = 0.0

    @property
    def over(self) -> bool:
        return len(self.answers) == len(self.images)


@st.fragment
def show_game(sitting: Sitting) -> None:
    """The invitation, the digit to be read, or the score."""
    if sitting.exam.total.images < POOL:
        st.info(f"The game needs {POOL} images to choose from. Examine it on a test set above.")
        return
    game = state.recall("exam-game")
    if game is None or game.key != sitting.key:
        invite(sitting)
    elif game.over:
        show_end(sitting, game)
    else:
        ask(sitting, game)


def invite(sitting: Sitting) -> None:
    """What the game is, and the button that starts it."""
    st.markdown(
        f"**{ROUNDS} digits, a tap for each.** They are drawn by chance from the {POOL} images "
        f"over which this network wavered most, of {sitting.exam.total.images:,}. Your score and "
        "your time then stand beside the network's."
    )
    st.button("Start", type="primary", icon=":material/sports_score:", on_click=start,
              args=(sitting,))  # fmt: skip


def start(sitting: Sitting) -> None:
    """Draw the digits, and let the network read them against the clock."""
    from core.data import scaled
    from core.evaluation import predict_logits
    from core.exam.sitting import draw_game

    images = draw_game(sitting.exam, ROUNDS, POOL, secrets.randbits(32))
    game = Game(sitting.key, images)
    begun = time.perf_counter()
    predict_logits(sitting.model, scaled(sitting.digits.images[images]))
    game.network_seconds = time.perf_counter() - begun
    state.keep("exam-game", game)


def ask(sitting: Sitting, game: Game) -> None:
    """The next digit, large, and ten buttons."""
    number = len(game.answers)
    image = sitting.digits.images[game.images[number]].numpy()
    st.markdown(f"**{number + 1} of {len(game.images)}**: which digit is this?")
    st.html(
        f'<img src="{picture(image)}" alt="A digit that is hard to read" '
        'style="image-rendering:pixelated;width:224px;border-radius:6px">'
    )
    for row in (range(5), range(5, 10)):
        with st.container(horizontal=True, gap="small"):
            for digit in row:
                st.button(
                    str(digit),
                    key=f"exam-tap-{digit}",
                    on_click=tap,
                    args=(game, digit),
                )
    if game.shown_at is None:
        game.shown_at = time.monotonic()


def tap(game: Game, digit: int) -> None:
    """Take the visitor's answer."""
    if game.over or game.shown_at is None:
        return
    game.answers.append(digit)
    game.seconds.append(time.monotonic() - game.shown_at)
    game.shown_at = None


def show_end(sitting: Sitting, game: Game) -> None:
    """Both scores with their intervals, both times, and who was mistaken where."""
    labels = sitting.exam.labels[game.images]
    yours = np.array(game.answers) == labels
    networks = sitting.exam.right[game.images]
    whole = sum(game.seconds)
    st.markdown(
        "| | right | 95 % interval | time for all |\n|---|--:|--:|--:|\n"
        + score_row("**You**", yours, duration(whole))
        + score_row("The network", networks, f"{1000 * game.network_seconds:,.1f} ms")
    )
    st.caption(
        "Your time runs from when a digit is sent to you until your tap is back on the server. "
        "Intervals this wide: twenty digits are few."
    )
    sentence = "You and the network are level."
    if yours.sum() != networks.sum():
        better = "You read" if yours.sum() > networks.sum() else "The network read"
        sentence = f"{better} {abs(int(yours.sum()) - int(networks.sum()))} more."
    st.markdown(sentence)
    columns = st.columns(2)
    with columns[0]:
        show_misses(sitting, game, ~yours, "You missed", game.answers)
    with columns[1]:
        answers = sitting.exam.answers[game.images].tolist()
        show_misses(sitting, game, ~networks, "The network missed", answers)
    st.button("Play again", icon=":material/replay:", on_click=start, args=(sitting,))


def score_row(name: str, right: np.ndarray, time_taken: str) -> str:
    """A row of the table."""
    from core.evaluation import wilson_interval

    low, high = wilson_interval(int(right.sum()), len(right))
    interval = f"{percent(low, 0)} to {percent(high, 0)}"
    return f"| {name} | {right.sum()} of {len(right)} | {interval} | {time_taken} |\n"


def show_misses(
    sitting: Sitting, game: Game, wrong: np.ndarray, title: str, answers: list[int]
) -> None:
    """The digits that somebody misread, and what they were."""
    from core.charts.mosaics import digits_mosaic

    st.markdown(f"**{title} {wrong.sum()}**")
    if not wrong.any():
        return
    images = sitting.digits.images[game.images[wrong]].numpy() / 255
    words = ", ".join(
        f"a {sitting.exam.labels[game.images[place]]} read as {answers[place]}"
        for place in np.flatnonzero(wrong)
    )
    st.html(mosaic_html(digits_mosaic(images, 7), f"{title}: {words}", tile=44))
    st.caption(f"In this order: {words}.")
