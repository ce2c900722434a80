"""Answers to strokes come first; what a script shows is sent in its order, and all of it."""

import asyncio
import threading
from contextlib import nullcontext

import pytest
from streamlit.runtime.scriptrunner.script_runner import RerunData, ScriptRunner

from pages.ui.state import answering
from pages.ui.state.answering import Together


class Noted:
    """Takes down who is how patient."""

    def __init__(self, patience: list[float]) -> None:
        self.patience = patience

    def turn(self, patience: float):
        self.patience.append(patience)
        return nullcontext()


def test_a_stroke_is_answered_before_a_page_and_a_page_before_a_look(monkeypatch):
    ran, patience = [], []
    monkeypatch.setattr(ScriptRunner, "_run_script", lambda self, asked: ran.append(asked))
    monkeypatch.setattr(answering, "InTurn", lambda: Noted(patience))
    answering.run_scripts_in_turn.__wrapped__()
    stroke, page = RerunData(fragment_id_queue=["stage"]), RerunData()
    look = RerunData(fragment_id_queue=["run"], is_auto_rerun=True)
    for asked in (stroke, page, look):
        ScriptRunner._run_script(None, asked)
    assert ran == [stroke, page, look]
    assert patience[0] < patience[1] < patience[2]


@pytest.mark.parametrize("threads", [1, 4])
def test_all_is_called_in_the_order_of_each_thread(threads):
    async def called() -> list[tuple[int, int]]:
        together, heard = Together(asyncio.get_running_loop()), []

        def say(who: int) -> None:
            for number in range(2_000):
                together.call_soon(lambda number=number: heard.append((who, number)))

        speakers = [threading.Thread(target=say, args=(who,)) for who in range(threads)]
        for each in speakers:
            each.start()
        while any(each.is_alive() for each in speakers) or len(heard) < 2_000 * threads:
            await asyncio.sleep(0.001)
        return heard

    heard = asyncio.run(asyncio.wait_for(called(), 30))
    for who in range(threads):
        assert [number for by, number in heard if by == who] == list(range(2_000))


def test_what_one_raises_keeps_no_other_from_being_called():
    async def called() -> None:
        loop, done = asyncio.get_running_loop(), asyncio.Event()
        loop.set_exception_handler(lambda *_: None)
        together = Together(loop)
        together.call_soon(lambda: 1 // 0)
        together.call_soon(done.set)
        await asyncio.wait_for(done.wait(), 30)

    asyncio.run(called())


def test_a_closed_loop_is_no_error():
    loop = asyncio.new_event_loop()
    loop.close()
    Together(loop).call_soon(lambda: None)
