"""What is done so that little is imported and memory goes back changes no number."""

from __future__ import annotations

import gc
import re
import threading
import weakref
from pathlib import Path

import pytest
import torch
from torch import nn
from torch.optim.optimizer import _use_grad_for_differentiable

from core.config import OPTIMIZERS, TrainingConfig
from core.machine import tuning
from core.trainer import build_optimizer


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_optimisers_do_the_same_without_torchs_compiler(name, monkeypatch):
    """That the compiler then stays out of the process is told in tests/pages."""
    kind = type(build_optimizer(nn.Linear(1, 1), TrainingConfig(optimizer=name)))
    step = kind.step
    while hasattr(step, "__wrapped__"):
        step = step.__wrapped__
    own = _use_grad_for_differentiable(step)  # as torch has it before the first is made
    monkeypatch.setattr(kind, "step", own)
    usual = weights_after_steps(name)
    kind.step = own
    tuning.spare_compiler()
    assert kind.step is not own
    assert torch.equal(weights_after_steps(name), usual)
    assert torch.is_grad_enabled()


def weights_after_steps(name: str) -> torch.Tensor:
    """What a small layer has learned after five batches."""
    torch.manual_seed(3)
    model = nn.Linear(20, 3)
    optimizer = build_optimizer(model, TrainingConfig(optimizer=name))
    for _ in range(5):
        optimizer.zero_grad()
        model(torch.rand(8, 20)).square().sum().backward()
        optimizer.step()
    return torch.cat([each.detach().flatten() for each in model.parameters()])


def test_without_the_c_library_in_question_nothing_happens(monkeypatch):
    monkeypatch.setattr(tuning, "_glibc", lambda: None)
    tuning.spare_memory()
    tuning.give_memory_back()
    tuning.keep_memory()


def test_where_it_is_there_it_is_asked(monkeypatch):
    asked = []

    class Library:
        def mallopt(self, setting, value):
            asked.append((setting, value))

        def malloc_trim(self, pad):
            asked.append(pad)

        def madvise(self, start, size, advice):
            pass

    monkeypatch.setattr(tuning, "_glibc", Library)
    tuning.spare_memory()
    tuning.give_memory_back()
    assert asked == [
        (tuning.ARENA_MAX, tuning.ARENAS),
        (tuning.MMAP_THRESHOLD, tuning.MMAP_BYTES),
        (tuning.TRIM_THRESHOLD, tuning.TRIM_BYTES),
        0,
    ]
    asked.clear()
    tuning.keep_memory()
    assert asked == [(tuning.MMAP_THRESHOLD, tuning.MOST), (tuning.TRIM_THRESHOLD, tuning.MOST)]


@pytest.mark.skipif(tuning._glibc() is None, reason="elsewhere nothing is done about memory")
def test_code_that_was_let_go_is_found_again():
    usual = weights_after_steps("adam")
    before = torchs_code_in_memory()
    tuning.let_go_of_code()
    assert torchs_code_in_memory() < before
    assert torch.equal(weights_after_steps("adam"), usual)


def torchs_code_in_memory() -> int:
    """Kilobytes of the largest library of torch that have a place in memory."""
    pieces = re.split(r"\n(?=\w+-\w+ )", Path("/proc/self/smaps").read_text(encoding="utf-8"))
    code = next(each for each in pieces if re.match(r"\S+ r-xp .*libtorch_cpu", each))
    return int(re.search(r"Rss: *(\d+)", code)[1])


def test_garbage_is_collected_by_a_thread_of_its_own(monkeypatch):
    class Thing:
        pass

    collected = threading.Event()
    monkeypatch.setattr(tuning, "COLLECT_EVERY", 0.01)
    gc.disable()  # so that nobody else does
    try:
        thing = Thing()
        thing.itself = thing
        weakref.finalize(thing, collected.set)
        del thing
        tuning.collect_now_and_then.__wrapped__()
        assert collected.wait(60)
    finally:
        gc.enable()
