"""Which lessons are done, kept in the visitor's browser, so that a reload does not forget them.

Only numbers of lessons are kept, under one name, and nothing but this page reads them. Where the
browser keeps nothing, the visit goes on as it would without.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import streamlit as st

from pages.ui.state.visit import widget_value

KEY = "lesson-memory"

HTML = "<span></span>"

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

_component = st.components.v2.component("digitlab_lesson_memory", html=HTML, js=JS)


def keep_in_browser(done: Iterable[int], lessons: int, hear: Callable[[set[int]], None]) -> None:
    """Keep the numbers of the lessons done; `hear` is told those that the browser has kept.

    lessons: how many there are; numbers beyond are ignored. `hear` is called before the page runs
    again.
    """

    def heard() -> None:
        kept = widget_value(KEY)["kept"]
        if isinstance(kept, list):
            hear({each for each in kept if isinstance(each, int) and 1 <= each <= lessons})

    data = {"done": sorted(done), "lessons": lessons}
    _component(key=KEY, data=data, on_kept_change=heard)
