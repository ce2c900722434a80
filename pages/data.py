"""Data: look at the digits that a network learns from, before it does."""

from core.machine.tuning import let_the_page_appear
from pages.ui import shell
from pages.ui.data.sections import show, show_meanwhile
from pages.ui.widgets.choosing.dataset_picker import choose_dataset, is_wanted, open_dataset

with shell.page("data"):
    name = choose_dataset()
    wanted = is_wanted(name)
    content = shell.room_for_late()
    shell.next_page("train", "let a network learn from these digits")
    let_the_page_appear()
    with content:  # last, since it may take seconds: importing torch, opening 70,000 images
        dataset = open_dataset(name) if wanted else None
        if dataset:
            show(dataset)
        else:
            show_meanwhile(name)
