"""Which lessons this visitor has done: remembered in the visit, and in the browser over a reload.

The browser keeps only numbers of lessons, under one name, and nothing but this page reads them.
Where it keeps nothing, the visit goes on as it would without.
"""

from __future__ import annotations

import streamlit as st

from pages.ui.learn.course import LESSONS
from pages.ui.state.visit import visit, widget_value

KEY = "lesson-memory"

# It speaks only when the browser knows of lessons that Python does not: once in a visit.
JS = """
const NAME = "digitlab-lessons-done";

const recall = () => {
  try {
    const kept = JSON.parse(window.localStorage.getItem(NAME) ?? "[]");
    return Array.isArray(kept) ? kept.filter(Number.isInteger) : [];
  } catch {
    return [];  // nothing is kept here, or something else is
  }
};

export default ({ data, setTriggerValue }) => {
  const kept = recall();
  if (kept.some((number) => number >= 1 && number <= data.lessons && !data.done.includes(number)))
    setTriggerValue("kept", kept);
  else if (data.done.length > kept.length) {
    try {
      window.localStorage.setItem(NAME, JSON.stringify(data.done));
    } catch {
      // then it is forgotten with the visit
    }
  }
};
"""

_browser_memory = st.components.v2.component("digitlab_lesson_memory", html="<span></span>", js=JS)


def done() -> set[str]:
    """The names of the lessons that this visitor has done."""
    return visit().learn.done


def finish(name: str) -> None:
    """Count a lesson as done: its answer was looked at, or the visitor went on."""
    done().add(name)


def remember() -> None:
    """Keep what is done in the visitor's browser too, which may know of more."""
    data = {
        "done": [number for number, name in enumerate(LESSONS, start=1) if name in done()],
        "lessons": len(LESSONS),
    }
    _browser_memory(key=KEY, data=data, on_kept_change=_hear)


def _hear() -> None:
    """Count what the browser has kept; called before the page runs again."""
    kept = widget_value(KEY)["kept"]
    if isinstance(kept, list):
        done().update(name for number, name in enumerate(LESSONS, start=1) if number in kept)
