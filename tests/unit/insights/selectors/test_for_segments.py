"""A role for each of the largest groups of people who have too few places."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.places import postcodes
from core.places.wards import WARDS
from insights.models import Segment
from insights.proposed_roles import ProposedRole
from insights.selectors.for_segments import MOST, RoleForSegment, roles_for_segments
from tests.factories.insights import WARD, SegmentFactory
from tests.factories.opportunities import OpportunityFactory, OrganisationFactory

pytestmark = pytest.mark.django_db

OTHER = "E05013562"
FREE_ON_SUNDAYS = [0.2] * 18 + [0.9] * 3


def segment(figures: dict[str, Any] | None = None, **fields: Any) -> Segment:
    made: Segment = SegmentFactory(**fields)
    made.published = {**made.published, **(figures or {})}
    made.save()
    return made


def the_role(figures: dict[str, Any] | None = None, **fields: Any) -> ProposedRole:
    segment(figures, **fields)
    (found,) = roles_for_segments()
    return found.role


def test_it_is_of_their_kind_at_their_time_where_most_of_them_live() -> None:
    assert the_role() == ProposedRole("befriending", "weekday-evening", WARD)
    Segment.objects.all().delete()
    wards = {"wards": {WARD: 6, OTHER: 17}}
    assert the_role(wards).ward == OTHER


def test_of_several_times_it_is_at_the_one_when_most_are_free() -> None:
    heat = {"heat": FREE_ON_SUNDAYS}
    assert the_role(heat, times=["saturday", "sunday"]).time == "sunday"
    Segment.objects.all().delete()
    assert the_role(heat, times=["saturday", "weekday-evening"]).time != "sunday"
    Segment.objects.all().delete()
    assert the_role(heat, times=[]).time == "sunday"


def test_the_ward_is_chosen_by_what_is_shown() -> None:
    """8 and 9 look alike: the one with one more must not stand out."""
    wards = sorted([WARD, OTHER])
    found = set()
    for one in (8, 9):
        Segment.objects.all().delete()
        found.add(the_role({"wards": {wards[0]: one, wards[1]: 17 - one, "": 9}}).ward)
    assert len(found) == 1


def test_where_no_ward_is_shown_it_is_in_one_of_theirs() -> None:
    few = {"wards": {ward.code: 1 for ward in WARDS[:20]} | {"": 3}}
    assert the_role(few, area=[OTHER]).ward == OTHER
    Segment.objects.all().delete()
    assert the_role(few, area=[], quarter="north-east").ward
    Segment.objects.all().delete()
    assert the_role(few, area=[], quarter="").ward


def test_what_can_be_done_from_home_is_in_no_ward() -> None:
    assert the_role(activity="phone-calls").ward == ""


def test_none_for_who_has_places_no_kind_in_common_or_is_few() -> None:
    segment({"places_for_most": 25})
    segment(activity="", cause="older-people")
    segment(people=7)
    assert roles_for_segments() == []


def test_the_largest_first_and_so_many() -> None:
    segment(people=20)
    segment(people=60)
    segment(people=40)
    assert [one.people.value for one in roles_for_segments()] == [60, 40, 20]
    for __ in range(MOST):
        segment()
    assert len(roles_for_segments()) == MOST


def test_groups_that_do_such_work_are_asked_and_the_draft_is_of_its_kind() -> None:
    place = postcodes.in_ward(WARD)[0].postcode
    group = OrganisationFactory(postcode=place, website="https://example.org")
    OpportunityFactory(organisation=group, activities=["befriending"], full=True)
    segment()
    (found,) = roles_for_segments()
    assert [host.group for host in found.hosts] == [group.pk]
    assert found.template is not None
    assert found.template.activities[0] == "befriending"
    assert found.title == "Listening and befriending, weekday evenings, Marlborough"


def test_the_queries_do_not_grow_with_the_segments() -> None:
    def counted() -> tuple[int, list[RoleForSegment]]:
        with CaptureQueriesContext(connection) as queries:
            found = roles_for_segments()
        return len(queries), found

    segment()
    OpportunityFactory(activities=["befriending"], full=True)
    counted()  # reads what is kept between requests
    one, found = counted()
    assert len(found) == 1
    for __ in range(4):
        segment()
        OpportunityFactory(activities=["befriending"], full=True)
    five, found = counted()
    assert len(found) == 5
    assert five == one <= 13
