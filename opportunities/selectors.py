"""Find roles, and groups."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import cos, radians
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import (
    BooleanField,
    Exists,
    ExpressionWrapper,
    F,
    FloatField,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    TextField,
    Value,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import ASin, Cast, Cos, Power, Radians, Sin, Sqrt

from accounts.models import User
from core.clock import now, today
from core.models import Activity, Cause
from core.places.distance import EARTH_RADIUS_KM, KM_PER_MILE
from core.places.postcodes import Location
from opportunities import session_times
from opportunities.models import Membership, Opportunity, Organisation, RoleSkill, Session

Person = User | AnonymousUser

#: Ways to order roles, the first where nothing is said.
ORDERS = ("newest", "nearest", "closing", "places")
#: More words than these are not looked for.
MOST_WORDS = 10
_KM_PER_DEGREE = EARTH_RADIUS_KM * radians(1)


@dataclass(frozen=True)
class SearchCriteria:
    """What a person looks for; what is left out does not narrow the search.

    Each word of `text` has to be found. Of `causes`, `activities` and `skills` (codes) one is
    enough, and a heading stands for all causes under it. Of `slots` (a mask of `core.week`) one is
    enough, and a role whose times are flexible suits all. `access` codes have to be there all.
    `within_miles` counts from `near`, keeps roles that are done from home, and leaves out those
    whose place is not known. `order` is one of `ORDERS`; `nearest` needs `near`.
    """

    text: str = ""
    causes: tuple[str, ...] = ()
    activities: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    from_home: bool | None = None
    commitment: str = ""
    slots: int = 0
    near: Location | None = None
    within_miles: float | None = None
    age: int | None = None
    access: tuple[str, ...] = ()
    places_left: bool = True
    order: str = "newest"


def search_roles(criteria: SearchCriteria) -> QuerySet[Opportunity]:
    """Give the public roles that fit, each once, in an order that stays the same.

    Ready for a list (`for_lists`). With `near`, each role has `distance_km`: kilometres as the crow
    flies, None where it is done from home or its place is not known.
    """
    public = Opportunity.objects.open() if criteria.places_left else Opportunity.objects.public()
    # A role is closed in the night after its last day: nobody should apply until then.
    roles: QuerySet[Opportunity] = public.exclude(closes_on__lt=today())
    roles = _with_words(roles, criteria.text)
    roles = _of_kind(roles, criteria)
    roles = _for_person(roles, criteria)
    if criteria.near is not None:
        roles = _measured_from(roles, criteria.near, criteria.within_miles)
    return for_lists(_ordered(roles, criteria))


def visible_roles(user: Person) -> QuerySet[Opportunity]:
    """Give the roles this person may know of: public ones, those of their groups in any state, and
    all for the volunteer centre. Newest first."""
    roles: QuerySet[Opportunity] = Opportunity.objects.order_by("-pk")
    if isinstance(user, User) and user.is_broker:
        return roles
    public = Q(pk__in=Opportunity.objects.public().values("pk"))
    return roles.filter(public | Q(_acts_for(user, "organisation")))


def visible_groups(user: Person) -> QuerySet[Organisation]:
    """Give the groups this person may know of: verified ones, their own, and all for the volunteer
    centre. By name; `acts_for` says whether the person may act for it."""
    groups: QuerySet[Organisation] = Organisation.objects.order_by("name", "pk")
    if isinstance(user, User) and user.is_broker:
        return groups.annotate(acts_for=Value(True))
    verified = Q(pk__in=Organisation.objects.verified().values("pk"))
    return groups.annotate(acts_for=_acts_for(user, "pk")).filter(verified | Q(acts_for=True))


def _acts_for(user: Person, group: str) -> Combinable:
    """Whether the person is a member of the group that the column `group` names."""
    if not isinstance(user, User) or not user.is_active:
        return Value(False, output_field=BooleanField())
    return Exists(Membership.objects.filter(user=user, organisation=OuterRef(group)))


def for_lists(roles: QuerySet[Opportunity]) -> QuerySet[Opportunity]:
    """Load with each role what lists show of it: group, causes, activities, coming sessions.

    `upcoming_sessions` is a list, the next one first.
    """
    upcoming = Session.objects.filter(ends_at__gt=now()).order_by("starts_at")
    return roles.select_related("organisation").prefetch_related(
        "causes",
        "activities",
        Prefetch("sessions", queryset=upcoming, to_attr="upcoming_sessions"),
    )


def _with_words(roles: QuerySet[Opportunity], text: str) -> QuerySet[Opportunity]:
    # PostgreSQL takes no NUL in a string.
    for word in text.replace("\x00", " ").split()[:MOST_WORDS]:
        roles = roles.filter(
            Q(title__icontains=word)
            | Q(summary__icontains=word)
            | Q(description__icontains=word)
            | Q(organisation__name__icontains=word)
            | _linked(Opportunity.causes.through, "cause", _causes_called(word))
            | _linked(Opportunity.activities.through, "activity", _activities_called(word))
        )
    return roles


def _of_kind(roles: QuerySet[Opportunity], criteria: SearchCriteria) -> QuerySet[Opportunity]:
    if criteria.causes:
        wanted = Cause.objects.filter(
            Q(code__in=criteria.causes) | Q(parent__code__in=criteria.causes)
        )
        roles = roles.filter(_linked(Opportunity.causes.through, "cause", wanted))
    if criteria.activities:
        chosen = Activity.objects.filter(code__in=criteria.activities)
        roles = roles.filter(_linked(Opportunity.activities.through, "activity", chosen))
    if criteria.skills:
        roles = roles.filter(
            Exists(
                RoleSkill.objects.filter(
                    opportunity=OuterRef("pk"), skill__code__in=criteria.skills
                )
            )
        )
    if criteria.commitment:
        roles = roles.filter(commitment=criteria.commitment)
    return roles


def _for_person(roles: QuerySet[Opportunity], criteria: SearchCriteria) -> QuerySet[Opportunity]:
    if criteria.from_home is not None:
        roles = roles.filter(from_home=criteria.from_home)
    if criteria.age is not None:
        roles = roles.filter(minimum_age__lte=criteria.age).filter(
            Q(maximum_age__isnull=True) | Q(maximum_age__gte=criteria.age)
        )
    if criteria.access:
        # JSON lists cannot be looked into on SQLite; codes stand in quotes and hold none.
        roles = roles.alias(access_text=Cast("access", TextField()))
        for code in criteria.access:
            roles = roles.filter(access_text__contains=f'"{code}"')
    if criteria.slots:
        roles = _at_times(roles, criteria.slots)
    return roles


def _at_times(roles: QuerySet[Opportunity], slots: int) -> QuerySet[Opportunity]:
    """Roles whose weekly slots or coming sessions touch `slots`, or that fix no time at all."""
    coming = Session.objects.filter(opportunity=OuterRef("pk"), ends_at__gt=now())
    return roles.alias(common_slots=F("weekly_slots").bitand(slots)).filter(
        Q(common_slots__gt=0)
        | Exists(session_times.in_slots(coming, slots))
        | (Q(weekly_slots=0) & ~Exists(coming))
    )


def _measured_from(
    roles: QuerySet[Opportunity], near: Location, within_miles: float | None
) -> QuerySet[Opportunity]:
    roles = roles.annotate(distance_km=_distance_km(near))
    if within_miles is None:
        return roles
    reach = within_miles * KM_PER_MILE
    return roles.filter(Q(from_home=True) | (_box(near, reach) & Q(distance_km__lte=reach)))


def _box(near: Location, reach_km: float) -> Q:
    """A rectangle that holds the circle: quick to ask, and it spares most rows the sines."""
    high = reach_km / _KM_PER_DEGREE
    # The widest degree of the circle is the one farthest from the equator.
    wide = high / max(0.01, cos(radians(min(89.0, abs(near.latitude) + high))))
    return Q(
        latitude__range=(near.latitude - high, near.latitude + high),
        longitude__range=(near.longitude - wide, near.longitude + wide),
    )


def _distance_km(near: Location) -> Any:
    """The haversine of `core.places.distance.kilometres` as an expression; NULL without a place."""
    half = 0.5

    def half_sine_squared(field: str, degrees: float) -> Any:
        return Power(Sin((Radians(F(field)) - Value(radians(degrees))) * half), 2)

    chord = half_sine_squared("latitude", near.latitude) + (
        Cos(Radians(F("latitude")))
        * Value(cos(radians(near.latitude)))
        * half_sine_squared("longitude", near.longitude)
    )
    return ExpressionWrapper(
        # Not cut off at 1 as in numpy: LEAST skips NULL in PostgreSQL, and no two places of Great
        # Britain are antipodes.
        Value(2 * EARTH_RADIUS_KM) * ASin(Sqrt(chord)),
        output_field=FloatField(),
    )


def _ordered(roles: QuerySet[Opportunity], criteria: SearchCriteria) -> QuerySet[Opportunity]:
    newest = (F("published_at").desc(), F("pk").desc())
    if criteria.order == "nearest" and criteria.near is not None:
        return roles.order_by(F("distance_km").asc(nulls_last=True), *newest)
    if criteria.order == "closing":
        return roles.order_by(F("closes_on").asc(nulls_last=True), *newest)
    if criteria.order == "places":
        return roles.order_by((F("places") - F("places_taken")).desc(), *newest)
    return roles.order_by(*newest)


def _causes_called(word: str) -> QuerySet[Cause]:
    return Cause.objects.filter(
        Q(name__icontains=word)
        | Q(terms__icontains=word)
        | Q(parent__name__icontains=word)
        | Q(parent__terms__icontains=word)
    )


def _activities_called(word: str) -> QuerySet[Activity]:
    return Activity.objects.filter(Q(name__icontains=word) | Q(terms__icontains=word))


def _linked(through: Any, name: str, wanted: Iterable[Any]) -> Exists:
    """That a role has one of the `wanted` items; unlike a join, it doubles no row."""
    return Exists(through.objects.filter(opportunity=OuterRef("pk"), **{f"{name}__in": wanted}))
