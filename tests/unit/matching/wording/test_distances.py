import pytest

from matching.wording.distances import in_miles, miles_away, roughly_away


@pytest.mark.parametrize(
    ("km", "expected"),
    [
        (0.0, "about a quarter of a mile away"),
        (0.5, "about a quarter of a mile away"),
        (0.7, "about half a mile away"),
        (1.2, "about half a mile away"),
        (1.3, "0.8 miles away"),
        (1.6, "1 mile away"),
        (1.93, "1.2 miles away"),
        (3.22, "2 miles away"),
        (16.0, "9.9 miles away"),
        (22.4, "14 miles away"),
    ],
)
def test_miles_away(km: float, expected: str) -> None:
    assert miles_away(km) == expected


@pytest.mark.parametrize(
    ("km", "expected"),
    [
        (0.0, "about 1 minute’s walk away"),
        (0.8, "about 12 minutes’ walk away"),
        (1.99, "about 31 minutes’ walk away"),
        (2.0, "1.2 miles away"),
    ],
)
def test_walk(km: float, expected: str) -> None:
    assert miles_away(km, "walk") == expected


@pytest.mark.parametrize(
    ("km", "expected"),
    [
        (0.1, "less than a mile away"),
        (1.6, "less than a mile away"),
        (1.7, "about 1 mile away"),
        (2.3, "about 1 mile away"),
        (3.0, "about 2 miles away"),
    ],
)
def test_groups_hear_whole_miles_only(km: float, expected: str) -> None:
    assert roughly_away(km) == expected


def test_in_miles_says_one_mile() -> None:
    assert [in_miles(km) for km in (1.609, 9.66, 16.2)] == ["1 mile", "6 miles", "10 miles"]
