"""Can you beat it? Twenty of the digits over which the network wavered, read by both."""

from __future__ import annotations

import secrets

import streamlit as st

from core.exam.game import POOL, Game, GameScore, begin_game, game_scores
from pages.ui.exam.duel import show_duel
from pages.ui.exam.sitting import Sitting
from pages.ui.state.visit import visit
from pages.ui.widgets.digits.wall import wall
from pages.ui.widgets.spoken import speak

BOARD = """<style>
.duel-end { display: flex; flex-wrap: wrap; gap: 0.5rem 2.5rem; }
.duel-end b { display: block; font-size: 3.4rem; line-height: 1.1;
  font-variant-numeric: tabular-nums; }
.duel-end b span { font-size: 1.4rem; }
.duel-end small { display: block; opacity: 0.85; }
.duel-end .verdict { font-size: 1.6rem; font-weight: 600; flex: 1 1 100%; }
</style>"""


@st.fragment
def show_game(sitting: Sitting) -> None:
    """The duel, which stands ready, or how it ended."""
    if sitting.exam.total.images < POOL:
        st.info(f"The game needs {POOL} images to choose from. Examine it on a test set above.")
        return
    game = visit().exam.game
    if game is None or game.exam != sitting.key:
        game = begin(sitting)
    with st.container():
        show_end(sitting, game) if game.over else show_ready(sitting, game)
    speak(in_a_sentence(sitting, game) if game.over else "", "exam-duel-said")


def show_ready(sitting: Sitting, game: Game) -> None:
    """The duel, and where its digits are from."""
    labels, answers = (
        each[game.images].tolist() for each in (sitting.exam.labels, sitting.exam.answers)
    )
    show_duel(game, sitting.digits.images[game.images].numpy(), labels, answers)
    st.caption(
        f"From the {POOL} of {sitting.exam.total.images:,} digits that it was least sure of."
    )


def begin(sitting: Sitting) -> Game:
    """Another game."""
    game = begin_game(
        sitting.key, sitting.exam, sitting.model, sitting.digits, secrets.randbits(32)
    )
    visit().exam.game = game
    return game


def show_end(sitting: Sitting, game: Game) -> None:
    """Both scores with their times, and who was mistaken where."""
    yours, networks = game_scores(game, sitting.exam)
    st.html(
        f"""{BOARD}<div class="duel-end">
        <div class="verdict">{verdict(yours, networks)}</div>
        {score_html("You", yours, f"{game.seconds:.1f} s for {yours.images - 1}")}
        {score_html("The network", networks, f"{1000 * game.network_seconds:,.1f} ms for all")}
        </div>"""
    )
    st.button(
        "Play again", type="primary", icon=":material/replay:", on_click=begin, args=(sitting,)
    )
    left, right = st.columns(2, gap="medium")
    with left:
        show_misses(sitting, yours, "You missed", "you", "exam-your-misses")
    with right:
        show_misses(sitting, networks, "The network missed", "it", "exam-its-misses")


def score_html(name: str, score: GameScore, time_taken: str) -> str:
    """A score in large numerals, above what it is, as while it was played."""
    return (
        f"<div><b>{score.correct}<span> of {score.images}</span></b>{name}"
        f"<small>{time_taken}</small></div>"
    )


def in_a_sentence(sitting: Sitting, game: Game) -> str:
    """How it ended, for those who do not see it."""
    yours, networks = game_scores(game, sitting.exam)
    return (
        f"{verdict(yours, networks)} You read {yours.correct} of {yours.images}, the network "
        f"{networks.correct}."
    )


def verdict(yours: GameScore, networks: GameScore) -> str:
    """Who read more."""
    more = yours.correct - networks.correct
    if more == 0:
        return "A draw."
    return f"You beat it by {more}." if more > 0 else f"It beat you by {-more}."


def show_misses(sitting: Sitting, score: GameScore, title: str, who: str, key: str) -> None:
    """The digits that somebody misread, what they were, and the answer."""
    st.markdown(f"**{title} {len(score.misses)}**")
    if score.misses:
        wall(
            sitting.digits.images[[image for image, _, _ in score.misses]].numpy(),
            [f"A {label}; {who} said {answer}" for _, label, answer in score.misses],
            title,
            key,
            tile=64,
            captions=[f"{label} → {answer}" for _, label, answer in score.misses],
        )
