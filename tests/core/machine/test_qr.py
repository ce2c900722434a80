"""QR codes: the squares that the standard asks for, and what is too long."""

import pytest

from core.machine.qr import LONGEST, qr_matrix

LINK = "https://digits.example/runs?run=blue-fox"
CORNER = ["1111111", "1000001", "1011101", "1011101", "1011101", "1000001", "1111111"]


def rows(matrix: list[list[bool]]) -> list[str]:
    return ["".join("01"[square] for square in row) for row in matrix]


def test_three_corners_have_the_marks_by_which_a_camera_finds_it():
    code = rows(qr_matrix(LINK))
    assert len(code) == len(code[0]) == 29  # version 3, which holds 42 characters
    for top, left in ((0, 0), (0, 22), (22, 0)):
        assert [row[left : left + 7] for row in code[top : top + 7]] == CORNER


def test_another_text_is_another_code_and_the_same_text_the_same():
    assert qr_matrix(LINK) == qr_matrix(LINK) != qr_matrix(LINK + "2")


@pytest.mark.parametrize("text", ["", "x" * (LONGEST + 1)])
def test_what_is_no_link_is_refused_in_a_sentence(text):
    with pytest.raises(ValueError, match="1 to 1,000 characters"):
        qr_matrix(text)
    assert qr_matrix("x" * LONGEST)
