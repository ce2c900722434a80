"""What a script shows is handed over in its order, and all of it."""

import asyncio
import threading

import pytest

from pages.ui.state.sending import Together


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
