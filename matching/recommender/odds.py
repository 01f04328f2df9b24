"""What somebody can expect who asks for a role, from how its group answered others.

Each night every group's record becomes what is thought of it, with the borough's record behind it,
and is kept beside the group; odds are worked out from that and from the places left and the people
who wait at the moment, without a query. Loads no scikit-learn.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.db import transaction

from matching.ranking import odds
from matching.ranking.odds import ACCEPTED, ANSWERED, Belief
from opportunities.models import Opportunity, Organisation
from placements.answering_counts import Counts, Share, answering_counts

_DIGITS = 3
#: What is thought of a group that registered since last night.
_UNKNOWN = {"in_time": ANSWERED, "answered": ANSWERED, "accepted": ACCEPTED}
_BATCH = 1000


@dataclass(frozen=True)
class Expected:
    """A chance, and between what it lies with 4 in 5; each from 0 to 1."""

    chance: float
    low: float
    high: float


@dataclass(frozen=True)
class Odds:
    """`place`: that an application made now becomes a placement. `answer`: that it is answered
    within 10 days. `answers`: of so many people the group's record tells.
    """

    place: Expected
    answer: Expected
    answers: int


@dataclass(frozen=True, slots=True)
class Standing:
    """How a role stands at a moment: places left, people who wait for an answer, and what is
    thought of its group ({} where nothing is).
    """

    places_left: int
    pending: int
    answering: dict[str, Any]


def odds_of(roles: Sequence[Opportunity]) -> list[Odds]:
    """The odds of each of these roles at this moment. Needs their groups loaded."""
    return odds_then(
        [
            Standing(role.places_left, role.applications_pending, role.organisation.answering)
            for role in roles
        ]
    )


def odds_then(standings: Sequence[Standing]) -> list[Odds]:
    """The odds of roles as they stood."""
    if not standings:
        return []
    of_groups = [standing.answering for standing in standings]
    place = odds.chance(
        [standing.places_left for standing in standings],
        [standing.pending for standing in standings],
        _beliefs(of_groups, "answered"),
        _beliefs(of_groups, "accepted"),
    )
    answer = odds.share(_beliefs(of_groups, "in_time"))
    return [
        Odds(Expected(*of_place), Expected(*of_answer), int(record.get("answers", 0)))
        for of_place, of_answer, record in zip(_rows(place), _rows(answer), of_groups, strict=True)
    ]


def answer_of(group: Organisation) -> tuple[Expected, int]:
    """What can be expected of a group's answers, and of how many people its record tells: as
    `Odds.answer` and `Odds.answers` of each of its roles.
    """
    of_answer = _rows(odds.share(_beliefs([group.answering], "in_time")))
    return Expected(*of_answer[0]), int(group.answering.get("answers", 0))


@transaction.atomic
def refresh_answering() -> int:
    """Set what is thought of every group; give how many changed. Safe to run at any time."""
    counts = answering_counts()
    groups = list(Organisation.objects.order_by("pk").only("pk", "answering"))
    records = thought_of([counts.get(group.pk, Counts()) for group in groups])
    changed = []
    for group, record in zip(groups, records, strict=True):
        if record != group.answering:
            group.answering = record
            changed.append(group)
    Organisation.objects.bulk_update(changed, ["answering"], batch_size=_BATCH)
    return len(changed)


def thought_of(of_groups: Sequence[Counts]) -> list[dict[str, Any]]:
    """What is thought of each of a borough's groups, as it is kept beside them
    (`Organisation.answering`), from what came of asking them.
    """
    beliefs = {
        name: _believed([getattr(of_group, name) for of_group in of_groups], unknown)
        for name, unknown in _UNKNOWN.items()
    }
    return [
        {name: of_name[place] for name, of_name in beliefs.items()}
        | {"answers": of_group.in_time.trials}
        for place, of_group in enumerate(of_groups)
    ]


def _believed(shares: Iterable[Share], unknown: Belief) -> list[list[float]]:
    """Hits and misses of what is thought of each group."""
    seen = list(shares)
    hits, trials = [share.hits for share in seen], [share.trials for share in seen]
    belief = odds.belief_of(hits, trials, odds.borough_belief(hits, trials, unknown=unknown))
    pairs = np.stack([belief.hits, belief.misses], axis=-1)
    return [[round(value, _DIGITS) for value in pair] for pair in pairs.tolist()]


def _beliefs(records: Sequence[dict[str, Any]], name: str) -> Belief:
    unknown = _UNKNOWN[name]
    pairs = [record.get(name) or (unknown.hits, unknown.misses) for record in records]
    hits, misses = np.array(pairs, np.float64).T
    return Belief(hits, misses)


def _rows(chance: odds.Chance) -> list[list[float]]:
    rows: list[list[float]] = np.round(np.stack(chance, axis=-1), _DIGITS).tolist()
    return rows
