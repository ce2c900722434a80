"""The sections of Inside, and the one place that imports them: late, for they import torch."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pages.ui.inside.subject import Sample, Subject
    from pages.ui.state.networks import Network

SECTIONS = {
    "follow": "Follow a digit",
    "weights": "First layer",
    "why": "Why this answer",
    "flip": "Change its mind",
    "map": "The map",
    "ideal": "Ideal digits",
}


def show(section: str, network: Network) -> None:
    """The section, a key of SECTIONS, about this network; beside the digit, if it is about one."""
    from pages.ui.inside.sample_choice import sample_and_room
    from pages.ui.inside.subject import open_subject

    subject = open_subject(network)
    if subject is None or show_network(section, subject):
        return
    sample, room = sample_and_room(subject)
    if sample is not None:
        with room:
            show_digit(section, subject, sample)


def show_network(section: str, subject: Subject) -> bool:
    """A section about the network alone; whether it is one."""
    match section:
        case "weights":
            from pages.ui.inside.weights import show_weights

            show_weights(subject)
        case "ideal":
            from pages.ui.inside.ideal import show_ideal

            show_ideal(subject)
        case _:
            return False
    return True


def show_digit(section: str, subject: Subject, sample: Sample) -> None:
    """A section about one digit in the network."""
    match section:
        case "follow":
            from pages.ui.inside.follow import show_follow

            show_follow(subject, sample)
        case "why":
            from pages.ui.inside.why import show_why

            show_why(subject, sample)
        case "flip":
            from pages.ui.inside.flip import show_flip

            show_flip(subject, sample)
        case "map":
            from pages.ui.inside.map import show_map

            show_map(subject, sample)
