"""Segments of people who wait, what groups are told of them, and campaigns."""

from datetime import timedelta
from typing import Any

from factory.declarations import LazyAttribute, LazyFunction, Sequence, SubFactory
from factory.django import DjangoModelFactory

from core import clock
from insights.models import Campaign, CountedPeople, Prospectus, ProspectusMail, RolePlan, Segment
from insights.supply import Supply
from tests.factories.accounts import UserFactory
from tests.factories.opportunities import OrganisationFactory

#: The ward of the postcode that groups and roles have in tests.
WARD = "E05013553"


#: What is published of such a segment.
SEGMENT_FIGURES: dict[str, Any] = {
    "people": 23,
    "waited_days": 100,
    "kinds": [["befriending", 1.0], ["home-visits", 0.5652], ["phone-calls", 0.1304]],
    "causes": [["older-people", 0.6087]],
    "skills": [["listening", 0.4348], ["patience", 0.3043]],
    "heat": [0.0, 0.2174, 0.8696] * 5 + [0.5217] * 6,
    "wards": {WARD: 14, "E05013562": 6, "": 3},
    "ways": {"regular": 23, "one_off": 12, "from_home": 4},
    "places": 5,
    "places_for_most": 3,
    "stops": {
        "people": 23,
        "alone": [["time_overlap", 13], ["distance", 4]],
        "together": [[["distance", "time_overlap"], 9]],
        "more": 0,
        "no_kind": 0,
    },
}


class SegmentFactory(DjangoModelFactory[Segment]):
    """23 people who want to befriend somebody, on weekday evenings, in the middle of Harrow."""

    class Meta:
        model = Segment

    first_found_at = LazyFunction(lambda: clock.now() - timedelta(days=30))
    last_found_at = LazyFunction(clock.now)
    activity = "befriending"
    times = LazyFunction(lambda: ["weekday-evening"])
    area = LazyFunction(lambda: [WARD])
    people = 23
    waited_days = 100
    heat = LazyFunction(lambda: [0.0, 0.2, 0.9] * 5 + [0.5] * 6)
    published_month = LazyFunction(lambda: f"{clock.today():%Y-%m}")
    published = LazyAttribute(
        lambda made: {
            **SEGMENT_FIGURES,
            "people": made.people,
            "waited_days": made.waited_days,
            "heat": made.heat,
        }
    )


class CountedPeopleFactory(DjangoModelFactory[CountedPeople]):
    """About 25 such people, counted this month."""

    class Meta:
        model = CountedPeople

    source = Sequence("segment:{}".format)
    month = LazyFunction(lambda: f"{clock.today():%Y-%m}")
    counted_at = LazyFunction(clock.now)
    activity = "befriending"
    slots = 0b100100100100100
    wards = LazyFunction(lambda: [WARD])
    template = "befriending-visitor"
    people = 25
    waited_days = 100
    heat = LazyFunction(lambda: [0, None, 20] * 5 + [10] * 6)


class ProspectusFactory(DjangoModelFactory[Prospectus]):
    """A prospectus that a group has just been sent."""

    class Meta:
        model = Prospectus

    organisation = SubFactory(OrganisationFactory)
    counted = SubFactory(CountedPeopleFactory)
    made_at = LazyFunction(clock.now)


class ProspectusMailFactory(DjangoModelFactory[ProspectusMail]):
    """That somebody wants mail about people who could help their group."""

    class Meta:
        model = ProspectusMail

    wants = True
    told = "We write at most twice a month."
    at = LazyFunction(clock.now)


class CampaignFactory(DjangoModelFactory[Campaign]):
    """A draft about the people of a segment, to every group near them."""

    class Meta:
        model = Campaign

    name = Sequence("Example campaign {}".format)
    supplies = LazyFunction(lambda: [Supply.of_segment(SegmentFactory()).as_json()])
    only_suggested = False
    seed = 7
    made_by = SubFactory(UserFactory, delivery_group=True)


def planned_role() -> int:
    """The place of a role in the plan of roles worth creating."""
    role = {"activity": "gardening", "time": "saturday", "ward": "", "places": 1, "named": 9}
    none: dict[str, object] = {
        "people": 9,
        "not_said": 0,
        "without": 9,
        "waits": [9, 0, 0, 0],
        "wards": {},
        "slots": [0] * 21,
    }
    RolePlan.objects.create(
        made_at=clock.now(), waiting=9, placeable=0, roles=[role | none | {"hosts": []}]
    )
    return 1
