"""Matrices of every kind against NumPy, and the way round for when the usual search fails."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from scipy.sparse.linalg import ArpackError

from core.machine import linear
from core.machine.linear import WIDE, largest_directions, solve_with_ridge


def covariance(points: np.ndarray) -> np.ndarray:
    away = points - points.mean(axis=0)
    return away.T @ away / len(points)


def some_points(kind: str) -> np.ndarray:
    """Points (N, 20) whose covariance is of that kind."""
    points = np.random.default_rng(0).normal(size=(200, 20)) * np.linspace(3, 0.5, 20)
    return {
        "regular": points,
        "singular": points[:8],
        "constant": np.full((50, 20), 0.1),
        "one point": points[:1],
        "repeated": np.concatenate([np.eye(20), -np.eye(20)]),  # all directions are alike
        "repeated points": np.repeat(points[:3], 40, axis=0),
        "tiny": points * 1e-140,
        "huge": points * 1e140,
    }[kind]


KINDS = (
    *("regular", "singular", "constant", "one point"),
    *("repeated", "repeated points", "tiny", "huge"),
)


def fail(*arguments, **settings):
    raise torch.linalg.LinAlgError("The algorithm failed to converge.")


@pytest.fixture(params=["the usual search", "the way round"])
def way(request, monkeypatch):
    if request.param == "the way round":
        monkeypatch.setattr(torch.linalg, "eigh", fail)


@pytest.mark.parametrize("count", [1, 2, 7, 20, 30])
@pytest.mark.parametrize("kind", KINDS)
def test_the_largest_directions_of_every_kind_of_matrix(kind, count, way):
    matrix = covariance(some_points(kind))
    sizes, directions = largest_directions(matrix, count)
    expected = np.linalg.svd(matrix, compute_uv=False)[:count]
    scale = expected[0] or 1.0
    np.testing.assert_allclose(sizes / scale, expected / scale, atol=1e-5)
    at_right_angles = directions.T @ directions
    np.testing.assert_allclose(at_right_angles, np.eye(min(count, 20)), atol=1e-12)
    seen = np.diag(directions.T @ matrix @ directions)
    np.testing.assert_allclose(seen / scale, sizes / scale, atol=1e-9)


@pytest.mark.parametrize("search", ["for a few", "for all"])
@pytest.mark.parametrize(
    "sizes", [(5, 3, 2, 1), (5, 5, 3, 1), (5,), (), (1,) * WIDE], ids=lambda sizes: str(sizes[:4])
)
def test_of_wide_matrices_a_few_directions_are_as_exact_as_all(sizes, search, monkeypatch):
    def too_close(*arguments, **settings):
        raise ArpackError(-9999)

    if search == "for all":
        monkeypatch.setattr("scipy.sparse.linalg.eigsh", too_close)
    turned, _ = np.linalg.qr(np.random.default_rng(0).normal(size=(WIDE, len(sizes) or 1)))
    matrix = (turned[:, : len(sizes)] * sizes) @ turned[:, : len(sizes)].T
    found, directions = largest_directions(matrix, 2)
    np.testing.assert_allclose(found, [*sizes, 0, 0][:2], atol=1e-12)
    np.testing.assert_allclose(directions.T @ directions, np.eye(2), atol=1e-12)
    np.testing.assert_allclose(matrix @ directions, directions * found, atol=1e-12)
    again = largest_directions(matrix, 2)
    np.testing.assert_array_equal(directions, again[1])


def test_a_wide_matrix_is_not_searched_for_all_its_directions(monkeypatch):
    monkeypatch.setattr(torch.linalg, "eigh", fail)
    monkeypatch.setattr(linear, "by_iteration", fail)
    sizes, _ = largest_directions(np.diag(0.9 ** np.arange(WIDE)), 2)
    np.testing.assert_allclose(sizes, [1, 0.9])


def test_of_nearly_equal_halves_both_count():
    matrix = covariance(some_points("regular"))
    matrix[0, 5] += 1e-9
    there, back = largest_directions(matrix, 3), largest_directions(matrix.T, 3)
    np.testing.assert_array_equal(there[1], back[1])


@pytest.mark.parametrize("kind", KINDS)
def test_equations_have_an_answer_for_every_kind_of_matrix(kind):
    matrix = covariance(some_points(kind))
    wanted = np.random.default_rng(1).normal(size=(20, 4))
    found = solve_with_ridge(matrix, matrix @ wanted)
    scale = max(np.abs(matrix).max(), 1e-5)  # less than the least ridge counts as nothing
    np.testing.assert_allclose(matrix @ found / scale, matrix @ wanted / scale, atol=1e-7)
    assert np.isfinite(found).all()


def test_a_regular_matrix_is_solved_as_without_a_ridge():
    matrix = covariance(some_points("regular"))
    right = np.arange(20.0)
    np.testing.assert_allclose(
        solve_with_ridge(matrix, right), np.linalg.solve(matrix, right), rtol=1e-6
    )


@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_what_is_no_number_is_an_error_that_says_so(bad):
    matrix = np.eye(3)
    matrix[1, 2] = bad
    for work in (lambda: largest_directions(matrix, 2), lambda: solve_with_ridge(matrix, matrix)):
        with pytest.raises(ValueError, match="not finite"):
            work()
