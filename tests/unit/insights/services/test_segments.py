"""People who wait for the same are found each week, and a segment stays one while they stay."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import cycle
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.clock import now
from core.places import postcodes
from core.places.wards import WARDS
from insights import unmet
from insights.disclosure import Shown
from insights.models import Segment, SegmentMember, SegmentWeek, UnmetWeek
from insights.proposed_roles import TIMES
from insights.selectors.supplies import supplies
from insights.selectors.unmet import published_segments, published_unmet, segment_in_full
from insights.services import segments
from tests.factories.opportunities import OpportunityFactory
from tests.factories.placements import ApplicationFactory
from tests.factories.volunteers import VolunteerFactory
from volunteers.models import Volunteer
from worker.handlers import handler_for

pytestmark = pytest.mark.django_db

PINNER = "E05013555"
MASKS = {code: mask for code, __, mask in TIMES}
EVENINGS = MASKS["weekday-evening"]
KINDS = ("befriending", "cooking", "phone-calls", "helpline", "sports-coaching")
MONDAY = datetime(2026, 10, 19, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(MONDAY, tick=False) as traveller:
        yield traveller


def people(number: int, ward: str, **fields: Any) -> list[Volunteer]:
    places = cycle(postcodes.in_ward(ward)[:5])
    since = {"waiting_since": now() - timedelta(days=40), "travel_miles": 2}
    return [
        VolunteerFactory(postcode=next(places).postcode, **{**since, **fields})
        for __ in range(number)
    ]


@pytest.fixture
def gardeners() -> list[Volunteer]:
    """Twelve who would like to garden on weekday evenings in Pinner, among others who would do
    this or that at any time somewhere.
    """
    found = people(12, PINNER, activities=["gardening"], availability=EVENINGS)
    times = list(MASKS.values())
    for number in range(44):
        people(
            1,
            WARDS[number % len(WARDS)].code,
            activities=[KINDS[number % len(KINDS)]],
            availability=times[number // 3 % len(times)],
        )
    return found


def members(segment: Segment) -> set[int]:
    return set(segment.members.values_list("volunteer", flat=True))


def the_segment() -> Segment:
    return Segment.objects.present().get(activity="gardening")


def next_week(clock: time_machine.Traveller) -> None:
    clock.shift(timedelta(days=7))
    assert segments.refresh()


class TestWhoIsFound:
    def test_those_who_wait_for_the_same_at_the_same_time_nearby(
        self, gardeners: list[Volunteer]
    ) -> None:
        assert segments.refresh()
        found = the_segment()
        assert members(found) == {person.pk for person in gardeners}
        assert found.name == "Gardening, weekday evenings, around Pinner"
        assert (found.people, found.waited_days, found.wards) == (12, 40, {PINNER: 12})
        assert found.heat[2] == 1.0
        assert found.heat[0] == 0.0

    def test_no_segment_of_what_a_role_takes(self, gardeners: list[Volunteer]) -> None:
        OpportunityFactory(
            postcode=gardeners[0].postcode,
            activities=["gardening"],
            weekly_slots=EVENINGS,
            places=20,
        )
        segments.refresh()
        assert not Segment.objects.filter(activity="gardening").exists()

    def test_who_has_not_used_the_service_for_two_months_does_not_wait(
        self, gardeners: list[Volunteer]
    ) -> None:
        Volunteer.objects.filter(pk=gardeners[0].pk).update(last_used_at=now() - timedelta(days=61))
        assert segments.refresh()
        assert members(the_segment()) == {person.pk for person in gardeners[1:]}
        assert UnmetWeek.objects.get().waiting == Volunteer.objects.count() - 1

    def test_those_who_wait_too_long_count_whatever_is_open(
        self, gardeners: list[Volunteer]
    ) -> None:
        OpportunityFactory(
            postcode=gardeners[0].postcode, activities=["gardening"], weekly_slots=EVENINGS
        )
        Volunteer.objects.filter(pk__in=[person.pk for person in gardeners]).update(
            waiting_since=now() - timedelta(days=181)
        )
        segments.refresh()
        assert the_segment().people == 12

    def test_those_whose_request_has_no_answer_count_too(self, gardeners: list[Volunteer]) -> None:
        role = OpportunityFactory(
            postcode=gardeners[0].postcode, activities=["gardening"], weekly_slots=EVENINGS
        )
        for person in gardeners[:9]:
            ApplicationFactory(
                volunteer=person, opportunity=role, created_at=now() - timedelta(days=11)
            )
        segments.refresh()
        assert members(the_segment()) == {person.pk for person in gardeners[:9]}

    def test_places_are_those_of_its_kind_that_suit_them(self, gardeners: list[Volunteer]) -> None:
        Volunteer.objects.filter(pk__in=[person.pk for person in gardeners]).update(
            waiting_since=now() - timedelta(days=181)
        )
        role: dict[str, Any] = {"postcode": gardeners[0].postcode, "weekly_slots": EVENINGS}
        OpportunityFactory(activities=["gardening"], places=3, **role)
        OpportunityFactory(activities=["cooking"], places=5, **role)
        OpportunityFactory(
            activities=["gardening"], places=7, **{**role, "weekly_slots": MASKS["sunday"]}
        )
        segments.refresh()
        assert the_segment().places == 3
        assert the_segment().places_for_most == 3
        week = the_segment().weeks.get()
        assert (week.places, week.places_for_most) == (3, 3)

    def test_what_stops_them_is_told_by_rule(self, gardeners: list[Volunteer]) -> None:
        OpportunityFactory(
            postcode=gardeners[0].postcode,
            activities=["gardening"],
            weekly_slots=MASKS["sunday"],
            places=3,
        )
        segments.refresh()
        stops = the_segment().stops
        assert stops["alone"] == [["time_overlap", 12]]
        assert stops["no_kind"] == 0

    def test_as_many_queries_however_many_people(self, gardeners: list[Volunteer]) -> None:
        with CaptureQueriesContext(
            connection,
        ) as few:
            segments.refresh()
        people(30, PINNER, activities=["gardening"], availability=EVENINGS)
        for model in (UnmetWeek, SegmentWeek, SegmentMember, Segment):
            model._base_manager.all().delete()
        with CaptureQueriesContext(connection) as more:
            segments.refresh()
        assert len(more) <= len(few) + 2


class TestWeekToWeek:
    def test_once_a_week(self, gardeners: list[Volunteer], clock: time_machine.Traveller) -> None:
        assert segments.refresh()
        clock.shift(timedelta(days=6))
        assert not segments.refresh()
        clock.shift(timedelta(days=1))
        assert segments.refresh()
        assert UnmetWeek.objects.count() == 2

    def test_it_stays_the_same_while_it_keeps_its_people(
        self, gardeners: list[Volunteer], clock: time_machine.Traveller
    ) -> None:
        segments.refresh()
        first = the_segment()
        gardeners[0].user.delete()
        people(3, PINNER, activities=["gardening"], availability=EVENINGS)
        next_week(clock)
        again = the_segment()
        assert (again.pk, again.first_found_at) == (first.pk, first.first_found_at)
        assert again.people == 14
        assert list(again.weeks.values_list("people", flat=True)) == [12, 14]

    def test_who_leaves_while_it_is_worked_out_is_in_none(
        self, gardeners: list[Volunteer], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        work_out = unmet.current_supply

        def work_out_while_somebody_leaves() -> unmet.UnmetSupply:
            found = work_out()
            gardeners[0].user.delete()
            return found

        monkeypatch.setattr(unmet, "current_supply", work_out_while_somebody_leaves)
        assert segments.refresh()
        assert members(the_segment()) == {person.pk for person in gardeners[1:]}

    def test_it_goes_with_its_people(
        self, gardeners: list[Volunteer], clock: time_machine.Traveller
    ) -> None:
        segments.refresh()
        first = the_segment()
        for person in gardeners[:9]:
            person.user.delete()
        next_week(clock)
        first.refresh_from_db()
        assert first.gone_at is not None
        assert not first.members.exists()

    def test_what_is_published_stays_for_the_month(
        self, gardeners: list[Volunteer], clock: time_machine.Traveller
    ) -> None:
        segments.refresh()
        people(5, PINNER, activities=["gardening"], availability=EVENINGS)
        next_week(clock)
        assert (the_segment().people, the_segment().published["people"]) == (17, 12)
        next_week(clock)
        assert the_segment().published["people"] == 17

    def test_a_month_that_begins_on_a_tuesday_is_published_once(
        self, gardeners: list[Volunteer], clock: time_machine.Traveller
    ) -> None:
        """With nothing found on Monday the 30th: the first look of December is that of the 1st, for
        segments as for the borough, and that of Monday the 7th is no other first one."""
        clock.move_to(datetime(2026, 11, 23, 12, tzinfo=UTC))
        assert segments.refresh()
        people(5, PINNER, activities=["gardening"], availability=EVENINGS)
        clock.move_to(datetime(2026, 12, 1, 12, tzinfo=UTC))
        assert segments.refresh()
        said = published_segments(), published_unmet(), segment_in_full(the_segment().pk)
        people(8, PINNER, activities=["gardening"], availability=EVENINGS)
        clock.move_to(datetime(2026, 12, 7, 12, tzinfo=UTC))
        assert segments.refresh()
        assert (published_segments(), published_unmet()) == said[:2]
        in_full = segment_in_full(the_segment().pk)
        assert in_full == said[2]
        assert in_full is not None
        months = {one.month.code: one.people.value for one in in_full.months}
        assert months == {"2026-11": 10, "2026-12": 15}
        assert UnmetWeek.objects.order_by("week").values_list("waiting", flat=True)[2] == 69
        assert said[1] is not None
        assert said[1].waiting == Shown(60)

    def test_one_that_goes_is_told_of_until_the_month_ends(
        self, gardeners: list[Volunteer], clock: time_machine.Traveller
    ) -> None:
        """That it is no more would say that fewer than eight are left."""
        segments.refresh()
        said = published_segments()
        for person in gardeners[:9]:
            person.user.delete()
        next_week(clock)
        assert not Segment.objects.present().filter(activity="gardening").exists()
        assert published_segments() == said
        assert [one.people for one in supplies()] == [12]
        next_week(clock)
        assert published_segments() == []
        assert supplies() == []

    def test_one_that_comes_is_told_of_from_the_next_month_on(
        self, clock: time_machine.Traveller
    ) -> None:
        """It may be one that was told of less a few people, or more by a few."""
        assert segments.refresh()
        people(12, PINNER, activities=["gardening"], availability=EVENINGS)
        for number in range(44):
            people(1, WARDS[number % len(WARDS)].code, activities=[KINDS[number % len(KINDS)]])
        next_week(clock)
        found = the_segment()
        assert published_segments() == []
        assert (supplies(), segment_in_full(found.pk)) == ([], None)
        next_week(clock)
        in_full = segment_in_full(found.pk)
        assert in_full is not None
        assert [one.month.code for one in in_full.months] == ["2026-11"], "not October's last week"


def test_the_night_does_it() -> None:
    handler_for("night.segments").work(1, None)  # type: ignore[arg-type]
    assert UnmetWeek.objects.get().waiting == 0


def test_what_another_worker_found_meanwhile_keeps_its_name(
    gardeners: list[Volunteer], monkeypatch: pytest.MonkeyPatch
) -> None:
    of_borough = segments._of_borough

    def meanwhile(supply: unmet.UnmetSupply) -> dict[str, Any]:
        found = Segment.objects.create(
            first_found_at=now(),
            last_found_at=now(),
            activity="gardening",
            times=["weekday-evening"],
            area=[PINNER],
            people=len(gardeners),
        )
        SegmentMember.objects.bulk_create(
            [SegmentMember(segment=found, volunteer=person) for person in gardeners]
        )
        return of_borough(supply)

    monkeypatch.setattr(segments, "_of_borough", meanwhile)
    assert segments.refresh()
    assert Segment.objects.filter(activity="gardening").count() == 1
    assert members(the_segment()) == {person.pk for person in gardeners}
