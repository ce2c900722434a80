"""All runs of a server: who may start one, in which line it waits, which are remembered."""

from __future__ import annotations

import threading

import pytest

from core.background import Queue
from core.runs import board as board_module
from core.runs import budget
from core.runs.board import BoardFull, JobBoard
from core.runs.kept.nowhere import Nowhere
from core.runs.kept.run import Label
from core.runs.kept.store import RunStore
from core.runs.snapshot import JobState
from tests.core.runs.jobs import CONFIG, Shelf, losses_of_a_plain_loop, refuse, state
from tests.waiting import until


def test_two_visitors_have_jobs_of_their_own(make_board, small):
    board = make_board(max_jobs=2)
    one, two = board.submit(CONFIG), board.submit(CONFIG.changed(seed=1))
    one.task.wait(30)
    two.task.wait(30)
    assert board.get(one.id) is one
    assert board.get("nothing") is None
    assert one.snapshot().losses.tolist() == losses_of_a_plain_loop(small)
    assert two.snapshot().losses.tolist() == losses_of_a_plain_loop(small, CONFIG.changed(seed=1))


def one_place_for_two(make_board):
    """A board, a long run on its only place, and one that waits for it."""
    board = make_board(max_jobs=1)
    first = board.submit(CONFIG.changed(epochs=100))
    until(lambda: first.snapshot().iteration > 0)
    second = board.submit(CONFIG)
    until(lambda: state(second) is JobState.WAITING)
    return board, first, second


def test_more_jobs_than_places_wait_in_line_in_order(make_board):
    board, first, second = one_place_for_two(make_board)
    third = board.submit(CONFIG)
    until(lambda: state(third) is JobState.WAITING)
    assert (second.snapshot().place_in_line, third.snapshot().place_in_line) == (1, 2)
    assert 0 < second.snapshot().waiting_seconds < third.snapshot().waiting_seconds
    first.controls.pause()  # a run that stands still leaves its place
    second.task.wait(20)
    third.task.wait(20)
    assert state(third) is JobState.FINISHED
    first.controls.resume()
    until(lambda: state(first) is JobState.RUNNING)


def test_a_job_in_line_can_be_stopped(make_board):
    _, first, second = one_place_for_two(make_board)
    second.stop()
    second.task.wait(5)
    assert state(second) is JobState.STOPPED
    assert second.snapshot().test is None
    assert state(first) is JobState.RUNNING


def test_a_sign_of_life_of_its_visitor_or_of_a_watcher_keeps_a_run(make_board, monkeypatch):
    board = make_board()
    jobs = [board.submit(CONFIG, paused=True, owner=owner) for owner in ("me", "you", "them")]
    for job in jobs:
        monkeypatch.setattr(job.controls.presence, "_last", -1e9)
    board.seen_by(["me", "my other tab"], [jobs[2].id])
    assert [job.controls.presence.unseen_for() < 1e6 for job in jobs] == [True, False, True]


