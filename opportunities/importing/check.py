"""Read a whole file and sort its rows into roles to write and rows to refuse. Writes nothing."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from statistics import fmean

from opportunities.importing import reading
from opportunities.importing.mapping import Mapping
from opportunities.importing.reading import UnreadableFile
from opportunities.importing.rows import ImportedRole, RowRefused, read


@dataclass(frozen=True, slots=True)
class Refusal:
    """One row that was not taken: its line in the file (the header is line 1), and why."""

    line: int
    title: str
    reasons: tuple[str, ...]


@dataclass(slots=True)
class Checked:
    """What a file holds: roles to write, and rows that were refused."""

    roles: list[ImportedRole] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)

    @property
    def rows(self) -> int:
        return len(self.roles) + len(self.refused)

    @property
    def placeless(self) -> int:
        """How many roles have no known place."""
        return sum(role.place.latitude is None for role in self.roles)


def check(
    path: Path,
    mapping: Mapping,
    *,
    progress: Callable[[Iterable[reading.Row]], Iterable[reading.Row]] = iter,
) -> Checked:
    """Check every row of a file. Raises UnreadableFile where it is no table with the mapping's
    columns."""
    checked = Checked()
    references: dict[str, int] = {}
    same: dict[tuple[str, str, str], int] = {}
    title = mapping.columns["title"]
    for line, cells in progress(reading.rows(path)):
        if not checked.rows:
            _check_columns(cells, mapping)
        try:
            role = read(line, cells, mapping)
            _check_new(role, references, same)
        except RowRefused as refusal:
            checked.refused.append(Refusal(line, cells.get(title, "")[:80], tuple(refusal.reasons)))
        else:
            checked.roles.append(role)
    checked.roles = _place_by_neighbours(checked.roles)
    return checked


def _check_columns(cells: dict[str, str], mapping: Mapping) -> None:
    if missing := [column for column in mapping.columns.values() if column not in cells]:
        raise UnreadableFile(
            f"The file lacks the columns {', '.join(missing)} that the mapping "
            f"“{mapping.name}” reads."
        )


def _check_new(
    role: ImportedRole, references: dict[str, int], same: dict[tuple[str, str, str], int]
) -> None:
    """Refuse a row that stands in the file already."""
    line = references.setdefault(role.reference, role.line)
    if line != role.line:
        raise RowRefused([f"the same reference as line {line}"])
    line = same.setdefault(role.same_as, role.line)
    if line != role.line:
        raise RowRefused([f"the same role as line {line}"])


def _place_by_neighbours(roles: list[ImportedRole]) -> list[ImportedRole]:
    """Put a role without coordinates where the others with its place name are, on average."""
    known: dict[str, list[tuple[float, float]]] = {}
    for role in roles:
        place = role.place
        if place.name and place.latitude is not None and place.longitude is not None:
            known.setdefault(place.name, []).append((place.latitude, place.longitude))
    middle = {
        name: (fmean(north for north, __ in spots), fmean(east for __, east in spots))
        for name, spots in known.items()
    }
    return [_placed(role, middle) for role in roles]


def _placed(role: ImportedRole, middle: dict[str, tuple[float, float]]) -> ImportedRole:
    if role.place.latitude is not None or role.place.name not in middle:
        return role
    latitude, longitude = middle[role.place.name]
    return replace(role, place=replace(role.place, latitude=latitude, longitude=longitude))
