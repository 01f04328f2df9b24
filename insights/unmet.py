"""What people who wait offer and nobody takes: kinds of work, by person."""

from dataclasses import dataclass
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from core.clock import now
from core.places.wards import WARDS, Ward
from insights.analysis.segments import Index, Offers, Real, areas
from insights.analysis.written import word_vectors, written_of
from insights.proposed_roles import TIMES
from insights.segment_titles import QUARTERS, quarter_of
from matching.recommender.embeddings import kept_meanings
from matching.recommender.suiting import Waiting, everybody_waiting
from placements.models import Application
from placements.time_limits import ANSWER_WITHIN
from volunteers.models import Volunteer
from volunteers.policies import CONFIRMED_WITHIN

#: Who has waited so long waits too long, whatever is open.
LONG_WAIT = timedelta(days=180)
#: Wards in a segment, at most, before quarters and the whole borough are looked at.
WARDS_TOGETHER = 3
_WARD_NUMBERS = {ward.code: number for number, ward in enumerate(WARDS)}
Flags = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class UnmetSupply:
    """n people who wait. kinds: of work that each offers, (n × kinds): activities that they ticked
    or wrote of, or causes where these are none. codes: of the kinds, ("activity" or "cause", code).
    unmet: those of them that no open role takes at the person's terms; or all, of those who have
    waited for half a year or whose request a group has left without an answer. suits: open roles of
    their kinds that every rule allows them, (n × roles). ward_codes: '' outside Harrow.
    """

    waiting: Waiting
    kinds: Flags
    codes: list[tuple[str, str]]
    unmet: Flags
    suits: Flags
    role_kinds: Flags
    ward_codes: NDArray[np.str_]

    @property
    def offers(self) -> Offers:
        """As segments are found among."""
        people = self.waiting.people
        return Offers(people.ids, self.unmet, slots_of(people.availability), self._wards())

    @property
    def unmatched(self) -> Flags:
        """Whom no open role suits, (n,)."""
        found: Flags = ~np.asarray(self.suits.any(axis=1))
        return found

    def _wards(self) -> Index:
        return np.array(
            [_WARD_NUMBERS.get(code, -1) for code in self.ward_codes.tolist()], np.int64
        )


def current_supply() -> UnmetSupply:
    """Everybody who waits and used the service lately, as of now. Forty queries or so, and four for
    each 1,000 people.
    """
    waiting = everybody_waiting(now() - CONFIRMED_WITHIN)
    kinds = kinds_of(waiting)
    vocabulary = waiting.tags.vocabulary
    codes = [("activity", code) for code in vocabulary.activities]
    codes += [("cause", code) for code in vocabulary.causes]
    roles = waiting.roles
    role_kinds = np.hstack([roles.activities.toarray() > 0, roles.causes.toarray() > 0])
    possible = np.zeros((len(waiting.people), len(roles)), np.bool_)
    for rows, failed in waiting.failed():
        possible[rows] = failed == 0
    taken = (possible.astype(np.float32) @ role_kinds.astype(np.float32)) > 0
    wards, kept_waiting = _wards_and_kept_waiting(waiting.people.ids)
    all_unmet = kept_waiting | (waiting.people.waiting_days >= LONG_WAIT.days)
    return UnmetSupply(
        waiting=waiting,
        kinds=kinds,
        codes=codes,
        unmet=kinds & (~taken | all_unmet[:, None]),
        suits=possible & likes(kinds, role_kinds),
        role_kinds=role_kinds,
        ward_codes=wards,
    )


def kinds_of(waiting: Waiting) -> Flags:
    """The kinds of work that each person offers, (n × activities and causes)."""
    texts = waiting.people.about
    vectors = kept_meanings(texts)
    if vectors is None:
        roles = waiting.roles
        others = [f"{title} {body}" for title, body in zip(roles.title, roles.body, strict=True)]
        vectors = word_vectors(texts, others)
    activities = waiting.ticked | waiting.mentioned | written_of(vectors, waiting.ticked)
    return np.hstack([activities, waiting.causes & ~_any(activities)])


def likes(kinds: Flags, role_kinds: Flags) -> Flags:
    """Who likes which role, (n × m): who offers one of its kinds of work, or named none at all."""
    shared = kinds.astype(np.float32) @ role_kinds.T.astype(np.float32) > 0
    liked: Flags = shared | ~_any(kinds)
    return liked


def _any(flags: Flags) -> Flags:
    """Who has any, (n × 1)."""
    return np.asarray(flags.any(axis=1, keepdims=True))


def slots_of(masks: NDArray[np.uint32]) -> Real:
    """How many slots of each of `TIMES` are in each mask, (n × times)."""
    counted = [np.bitwise_count(masks & np.uint32(time[2])) for time in TIMES]
    return np.stack(counted, axis=1).astype(np.float64)


def area_rounds() -> list[list[tuple[int, ...]]]:
    """Where segments are looked for: a few wards side by side, then quarters, then anywhere."""
    beside = np.array([[_are_side_by_side(one, other) for other in WARDS] for one in WARDS])
    quarters = [
        tuple(number for ward, number in _WARD_NUMBERS.items() if quarter_of(ward) == quarter)
        for quarter in QUARTERS
    ]
    return [areas(beside, WARDS_TOGETHER), quarters, [()]]


def _are_side_by_side(one: Ward, other: Ward) -> bool:
    return abs(one.column - other.column) + abs(one.row - other.row) == 1


def _wards_and_kept_waiting(ids: Index) -> tuple[NDArray[np.str_], Flags]:
    """The ward of each person, and whether a request of theirs is overdue for an answer."""
    wards = dict(Volunteer.objects.waiting().values_list("pk", "ward_code"))
    overdue = Application.objects.pending().filter(created_at__lt=now() - ANSWER_WITHIN)
    asked = set(overdue.order_by().values_list("volunteer_id", flat=True))
    known = ids.tolist()
    return (
        np.array([wards.get(pk, "") for pk in known], np.str_),
        np.array([pk in asked for pk in known], np.bool_),
    )
