"""A visitor's digits go to the browser and come back; nonsense from there is ignored."""

from __future__ import annotations

import base64
import json

import pytest

from core.exam.packing import MOST, PIXELS, packed, unpacked

OWN = [(7, bytes(range(196)) * 4), (0, bytes(PIXELS))]
TEXT = base64.b64encode(bytes(PIXELS)).decode()


def test_digits_come_back_as_they_went():
    assert unpacked(json.loads(json.dumps(packed(OWN)))) == OWN
    assert unpacked(packed([])) == []


NONSENSE = {
    "no digit": [10, TEXT],
    "below zero": [-1, TEXT],
    "true": [True, TEXT],
    "a fraction": [7.0, TEXT],
    "a text for a digit": ["7", TEXT],
    "too short": [7, TEXT[:-8]],
    "too long": [7, base64.b64encode(bytes(PIXELS + 1)).decode()],
    "not base64": [7, "~" + TEXT[1:]],
    "not ASCII": [7, "é" + TEXT[1:]],
    "no pixels": [7],
    "one too many": [7, TEXT, 1],
    "a number for pixels": [7, 784],
    "a table": {"7": TEXT},
    "nothing": None,
    "a text": "7" + TEXT,
}


@pytest.mark.parametrize("name", NONSENSE)
def test_nonsense_among_digits_is_left_out(name):
    good = packed(OWN)
    assert unpacked([good[0], NONSENSE[name], good[1]]) == OWN


@pytest.mark.parametrize("value", [None, 7, "text", {"digits": packed(OWN)}, [[]]])
def test_what_is_no_list_of_digits_is_none(value):
    assert unpacked(value) == []


def test_no_more_come_back_than_are_kept():
    assert len(unpacked(packed([(1, bytes(PIXELS))] * (MOST + 50)))) == MOST
