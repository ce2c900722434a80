"""The images of the game, against naive loops."""

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
    for number, digit in enumerate(given):
        assert not game.over
        assert game.image == game.images[number]
        game.show(now=10.0 * number)
        game.show(now=10.0 * number + 1)  # looked at again: time goes on
        game.take(digit, now=10.0 * number + 2)
    assert game.over
    assert game.seconds == [2.0] * ROUNDS
    yours, networks = game_scores(game, exam)
    assert yours.correct == ROUNDS - 3
    assert yours.misses == list(zip(game.images[:3], labels[:3], given[:3], strict=True))
    low, high = yours.interval
    assert low < 17 / 20 < high
    assert networks.correct == sum(
        int(exam.answers[image]) == label for image, label in zip(game.images, labels, strict=True)
    )


def test_only_an_answer_to_what_is_shown_counts():
    game = Game(("network", "digits"), [5, 6], 0.1)
    game.take(3, now=1.0)
    assert game.answers == []
    for now in (1.0, 2.0):
        game.show(now)
        game.take(3, now + 0.5)
        game.take(3, now + 0.6)
    game.show(9.0)
    game.take(3, 9.0)
    assert game.answers == [3, 3]
    assert game.seconds == [0.5, 0.5]
