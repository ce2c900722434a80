"""“Teach it your hand”: the network goes on learning from the digits that the visitor kept."""

from __future__ import annotations

import streamlit as st

from core.room.limits import LEAST_TAUGHT
from pages.ui import shell
from pages.ui.state.networks import first_to_ask
from pages.ui.state.own_digits import own_digits
from pages.ui.state.teaching import Teacher
from pages.ui.widgets.stage.wrong import go_to_own_exam
from pages.ui.widgets.teaching import teach
from pages.ui.words.numbers import counted


def teach_your_hand() -> None:
    """A box that unfolds: the button, what came of it, and the way back."""
    digits = list(own_digits())
    with st.expander("Teach it your hand", icon=":material/model_training:"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            said = f"You have kept {counted(len(digits), 'digit')}. It takes {LEAST_TAUGHT}."
            st.caption(said, width="content")
            if st.button("Draw some", type="tertiary", icon=":material/draw:"):
                go_to_own_exam(shell.go)
        teach(teacher_of(digits), first_to_ask(), "Teach it", "Your other digits")


def teacher_of(digits: list[tuple[int, bytes]]) -> Teacher:
    """The visitor's hand, as a network learns from it."""

    def get_material():
        from core.exam.own_digits import as_digits
        from core.room.material import images_material

        return images_material(as_digits(digits))

    return Teacher("hand", "your hand", get_material)
