"""Smooth curves through points, against what a natural cubic spline must do."""

import numpy as np

from core.datasets import curves


def test_a_spline_passes_its_points_and_turns_smoothly():
    points = np.array([[0.0, 0.0], [0.3, 0.5], [0.9, 0.4], [1.0, 1.0]])
    knots = curves.passing_times(points)
    np.testing.assert_allclose(curves.spline_weights(knots, knots) @ points, points, atol=1e-12)
    inner = knots[1] + np.array([-2e-4, -1e-4, 0.0, 1e-4, 2e-4])
    speed = np.diff(curves.spline_weights(knots, inner) @ points, axis=0) / 1e-4
    np.testing.assert_allclose(speed[1], speed[2], atol=2e-3)


def test_a_spline_through_points_on_a_line_is_the_line_and_goes_on():
    knots = np.array([0.0, 1.0, 1.5, 3.0])
    times = np.linspace(-1, 4, 11)
    np.testing.assert_allclose(curves.spline_weights(knots, times) @ knots, times, atol=1e-12)


def test_a_spline_is_the_one_that_bends_least():
    """The natural cubic spline: no other curve through the points has less bending energy."""
    knots, values = np.array([0.0, 1.0, 2.5, 3.0]), np.array([0.0, 2.0, -1.0, 0.5])
    times = np.linspace(0, 3, 3_001)
    curve = curves.spline_weights(knots, times) @ values
    other = curve + 0.05 * np.sin(np.pi * times) * np.prod(times[:, None] - knots, axis=1)

    def energy(line):
        return np.square(np.diff(line, 2) / 1e-6).sum() * 1e-3

    assert energy(curve) < energy(other)


def test_a_corner_is_sharp():
    points = np.array([[0.0, 0.0], [1.0, 0.0], [1.0, 1.0]])
    knots = curves.passing_times(points)
    weights = curves.cornered_weights(knots, [False, True, False], np.linspace(0, knots[-1], 9))
    line = weights @ points
    assert np.allclose(line[:5, 1], 0) and np.allclose(line[4:, 0], 1)  # two straight lines


def test_even_times_make_even_steps():
    points = np.array([[0.0, 0.0], [0.1, 0.9], [0.9, 1.0], [2.0, 0.0]])
    knots = curves.passing_times(points)
    times = curves.even_times(knots, [False] * 4, points, count=40, spare=2)
    steps = np.linalg.norm(
        np.diff(curves.spline_weights(knots, times[2:-2]) @ points, axis=0), axis=1
    )
    assert len(times) == 44 and (np.diff(times) > 0).all()
    assert steps.max() / steps.min() < 1.1
