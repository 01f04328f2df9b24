"""What people were shown and what came of it, out of the database, as columns to learn from.

Outcomes of applications are read where they stand, in the placements' tables. Nothing here reads
who somebody is: of a person there is the number, and what their profile offers to be judged by.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import numpy as np
from django.db.models import Exists, OuterRef, Q, QuerySet
from numpy.typing import NDArray

from accounts.models import AuditEntry
from core.clock import now
from matching import datasets
from matching.models import Impression, ModelVersion
from matching.ranking.exploration import PAGE
from matching.ranking.learning import Level, Seen
from matching.ranking.suitability import PART_NAMES
from matching.recommender import shown_parts
from matching.recommender.fitting import Fitted
from opportunities.models import Opportunity
from placements.models import Application
from placements.states import TAKEN_ON, State
from volunteers.models import Volunteer

#: What was shown longer ago teaches nothing: roles, people and texts have become others.
MEMORY = timedelta(days=365)
#: Of more showings than this the newest are learned from.
MOST_SHOWINGS = 500_000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_PEOPLE_AT_ONCE = 256
#: What was not said adds up to what was stored, as exactly as lists are stored.
_STORED_EXACTLY = 4e-4

Event, Reason = Impression.Event, Application.Reason
_EVENTS = {
    Event.OPENED: Level.OPENED,
    Event.APPLIED: Level.APPLIED,
    Event.STARTED: Level.STARTED,
    Event.STAYED: Level.STAYED,
    Event.HIDDEN: Level.UNSUITED,
}
#: Who hides a role for these says nothing of how what it asks and offers suits them.
_SAYS_NOTHING_OF_FIT = (Impression.Reason.NOT_THIS_GROUP, Impression.Reason.DONE_BEFORE)
#: A group that says no for these says that it does not suit; for the others, that it cannot.
DECLINED_UNSUITED = frozenset({Reason.OTHER_SKILLS, Reason.OTHER_TIMES, Reason.TOO_FAR})


def seen(fitted: Fitted) -> Seen:
    """All that can be learned from. Twenty queries or so, however many rows.

    Left out is what was written by a version with other parts, and what cannot be told apart any
    more because the profile has changed in what it says since it was shown.
    """
    showings = _showings()
    if not len(showings):
        return _nothing()
    contributions, readable = shown_parts.unpacked(showings.parts)
    weights, neutral, has_model = _weights_then(showings.versions)
    known = (contributions[:, :-1] > 0) | _known_now(fitted, showings.people, showings.roles)
    not_said = np.where(known, 0, weights * neutral).sum(axis=1)
    told = np.abs(not_said - contributions[:, -1]) < _STORED_EXACTLY
    with np.errstate(divide="ignore", invalid="ignore"):
        values = np.where(weights > 0, contributions[:, :-1] / weights, 0)
    found = Seen(
        people=showings.people,
        roles=showings.roles,
        looks=showings.looks,
        values=np.where(known, np.clip(values, 0, 1), 0).astype(np.float32),
        known=known,
        places=showings.places,
        propensities=showings.propensities,
        days=showings.days,
        levels=_levels(showings),
    )
    # A part that had no weight then left no trace of its value.
    traced = (weights > 0).all(axis=1)
    return found.take(readable & has_model & told & traced)


@dataclass(frozen=True, eq=False)
class _Showings:
    """Rows as they were written, looks together and in order of time."""

    people: NDArray[np.int64]
    roles: NDArray[np.int64]
    looks: NDArray[np.int64]
    places: NDArray[np.int64]
    propensities: NDArray[np.float64]
    days: NDArray[np.float64]
    versions: list[str]
    parts: list[bytes]

    def __len__(self) -> int:
        return len(self.people)


def _showings() -> _Showings:
    newest = (
        Impression.objects.filter(event=Event.SHOWN, at__gt=now() - MEMORY)
        .order_by("-at", "-volunteer_id", "-rank")
        .values_list(
            "volunteer_id",
            "opportunity_id",
            "at",
            "rank",
            "surface",
            "propensity",
            "model_version",
            "parts",
        )
    )
    rows = list(newest[:MOST_SHOWINGS].iterator(chunk_size=10_000))[::-1]
    if not rows:
        return _Showings(*(np.zeros(0, np.int64),) * 4, *(np.zeros(0),) * 2, [], [])
    people, roles, at, rank, surface, propensity, versions, parts = zip(*rows, strict=True)
    on_pages = np.array([of == Impression.Surface.PAGE for of in surface])
    ranks, days, of = np.array(rank, np.int64), _days(at), np.array(people, np.int64)
    return _Showings(
        people=of,
        roles=np.array(roles, np.int64),
        looks=_looks(of, days, ranks, on_pages),
        places=np.where(on_pages, (ranks - 1) % PAGE + 1, ranks),
        propensities=np.array(propensity, np.float64),
        days=days,
        versions=list(versions),
        parts=[bytes(of) for of in parts],
    )


def _looks(
    people: NDArray[np.int64],
    days: NDArray[np.float64],
    ranks: NDArray[np.int64],
    on_pages: NDArray[np.bool_],
) -> NDArray[np.int64]:
    """Numbers the looks: what one person was shown at one moment, on one page."""
    pages = np.where(on_pages, (ranks - 1) // PAGE, -1)
    columns = (people, days, pages)
    new = np.any([np.diff(column) != 0 for column in columns], axis=0)
    return np.concatenate([[0], np.cumsum(new)]).astype(np.int64)


def _weights_then(
    versions: list[str],
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.bool_]]:
    """Weights and neutral values that each list was made with, (rows × parts), and for which rows
    they are known, (rows,).
    """
    names, number = np.unique(versions, return_inverse=True)
    kept = {
        version: (weights, neutral)
        for version, weights, neutral in ModelVersion.objects.filter(
            version__in=names.tolist()
        ).values_list("version", "weights", "neutral")
        if weights.keys() == neutral.keys() == set(PART_NAMES)
    }
    table = np.zeros((2, len(names), len(PART_NAMES)))
    for row, name in enumerate(names.tolist()):
        for at, values in enumerate(kept.get(name, ())):
            table[at, row] = [values[part] for part in PART_NAMES]
    has_model = np.array([name in kept for name in names.tolist()])
    return table[0][number], table[1][number], has_model[number]


def _known_now(
    fitted: Fitted, people: NDArray[np.int64], roles: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """Which parts can be judged for these pairs as people and roles are now, (rows × parts)."""
    tags = datasets.tags()
    all_people, of_person = np.unique(people, return_inverse=True)
    all_roles = np.unique(roles)
    of_roles = datasets.roles(Opportunity.objects.filter(pk__in=all_roles.tolist()), tags).columns
    known = np.zeros((len(people), len(PART_NAMES)), np.bool_)
    by_person = np.argsort(of_person, kind="stable")
    for first in range(0, len(all_people), _PEOPLE_AT_ONCE):
        ids = all_people[first : first + _PEOPLE_AT_ONCE]
        bounds = np.searchsorted(of_person[by_person], [first, first + _PEOPLE_AT_ONCE])
        here = by_person[slice(*bounds)]
        wanted, column = np.unique(roles[here], return_inverse=True)
        columns = of_roles.take(np.searchsorted(of_roles.ids, wanted))
        block = datasets.volunteers(Volunteer.objects.filter(pk__in=ids.tolist()), tags).columns
        row = np.searchsorted(block.ids, people[here])
        for at, part in enumerate(fitted.model.parts(block, columns).values()):
            shape = len(block), len(columns)
            known[here, at] = np.broadcast_to(part.known, shape)[row, column]
    return known


def _levels(showings: _Showings) -> NDArray[np.int8]:
    """What came of each showing; of one role shown several times, of the last before it."""
    levels = np.zeros(len(showings), np.int8)
    people, roles, days, reached = _outcomes(float(showings.days.min()))
    at = _last_shown(showings, people, roles, days)
    there = at >= 0
    np.maximum.at(levels, at[there], reached[there])
    levels[at[there & (reached == Level.UNSUITED)]] = Level.UNSUITED
    return levels


def _outcomes(
    since: float,
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64], NDArray[np.int8]]:
    """Person, role, day and level of everything that people and groups did since then."""
    begin = _EPOCH + timedelta(days=since)
    events = Impression.objects.filter(event__in=_EVENTS, at__gte=begin).exclude(
        reason__in=_SAYS_NOTHING_OF_FIT
    )
    taken_back = Impression.objects.filter(
        volunteer=OuterRef("volunteer"),
        opportunity=OuterRef("opportunity"),
        event=Event.RESTORED,
        pk__gt=OuterRef("pk"),
    )
    events = events.exclude(Q(event=Event.HIDDEN) & Exists(taken_back))
    done = events.values_list("volunteer_id", "opportunity_id", "at", "event")
    rows = [(person, role, at, _EVENTS[Event(event)]) for person, role, at, event in done]
    rows += _of_applications(Application.objects.filter(created_at__gte=begin))
    people, roles, at, level = zip(*rows, strict=True) if rows else ((), (), (), ())
    return (
        np.array(people, np.int64),
        np.array(roles, np.int64),
        _days(at),
        np.array(level, np.int8),
    )


def _of_applications(
    applications: QuerySet[Application],
) -> list[tuple[int, int, datetime, Level]]:
    """How far each application came, at the moment when it was sent."""
    # Who was accepted and left since has another state now.
    accepted = set(
        AuditEntry.objects.filter(
            subject_type="application", action=f"application.{State.ACCEPTED}"
        ).values_list("subject_id", flat=True)
    )
    rows = applications.order_by().values_list(
        "pk", "volunteer_id", "opportunity_id", "created_at", "state", "reason"
    )
    return [
        (person, role, at, _level(State(state), reason, was_accepted=pk in accepted))
        for pk, person, role, at, state, reason in rows
    ]


def _level(state: State, reason: str, *, was_accepted: bool) -> Level:
    if state == State.DECLINED and reason in DECLINED_UNSUITED:
        return Level.UNSUITED
    if state == State.WITHDRAWN and reason == Reason.NOT_FOR_ME:
        return Level.UNSUITED
    return Level.ACCEPTED if was_accepted or state in TAKEN_ON else Level.APPLIED


def _last_shown(
    showings: _Showings,
    people: NDArray[np.int64],
    roles: NDArray[np.int64],
    days: NDArray[np.float64],
) -> NDArray[np.intp]:
    """The row in which each pair was last shown at or before a day; -1 where it never was."""
    shown = len(showings)
    both = np.stack([np.r_[showings.people, people], np.r_[showings.roles, roles]])
    _, pair = np.unique(both, axis=1, return_inverse=True)
    pair = pair.ravel()
    is_event = np.arange(len(pair)) >= shown
    order = np.lexsort((is_event, np.r_[showings.days, days], pair))
    last = np.maximum.accumulate(np.where(is_event[order], -1, np.arange(len(order))))
    before = np.where(last >= 0, order[last], -1)
    same = (before >= 0) & (pair[before] == pair[order])
    found = np.full(len(pair), -1, np.intp)
    found[order] = np.where(same, before, -1)
    return found[shown:]


def _days(moments: Iterable[datetime]) -> NDArray[np.float64]:
    return np.array([(at - _EPOCH) / timedelta(days=1) for at in moments], np.float64)


def _nothing() -> Seen:
    none, nobody = np.zeros(0), np.zeros(0, np.int64)
    parts = np.zeros((0, len(PART_NAMES)), np.float32)
    return Seen(
        people=nobody,
        roles=nobody,
        looks=nobody,
        values=parts,
        known=parts > 0,
        places=nobody,
        propensities=none,
        days=none,
        levels=nobody.astype(np.int8),
    )
