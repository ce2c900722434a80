"""The images of the game, against naive loops."""

import pytest

from core.exam.game import POOL, ROUNDS, Game, begin_game, draw_game, game_scores, hardest
from core.exam.sitting import sit_exam
from core.pretrained import load


def test_the_hardest_are_where_two_answers_lie_closest(wavering):
    found, _ = wavering
    margins = []
    for row in found.probabilities:
        first, second = sorted(row, reverse=True)[:2]
        margins.append(first - second)
    chosen = hardest(found, 50)
    assert max(margins[i] for i in chosen) <= sorted(margins)[49]


def test_a_game_is_drawn_from_the_hardest_and_differs_from_the_next(wavering):
    found, _ = wavering
    pool = set(hardest(found, 200).tolist())
    first, again, other = (draw_game(found, seed) for seed in (1, 1, 2))
    assert len(set(first.tolist())) == 20
    assert set(first.tolist()) <= pool
    assert first.tolist() == again.tolist() != other.tolist()


def test_a_game_is_scored_for_both_like_a_naive_loop(generated):
    model, part = load("tutorial").model, generated.test[:400]
    exam = sit_exam(model, part)
    game = begin_game(("network", "digits"), exam, model, part, seed=3)
    assert game.network_seconds > 0
    assert len(set(game.images)) == len(game.images) == ROUNDS
    assert set(game.images) <= set(hardest(exam, POOL).tolist())
    labels = part.labels[game.images].tolist()
    given = [digit if number >= 3 else (digit + 1) % 10 for number, digit in enumerate(labels)]
    assert not game.over
    game.finish(given, 40.0)
    assert game.over
    assert game.seconds == 40.0
    yours, networks = game_scores(game, exam)
    assert yours.correct == ROUNDS - 3
    assert yours.misses == list(zip(game.images[:3], labels[:3], given[:3], strict=True))
    assert networks.correct == sum(
        int(exam.answers[image]) == label for image, label in zip(game.images, labels, strict=True)
    )


@pytest.mark.parametrize("answers", [None, [3], [3, 10], [3, -1], [3, True], [3, 4.0], ["3", 4]])
def test_what_is_no_whole_game_does_not_count(answers):
    game = Game(("network", "digits"), [5, 6], 0.1)
    game.finish(answers, 1.0)
    assert not game.over


@pytest.mark.parametrize(
    ("seconds", "kept"), [(2.5, 2.5), (3, 3.0), (-1, 0.0), ("2", 0.0), (float("inf"), 0.0)]
)
def test_a_game_is_played_once_and_its_time_is_a_number(seconds, kept):
    game = Game(("network", "digits"), [5, 6], 0.1)
    game.finish([1, 2], seconds)
    game.finish([3, 4], 9.0)
    assert (game.answers, game.seconds) == ([1, 2], kept)
