"""Segments of people who wait, what groups are told of them, and campaigns."""

from datetime import timedelta

from factory.declarations import LazyFunction, Sequence, SubFactory
from factory.django import DjangoModelFactory

from core import clock
from insights.models import Campaign, CountedPeople, Prospectus, ProspectusMail, Segment
from insights.supply import Supply
from tests.factories.accounts import UserFactory
from tests.factories.opportunities import OrganisationFactory

#: The ward of the postcode that groups and roles have in tests.
WARD = "E05013553"


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
