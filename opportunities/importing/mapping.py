"""What the columns of a spreadsheet mean: one TOML file a source, in `mappings/`.

```toml
source = "nyc"                 # names the source; with the reference it identifies a role
description = "…"              # what is said of a group that the source brings

[columns]                      # our field = the sheet's column
reference = "opportunity_id"
title = "title"
…
[values.commitment]            # what the sheet's words mean
ongoing = "regular"
[causes]                       # the sheet's category → codes of our causes
"Education" = ["education"]
```
"""

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "mappings"

#: Columns that every mapping names.
REQUIRED = ("reference", "title", "description", "organisation")
#: Columns that a mapping may name.
OPTIONAL = (
    "category",
    "commitment",
    "ends",
    "hours_a_week",
    "latitude",
    "longitude",
    "coordinates",
    "minimum_age",
    "offers",
    "place",
    "places",
    "postcode",
    "starts",
)


class MappingError(Exception):
    """There is no such mapping, or it cannot be read; the message says what is wrong."""


@dataclass(frozen=True)
class Mapping:
    """How one source's sheet is read. `columns`: our field → the sheet's column."""

    name: str
    source: str
    description: str
    columns: dict[str, str]
    date_format: str = "%Y-%m-%d"
    commitments: dict[str, str] = field(default_factory=dict)
    offers: dict[str, str] = field(default_factory=dict)
    causes: dict[str, list[str]] = field(default_factory=dict)
    legal_form: str = "charity"
    country: str = "gb"

    @property
    def postcodes_are_british(self) -> bool:
        return self.country == "gb"


def names() -> list[str]:
    """Give the names of the mappings that ship."""
    return sorted(path.stem for path in FOLDER.glob("*.toml"))


def load(name: str) -> Mapping:
    """Give the mapping of this name, or of the TOML file at this path. Raises MappingError."""
    path = Path(name) if name.endswith(".toml") else FOLDER / f"{name}.toml"
    if not path.is_file():
        raise MappingError(
            f"There is no mapping “{name}”. There are: {', '.join(names())}; or give a TOML file."
        )
    try:
        written = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise MappingError(f"{path.name} is not TOML: {error}") from error
    return _mapping(path.stem, written)


def _mapping(name: str, written: dict[str, Any]) -> Mapping:
    columns = written.get("columns", {})
    if missing := [column for column in REQUIRED if column not in columns]:
        raise MappingError(f"{name}: [columns] does not name {', '.join(missing)}.")
    if unknown := sorted(set(columns) - {*REQUIRED, *OPTIONAL}):
        raise MappingError(f"{name}: [columns] has no field {', '.join(unknown)}.")
    if not written.get("source"):
        raise MappingError(f"{name}: source is missing.")
    return Mapping(
        name=name,
        source=written["source"],
        description=written.get("description", ""),
        columns=columns,
        date_format=written.get("date_format", "%Y-%m-%d"),
        commitments=written.get("values", {}).get("commitment", {}),
        offers=written.get("values", {}).get("offers", {}),
        causes=written.get("causes", {}),
        legal_form=written.get("legal_form", "charity"),
        country=written.get("country", "gb"),
    )
