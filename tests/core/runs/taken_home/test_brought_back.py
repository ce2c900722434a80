"""A run goes home and comes back; whatever else is handed in is refused in one sentence."""

from __future__ import annotations

import io
import json
import pickle
import stat
import tracemalloc
import zipfile
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
import safetensors.torch
import torch

from core.runs.kept import files
from core.runs.kept.names import spoken_name
from core.runs.kept.run import Label, Run, RunError
from core.runs.kept.store import RunStore
from core.runs.taken_home.archive import PARTS, packed
from core.runs.taken_home.brought_back import LARGEST, brought_back
from core.runs.taken_home.settings_file import settings_file
from core.runs.taken_home.weights import as_state_dict
from tests.finished_run import OWNER, finished_run

Parts = dict[str, bytes]


@pytest.fixture
def run() -> Run:
    return finished_run(label=Label(note="for Anna", pinned=True))


def parts_of(content: bytes) -> Parts:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(parts: Parts, how: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", how) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def test_a_run_comes_back_as_it_was_to_another(run, tmp_path):
    again = brought_back(packed(run), "visitor")
    assert again.label.name == spoken_name("finished-1")
    assert (again.label.note, again.label.pinned) == ("for Anna", False)
    assert again.id not in ("finished-1", "taken-home") and len(again.id) >= 12
    assert again.origin == replace(run.origin, owner="visitor")
    assert (again.config, again.complete, again.seconds) == (run.config, True, 20.0)
    assert again.validation == run.validation
    assert np.array_equal(again.losses, run.losses)
    assert torch.equal(again.test.confusion, run.test.confusion)
    assert all(torch.equal(again.weights[name], value) for name, value in run.weights.items())
    RunStore(tmp_path).save(again)
    assert RunStore(tmp_path).load(again.id).origin.owner == "visitor"
    assert brought_back(packed(run), "visitor").id != again.id


def test_the_zip_tells_neither_whose_it_was_nor_its_id(run):
    parts = parts_of(packed(run))
    assert tuple(parts) == PARTS
    card = parts["run.json"].decode()
    assert "finished-1" not in card and OWNER not in card


def test_an_unfinished_run_comes_back_as_one(run):
    cut = replace(run, complete=False, losses=run.losses[:3], validation=run.validation[:1])
    assert not brought_back(packed(replace(cut, test=None)), "visitor").complete


@pytest.mark.parametrize("how", [files.weights, lambda run: files.contents(run)[files.WEIGHTS]])
def test_a_network_alone_comes_back_as_a_run_that_can_answer(run, how, tmp_path):
    again = brought_back(how(run), "visitor")
    assert (again.label.name, again.origin.owner) == (spoken_name("finished-1"), "visitor")
    assert (again.config, again.test, len(again.losses)) == (run.config, None, 0)
    images = torch.rand(3, 28, 28)
    assert torch.equal(again.model()(images), run.model()(images))
    RunStore(tmp_path).save(again)
    assert RunStore(tmp_path).load(again.id).is_network_alone
    assert brought_back(packed(again), "visitor").is_network_alone


def test_settings_come_back_as_settings(run):
    assert brought_back(settings_file(run.config).encode(), "visitor") == run.config
    assert brought_back(parts_of(packed(run))["run.json"], "visitor") == run.config


class Evil:
    """Would leave a mark if it were unpickled."""

    def __reduce__(self):
        return (RuntimeError, ("it was unpickled",))


def changed_card(**changes) -> Callable[[Parts], bytes]:
    """Some entries of run.json are others."""

    def make(parts: Parts) -> bytes:
        card = json.loads(parts["run.json"]) | changes
        return zipped(parts | {"run.json": json.dumps(card).encode()})

    return make


def changed_weights(change: Callable[[dict], dict]) -> Callable[[Parts], bytes]:
    def make(parts: Parts) -> bytes:
        weights = change(safetensors.torch.load(parts["weights.safetensors"]))
        said = {"config": json.dumps(json.loads(parts["run.json"])["config"])}
        return zipped(parts | {"weights.safetensors": safetensors.torch.save(weights, said)})

    return make


def first(weights: dict, change: Callable[[torch.Tensor], torch.Tensor]) -> dict:
    """The weights, the first of them changed."""
    name = "layers.hidden_1.weight"
    return weights | {name: change(weights[name])}


def claiming(**header) -> Callable[[Parts], bytes]:
    """Weights whose header claims this of the first layer."""

    def make(parts: Parts) -> bytes:
        content = parts["weights.safetensors"]
        length = int.from_bytes(content[:8], "little")
        told = json.loads(content[8 : 8 + length])
        told["layers.hidden_1.weight"] |= header
        text = json.dumps(told).encode()
        content = len(text).to_bytes(8, "little") + text + content[8 + length :]
        return zipped(parts | {"weights.safetensors": content})

    return make


def alone(zip_of: Callable[[Parts], bytes], name: str = "weights.safetensors"):
    """The same damage to a part that is handed in by itself."""
    return lambda parts: parts_of(zip_of(parts))[name]


def without_settings(parts: Parts) -> bytes:
    return safetensors.torch.save(safetensors.torch.load(parts["weights.safetensors"]))


def changed_settings(value: str) -> Callable[[Parts], bytes]:
    """Weights alone, whose metadata say this in place of the settings."""
    return lambda parts: safetensors.torch.save(
        safetensors.torch.load(parts["weights.safetensors"]), {"config": value}
    )


def with_link(parts: Parts) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in parts:
            info = zipfile.ZipInfo(name)
            info.external_attr = (stat.S_IFLNK | 0o777) << 16
            archive.writestr(info, "/etc/passwd")
    return file.getvalue()


def many_files(parts: Parts) -> bytes:
    return zipped(parts | {f"{number}": b"" for number in range(5_000)})


def bomb(parts: Parts) -> bytes:
    """Some 60 KB that would unpack to 64 MB."""
    return zipped(parts | {"history.csv": bytes(64 * 2**20)})


def lying_bomb(parts: Parts) -> bytes:
    """One that says that it is small."""
    content = bytearray(zipped(parts | {"history.csv": bytes(50 * 2**20)}))
    size = (50 * 2**20).to_bytes(4, "little")
    return bytes(content.replace(size, (1_000).to_bytes(4, "little")))


def twice(parts: Parts) -> bytes:
    file = io.BytesIO(zipped(parts))
    with pytest.warns(UserWarning), zipfile.ZipFile(file, "a") as archive:
        archive.writestr("run.json", b"{}")
    return file.getvalue()


def locked(parts: Parts) -> bytes:
    content = bytearray(zipped(parts))
    place = content.index(b"PK\x01\x02")
    content[place + 8] |= 1
    return bytes(content)


DEEP = b"[" * 10_000 + b"]" * 10_000
BAD: dict[str, Callable[[Parts], bytes]] = {
    "nothing": lambda parts: b"",
    "a renamed pickle": lambda parts: pickle.dumps(Evil()),
    "a pickle in its place": lambda parts: zipped(
        parts | {"weights.safetensors": pickle.dumps(Evil())}
    ),
    "a text": lambda parts: b"Hello, run!",
    "JSON 10,000 deep": lambda parts: zipped(parts | {"run.json": DEEP}),
    "JSON deep, alone": lambda parts: DEEP,
    "a path upwards": lambda parts: zipped(parts | {"../evil": b"x"}),
    "an absolute path": lambda parts: zipped(parts | {"/etc/evil": b"x"}),
    "a path upwards in its place": lambda parts: zipped(
        {f"../{name}": content for name, content in parts.items()}
    ),
    "links": with_link,
    "a part twice": twice,
    "a part missing": lambda parts: zipped({"run.json": parts["run.json"]}),
    "many files": many_files,
    "a bomb": bomb,
    "a lying bomb": lying_bomb,
    "locked": locked,
    "packed otherwise": lambda parts: zipped(parts, zipfile.ZIP_LZMA),
    "200 MB": lambda parts: bytes(200 * 2**20),
    "a zip of 200 MB": lambda parts: zipped(parts) + bytes(200 * 2**20),
    "cut off": lambda parts: zipped(parts)[:-100],
    "a byte changed": lambda parts: zipped(parts, zipfile.ZIP_STORED).replace(b"iter", b"item", 1),
    "weights cut off": lambda parts: zipped(
        parts | {"weights.safetensors": parts["weights.safetensors"][:-4]}
    ),
    "weights of four bytes": lambda parts: zipped(parts | {"weights.safetensors": b"1234"}),
    "a header of 10^9 bytes": lambda parts: zipped(
        parts | {"weights.safetensors": (10**9).to_bytes(8, "little") + b"{}"}
    ),
    "a header of 10^9 elements": claiming(shape=[10**9], data_offsets=[0, 4 * 10**9]),
    "a header of nonsense": claiming(data_offsets=[-5, 10**30]),
    "not a number": changed_weights(lambda all: first(all, lambda one: one * float("nan"))),
    "infinite": changed_weights(lambda all: first(all, lambda one: one + float("inf"))),
    "another shape": changed_weights(lambda all: first(all, lambda one: one[:, :100].clone())),
    "turned": changed_weights(lambda all: first(all, lambda one: one.T.contiguous())),
    "another dtype": changed_weights(lambda all: first(all, lambda one: one.double())),
    "whole numbers": changed_weights(lambda all: first(all, lambda one: one.int())),
    "a layer more": changed_weights(lambda all: all | {"more": torch.zeros(3)}),
    "losses that are none": lambda parts: zipped(
        parts | {"history.csv": b"iteration,loss\n1,nan\n2,1\n3,1\n4,1\n5,1\n6,1\n"}
    ),
    "a history too short": lambda parts: zipped(parts | {"history.csv": b"iteration,loss\n1,2\n"}),
    "a history of one line": lambda parts: zipped(parts | {"history.csv": b"x" * 10**6}),
    "a setting that cannot be": changed_card(config={"hidden_sizes": [10**9]}),
    "a setting that does not exist": changed_card(config={"evil": 1}),
    "a name too long": changed_card(label={"name": "x" * 100}),
    "batches without end": changed_card(total_iterations=10**15),
    "batches by halves": changed_card(total_iterations=6.5, complete=False),
    "an exam that cannot be": changed_card(test={"loss": 1, "confusion": [[-1] * 10] * 10}),
}
WEIGHTS_ALONE = (
    *("weights cut off", "a header of 10^9 bytes", "a header of 10^9 elements"),
    *("a header of nonsense", "not a number", "infinite", "another shape", "turned"),
    *("another dtype", "whole numbers", "a layer more"),
)
BAD |= {f"{name}, alone": alone(BAD[name]) for name in WEIGHTS_ALONE}
BAD |= {
    "weights without settings": without_settings,
    "weights with settings of another network": changed_settings('{"hidden_sizes": [13]}'),
    "weights with a setting that cannot be": changed_settings('{"hidden_sizes": [1000000000]}'),
    "weights with settings that are none": changed_settings("Adam"),
    "weights with settings 10,000 deep": changed_settings(DEEP.decode()),
    "weights of 200 MB": lambda parts: parts["weights.safetensors"] + bytes(200 * 2**20),
    "a header of 10^18 bytes": lambda parts: (10**18).to_bytes(8, "little") + b"{}",
    "JSON without settings": lambda parts: b"{}",
    "JSON cut off": lambda parts: parts["run.json"][:-40],
    "JSON of 200 MB": lambda parts: b"[" + b" " * (200 * 2**20),
    "JSON of 2 MB": lambda parts: b"[" + b" " * (2 * 2**20),
    "JSON of a list": lambda parts: b"[1, 2]",
    "JSON with a number without end": lambda parts: b'{"config": {"seed": ' + b"9" * 9_999 + b"}}",
    "JSON with a setting that cannot be": alone(
        changed_card(config={"hidden_sizes": [10**9]}), "run.json"
    ),
    "JSON with a setting that does not exist": alone(changed_card(config={"evil": 1}), "run.json"),
    "JSON with other settings": alone(changed_card(config="Adam"), "run.json"),
    "JSON with settings 10,000 deep": lambda parts: b'{"config": ' + DEEP + b"}",
}


def test_a_zip_made_anew_of_the_same_parts_comes_back(run):
    parts = parts_of(packed(run))
    same = changed_weights(lambda weights: weights)
    for content in (zipped(parts), changed_card()(parts), same(parts), claiming()(parts)):
        assert brought_back(content, "visitor").label.note == "for Anna"


@pytest.mark.parametrize("case", BAD)
def test_what_is_no_run_is_refused_in_one_sentence(run, case, tmp_path, monkeypatch):
    content = BAD[case](parts_of(packed(run)))
    monkeypatch.chdir(tmp_path)
    tracemalloc.start()
    try:
        with pytest.raises(RunError) as refused:
            brought_back(content, "visitor")
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    said = str(refused.value)
    assert said.startswith("This file cannot be brought back: ")
    assert len(said) < 400 and "\n" not in said and "Traceback" not in said
    assert most < 25 * 2**20  # bytes
    assert not list(tmp_path.iterdir())


def test_why_something_is_refused_is_said(run):
    def reason(content: bytes) -> str:
        with pytest.raises(RunError) as refused:
            brought_back(content, "visitor")
        return str(refused.value)

    parts = parts_of(packed(run))
    assert "never opened" in reason(as_state_dict(run.model()))
    assert "never opened" in reason(pickle.dumps(Evil()))
    assert "does not hold the settings" in reason(without_settings(parts))
    assert "no settings in this JSON" in reason(b"{}")
    assert "hidden_sizes is 1,000,000,000" in reason(
        BAD["weights with a setting that cannot be"](parts)
    )
    assert "100.1 MB, and 100 MB is the most" in reason(bytes(LARGEST + 1))
    assert "'../evil', which is no part of a run" in reason(zipped(parts | {"../evil": b""}))
    assert "too many files" in reason(many_files(parts))
    assert "run.json in it is a link" in reason(with_link(parts))
    assert "would unpack to 64.0 MB, and 16 MB is the most" in reason(bomb(parts))
    assert "not those of the network" in reason(claiming(shape=[10**9])(parts))
    assert "another kind, or damaged" in reason(parts["weights.safetensors"][4:])
    assert "its end is missing" in reason(parts["weights.safetensors"][:-4])
    assert "hidden_sizes is 1,000,000,000" in reason(
        changed_card(config={"hidden_sizes": [10**9]})(parts)
    )


def test_what_is_told_of_the_origin_is_not_believed(run):
    told = {"owner": "thief", "begun": "soon", "device": "x" * 999}
    told["data"] = {"a": "y" * 999, "b": 2}
    again = brought_back(changed_card(origin=told)(parts_of(packed(run))), "visitor")
    assert again.origin.owner == "visitor"
    assert again.origin.begun.startswith("20")
    assert (again.origin.device, again.origin.data) == ("", {"b": 2})
