"""You against the network: twenty of the digits it wavered over, a tap for each."""

from __future__ import annotations

import secrets
import time

import streamlit as st

from core.charts.mosaics import digits_mosaic
from core.data import scaled
from core.exam.game import POOL, ROUNDS, Game, GameScore, begin_game, game_scores
from pages.ui.exam.score_card import Sitting
from pages.ui.state.visit import visit
from pages.ui.widgets.pictures import mosaic_html, picture
from pages.ui.words.numbers import duration, percent


@st.fragment
def show_game(sitting: Sitting) -> None:
    """The invitation, the digit to be read, or the score."""
    if sitting.exam.total.images < POOL:
        st.info(f"The game needs {POOL} images to choose from. Examine it on a test set above.")
        return
    game = visit().exam.game
    if game is None or game.exam != sitting.key:
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
    icon = ":material/sports_score:"
    st.button("Start", type="primary", icon=icon, on_click=start, args=(sitting,))


def start(sitting: Sitting) -> None:
    """Another game."""
    visit().exam.game = begin_game(
        sitting.key, sitting.exam, sitting.model, sitting.digits, secrets.randbits(32)
    )


def ask(sitting: Sitting, game: Game) -> None:
    """The next digit, large, and ten buttons."""
    image = sitting.digits.images[game.image].numpy()
    st.markdown(f"**{len(game.answers) + 1} of {len(game.images)}**: which digit is this?")
    st.html(
        f'<img src="{picture(image)}" alt="A digit that is hard to read" '
        'style="image-rendering:pixelated;width:224px;border-radius:6px">'
    )
    for row in (range(5), range(5, 10)):
        with st.container(horizontal=True, gap="small"):
            for digit in row:
                st.button(str(digit), key=f"exam-tap-{digit}", on_click=tap, args=(game, digit))
    game.show(time.monotonic())


def tap(game: Game, digit: int) -> None:
    """Take the visitor's answer."""
    game.take(digit, time.monotonic())


def show_end(sitting: Sitting, game: Game) -> None:
    """Both scores with their intervals, both times, and who was mistaken where."""
    yours, networks = game_scores(game, sitting.exam)
    st.markdown(
        "| | right | 95 % interval | time for all |\n|---|--:|--:|--:|\n"
        + score_row("**You**", yours, duration(sum(game.seconds)))
        + score_row("The network", networks, f"{1000 * game.network_seconds:,.1f} ms")
    )
    st.caption(
        "Your time runs from when a digit is sent to you until your tap is back on the server. "
        "Intervals this wide: twenty digits are few."
    )
    sentence = "You and the network are level."
    if yours.correct != networks.correct:
        better = "You read" if yours.correct > networks.correct else "The network read"
        sentence = f"{better} {abs(yours.correct - networks.correct)} more."
    st.markdown(sentence)
    columns = st.columns(2)
    with columns[0]:
        show_misses(sitting, yours, "You missed")
    with columns[1]:
        show_misses(sitting, networks, "The network missed")
    st.button("Play again", icon=":material/replay:", on_click=start, args=(sitting,))


def score_row(name: str, score: GameScore, time_taken: str) -> str:
    """A row of the table."""
    low, high = score.interval
    interval = f"{percent(low, 0)} to {percent(high, 0)}"
    return f"| {name} | {score.correct} of {score.images} | {interval} | {time_taken} |\n"


def show_misses(sitting: Sitting, score: GameScore, title: str) -> None:
    """The digits that somebody misread, and what they were."""
    st.markdown(f"**{title} {len(score.misses)}**")
    if not score.misses:
        return
    images = scaled(sitting.digits.images[[image for image, _, _ in score.misses]]).numpy()
    words = ", ".join(f"a {label} read as {answer}" for _, label, answer in score.misses)
    st.html(mosaic_html(digits_mosaic(images, 7), f"{title}: {words}", tile=44))
    st.caption(f"In this order: {words}.")
