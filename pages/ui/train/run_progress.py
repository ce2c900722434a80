"""How far a run is: its bar, and in words where it stands and what remains."""

from __future__ import annotations

import streamlit as st

from core.runs.snapshot import JobSnapshot, JobState
from pages.ui.words.numbers import counted, duration

SAID = (JobState.PAUSED, JobState.STOPPED, JobState.FINISHED)  # by their own names


def show_run_progress(seen: JobSnapshot) -> None:
    """The bar, and under it the words."""
    if seen.state is JobState.PREPARING:
        st.progress(min(seen.share_prepared, 1.0), text=f"{seen.message or 'Getting ready'} …")
    elif seen.state is JobState.WAITING:
        st.progress(seen.share, text=waiting_in_words(seen))
    else:
        st.progress(seen.share, text=progress_in_words(seen))


def waiting_in_words(seen: JobSnapshot) -> str:
    """Its place in line, and when its turn comes."""
    ahead = seen.place_in_line - 1
    others = "You are next" if ahead < 1 else f"{counted(ahead, 'run')} ahead"
    wait = duration(seen.waiting_seconds)
    return f"Waiting for a free place on the server. {others}. Your turn comes in {wait}."


def progress_in_words(seen: JobSnapshot) -> str:
    """For example: Epoch 2 of 3 · batch 512 of 1,290 · 620 batches a second · 1 second to go."""
    parts = [
        f"Epoch {max(seen.epoch, 1)} of {seen.config.epochs}",
        f"batch {seen.iteration:,} of {seen.total_iterations:,}",
    ]
    if seen.state in SAID:
        parts.append(str(seen.state))
    if seen.iterations_per_second:
        parts.append(f"{seen.iterations_per_second:,.0f} batches a second")
    if seen.remaining_seconds is not None:
        parts.append(f"{duration(seen.remaining_seconds)} to go")
    return " · ".join(parts)
