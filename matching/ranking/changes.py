"""What would change it: which single change of what somebody told us opens how many places.

Counted over the roles that one rule alone keeps from them, so that each count is exact: make that
change and nothing else, and just these roles are possible. numpy and scipy only.

Codes and their details:

distance       miles that one would go instead of what they said, 0 for any distance
slot           bit of one more slot of the week (`columns.SLOTS_IN_A_WEEK`)
from_home      (none) would do roles from home too
in_person      (none) would do roles in person too
one_off        (none) would do one-off roles too
regular        (none) would do regular roles too
language       index in the vocabulary of one more language
dbs            (none) would have a DBS check
company        (none) a group said that somebody may come with them
age            (none) said how old they are
parent         (none) a parent or guardian confirmed
"""

from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.ranking.columns import SLOTS_IN_A_WEEK, Applied, RoleColumns, VolunteerColumns
from matching.ranking.eligibility import RULE_CODES, EligibilitySettings, evaluate_pairs
from matching.ranking.pairs import Pairs

KM_PER_MILE = 1.609344
#: How far somebody can say that they would go, miles; 0 is any distance.
RINGS = (1, 2, 3, 5, 10, 0)
#: A nearer ring is named where it opens this share of what the farthest named one does.
ENOUGH = 0.5
#: People at once: the rules of so many × all roles are in memory.
BLOCK_SIZE = 256

_ALL_SLOTS = np.arange(SLOTS_IN_A_WEEK, dtype=np.uint32)


class Change(NamedTuple):
    """One change: its code, its detail (-1 where it has none), and the roles and places that it
    opens.
    """

    code: str
    detail: int
    roles: int
    places: int


class _Kept(NamedTuple):
    """Pairs that one rule alone keeps apart: rows of people and of roles, and places left there."""

    people: NDArray[np.intp]
    roles: NDArray[np.intp]
    places: NDArray[np.int64]

    def where(self, mask: NDArray[np.bool_]) -> "_Kept":
        return _Kept(self.people[mask], self.roles[mask], self.places[mask])


def changes_for(
    volunteers: VolunteerColumns,
    roles: RoleColumns,
    applied: Applied,
    settings: EligibilitySettings | None = None,
) -> list[list[Change]]:
    """The changes that open places for each of n people, most places first; `applied` is n × m.

    Of distances the nearest that opens half of what the farthest does, of slots and languages the
    one that opens most. Computed in blocks. Raises ColumnsError if the columns do not belong
    together.
    """
    settings = settings or EligibilitySettings()
    found: list[list[Change]] = []
    for first in range(0, len(volunteers), BLOCK_SIZE):
        rows = slice(first, first + BLOCK_SIZE)
        pairs = Pairs(volunteers.take(rows), roles)
        found += _of_block(pairs, applied.take(rows), settings)
    return found


def _of_block(
    pairs: Pairs, applied: Applied, settings: EligibilitySettings
) -> Iterator[list[Change]]:
    bits = evaluate_pairs(pairs, applied, settings).failed_bits
    alone = _kept_by_one(pairs, bits)
    by_person: list[list[Change]] = [[] for _ in range(pairs.shape[0])]
    for rule, changes in _CHANGES.items():
        kept = alone[rule]
        if len(kept.people):
            for person, change in changes(pairs, kept, settings):
                by_person[person].append(change)
    for changes_of in by_person:
        yield sorted(changes_of, key=lambda change: (-change.places, change.code))


def _kept_by_one(pairs: Pairs, bits: NDArray[np.uint16]) -> dict[str, _Kept]:
    """The pairs that each rule alone keeps apart, by its code."""
    places = pairs.roles.places_left.astype(np.int64)
    kept = {}
    for position, code in enumerate(RULE_CODES):
        people, roles = np.nonzero(bits == np.uint16(1 << position))
        kept[code] = _Kept(people, roles, places[roles])
    return kept


_Found = Iterator[tuple[int, Change]]


def _counted(code: str, kept: _Kept, count: int) -> _Found:
    """One change that opens all of these pairs."""
    roles = np.bincount(kept.people, minlength=count)
    places = np.bincount(kept.people, kept.places, minlength=count)
    for person in np.flatnonzero(roles).tolist():
        yield person, Change(code, -1, int(roles[person]), int(places[person]))


