"""What the ranking prepared for a person, as sentences."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time
from functools import cached_property
from math import inf
from typing import Any

import numpy as np
from django.db.models import Count, Exists, F, Min, OuterRef, QuerySet, Subquery
from django.db.models.functions import TruncDate

from core.clock import LONDON, now, today
from matching import datasets, hiding, wording
from matching.models import (
    Fit,
    Impression,
    Invitation,
    PlannedRole,
    Recommendation,
)
from matching.recommender import serving
from matching.recommender.items import Item, PersonalList, holding
from matching.recommender.pair import fit_of_pair, shares
from matching.recommender.weights_in_use import made_with, weights_behind
from opportunities.models import Opportunity, Session
from placements import policies
from placements.models import Block
from volunteers.models import Volunteer

#: A list shorter than this says what would make it longer.
SHORT_LIST = 5
#: The gate that more people than a role can take have come to.
_MANY_WAIT = "pending_cap"
#: A role of the list that cannot be shown.
_CLOSED = serving.RoleNow(0, 0, allowed=False, is_open_to=False, is_empty=False)


@dataclass(frozen=True)
class Part:
    """One part of how a role suits somebody: its name, how full it is (0 to 1), and why."""

    code: str
    name: str
    share: float
    sentence: str


@dataclass(frozen=True)
class Suits:
    """Why a role suits a person, said when it is asked for. `stored` is as in
    `Recommendation.items`, made with these `weights`.
    """

    stored: Item
    travel_mode: str
    weights: Mapping[str, float]

    @property
    def km(self) -> float | None:
        """How far it is; None from home, or where a place is not known."""
        return self.stored["km"]

    @cached_property
    def reasons(self) -> list[str]:
        """Sentences, strongest first."""
        return wording.reasons(self.stored["reasons"], travel_mode=self.travel_mode)

    @cached_property
    def summary(self) -> str:
        """The reasons in a sentence or two."""
        return wording.summary(self.stored["reasons"], travel_mode=self.travel_mode)

    @cached_property
    def parts(self) -> list[Part]:
        """The parts that add something, in the order of a page."""
        full = shares(self.stored["parts"], self.weights)
        return [
            Part(
                code,
                str(name),
                full[code],
                wording.sentence_of_part(
                    code, full[code], self.stored["reasons"], travel_mode=self.travel_mode
                ),
            )
            for code, name in wording.LABELS.items()
            if code in full
        ]


@dataclass(frozen=True)
class RecommendedRole(Suits):
    """One role of a person's list. `rank` counts from 1, `propensity` is the probability with which
    it stands there; `next_session_at` is None for a role without dates to come.
    """

    opportunity: Opportunity
    rank: int
    propensity: float
    policy: str
    model_version: str

    @property
    def score(self) -> float:
        """How well it suits them, 0 to 1; for ordering, not for people to read."""
        return self.stored["score"]

    @property
    def odds(self) -> str:
        """Places left, people who wait, how quick the group is."""
        return wording.odds(self.opportunity)

    @property
    def is_invited(self) -> bool:
        """Whether the service wrote to them about this role."""
        return self.opportunity.is_invited  # type: ignore[attr-defined]  # annotated

    @property
    def turned_from(self) -> str:
        """Why it stands lower than it would: what they said is not their kind of thing; else ''."""
        return wording.not_their_kind(_annotated(self.opportunity, "turned_from"))

    @property
    def next_session_at(self) -> datetime | None:
        """When it next takes place, for a role with dates."""
        return self.opportunity.next_session_at  # type: ignore[attr-defined]  # annotated


@dataclass(frozen=True)
class RecommendedRoles:
    """A person's list. `computed_at` is None where it has never been made; `is_stale` says that it
    will be made anew in a moment. `busy`: roles left out because many people wait for them already.
    `changes`: for a short list, what keeps most roles off it.
    """

    computed_at: datetime | None
    items: list[RecommendedRole]
    counts: Mapping[str, Any]
    is_stale: bool
    busy: int
    changes: list[wording.Change]

    @property
    def is_short(self) -> bool:
        return len(self.items) < SHORT_LIST


def recommended_roles(volunteer: Volunteer) -> RecommendedRoles:
    """The roles prepared for a person that they can ask for now, as the plan in force would have
    them shown at this moment, first first. At most two queries.

    Roles that were filled, closed, asked for or hidden since are left out, and those that have as
    many people waiting as they may; these come back when the group answers.
    """
    lists = Recommendation.objects.annotate(made_with=made_with())
    prepared = lists.filter(volunteer=volunteer).first()
    if prepared is None or volunteer.paused_at is not None:
        waits = prepared is None and volunteer.paused_at is None
        return RecommendedRoles(None, [], {}, is_stale=waits, busy=0, changes=[])
    of = PersonalList.stored(prepared)
    roles = _roles_to_show(volunteer, of.role_ids.tolist())
    served = _served(volunteer, prepared, of, roles)
    items = [
        RecommendedRole(
            stored=of.item(position),
            travel_mode=volunteer.travel_mode,
            weights=weights_behind(prepared),
            opportunity=roles[int(of.role_ids[position])],
            rank=rank,
            propensity=propensity,
            policy=serving.POLICY_NAME,
            model_version=prepared.model_version,
        )
        for rank, (position, propensity) in enumerate(served.places, start=1)
    ]
    return RecommendedRoles(
        computed_at=prepared.computed_at,
        items=items,
        counts=prepared.counts,
        is_stale=volunteer.updated_at > prepared.computed_at,
        busy=served.busy,
        changes=wording.what_would_change(prepared.counts) if len(items) < SHORT_LIST else [],
    )


def _served(
    volunteer: Volunteer,
    prepared: Recommendation,
    of: PersonalList,
    roles: Mapping[int, Opportunity],
) -> serving.Served:
    listed = [roles.get(role_id) for role_id in of.role_ids.tolist()]
    turned_from = [role is not None and _annotated(role, "turned_from") for role in listed]
    multiples = [m for role in roles.values() if (m := _annotated(role, "pending_multiple"))]
    return serving.serve(
        np.where(np.array(turned_from, np.bool_), serving.LESS_WANTED, 1) * of.scores,
        [_CLOSED if role is None else _role_now(volunteer, role) for role in listed],
        pending_multiple=multiples[0] if multiples else serving.PENDING_MULTIPLE,
        # Another order by chance with each list, and the same until then, whatever page is read.
        seed=f"{volunteer.pk} {prepared.computed_at.isoformat()}",
    )


def _role_now(volunteer: Volunteer, role: Opportunity) -> serving.RoleNow:
    gates = _closed_gates(volunteer, role)
    # A role that was opened after the plan has none of its own.
    planned: PlannedRole | None = getattr(role, "planned", None)
    by_plan = (
        {
            "price": planned.price,
            "held": inf if planned.held is None else planned.held,
            "promised": planned.promised,
        }
        if planned
        else {}
    )
    return serving.RoleNow(
        places_left=role.places_left,
        pending=role.applications_pending,
        allowed=not {*gates} - {_MANY_WAIT},
        is_open_to=not gates,
        is_empty=role.places_taken == 0,
        seen=_annotated(role, "days_seen") or 0,
        **by_plan,
    )


@dataclass(frozen=True)
class RoleFit(Suits):
    """How one role fits one person. `warnings`: sentences of what does not fit, which refuses
    nobody. `gates`: sentences of what keeps them from asking for it now, and its codes.
    """

    warnings: list[str]
    gates: list[str]
    gate_codes: list[str] = field(default_factory=list)


def fit_for(volunteer: Volunteer, role: Opportunity) -> RoleFit:
    """How this role fits this person: as stored where that is not older than their profile, else by
    the rules and what both ticked. Needs the role's group loaded.

    Four queries where it is stored, up to 19 where it is not.
    """
    stored, weights = _stored_fit(volunteer, role)
    if stored is None:
        found = fit_of_pair(volunteer, role)
        stored = {
            "parts": found.parts,
            "reasons": found.reasons,
            "km": found.km,
            "failed": found.failed,
        }
    warnings = [
        wording.warning(code, volunteer, role, stored["km"]) for code in stored.get("failed", ())
    ]
    door = policies.door(volunteer, role)
    closed = policies.closed_gates(door)
    gates = [gate.sentence(door) for gate in closed]
    warned = list(filter(None, warnings))
    return RoleFit(
        stored, volunteer.travel_mode, weights, warned, gates, [gate.code for gate in closed]
    )


def _roles_to_show(volunteer: Volunteer, ids: Sequence[int]) -> dict[int, Opportunity]:
    next_session = (
        Session.objects.filter(opportunity=OuterRef("pk"), ends_at__gte=now())
        .order_by()
        .values("opportunity")
        .annotate(first=Min("starts_at"))
        .values("first")
    )

    def mine(of: type[Impression | Invitation]) -> QuerySet[Any]:
        return of._default_manager.filter(volunteer=volunteer, opportunity=OuterRef("pk"))

    # Of the days before: what is shown today must not change the order of today's pages.
    midnight = datetime.combine(today(), time.min, LONDON)
    shown = mine(Impression).filter(event=Impression.Event.SHOWN, at__lt=midnight)
    days_seen = (
        shown.order_by()
        .values("opportunity")
        .annotate(days=Count(TruncDate("at"), distinct=True))
        .values("days")
    )
    blocked = Block.objects.filter(volunteer=volunteer, organisation=OuterRef("organisation"))
    roles = (
        datasets.open_roles()
        .filter(hiding.not_hidden_from(volunteer), pk__in=ids)
        .exclude(applications__volunteer=volunteer)
        .exclude(Exists(blocked))
        .select_related("organisation", "planned")
        .annotate(
            next_session_at=Subquery(next_session),
            pending_multiple=F("planned__plan__pending_multiple"),
            is_invited=Exists(mine(Invitation).filter(sent_at__isnull=False)),
            days_seen=Subquery(days_seen),
            turned_from=hiding.activity_turned_from(volunteer),
        )
    )
    return {role.pk: role for role in roles}


def _annotated(role: Opportunity, name: str) -> Any:
    """What the query added to the row."""
    return getattr(role, name)


def _closed_gates(volunteer: Volunteer, role: Opportunity) -> list[str]:
    door = policies.Door(volunteer, role, has_applied=False, is_blocked=False, day=today())
    return [gate.code for gate in policies.closed_gates(door)]


def _stored_fit(volunteer: Volunteer, role: Opportunity) -> tuple[Item | None, Mapping[str, float]]:
    """How the role fits the person as it is stored, if it is, and the weights behind it."""
    newest = {"volunteer": volunteer, "computed_at__gte": volunteer.updated_at}
    fits = Fit.objects.annotate(made_with=made_with())
    if fit := fits.filter(opportunity=role, **newest).first():
        return fit.item, weights_behind(fit)
    lists = Recommendation.objects.annotate(made_with=made_with())
    if prepared := lists.filter(role_ids__contains=holding(role.pk), **newest).first():
        of = PersonalList.stored(prepared)
        return of.item(of.role_ids.tolist().index(role.pk)), weights_behind(prepared)
    return None, weights_behind(None)
