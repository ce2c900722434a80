"""Runs: what was trained from this browser, to look back at, name, compare and go on with."""

from core.machine.tuning import let_the_page_appear
from pages.ui import shell
from pages.ui.state import owner
from pages.ui.words.glossary import offer_glossary

WORDS = (
    *("seed", "batch", "epoch", "loss", "learning rate", "exam", "practice exam"),
    *("confidence interval", "standard deviation"),
)

with shell.page("runs"):
    content = shell.room_for_late()
    owner.remember()
    offer_glossary(WORDS)
    shell.next_page("exam", "see how well a network reads, and where it is wrong")
    let_the_page_appear()
    with content:  # last, since torch is imported for it
        from pages.ui.runs.series.sections import show_section

        show_section()
