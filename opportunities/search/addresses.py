"""A search as the page of roles takes it: what stands in its address, and what it asks."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from core.places.postcodes import Location
from core.week import DAY_CODES, PART_CODES, Slot, mask_of
from opportunities.search.criteria import SearchCriteria

#: Distances that people choose from.
MILES = (1, 2, 3, 5, 10)


def slots_of(days: Sequence[str], parts: Sequence[str]) -> int:
    """Give the mask of the chosen parts on the chosen days; of one kind none chosen means all."""
    if not days and not parts:
        return 0
    return mask_of(
        Slot(DAY_CODES.index(day), PART_CODES.index(part))
        for day in days or DAY_CODES
        for part in parts or PART_CODES
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSearch:
    """A search in the words of the page: one cause and activity, days and parts of the day."""

    text: str = ""
    exact: bool = False
    cause: str = ""
    activity: str = ""
    from_home: bool | None = None
    commitment: str = ""
    days: Sequence[str] = ()
    parts: Sequence[str] = ()
    near: Location | None = None
    within_miles: int | None = None
    age: int | None = None
    access: Sequence[str] = ()
    with_full: bool = False
    with_closed: bool = False

    def criteria(self) -> SearchCriteria:
        """Give what the search asks of roles."""
        return SearchCriteria(
            text=self.text,
            exact=self.exact,
            causes=(self.cause,) if self.cause else (),
            activities=(self.activity,) if self.activity else (),
            from_home=self.from_home,
            commitment=self.commitment,
            slots=slots_of(self.days, self.parts),
            near=self.near,
            within_miles=self.within_miles if self.near else None,
            age=self.age,
            access=tuple(self.access),
            places_left=not self.with_full,
            with_closed=self.with_closed,
        )

    def address(self) -> str:
        """Give what follows the `?` in the address of the page that shows the same."""
        place = {True: "home", False: "there", None: ""}[self.from_home]
        said: list[tuple[str, object]] = [
            ("q", self.text),
            ("postcode", self.near.postcode if self.near else ""),
            ("miles", self.within_miles if self.near else None),
            ("cause", self.cause),
            ("activity", self.activity),
            ("place", place),
            ("commitment", self.commitment),
            *(("day", day) for day in self.days),
            *(("part", part) for part in self.parts),
            ("age", self.age),
            *(("access", code) for code in self.access),
            ("full", "on" if self.with_full else ""),
            ("closed", "on" if self.with_closed else ""),
            ("exact", "on" if self.exact else ""),
        ]
        return urlencode([(name, value) for name, value in said if value not in ("", None)])
