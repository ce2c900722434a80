"""Linear algebra that gives an answer for every matrix of finite numbers, singular ones included.

The usual solvers search, and on some machines the search for the directions of a singular matrix
ends in an error. Here a search that fails has a way round it, and equations are solved in a fixed
number of steps. All matrices are symmetric, with no negative eigenvalues, as covariances are.
"""

from __future__ import annotations

import numpy as np
import torch

RIDGE = 1e-10  # of a matrix's trace: a hundred thousand times what rounding does to it
SPARE = 10  # directions more than are asked for make those that are more exact
STEPS = 300  # of the way round at most; for 784 pixels they take some seconds
STILL = 1e-15  # of the largest eigenvalue; what changes by less in a step has been found
WIDE = 1_000  # from this width on a few directions are found without looking for all the others
RESTARTS = 20  # of the search for a few; it hardly ever needs more than two


def largest_directions(matrix: np.ndarray, count: int) -> tuple[np.ndarray, np.ndarray]:
    """The `count` largest eigenvalues of a matrix (D, D) and their directions, the largest first.

    Returns (C,) and (D, C), C = min(count, D), at right angles and of length 1; where eigenvalues
    are equal, any such directions. In float32 for a matrix of float32, else in float64. Raises
    ValueError for numbers that are not finite.
    """
    matrix = _symmetric(matrix, np.float32 if matrix.dtype == np.float32 else np.float64)
    largest = float(np.abs(matrix).max()) or 1.0  # scaled, so that no square is too large or small
    matrix, count = matrix / largest, min(count, len(matrix))
    try:
        sizes, directions = _by_search(matrix, count)  # rising
        sizes, directions = sizes[::-1], np.fliplr(directions)
    except torch.linalg.LinAlgError:
        sizes, directions = by_iteration(matrix, count)
    return sizes * largest, directions


def _by_search(matrix: np.ndarray, count: int) -> tuple[np.ndarray, np.ndarray]:
    """By Lanczos' method where a wide matrix is asked for a few, which takes a sixth of the time.

    It begins with the same vector each time, so that it ends with the same directions.
    """
    width = len(matrix)
    if width >= max(WIDE, 10 * count) and matrix.any():
        from scipy.sparse.linalg import ArpackError, eigsh  # takes a quarter of a second to import

        first = np.random.default_rng(0).normal(size=width)
        try:
            return eigsh(matrix, count, which="LA", v0=first, maxiter=RESTARTS, rng=0)
        except ArpackError:  # they lie too close together for it
            pass
    found = torch.linalg.eigh(torch.from_numpy(matrix))  # twice as fast as numpy's
    return found[0][width - count :].numpy(), found[1][:, width - count :].numpy()


def by_iteration(matrix: np.ndarray, count: int) -> tuple[np.ndarray, np.ndarray]:
    """As `largest_directions`: multiply, make the angles right again, and so on until it is still.

    Orthogonal iteration (Golub and Van Loan, Matrix Computations, section 8.2): slow, but nothing
    in it can fail. Directions whose eigenvalues differ by less than a hundredth may stay mixed.
    By torch, which keeps to one thread where NumPy takes all, which then wait for one another.
    """
    width, matrix = len(matrix), torch.from_numpy(matrix).double()
    shape = width, min(width, count + SPARE)
    directions = torch.from_numpy(np.random.default_rng(0).normal(size=shape))
    product, sizes = matrix @ directions, torch.zeros(shape[1], dtype=torch.float64)
    for _ in range(STEPS):
        directions, _ = torch.linalg.qr(product)
        product, before = matrix @ directions, sizes
        sizes = (directions * product).sum(0)
        if (sizes - before)[:count].abs().max() <= STILL * sizes.max():
            break
    order = sizes.argsort(descending=True, stable=True)[:count]
    return sizes[order].numpy(), directions[:, order].numpy()


def solve_with_ridge(matrix: np.ndarray, right: np.ndarray, least: float = 1e-12) -> np.ndarray:
    """x with (matrix + ridge) x = right: float64 (D,) or (D, N), as `right`.

    The ridge, RIDGE of the trace and at least `least`, is added to the diagonal: then the matrix
    (D, D) has an inverse, and what it can tell apart is solved as without. Raises ValueError for
    numbers that are not finite.
    """
    matrix = _symmetric(matrix, np.float64)
    ridge = max(least, RIDGE * float(np.trace(matrix)))
    return np.linalg.solve(matrix + ridge * np.eye(len(matrix)), right)


def _symmetric(matrix: np.ndarray, kind: type[np.floating]) -> np.ndarray:
    """As numbers of this kind, without the differences that rounding left between its halves."""
    matrix = np.asarray(matrix, dtype=kind)
    if not np.isfinite(matrix).all():
        raise ValueError("A matrix with numbers that are not finite has no directions.")
    return (matrix + matrix.T) / 2
