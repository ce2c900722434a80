"""What could be handed in as a run, or stand in a run's folder: every part of one damaged.

`check_upload` and `check_folder` ask for a RunError or for a run of which all can be shown.
"""

from __future__ import annotations

import json
import os
import shutil
import zipfile
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import Any

import torch
from hypothesis import strategies as st

from core.charts.score import dot_on_scale, scale_start
from core.config import TrainingConfig
from core.model import build_model
from core.runs.kept import checkpoint, files
from core.runs.kept.run import Label, Run, RunError
from core.runs.kept.store import Damaged, RunStore
from core.runs.taken_home.archive import packed
from core.runs.taken_home.brought_back import brought_back
from core.trainer import TrainingState
from tests.finished_run import OWNER, finished_run
from tests.property.damage import as_json, damaged_bytes, damaged_json, known, texts

IMAGES = 55  # that the unfinished run learns from
NAMES = (files.CARD, files.HISTORY, files.WEIGHTS, files.CHECKPOINT)

Parts = dict[str, bytes]


def begun(config: TrainingConfig) -> bytes:
    """The checkpoint of a run of these settings after its first epoch."""
    model = build_model(config)
    state = TrainingState.fresh(model, config, IMAGES)
    model(torch.rand(4, 28, 28)).sum().backward()
    state.optimizer.step()
    state.epochs_done = 1
    return checkpoint.packed(model, state)


def with_card(parts: Parts, card: Any) -> Parts:
    return parts | {files.CARD: as_json(card)}


def with_header(parts: Parts, name: str, header: Any) -> Parts:
    """Weights whose list of what they hold is this."""
    content, told = parts[name], as_json(header)
    rest = content[8 + int.from_bytes(content[:8], "little") :]
    return parts | {name: len(told).to_bytes(8, "little") + told + rest}


def header_of(content: bytes) -> Any:
    return json.loads(content[8 : 8 + int.from_bytes(content[:8], "little")])


def zipped(parts: Parts) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def damaged(whole: Parts) -> st.SearchStrategy[Parts]:
    """A run of which one file is damaged, by its bytes or by what it says."""
    names = st.sampled_from(list(whole))
    by_bytes = names.flatmap(
        lambda name: damaged_bytes(known(whole[name])).map(lambda new: whole | {name: new})
    )
    card = damaged_json(known(json.loads(whole[files.CARD])))
    tensors = st.sampled_from([name for name in whole if name.endswith(".safetensors")])
    headers = tensors.flatmap(
        lambda name: damaged_json(known(header_of(whole[name]))).map(
            lambda header: with_header(whole, name, header)
        )
    )
    cards = card.map(lambda each: with_card(whole, each))
    return st.one_of(cards, cards, cards, by_bytes, headers)


RUN = finished_run(label=Label("Anna's", "of Monday"))
HOME = packed(RUN)
with zipfile.ZipFile(BytesIO(HOME)) as taken:
    TAKEN = {name: taken.read(name) for name in taken.namelist()}
FOLDER = {**files.contents(RUN), files.CHECKPOINT: begun(RUN.config)}


def alone(parts: Parts) -> bytes:
    """A part that is handed in by itself, the first one that is damaged."""
    return next(each for name, each in parts.items() if each != TAKEN[name])


uploads = st.one_of(
    damaged(TAKEN).map(zipped),
    damaged_bytes(known(HOME)),
    damaged(TAKEN).filter(lambda parts: parts != TAKEN).map(alone),
    st.binary(),
)
folders = st.tuples(texts | known(RUN.id), damaged(FOLDER))


def check_upload(case: bytes) -> bool:
    """Whether a run or settings came back. Raises whatever but a RunError comes out."""
    try:
        run = brought_back(case, OWNER)
    except RunError as error:
        said = str(error)
        said.encode()
        assert said.isprintable() and len(said) < 400, said
        return False
    if isinstance(run, TrainingConfig):
        return True
    store = RunStore(Path(os.environ["DIGITLAB_HOME"]) / "brought-back")
    store.save(run)
    check_shown(store, run)
    assert store.load(run.id).origin.owner == OWNER
    store.delete(run.id)
    return True


def check_folder(case: tuple[str, Parts]) -> bool:
    """Whether the folder is read as a run, asked for by any name. Raises what is no RunError."""
    asked, parts = case
    store = RunStore(Path(os.environ["DIGITLAB_HOME"]) / "runs")
    folder = store.folder / RUN.id
    folder.mkdir(parents=True, exist_ok=True)
    for name in NAMES:
        (folder / name).write_bytes(parts[name])
    with suppress(RunError):
        store.load(asked)
    for look in (store.summary, store.network, lambda name: store.relabel(name, Label("New"))):
        with suppress(RunError):
            look(RUN.id)
    listed = [each for each in store.runs() if not isinstance(each, Damaged)]
    with suppress(*files.DAMAGE):  # who goes on from it says that it is damaged
        checkpoint.unpacked(parts[files.CHECKPOINT], RUN.model(), RUN.config, IMAGES)
    try:
        if listed:
            check_shown(store, store.load(RUN.id))
    except RunError:
        listed = []
    shutil.rmtree(folder, ignore_errors=True)
    return bool(listed)


def check_shown(store: RunStore, run: Run) -> None:
    """All that pages ask of a run can be had, and it can be taken home."""
    summary = store.summary(run.id)
    summary.name.encode()
    if test := summary.test:
        assert 0 <= test.interval[0] <= test.accuracy <= test.interval[1] <= 1
        assert "<svg" in dot_on_scale(test.accuracy, *test.interval, scale_start(test.interval[0]))
    run.model()(torch.zeros(1, 28, 28))
    packed(run)
