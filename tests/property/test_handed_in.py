"""Whatever is handed in: only documented errors come out, and no file anywhere else."""

from __future__ import annotations

import pytest

from tests.property.trying import KINDS, try_cases
from tests.property.written import outside

FEW = 60  # of each kind, always the same; tests.benchmarks.fuzz tries as many as one likes


@pytest.mark.parametrize("kind", KINDS)
def test_it_is_taken_or_refused_in_a_sentence(kind, home):
    tally = try_cases(KINDS[kind], FEW, home)
    assert tally.tried >= FEW / 2
    assert 0 < tally.taken < tally.tried  # else the cases are of one sort, and try little


def test_what_is_written_elsewhere_is_noticed(tmp_path):
    with outside(tmp_path / "home") as written:
        (tmp_path / "home").mkdir()
        (tmp_path / "home" / "kept").write_text("mine")
        assert written == []
        (tmp_path / "elsewhere").write_text("not mine")
        (tmp_path / "elsewhere").rename(tmp_path / "home" / "moved")
    assert [each.split()[0] for each in written] == ["open", "os.rename"]
