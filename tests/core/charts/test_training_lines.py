"""Which epochs are marked on the axis of a run."""

from core.charts.training_lines import EPOCH_MARKS, epoch_marks


def test_epoch_marks_are_few_and_evenly_spaced():
    for epochs in range(1, 2_000):
        marks = epoch_marks(430, 430 * epochs)
        assert 1 <= len(marks) <= EPOCH_MARKS
        assert marks == list(range(marks[0], epochs + 1, marks[0]))
        assert str(marks[0]).rstrip("0") in {"1", "2", "5"}
    assert epoch_marks(430, 429) == []
