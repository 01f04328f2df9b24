"""How many people live in Harrow, by age."""

import csv

import pytest

from core.places.postcodes import DATA_DIR
from core.places.residents import residents_from


def test_the_file_has_every_age_once_and_the_totals_of_its_source() -> None:
    with (DATA_DIR / "residents_by_age.csv").open(newline="") as file:
        rows = [(int(row["age"]), int(row["residents"])) for row in csv.DictReader(file)]
    assert [age for age, __ in rows] == list(range(91))
    assert sum(people for __, people in rows) == 263_448


@pytest.mark.parametrize(("age", "people"), [(0, 263_400), (16, 210_500), (90, 2_200), (91, 0)])
def test_residents_of_an_age_and_over_are_given_to_the_nearest_hundred(
    age: int, people: int
) -> None:
    assert residents_from(age) == people
