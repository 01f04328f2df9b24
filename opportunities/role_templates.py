"""Roles to start from, read from the files beside: one for each kind of help that groups ask for
most. What a group takes from here becomes its own words, so it is not translated.
"""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "templates_data"


@dataclass(frozen=True, slots=True)
class RoleTemplate:
    """A role to start from. `words` are what else people call it, for the search.

    `age_reason` and `dbs_reason` say to the group why it asks for an age above 16, and why the law
    allows that check.
    """

    code: str
    title: str
    summary: str
    description: str
    gains: str
    causes: list[str]
    activities: list[str]
    commitment: str
    places: int
    minimum_age: int
    training: str
    supervision: str
    expenses: str
    words: list[str] = field(default_factory=list)
    skills_needed: list[str] = field(default_factory=list)
    skills_useful: list[str] = field(default_factory=list)
    skills_gained: list[str] = field(default_factory=list)
    offers: list[str] = field(default_factory=list)
    hours_a_week: int | None = None
    dbs_level: str = "none"
    from_home: bool = False
    welcomes_company: bool = False
    groups_welcome: bool = False
    age_reason: str = ""
    dbs_reason: str = ""

    def role_fields(self) -> dict[str, Any]:
        """What `opportunities.services.roles.draft` takes."""
        about_it = {"code", "words", "age_reason", "dbs_reason"}
        return {name: getattr(self, name) for name in self.__slots__ if name not in about_it}


@dataclass(frozen=True, slots=True)
class Family:
    """Templates that belong together, under a heading."""

    title: str
    templates: tuple[RoleTemplate, ...]


@lru_cache(maxsize=1)
def families() -> tuple[Family, ...]:
    """All templates, in the order of the files."""
    read = (tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(DATA.glob("*.toml")))
    return tuple(
        Family(file["title"], tuple(_template(entry) for entry in file["template"]))
        for file in read
    )


def template_called(code: str) -> RoleTemplate | None:
    """The template with this code; None where there is none."""
    known = (template for family in families() for template in family.templates)
    return next((template for template in known if template.code == code), None)


def why_a_check(*, template: str, dbs_level: str) -> str:
    """Give the reason for the DBS check that the template with this code asks for, '' where it has
    none or the role asks for another one.
    """
    found = template_called(template)
    return found.dbs_reason if found is not None and found.dbs_level == dbs_level else ""


def how_many() -> int:
    """Give how many templates there are."""
    return sum(len(family.templates) for family in families())


def search(text: str) -> Sequence[Family]:
    """Families with the templates in which each word of `text` is found; all for no words."""
    wanted = text.casefold().split()
    found = (
        Family(
            family.title,
            tuple(
                template
                for template in family.templates
                if all(word in _searched(template) for word in wanted)
            ),
        )
        for family in families()
    )
    return [family for family in found if family.templates]


def _searched(template: RoleTemplate) -> str:
    tags = [*template.causes, *template.activities]
    return " ".join([template.title, template.summary, *template.words, *tags]).casefold()


def _template(entry: dict[str, Any]) -> RoleTemplate:
    words = {name: value.strip() for name, value in entry.items() if isinstance(value, str)}
    return RoleTemplate(**entry | words)
