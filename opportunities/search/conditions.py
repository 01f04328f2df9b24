"""What a search asks of a role, one condition for each thing that was said."""

from collections.abc import Iterable
from math import cos, radians
from typing import Any

from django.db.models import Exists, ExpressionWrapper, F, FloatField, OuterRef, Q, Value
from django.db.models.functions import ASin, Cos, Power, Radians, Sin, Sqrt

from core.clock import now, today
from core.models import Activity, Cause
from core.places.distance import EARTH_RADIUS_KM, KM_PER_MILE
from core.places.postcodes import Location
from opportunities import session_times
from opportunities.models import Opportunity, RoleSkill, SearchTerm, Session
from opportunities.search.criteria import SearchCriteria
from opportunities.search.reading import Reading

_KM_PER_DEGREE = EARTH_RADIUS_KM * radians(1)
_ALWAYS, _NEVER = Q(), Q(pk__in=[])


def state(criteria: SearchCriteria) -> Q:
    """Which roles are there to be found: those that take people, and what was asked for beside."""
    taking = Opportunity.objects.open() if criteria.places_left else Opportunity.objects.public()
    # A role is closed in the night after its last day: nobody should apply until then.
    found = Q(pk__in=taking.values("pk")) & (Q(closes_on=None) | Q(closes_on__gte=today()))
    if criteria.with_closed:
        found |= Q(pk__in=Opportunity.objects.over().values("pk"))
    return found


def of(criteria: SearchCriteria, reading: Reading) -> dict[str, Q]:
    """Give what each part of the search asks, by its name: a field of `SearchCriteria`, or "text:"
    and a word. Where `access`, `slots` or `near` are among them, the roles need the columns of
    `finding.measured`.
    """
    said = {
        **{
            f"text:{word.written}": Q(
                pk__in=SearchTerm.objects.filter(term__in=word.terms).values("opportunity")
            )
            for word in reading.words
        },
        "text": _NEVER if reading.says_nothing else _ALWAYS,
        "causes": _of_causes(criteria.causes),
        "activities": _linked(
            Opportunity.activities.through,
            "activity",
            Activity.objects.filter(code__in=criteria.activities),
        )
        if criteria.activities
        else _ALWAYS,
        "skills": _with_skills(criteria.skills),
        "commitment": Q(commitment=criteria.commitment) if criteria.commitment else _ALWAYS,
        "from_home": _ALWAYS if criteria.from_home is None else Q(from_home=criteria.from_home),
        "age": _for_age(criteria.age),
        "access": _with_access(criteria.access),
        "slots": _at_times(criteria.slots),
        "within_miles": _within(criteria.near, criteria.within_miles),
    }
    return {name: asked for name, asked in said.items() if asked}


def distance_km(near: Location) -> Any:
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


def _of_causes(codes: Iterable[str]) -> Q:
    if not codes:
        return _ALWAYS
    wanted = Cause.objects.filter(Q(code__in=codes) | Q(parent__code__in=codes))
    return _linked(Opportunity.causes.through, "cause", wanted)


def _with_skills(codes: Iterable[str]) -> Q:
    if not codes:
        return _ALWAYS
    return Q(Exists(RoleSkill.objects.filter(opportunity=OuterRef("pk"), skill__code__in=codes)))


def _for_age(age: int | None) -> Q:
    if age is None:
        return _ALWAYS
    return Q(minimum_age__lte=age) & (Q(maximum_age__isnull=True) | Q(maximum_age__gte=age))


def _with_access(codes: Iterable[str]) -> Q:
    asked = _ALWAYS
    for code in codes:
        # Codes stand in quotes and hold none.
        asked &= Q(access_text__contains=f'"{code}"')
    return asked


def _at_times(slots: int) -> Q:
    """Weekly slots or coming sessions that touch `slots`, or no time fixed at all."""
    if not slots:
        return _ALWAYS
    coming = Session.objects.filter(opportunity=OuterRef("pk"), ends_at__gt=now())
    return (
        Q(common_slots__gt=0)
        | Exists(session_times.in_slots(coming, slots))
        | (Q(weekly_slots=0) & ~Exists(coming))
    )


def _within(near: Location | None, miles: float | None) -> Q:
    if near is None or miles is None:
        return _ALWAYS
    reach = miles * KM_PER_MILE
    return Q(from_home=True) | (_box(near, reach) & Q(distance_km__lte=reach))


def _box(near: Location, reach_km: float) -> Q:
    """A rectangle that holds the circle: quick to ask, and it spares most rows the sines."""
    high = reach_km / _KM_PER_DEGREE
    # The widest degree of the circle is the one farthest from the equator.
    wide = high / max(0.01, cos(radians(min(89.0, abs(near.latitude) + high))))
    return Q(
        latitude__range=(near.latitude - high, near.latitude + high),
        longitude__range=(near.longitude - wide, near.longitude + wide),
    )


def _linked(through: Any, name: str, wanted: Iterable[Any]) -> Q:
    """That a role has one of the `wanted` items; unlike a join, it doubles no row."""
    return Q(Exists(through.objects.filter(opportunity=OuterRef("pk"), **{f"{name}__in": wanted})))
