"""What the thread of a run does between two batches: obey the buttons, and wait for its turn."""

from __future__ import annotations

import time

from core.background import Task
from core.runs.steering.controls import Controls

TURN_OF_OTHERS = 0.5  # seconds in the queue that are no part of how fast a run goes


class Waiting:
    """Brings the buttons of a run and its task's place in the queue together."""

    def __init__(self, controls: Controls) -> None:
        self.controls = controls
        self._stood = False  # still, or behind others, since the last batch

    def for_go(self, task: Task) -> bool:
        """Return, with a place for the task, when the next batch may be worked on.

        The answer: whether the run stood still until then, or others had their turn, so that this
        time says nothing of how fast it goes. Raises Stopped when there shall be no more batch.
        """
        controls, began = self.controls, time.monotonic()
        task.checkpoint(give_up=self._give_up)
        controls.in_line = False
        self._stood = time.monotonic() - began > TURN_OF_OTHERS
        while not self._may_go(task):
            if controls.left:
                controls.on_left()
            else:
                task.enter(give_up=self._give_up, brief=controls.brief)
                controls.in_line = False
        return self._stood

    def _give_up(self) -> bool:
        """Asked only while the run waits for a place: whether it still wants one."""
        self.controls.in_line = True
        return self.controls.held

    def _may_go(self, task: Task) -> bool:
        """Wait while held or slowed down; False: first get a place in the queue, or, where the run
        has just been left alone, keep it."""
        controls, changed = self.controls, self.controls.changed
        with changed:
            while True:
                controls.raise_if_stopped()
                controls.standing = controls.held
                if controls.presence.left and not controls.left:
                    controls.leave_alone()
                    task.leave()
                    return False
                self._stood |= controls.standing
                early = max(controls.pace.early, controls.ahead())
                if controls.held or early > 0:
                    task.leave()
                    changed.notify_all()
                    changed.wait(1.0 if controls.held else min(early, 1.0))
                elif controls.looking:
                    changed.wait(1.0)
                elif task.has_place:
                    controls.begin_batch()
                    return True
                else:
                    return False