def test_impatient_clicks_start_one_run(make_board):
    """Also two at the same moment, from two tabs; other settings or another visitor are another."""
    board, started = make_board(), []

    def click():
        started.append(board.submit(CONFIG, paused=True, owner="me", once=True))

    threads = [threading.Thread(target=click) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert len({job.id for job in started}) == len(board.jobs()) == 1
    others = [
        board.submit(CONFIG.changed(seed=1), paused=True, owner="me", once=True),
        board.submit(CONFIG, paused=True, owner="you", once=True),
        board.submit(CONFIG, paused=True, owner="me"),  # as a race does: the same twice
    ]
    assert len({job.id for job in (*started, *others)}) == 4
    started[0].controls.step(1)
    started[0].wait_until_still(20)
    others[-1].stop()
    after = board.submit(CONFIG, paused=True, owner="me", once=True)
    assert after is not started[0]  # that one has begun


def test_a_stopped_job_in_line_is_not_handed_out_again(make_board):
    board = make_board()
    first = board.submit(CONFIG, paused=True, owner="me", once=True)
    first.controls.stop()
    assert board.submit(CONFIG, paused=True, owner="me", once=True) is not first


def test_a_full_board_says_so(make_board, monkeypatch):
    monkeypatch.setattr(board_module, "OPEN_JOBS", 2)
    board = make_board()
    for _ in range(2):
        board.submit(CONFIG, paused=True)
    with pytest.raises(BoardFull, match="Try again"):
        board.submit(CONFIG)


def test_on_a_full_board_a_run_that_was_left_makes_room(make_board, monkeypatch):
    monkeypatch.setattr(board_module, "OPEN_JOBS", 2)
    board = make_board()
    left, other = (board.submit(CONFIG, paused=True) for _ in range(2))
    until(lambda: state(left) is JobState.PAUSED)
    left.controls.left = True
    board.submit(CONFIG, paused=True)
    left.task.wait(10)
    assert "the server was full" in left.snapshot().message
    assert not other.over


def test_old_jobs_leave_the_memory_but_not_the_disk(make_board, monkeypatch, tmp_path):
    monkeypatch.setattr(board_module, "KEPT_JOBS", 2)
    board = make_board()
    over = []
    for _ in range(5):
        over.append(board.submit(CONFIG.changed(epochs=1)))
        over[-1].task.wait(20)
    assert board.get(over[0].id) is None
    assert board.get(over[-1].id) is over[-1]
    assert RunStore(tmp_path / "runs").load(over[0].id).complete


def test_a_run_that_could_not_be_saved_stays_in_memory(make_board, monkeypatch):
    monkeypatch.setattr(board_module, "KEPT_JOBS", 1)
    board = make_board()
    monkeypatch.setattr(board.store, "save", refuse)
    lost = board.submit(CONFIG.changed(epochs=1))
    lost.task.wait(20)
    monkeypatch.undo()
    for _ in range(3):
        board.submit(CONFIG.changed(epochs=1)).task.wait(20)
    assert board.get(lost.id) is lost
    lost.save()
    assert lost.snapshot().save_error == ""


def test_the_way_back_of_the_longest_unseen_run_makes_room(make_board, monkeypatch):
    """All runs share one budget; whoever looked last keeps theirs."""
    board = make_board()
    one = board.submit(CONFIG.changed(epochs=1))
    one.task.wait(20)
    monkeypatch.setattr(budget, "WAYS_BACK", int(2.5 * one.on_disk))
    made = [one]
    for _ in range(3):
        made.append(board.submit(CONFIG.changed(epochs=1)))
        made[-1].task.wait(20)
        made[0].snapshot()  # somebody looks at the first again and again
    assert [bool(job.memory.moments()) for job in made] == [True, False, False, True]
    assert [job.memory.cleared for job in made] == [False, True, True, False]


def test_what_is_over_and_kept_is_forgotten_when_memory_is_short(make_board, monkeypatch, tmp_path):
    board = make_board()
    one = board.submit(CONFIG.changed(epochs=1))
    one.task.wait(20)
    assert one.in_memory >= sum(each.nbytes for each in one.network().state_dict().values())
    monkeypatch.setattr(budget, "REMEMBERED", one.in_memory)
    monkeypatch.setattr(board.store, "save", refuse)
    lost = board.submit(CONFIG.changed(epochs=1))
    lost.task.wait(20)
    monkeypatch.undo()
    monkeypatch.setattr(budget, "REMEMBERED", one.in_memory)
    board.submit(CONFIG.changed(epochs=1)).task.wait(20)
    assert board.get(one.id) is None
    assert RunStore(tmp_path / "runs").load(one.id).complete
    assert board.get(lost.id) is lost  # it is nowhere else


def test_what_is_said_of_a_run_stays_when_it_is_saved_again(make_board, tmp_path):
    board, store = make_board(), RunStore(tmp_path / "runs")
    job = board.submit(CONFIG, paused=True)
    board.relabel(job.id, Label("Early Owl"))  # before it is kept for the first time
    assert job.name == "Early Owl"
    job.controls.step(47)  # into the second epoch
    job.wait_until_still(20)
    assert store.summary(job.id).label == Label("Early Owl")
    board.relabel(job.id, Label("Blue Fox", "a note", True))
    assert (job.name, job.snapshot().name) == ("Blue Fox", "Blue Fox")
    assert store.summary(job.id).label == Label("Blue Fox", "a note", True)
    job.controls.resume()
    job.task.wait(20)
    assert store.summary(job.id).complete
    assert store.summary(job.id).label == Label("Blue Fox", "a note", True)


def test_a_job_that_is_dropped_ends_and_is_remembered_nowhere(make_board):
    board = make_board()
    job = board.submit(CONFIG, speed=1)
    until(lambda: job.snapshot().iteration)
    board.drop(job.id)
    assert board.get(job.id) is None
    job.task.wait(20)
    assert job.state is JobState.STOPPED
    board.drop("nothing-here")  # is no catastrophe


def test_a_job_of_a_board_that_keeps_nothing_leaves_no_file(small, home):
    board = JobBoard(Shelf(small), Nowhere(), Queue(1))
    job = board.submit(CONFIG.changed(epochs=1))
    job.task.wait(60)
    assert job.state is JobState.FINISHED
    assert job.can_be_forgotten
    assert not (home / "runs").exists()
