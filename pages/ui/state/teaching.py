"""Networks that went on learning from people here: from a room, or from one visitor's hand.

It keeps who teaches what, and the networks that came of it; how a network learns is in
core/room/learning.py. The network that was taught stays as it is, so going back is choosing it.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from core.background import Task
from pages.ui.state import server
from pages.ui.state.networks import Network, ask_network
from pages.ui.state.visit import visit
from pages.ui.words.numbers import percent

if TYPE_CHECKING:
    from torch import nn

    from core.room.learning import Learned
    from core.room.material import Material

NOTE = "It went on learning from people here."


@dataclass(frozen=True)
class Teacher:
    """Whose digits a network goes on learning from.

    key: tells this teacher from others; name: to be said after the network's, as in “the tutorial
    network + your hand”; get_material: the work of getting its digits ready.
    """

    key: str
    name: str
    get_material: Callable[[], Material]


@dataclass(frozen=True)
class Taught(Network):
    """A network that went on learning: which it was before, and what was measured."""

    before: str = ""  # the key of the network that was taught
    learned: Any = None  # a core.room.learning.Learned


def begin(teacher: Teacher, network: Network, model: nn.Module) -> None:
    """Let a copy of the network learn from this teacher, as a task; press again, learn anew."""
    shelf, doubts = server.board().shelf, network.get_doubt() is not None

    def work(task: Task) -> Taught:
        from core.room.learning import learn

        return taught(teacher, network, learn(model, doubts, teacher.get_material, shelf, task))

    key = f"taught-{secrets.token_urlsafe(9)}"
    visit().lessons[teacher.key] = key
    server.tasks().begin(key, work)


def taught(teacher: Teacher, network: Network, learned: Learned) -> Taught:
    """The network that came of it, as the visitor can choose it."""
    name = network.name.removesuffix(f" + {teacher.name}")
    score = learned.old[1].accuracy
    return Taught(
        key=f"taught-{secrets.token_urlsafe(9)}",
        name=f"{name} + {teacher.name}",
        result=percent(score),
        get=lambda: learned.model,
        note=NOTE,
        get_doubt=lambda: learned.doubt,
        before=network.key,
        learned=learned,
    )


def task_of(teacher: Teacher) -> Task | None:
    """What goes on, or went on last, with this teacher."""
    key = visit().lessons.get(teacher.key)
    return server.tasks().get(key) if key else None


def result_of(teacher: Teacher) -> Taught | None:
    """What came of the last lesson of this teacher, if it came to its end."""
    task = task_of(teacher)
    return task.result() if task is not None and task.done else None


def adopt(network: Taught) -> bool:
    """Make what came of a lesson the network in use, once; whether it was done now."""
    if network.key in visit().taught:
        return False
    server.taught().keep(network.key, network)
    visit().taught = [*visit().taught, network.key]
    ask_network(network.key)
    return True


def undo(teacher: Teacher, network: Taught) -> None:
    """Back to the network before, as if this teacher had never taught."""
    visit().lessons.pop(teacher.key, None)
    visit().taught = [each for each in visit().taught if each != network.key]
    server.taught().forget(network.key)
    ask_network(network.before)
