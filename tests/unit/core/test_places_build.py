import gzip
import zipfile
from datetime import date
from pathlib import Path

import pytest
import time_machine

from core.places.build import Point, carried_rows, outward_rows, points_in, write


def archive(folder: Path, **files: str) -> Path:
    path = folder / "codepo_gb.zip"
    with zipfile.ZipFile(path, "w") as source:
        source.writestr("Doc/licence.txt", "not data")
        for name, text in files.items():
            source.writestr(f"Data/CSV/{name}.csv", text)
    return path


def hundredths(eastings, northings):
    """A made-up grid: so many hundredths of a degree."""
    return [easting / 100 for easting in eastings], [northing / 100 for northing in northings]


def point(postcode: str, district: str = "E09000007", latitude: float = 51.0) -> Point:
    outward, inward = postcode.split()
    return Point(outward, inward, latitude, -0.5, district, "W1")


def test_points_are_those_with_coordinates_however_the_postcode_is_padded(tmp_path):
    source = archive(
        tmp_path,
        ha='"HA1 1AA",10,-30,5158,"E","","","","D1","W1"\n"HA1 1AB",90,0,0,"E","","","","",""\n',
        ab='"AB101AB",20,-210,5714,"S","","","","D2","W2"\n"M1   1AE",10,1,2,"E","","","","D",""\n',
    )
    assert list(points_in(source, hundredths)) == [
        Point("AB10", "1AB", 57.14, -2.10, "D2", "W2"),
        Point("M1", "1AE", 0.02, 0.01, "D", ""),
        Point("HA1", "1AA", 51.58, -0.30, "D1", "W1"),
    ]


def test_carried_are_the_postcodes_in_and_around_harrow_in_order():
    points = [point(p) for p in ["WD3 1AA", "HA10 1AA", "HA1 1AB", "HA1 1AA", "NW9 5AA"]]
    elsewhere = [point(p) for p in ["NW91 1AA", "NW1 1AA", "H1 1AA", "W1D 1AA", "SW1A 1AA"]]
    assert [row[0] for row in carried_rows(points + elsewhere)] == [
        "HA1 1AA", "HA1 1AB", "HA10 1AA", "NW9 5AA", "WD3 1AA",
    ]  # fmt: skip
    assert carried_rows([point("HA1 1AA", latitude=51.123456)]) == [
        ("HA1 1AA", "51.12346", "-0.50000", "E09000007", "W1")
    ]


def test_a_postcode_of_harrow_outside_the_area_carried_stops_the_build():
    with pytest.raises(ValueError, match="EN9 1AA is in Harrow"):
        carried_rows([point("EN9 1AA", district="E09000015")])


def test_outward_codes_lie_at_the_mean_of_their_postcodes():
    points = [point("HA1 1AA", latitude=51), point("M1 1AA"), point("HA1 1AB", latitude=52)]
    assert outward_rows(points) == [("HA1", "51.5000", "-0.5000"), ("M1", "51.0000", "-0.5000")]


def test_equal_rows_give_equal_bytes_whenever_they_are_written(tmp_path):
    for name, day in (("one", date(2026, 1, 1)), ("two", date(2027, 1, 1))):
        with time_machine.travel(day):
            write(tmp_path / name, ("a", "b"), [("1", "2")])
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
    assert gzip.decompress((tmp_path / "one").read_bytes()) == b"a,b\n1,2\n"
