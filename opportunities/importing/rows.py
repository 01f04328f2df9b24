"""Turn one row of a sheet into a role to be written, or into the reasons why it is refused."""

import ast
import json
from dataclasses import dataclass
from datetime import date, datetime

from core.motives import Motive
from core.places import postcodes
from opportunities.importing.mapping import Mapping
from opportunities.models import Opportunity

MOST_PLACES = 1000


class RowRefused(Exception):
    """A row that cannot be taken; `reasons` are sentences."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__("; ".join(reasons))
        self.reasons = reasons


@dataclass(frozen=True, slots=True)
class Place:
    """Where a role is; `latitude` and `longitude` (degrees) are None where that is not known."""

    name: str
    postcode: str = ""
    latitude: float | None = None
    longitude: float | None = None
    ward_code: str = ""


@dataclass(frozen=True, slots=True)
class ImportedRole:
    """One row, checked."""

    line: int
    reference: str
    organisation: str
    title: str
    description: str
    category: str
    causes: tuple[str, ...]
    commitment: str
    places: int
    minimum_age: int
    hours_a_week: int | None
    place: Place
    starts: date | None
    ends: date | None
    offers: tuple[str, ...] = ()

    @property
    def same_as(self) -> tuple[str, str, str]:
        """What makes two rows the same role."""
        return (
            self.organisation.casefold(),
            self.title.casefold(),
            " ".join(self.description.split()).casefold(),
        )


def read(line: int, cells: dict[str, str], mapping: Mapping) -> ImportedRole:
    """Give the role of one row. Raises RowRefused with every reason, not just the first."""
    row = _Cells(cells, mapping)
    place = _place(row, mapping)
    role = ImportedRole(
        line=line,
        reference=row.text("reference", longest=80),
        organisation=row.text("organisation", longest=160),
        title=row.text("title", longest=120),
        description=row.text("description", longest=6000),
        category=row.get("category"),
        causes=tuple(mapping.causes.get(row.get("category"), ())),
        commitment=_commitment(row, mapping),
        places=row.number("places", least=1, most=MOST_PLACES, default=1),
        minimum_age=row.number("minimum_age", least=0, most=99, default=16),
        hours_a_week=row.number("hours_a_week", least=0, most=60, default=0) or None,
        starts=row.day("starts"),
        ends=row.day("ends"),
        place=place,
        offers=_offers(row, mapping),
    )
    if role.starts and role.ends and role.ends < role.starts:
        row.refuse("ends", f"it ends ({role.ends}) before it starts ({role.starts})")
    if row.reasons:
        raise RowRefused(row.reasons)
    return role


class _Cells:
    """One row by our field names; collects what is wrong with it."""

    def __init__(self, cells: dict[str, str], mapping: Mapping) -> None:
        self._cells = cells
        self._mapping = mapping
        self.reasons: list[str] = []

    def refuse(self, field: str, why: str) -> None:
        self.reasons.append(f"{self._mapping.columns.get(field, field)}: {why}")

    def get(self, field: str) -> str:
        column = self._mapping.columns.get(field)
        return self._cells.get(column, "").strip() if column else ""

    def text(self, field: str, *, longest: int) -> str:
        value = self.get(field)
        if not value:
            self.refuse(field, "is empty")
        elif len(value) > longest:
            self.refuse(field, f"has {len(value)} characters, at most {longest} fit")
        return value

    def number(self, field: str, *, least: int, most: int, default: int) -> int:
        value = self.get(field)
        if not value:
            return default
        try:
            number = int(value)
        except ValueError:
            self.refuse(field, f"“{value}” is not a whole number")
            return default
        if not least <= number <= most:
            self.refuse(field, f"{number} is not between {least} and {most}")
            return default
        return number

    def day(self, field: str) -> date | None:
        value = self.get(field)
        if not value:
            return None
        for pattern in (self._mapping.date_format, "%Y-%m-%d"):
            try:
                return datetime.strptime(value, pattern).date()  # noqa: DTZ007  - a day, no time
            except ValueError:
                continue
        self.refuse(field, f"“{value}” is not a date")
        return None


def _commitment(row: _Cells, mapping: Mapping) -> str:
    value = row.get("commitment")
    if not value:
        return Opportunity.Commitment.REGULAR.value
    meant = mapping.commitments.get(value, value)
    if meant not in Opportunity.Commitment.values:
        row.refuse("commitment", f"“{value}” is neither one-off nor regular")
    return meant


def _offers(row: _Cells, mapping: Mapping) -> tuple[str, ...]:
    """What the role offers: codes of `core.motives.Motive`, or the sheet's words for them, with
    semicolons between."""
    said = [word.strip() for word in row.get("offers").split(";") if word.strip()]
    meant = [mapping.offers.get(word, word) for word in said]
    if unknown := [word for word in meant if word not in Motive.values]:
        row.refuse("offers", f"“{', '.join(unknown)}” is not in our list")
    return tuple(motive.value for motive in Motive if motive.value in meant)


def _place(row: _Cells, mapping: Mapping) -> Place:
    """Where the role is: by a British postcode, else by coordinates, else not known."""
    postcode, name = row.get("postcode"), row.get("place")
    if mapping.postcodes_are_british:
        found = postcodes.locate(postcode) if postcode else None
        if found is None:
            row.refuse("postcode", f"“{postcode}” is not a postcode that we know")
            return Place(name[:160])
        return Place(name[:160], found.postcode, found.latitude, found.longitude, found.ward_code)
    name = " ".join(part for part in (name, postcode) if part)[:160]
    try:
        latitude, longitude = _coordinates(row)
    except ValueError as error:
        row.refuse("coordinates", str(error))
        return Place(name)
    return Place(name, latitude=latitude, longitude=longitude)


def _coordinates(row: _Cells) -> tuple[float | None, float | None]:
    """Latitude and longitude in degrees, from their own columns or from one with both in a mapping
    (`{'latitude': '40.7', 'longitude': '-73.9'}`)."""
    latitude, longitude = row.get("latitude"), row.get("longitude")
    if both := row.get("coordinates"):
        latitude, longitude = _pair(both)
    if not latitude and not longitude:
        return None, None
    try:
        north, east = float(latitude), float(longitude)
    except ValueError:
        raise ValueError(f"“{latitude}, {longitude}” are not coordinates") from None
    if not (-90 <= north <= 90 and -180 <= east <= 180):
        raise ValueError(f"{north}, {east} is nowhere on Earth")
    return north, east


def _pair(text: str) -> tuple[str, str]:
    for parse in (json.loads, ast.literal_eval):
        try:
            found = parse(text)
        except (ValueError, SyntaxError, RecursionError, MemoryError):
            continue
        if isinstance(found, dict):
            return str(found.get("latitude", "")), str(found.get("longitude", ""))
    raise ValueError("cannot be read")
