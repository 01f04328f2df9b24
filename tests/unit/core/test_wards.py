from itertools import permutations

from core.places.postcodes import in_ward
from core.places.wards import WARDS, ward_name

#: Degrees of latitude and longitude that make about a kilometre at Harrow.
KM_NORTH, KM_EAST = 1 / 111.2, 1 / 69.1


def centre(code: str) -> tuple[float, float]:
    places = in_ward(code)
    return (
        sum(place.latitude for place in places) / len(places),
        sum(place.longitude for place in places) / len(places),
    )


def test_there_are_22_wards_with_codes_and_names_of_their_own():
    assert len(WARDS) == 22
    assert len({ward.code for ward in WARDS}) == 22
    assert len({ward.name for ward in WARDS}) == 22


def test_every_ward_has_a_tile_of_its_own_in_a_compact_grid():
    tiles = {(ward.column, ward.row) for ward in WARDS}
    assert len(tiles) == 22
    columns, rows = {column for column, _ in tiles}, {row for _, row in tiles}
    assert columns == set(range(max(columns) + 1))
    assert rows == set(range(max(rows) + 1))
    assert len(columns) * len(rows) <= 30
    for column, row in tiles:  # none stands alone
        assert {(column - 1, row), (column + 1, row), (column, row - 1), (column, row + 1)} & tiles


def test_tiles_never_turn_round_two_wards_a_kilometre_apart():
    centres = {ward.code: centre(ward.code) for ward in WARDS}
    compared = 0
    for one, other in permutations(WARDS, 2):
        (north, east), (other_north, other_east) = centres[one.code], centres[other.code]
        if east - other_east > KM_EAST:
            compared += 1
            assert one.column >= other.column, f"{one.name} lies east of {other.name}"
        if north - other_north > KM_NORTH:
            compared += 1
            assert one.row <= other.row, f"{one.name} lies north of {other.name}"
    assert compared > 200


def test_ward_name_gives_the_name_or_nothing():
    assert ward_name("E05013555") == "Pinner"
    assert ward_name("") == ""
    assert ward_name("E05013496") == ""
