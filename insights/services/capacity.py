"""Work out what would be gained if what keeps groups from taking more people were lifted."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import numpy as np
from django.db import transaction
from numpy.typing import NDArray

from core.clock import now, today
from core.outbox.leases import Lease
from insights.analysis.lifting import people_more
from insights.models import CapacityFigures
from insights.periods import Period
from insights.selectors.capacity import FEWEST_GROUPS
from matching.recommender.could_do import could_do, who_waits
from opportunities.models import CapacityLimit, Opportunity, Organisation
from volunteers.policies import CONFIRMED_WITHIN

Reason, Status = CapacityLimit.Reason, Opportunity.Status
Index = NDArray[np.int64]

#: Who has enough people needs nothing lifted.
LIFTED = tuple(reason for reason in Reason if reason != Reason.ENOUGH)


def refresh_due(lease: Lease | None = None) -> CapacityFigures | None:
    """Work out the figures of the month, if there are none yet; None where there are. Raises
    LeaseLostError where another worker does it by now.

    Once a month, as the plan of roles and segments: two nights held against each other would say
    who came in between (ADR 19).
    """
    if _has_those_of_month():
        return None
    made = _worked_out()
    with transaction.atomic():
        if lease is not None:
            lease.check()
        # Another worker may have been through with them first, and they have been read.
        return None if _has_those_of_month() else _keep(made)


def _has_those_of_month() -> bool:
    month, newest = Period.month_of(today()), CapacityFigures.objects.first()
    # While no group says anything they say nothing of anybody: tried again until one does.
    is_told = newest is not None and any(one["groups"] for one in newest.reasons)
    return newest is not None and is_told and newest.made_at >= month.starts_at


def refresh() -> CapacityFigures:
    """Work out the figures of today and drop the others. Safe to run at any time and again."""
    return _keep(_worked_out())


@transaction.atomic
def _keep(made: CapacityFigures) -> CapacityFigures:
    told = CapacityFigures.objects.first()
    before = {one["reason"]: one for one in told.reasons} if told else {}
    made.reasons = [_beside(before.get(one["reason"]), one) for one in made.reasons]
    made.save()
    CapacityFigures.objects.filter(pk__lt=made.pk).delete()
    return made


def _worked_out() -> CapacityFigures:
    """The figures of today, not kept yet."""
    limits = list(
        CapacityLimit.objects.standing().filter(
            organisation__in=Organisation.objects.verified(), reason__in=LIFTED
        )
    )
    roles_of = _roles_of(limits)
    wanted = {role for roles in roles_of for role in roles}
    people = who_waits(confirmed_since=now() - CONFIRMED_WITHIN)
    found = could_do(people=people, as_if_open=Opportunity.objects.filter(pk__in=wanted))
    first = found.could_do.shape[1] - len(found.again_ids)
    column = {int(pk): first + number for number, pk in enumerate(found.again_ids)}
    cases = [_cases(limits, reason) for reason in LIFTED]
    placeable, more = people_more(
        found.could_do,
        found.places,
        [_index(column[role] for role in roles) for roles in roles_of],
        _index(limit.more_people or 0 for limit in limits),
        [_with_number(limits), *(case for both in cases for case in both)],
    )
    everything, *of_reasons = more
    reasons = [
        _as_json(reason, limits, both, of_reasons[2 * number : 2 * number + 2])
        for number, (reason, both) in enumerate(zip(LIFTED, cases, strict=True))
    ]
    return CapacityFigures(
        made_at=now(),
        waiting=found.could_do.shape[0],
        placeable=placeable,
        everything=everything,
        reasons=reasons,
    )


def _roles_of(limits: Sequence[CapacityLimit]) -> list[list[int]]:
    """The roles that each limit keeps people out of: its own; or the group's, those that people can
    see or else all that they could once.
    """
    shown: dict[int, list[int]] = defaultdict(list)
    earlier: dict[int, list[int]] = defaultdict(list)
    groups = {limit.organisation_id for limit in limits}
    roles = Opportunity.objects.filter(organisation__in=groups, published_at__isnull=False)
    for pk, group, status in roles.order_by("pk").values_list("pk", "organisation", "status"):
        (shown if status in (Status.OPEN, Status.FULL) else earlier)[group].append(pk)
    return [
        [limit.opportunity_id]
        if limit.opportunity_id is not None
        else shown.get(limit.organisation_id) or earlier.get(limit.organisation_id, [])
        for limit in limits
    ]


def _cases(limits: Sequence[CapacityLimit], reason: str) -> tuple[Index, Index]:
    """The limits of a reason of which is known how many people they would let in; and of these
    those of which the cost is known too.
    """
    known = [
        number
        for number, limit in enumerate(limits)
        if limit.reason == reason and limit.more_people
    ]
    costed = [number for number in known if limits[number].cost_pounds is not None]
    return _index(known), _index(costed)


def _with_number(limits: Sequence[CapacityLimit]) -> Index:
    return _index(number for number, limit in enumerate(limits) if limit.more_people)


def _index(numbers: Any) -> Index:
    return np.array(list(numbers), np.int64)


def _as_json(
    reason: str,
    limits: Sequence[CapacityLimit],
    cases: tuple[Index, Index],
    placed: Sequence[int],
) -> dict[str, Any]:
    known, costed = ([limits[number] for number in case] for case in cases)
    return {
        "reason": str(reason),
        "groups": _groups([limit for limit in limits if limit.reason == reason]),
        "said_groups": _groups(known),
        "more_people": sum(limit.more_people or 0 for limit in known),
        "placed": placed[0],
        "costed_groups": _groups(costed),
        "pounds": sum(limit.cost_pounds or 0 for limit in costed),
        "costed_placed": placed[1],
        "parts": _parts(known),
    }


def _beside(before: dict[str, Any] | None, new: dict[str, Any]) -> dict[str, Any]:
    """A reason's sums as they may follow those of the month before: the same while what fewer than
    three groups say is different, or the difference of two sums would say what one of them said.
    """
    if before is None or max(before["said_groups"], before["costed_groups"]) < FEWEST_GROUPS:
        return new
    # Sums that were kept before this was looked at have no parts to compare with.
    old, parts = before.get("parts", {}), new["parts"]
    changed = [group for group in old.keys() | parts.keys() if old.get(group) != parts.get(group)]
    if not changed or len(changed) >= FEWEST_GROUPS:
        return new
    return before | {"groups": new["groups"]}


def _parts(limits: Sequence[CapacityLimit]) -> dict[str, list[list[int | None]]]:
    """What each group says, by its id."""
    said: dict[str, list[list[int | None]]] = defaultdict(list)
    for limit in sorted(limits, key=lambda one: one.pk):
        said[str(limit.organisation_id)].append([limit.more_people, limit.cost_pounds])
    return dict(said)


def _groups(limits: Sequence[CapacityLimit]) -> int:
    return len({limit.organisation_id for limit in limits})
