"""Learn: ten short lessons, each with something to touch, and the list of all words."""

from core.machine.tuning import let_the_page_appear
from pages.ui import shell
from pages.ui.learn.course import LESSONS, terms_of
from pages.ui.learn.frame import show_lessons
from pages.ui.state.address import lesson_number
from pages.ui.words.glossary import offer_glossary

with shell.page("learn"):
    number = lesson_number(len(LESSONS))
    fill_lesson = show_lessons(number)
    offer_glossary(terms_of(number))
    why = "look at the digits that a network learns from"
    shell.next_page("data", why, strong=number == len(LESSONS))
    let_the_page_appear()
    fill_lesson()  # last, since it may take seconds: importing torch, training networks
