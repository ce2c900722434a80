"""Two scripts of one visitor take turns; those of two visitors do not wait for each other."""

from threading import Thread

from streamlit.runtime.state import SafeSessionState, SessionState
from streamlit.runtime.state.common import WidgetMetadata

from pages.ui.state.interrupted import take_turns

SOON = 0.3  # seconds in which a thread that need not wait is done, and longer where it must


def test_an_old_script_waits_while_the_new_one_looks_at_the_widgets():
    take_turns()
    visitor, another = SessionState(), SessionState()
    new, old, other = (SafeSessionState(each, lambda: None) for each in (visitor, visitor, another))
    waiting = Thread(target=old.__setitem__, args=("added", 1), daemon=True)
    free = Thread(target=other.__setitem__, args=("added", 1), daemon=True)
    meanwhile = []

    def look(value: object) -> object:
        free.start()
        free.join()
        waiting.start()
        waiting.join(SOON)
        meanwhile.extend(("added" in another, "added" in visitor))
        return value

    widget = WidgetMetadata("widget", look, lambda value: value, "string_value")
    new.register_widget(widget, None)
    waiting.join()
    assert meanwhile == [True, False]
    assert "added" in visitor
