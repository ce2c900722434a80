"""What will happen? The visitor's guess at a lesson's question, and what is true."""

from __future__ import annotations

import streamlit as st

from pages.ui.learn.course import Lesson
from pages.ui.learn.lessons_done import finish
from pages.ui.state.visit import visit
from pages.ui.widgets.spoken import speak

MORE = "More\u00a0below."


def guessed(name: str, lesson: Lesson) -> str | None:
    """What this visitor has guessed in the lesson of this name; None before that."""
    guess = visit().learn.guesses.get(name)
    return guess if guess in lesson.choices else None


def show_guess(name: str, lesson: Lesson) -> None:
    """The question with its choices; once one is taken, which was right, and why."""
    guess = guessed(name, lesson)

    def take(choice: str) -> None:
        visit().learn.guesses[name] = choice
        finish(name)

    st.markdown(f"**What will happen?** {lesson.question}")
    for number, choice in enumerate(lesson.choices):
        st.button(
            choice,
            key=f"guess-{name}-{number}{'-right' * (guess is not None and choice == lesson.right)}",
            icon=_icon(choice, guess, lesson.right),
            on_click=take,
            args=(choice,),
            disabled=guess is not None,
            width="stretch",
        )
    said = "" if guess is None else f"**{_verdict(guess, lesson)}** {lesson.answer}"
    with st.container(key="scene-answer"):
        if guess is None:
            st.empty()  # without anything in it, there would be no room kept
        else:
            st.markdown(f"{said} ↓\u00a0{MORE}")
    speak(f"{said} {MORE}".replace("*", "") if said else "", f"guess-said-{name}")


def _verdict(guess: str, lesson: Lesson) -> str:
    return "Yes." if guess == lesson.right else f"No: {lesson.right}."


def _icon(choice: str, guess: str | None, right: str) -> str:
    if guess is not None and choice == right:
        return ":material/check_circle:"
    return ":material/cancel:" if choice == guess else ":material/radio_button_unchecked:"
