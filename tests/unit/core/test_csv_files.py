"""A spreadsheet runs nothing of what people wrote (promise 14)."""

import csv
from io import StringIO

import pytest

from core.csv_files import csv_text, safe_cell


@pytest.mark.parametrize("words", ["=1+1", "+44", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\0=1"])
def test_words_that_begin_like_a_formula_are_words(words: str) -> None:
    assert safe_cell(words) == f"'{words}"


@pytest.mark.parametrize("cell", [-5, 2.5, 0, "plain", "a=b"])
def test_numbers_and_plain_words_stay_as_they_are(cell: str | float) -> None:
    assert safe_cell(cell) == cell


def test_what_is_written_can_be_read_again() -> None:
    text = csv_text(["Group", "People"], [["Knit, purl", 5], ['The "Hut"', None], ["=cmd", -1]])
    assert list(csv.reader(StringIO(text))) == [
        ["Group", "People"],
        ["Knit, purl", "5"],
        ['The "Hut"', ""],
        ["'=cmd", "-1"],
    ]