def _always(code: str) -> Callable[[Pairs, _Kept, EligibilitySettings], _Found]:
    return lambda pairs, kept, settings: _counted(code, kept, pairs.shape[0])


def _age(pairs: Pairs, kept: _Kept, settings: EligibilitySettings) -> _Found:
    """Only a date of birth that is missing can be changed; what it opens is not known before."""
    unknown = np.isnan(pairs.volunteers.age[kept.people])
    yield from _counted("age", kept.where(unknown), pairs.shape[0])


def _way_of_helping(pairs: Pairs, kept: _Kept, settings: EligibilitySettings) -> _Found:
    from_home = pairs.roles.from_home[kept.roles]
    yield from _counted("from_home", kept.where(from_home), pairs.shape[0])
    yield from _counted("in_person", kept.where(~from_home), pairs.shape[0])


def _commitment(pairs: Pairs, kept: _Kept, settings: EligibilitySettings) -> _Found:
    one_off = pairs.roles.one_off[kept.roles]
    yield from _counted("one_off", kept.where(one_off), pairs.shape[0])
    yield from _counted("regular", kept.where(~one_off), pairs.shape[0])


def _distance(pairs: Pairs, kept: _Kept, settings: EligibilitySettings) -> _Found:
    """For each person the nearest ring that is worth while."""
    count = pairs.shape[0]
    kilometres = pairs.kilometres[kept.people, kept.roles]
    opened = np.zeros((2, count, len(RINGS)), np.int64)
    for ring, miles in enumerate(RINGS):
        # As the person's own limit is kept: float32.
        limit = np.float32(miles * KM_PER_MILE if miles else np.inf)
        within = kept.where(kilometres <= limit)
        opened[0, :, ring] = np.bincount(within.people, minlength=count)
        opened[1, :, ring] = np.bincount(within.people, within.places, minlength=count)
    roles, places = opened
    # "Any distance" is named only where no distance with a number opens anything.
    named = np.where(roles[:, -2] > 0, places[:, -2], places[:, -1])
    enough = (roles > 0) & (places >= ENOUGH * named[:, None])
    best = enough.argmax(axis=1)
    for person in np.flatnonzero(roles[:, -1]).tolist():
        ring = best[person]
        yield person, Change("distance", RINGS[ring], *opened[:, person, ring].tolist())


def _slot(pairs: Pairs, kept: _Kept, settings: EligibilitySettings) -> _Found:
    has = (pairs.roles.slots[:, None] >> _ALL_SLOTS & 1).astype(np.bool_)
    yield from _best_of("slot", kept, has[kept.roles], pairs.shape[0])


def _language(pairs: Pairs, kept: _Kept, settings: EligibilitySettings) -> _Found:
    """Languages that are the only one of the role's that the person does not speak."""
    needed = pairs.roles.languages[kept.roles].toarray() > 0
    spoken = pairs.volunteers.languages[kept.people].toarray() > 0
    if settings.assumed_language is not None:
        spoken[~spoken.any(axis=1), settings.assumed_language] = True
    missing = needed & ~spoken
    yield from _best_of(
        "language", kept, missing & (missing.sum(axis=1) == 1)[:, None], pairs.shape[0]
    )


def _best_of(code: str, kept: _Kept, opens: NDArray[np.bool_], count: int) -> _Found:
    """The one of several choices that opens most places for each person.

    opens: whether each choice opens each pair, (pairs × choices).
    """
    at, choice = np.nonzero(opens)
    size = opens.shape[1]
    cell = kept.people[at] * size + choice
    roles = np.bincount(cell, minlength=count * size).reshape(count, size)
    places = np.bincount(cell, kept.places[at], minlength=count * size).reshape(count, size)
    best = places.argmax(axis=1)
    for person in np.flatnonzero(roles.any(axis=1)).tolist():
        chosen = best[person]
        opened = int(roles[person, chosen]), int(places[person, chosen])
        yield person, Change(code, int(chosen), *opened)


_CHANGES: dict[str, Callable[[Pairs, _Kept, EligibilitySettings], _Found]] = {
    "age": _age,
    "parent_confirmed": _always("parent"),
    "way_of_helping": _way_of_helping,
    "distance": _distance,
    "time_overlap": _slot,
    "commitment": _commitment,
    "language": _language,
    "dbs": _always("dbs"),
    "company": _always("company"),
}
