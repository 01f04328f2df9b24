"""What each measure counts, from rows that the services wrote."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest
import time_machine

from insights.disclosure import Shown, Why, shown
from insights.measures import MEASURES, tenths
from insights.measures.samples import Cell, gini
from insights.periods import Period
from insights.services import figures
from matching.models import Impression
from matching.wording.odds import tenths_of
from opportunities.models import Opportunity, Organisation
from opportunities.services import roles
from placements.models import Application, StillGoing
from placements.services import applications, hours, timed_offers, useful_links
from placements.states import Mover
from tests.factories.accounts import UserFactory
from tests.factories.opportunities import OpportunityFactory, OrganisationFactory
from tests.factories.placements import ApplicationFactory
from tests.factories.volunteers import VolunteerFactory
from tests.factories.waiting import WaitingListEntryFactory
from volunteers.models import Volunteer

pytestmark = pytest.mark.django_db

Clock = time_machine.Traveller
OCTOBER, NOVEMBER = Period.of_code("2026-10"), Period.of_code("2026-11")


def noon(month: int, day: int, year: int = 2026) -> datetime:
    return datetime(year, month, day, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock() -> Iterator[Clock]:
    with time_machine.travel(noon(10, 5), tick=False) as traveller:
        yield traveller


def cell(code: str, period: Period = OCTOBER) -> Cell:
    return figures.work_out(period).totals[code]


def split(code: str, dimension: str, period: Period = OCTOBER) -> dict[str, int]:
    """Counts of the categories that have any."""
    found = figures.work_out(period)
    pairs = zip(found.categories[dimension], found.splits[code, dimension], strict=True)
    return {category: one.count for (category, __), one in pairs if one.count}


def asked(role: Opportunity, person: Volunteer | None = None) -> Application:
    return ApplicationFactory(volunteer=person or VolunteerFactory(), opportunity=role)


class TestCourses:
    def test_are_of_people_who_wait_for_a_lasting_role(self, clock: Clock) -> None:
        first, second = (
            useful_links.add(by=None, kind="training", title=title, address="https://example.org/")
            for title in ("First aid", "Food hygiene")
        )
        waits, has_place, later = (VolunteerFactory() for _ in range(3))
        placed = ApplicationFactory(volunteer=has_place, opportunity=OpportunityFactory())
        applications.accept(application=placed, by=None)
        clock.move_to(noon(10, 9))
        for person, link in ((waits, first), (waits, second), (has_place, first)):
            useful_links.say_done(link=link, volunteer=person, by=person.user)
        clock.move_to(noon(11, 9))
        useful_links.say_done(link=first, volunteer=later, by=later.user)
        clock.move_to(noon(12, 9))
        assert cell("did_a_course").count == 1
        assert cell("did_a_course", NOVEMBER).count == 1


class TestTold:
    """Four were told 6 in 10 of a place and 8 in 10 of an answer in October, two 2 in 10 later."""

    def ask(self, clock: Clock) -> list[Application]:
        role = OpportunityFactory(places=9)
        chances = {"told_place": 0.62, "told_answer": 0.8}
        made = [ApplicationFactory(opportunity=role, **chances) for __ in range(4)]
        ApplicationFactory(opportunity=role)
        clock.move_to(noon(10, 12))
        applications.accept(application=made[0], by=None)
        clock.move_to(noon(11, 10))
        applications.accept(application=made[1], by=None)
        applications.withdraw(application=made[2], by=None)
        chances = {"told_place": 0.24, "told_answer": 0.24}
        later = [ApplicationFactory(opportunity=role, **chances) for __ in range(2)]
        applications.accept(application=later[0], by=None)
        clock.move_to(noon(12, 20))
        applications.accept(application=made[3], by=None)
        return made

    def test_a_place_counts_once_six_weeks_have_gone(self, clock: Clock) -> None:
        self.ask(clock)
        assert cell("placed_as_told").base == 0
        # 36 days and 7 hours after they asked, and of the later ones 20 days.
        found = cell("placed_as_told", Period.of_code("2026-11"))
        assert (found.count, found.base) == (2, 4)
        assert split("placed_as_told", "place-told", NOVEMBER) == {"6": 2}

    def test_a_place_after_six_weeks_counts_as_none(self, clock: Clock) -> None:
        self.ask(clock)
        clock.move_to(noon(1, 20, 2027))
        december = Period.of_code("2026-12")
        found = cell("placed_as_told", december)
        assert (found.count, found.base) == (3, 6)
        assert split("placed_as_told", "place-told", december) == {"6": 2, "2": 1}

    def test_an_answer_counts_once_ten_days_have_gone(self, clock: Clock) -> None:
        self.ask(clock)
        assert (cell("answered_as_told").count, cell("answered_as_told").base) == (1, 4)
        assert split("answered_as_told", "answer-told", NOVEMBER) == {"8": 1, "2": 1}

    def test_after_a_year_they_are_left_out(self, clock: Clock) -> None:
        self.ask(clock)
        clock.move_to(noon(12, 20, 2027))
        for month, base in (("2027-10", 6), ("2027-11", 2), ("2027-12", 0)):
            clock.move_to(noon(12, 31, 2027))
            assert cell("placed_as_told", Period.of_code(month)).base == base

    def test_a_tenth_is_what_the_page_says(self) -> None:
        chances = np.array([0.0, 0.049, 0.05, 0.15, 0.25, 0.55, 0.649, 0.65, 0.951, 1.0, np.nan])
        rows, found = tenths.of_chances(chances)
        assert rows.tolist() == list(range(10))
        assert found.tolist() == [tenths_of(chance) for chance in chances[:10].tolist()]


class TestPlaces:
    def test_are_those_of_the_end_of_the_month_and_not_of_today(self, clock: Clock) -> None:
        role = OpportunityFactory(places=5)
        taken, later = asked(role), asked(role)
        applications.accept(application=taken, by=None)
        clock.move_to(noon(11, 3))
        applications.accept(application=later, by=None)
        clock.move_to(noon(11, 4))
        counts = {
            code: [cell(code, period).value for period in (OCTOBER, NOVEMBER)]
            for code in ("places_offered", "places_open", "places_taken")
        }
        assert counts == {
            "places_offered": [5, 5],
            "places_open": [4, 3],
            "places_taken": [1, 2],
        }

    def test_a_live_timed_offer_takes_one(self, clock: Clock) -> None:
        role = OpportunityFactory(places=2)
        entry = WaitingListEntryFactory(opportunity=role)
        offer = timed_offers.make(entry=entry, opportunity=role)
        assert offer is not None
        clock.move_to(noon(10, 6))
        assert cell("places_taken").value == 1
        timed_offers.refuse(offer=offer, by=None)
        clock.move_to(noon(10, 7))
        assert cell("places_taken").value == 0

    def test_agree_with_what_roles_count_themselves(self, clock: Clock) -> None:
        role = OpportunityFactory(places=9)
        rows = [asked(role) for __ in range(6)]
        applications.offer(application=rows[0], by=None)
        for row in rows[1:3]:
            applications.accept(application=row, by=None)
        applications.start(application=rows[2], by=None)
        applications.decline(application=rows[3], reason="no_place", by=None)
        applications.withdraw(application=rows[1], by=None)
        clock.move_to(noon(10, 6))
        role.refresh_from_db()
        assert cell("places_taken").value == role.places_taken == 2
        assert cell("roles_with_nobody").count == 0


class TestWaits:
    def test_who_waits_is_split_by_how_long_at_the_end_of_the_month(self, clock: Clock) -> None:
        clock.move_to(noon(10, 31))
        days = (0, 20, 40, 100, 200, 400, 1000)
        for number in days:
            since = noon(10, 31) - timedelta(days=number)
            person = VolunteerFactory(waiting_since=since, last_used_at=noon(10, 31))
            Volunteer.objects.filter(pk=person.pk).update(created_at=since)
        placed = ApplicationFactory(volunteer=VolunteerFactory(), opportunity=OpportunityFactory())
        applications.accept(application=placed, by=None)
        clock.move_to(noon(11, 2))
        assert split("people_waiting", "wait") == {
            "under-1-month": 2,
            "1-3-months": 1,
            "3-6-months": 1,
            "6-12-months": 1,
            "over-1-year": 2,
        }
        assert cell("people_waiting").count == len(days)


class TestOpenRoles:
    def test_one_that_was_closed_and_published_again_is_open_again(self, clock: Clock) -> None:
        broker, role = (
            UserFactory(broker=True),
            OpportunityFactory(in_review=True, causes=["health"], places=3),
        )
        roles.publish(opportunity=role, by=broker)
        applications.accept(application=asked(role), by=None)
        clock.move_to(noon(10, 8))
        roles.close(opportunity=role, by=broker, because="found")
        clock.move_to(noon(10, 9))
        assert cell("roles_open").count == 0
        clock.move_to(noon(11, 2))
        roles.reopen(opportunity=role, by=broker)
        roles.publish(opportunity=role, by=broker)
        clock.move_to(noon(11, 3))
        assert [cell("roles_open", one).count for one in (OCTOBER, NOVEMBER)] == [0, 1]
        # What it brought before it was taken off stays.
        assert cell("placed").count == 1

    def test_one_that_is_held_back_is_not(self, clock: Clock) -> None:
        role = OpportunityFactory(in_review=True, causes=["health"])
        roles.publish(opportunity=role, by=None)
        clock.move_to(noon(10, 8))
        roles.hold_back(opportunity=role, words=None, by=UserFactory(broker=True))
        clock.move_to(noon(10, 9))
        assert cell("roles_open").count == 0
        roles.publish(opportunity=role, by=UserFactory(broker=True))
        clock.move_to(noon(11, 3))
        assert [cell("roles_open", one).count for one in (OCTOBER, NOVEMBER)] == [1, 1]


class TestFunnel:
    def test_each_step_in_the_month_in_which_it_happened(self, clock: Clock) -> None:
        row = asked(OpportunityFactory())
        clock.move_to(noon(10, 9))
        applications.accept(application=row, by=None)
        clock.move_to(noon(11, 2))
        applications.start(application=row, by=None)
        clock.move_to(noon(11, 3))
        steps = ("applied", "answered", "placed", "started")
        assert [cell(code).count for code in steps] == [1, 1, 1, 0]
        assert [cell(code, NOVEMBER).count for code in steps] == [0, 0, 0, 1]

    def test_who_is_given_two_places_is_one_person_with_two_placements(self, clock: Clock) -> None:
        twice, once = VolunteerFactory(), VolunteerFactory()
        for person in (twice, twice, once):
            applications.accept(application=asked(OpportunityFactory(), person), by=None)
        clock.move_to(noon(10, 9))
        placed = cell("people_placed")
        assert (placed.count, placed.people) == (2, 2)
        assert (cell("placed").count, cell("placed").people) == (3, 2)

    def test_still_there_when_the_person_said_so_when_hours_say_so_and_not_else(
        self, clock: Clock
    ) -> None:
        role = OpportunityFactory(places=9)
        said, gave, silent, left = rows = [asked(role) for __ in range(4)]
        for row in rows:
            applications.accept(application=row, by=None)
            applications.start(application=row, by=None)
        clock.move_to(noon(12, 1))
        applications.end(application=left, reason="moved_on", side=Mover.GROUP, by=None)
        clock.move_to(noon(1, 10, 2027))
        StillGoing.objects.create(
            application=said, months=3, answered_at=noon(1, 9, 2027), still_there=True
        )
        hours.record(application=gave, day=date(2027, 1, 8), minutes=60, by=None)
        clock.move_to(noon(2, 3, 2027))
        found = cell("still_there_after_three_months", Period.of_code("2027-02"))
        assert (found.count, found.base) == (2, 4)
        assert silent.pk

    def test_refusals_are_split_by_the_reason_that_the_group_gave(self, clock: Clock) -> None:
        role = OpportunityFactory(places=9)
        for reason in ("no_place", "too_far", "too_far", "other"):
            applications.decline(application=asked(role), reason=reason, by=None)
        withdrawn = asked(role)
        applications.withdraw(application=withdrawn, by=None)
        later = asked(role)
        clock.move_to(noon(11, 2))
        applications.decline(application=later, reason="no_reply", by=None)
        clock.move_to(noon(12, 1))
        assert split("declined", "reason") == {"no_place": 1, "too_far": 2, "other": 1}
        assert split("declined", "reason", NOVEMBER) == {"no_reply": 1}
        assert cell("declined").count == 4

    def test_refusals_name_a_reason_or_another(self, clock: Clock) -> None:
        role = OpportunityFactory()
        for reason in ("no_place", "too_far", "other"):
            applications.decline(application=asked(role), reason=reason, by=None)
        applications.withdraw(application=asked(role), by=None)
        clock.move_to(noon(10, 6))
        found = cell("refusals_with_a_reason")
        assert (found.count, found.base) == (2, 3)

    def test_hours_are_those_of_days_in_the_month(self, clock: Clock) -> None:
        row = asked(OpportunityFactory())
        applications.accept(application=row, by=None)
        clock.move_to(noon(11, 3))
        for day, minutes in ((date(2026, 10, 30), 90), (date(2026, 11, 2), 60)):
            hours.record(application=row, day=day, minutes=minutes, by=None)
        clock.move_to(noon(11, 6))
        hours.record(application=row, day=date(2026, 10, 29), minutes=90, by=None)
        assert cell("hours_confirmed", NOVEMBER).value == 1
        assert cell("hours_confirmed", NOVEMBER).people == 1
        # Of the last days of a month hours are confirmed in the first three days of the next.
        assert cell("hours_confirmed").value == 1.5


class TestFairness:
    def test_an_index_is_0_for_all_alike_and_near_1_for_one_that_has_all(self) -> None:
        assert gini(np.array([2, 2, 2, 2])) == pytest.approx(0)
        assert gini(np.array([0, 0, 0, 8])) == pytest.approx(0.75)
        assert gini(np.array([0, 0])) is None

    def test_small_groups_have_their_share_of_applications_and_of_places(
        self, clock: Clock
    ) -> None:
        small = OrganisationFactory(size=Organisation.Size.MICRO, network=Organisation.Network.NONE)
        other = OrganisationFactory(size=Organisation.Size.LARGE)
        asked(OpportunityFactory(organisation=small, places=3))
        OrganisationFactory(size=Organisation.Size.MICRO)
        big = OpportunityFactory(organisation=other, places=9)
        for __ in range(3):
            asked(big)
        OrganisationFactory()
        clock.move_to(noon(10, 6))
        found = figures.work_out(OCTOBER).totals
        assert found["applications_to_small_groups"].value == 0.25
        assert found["places_of_small_groups"].value == 0.25
        assert found["groups_with_no_live_role"].count == 2

    def test_who_has_not_said_whether_it_is_in_a_network_is_counted_apart(
        self, clock: Clock
    ) -> None:
        networks = Organisation.Network
        for network in (networks.NONE, networks.CVS, networks.OTHER, networks.UNKNOWN):
            group = OrganisationFactory(size=Organisation.Size.MICRO, network=network)
            asked(OpportunityFactory(organisation=group))
        clock.move_to(noon(10, 6))
        found = figures.work_out(OCTOBER)
        codes = [code for code, __ in found.categories["group-reach"]]
        counts = [cell.count for cell in found.splits["applied", "group-reach"]]
        assert dict(zip(codes, counts, strict=True)) == {
            "small-alone": 1,
            "small-network": 2,
            "larger": 0,
            "small-not-said": 1,
        }

    def test_an_index_of_people_needs_a_hundred_and_comes_in_steps(self) -> None:
        measure = MEASURES["spread_of_offers"]
        assert shown(measure, Cell(0.63, 100, 100, 100)) == Shown(0.65)
        assert shown(measure, Cell(0.63, 99, 99, 99)).why == Why.FEW


class TestRecommending:
    def test_shares_of_what_was_shown(self, clock: Clock) -> None:
        person = VolunteerFactory()
        roles = OpportunityFactory.create_batch(4)
        for rank, role in enumerate(roles, start=1):
            self.event("shown", person, role, rank)
            self.event("shown", person, role, rank)
        self.event("opened", person, roles[0])
        self.event("opened", person, roles[1])
        self.event("applied", person, roles[1])
        clock.move_to(noon(10, 6))
        found = figures.work_out(OCTOBER).totals
        opened, applied = (
            found[code] for code in ("recommendations_opened", "recommendations_applied_for")
        )
        assert (opened.count, opened.base, opened.people) == (2, 4, 1)
        assert (applied.count, applied.base) == (1, 4)
        assert found["spread_of_attention"].value == pytest.approx(0)

    @staticmethod
    def event(event: str, person: Volunteer, role: Opportunity, rank: int | None = None) -> None:
        Impression.objects.create(
            volunteer=person, opportunity=role, event=event, surface="page", rank=rank
        )

    def test_a_useful_wait_is_help_in_a_light_role_of_somebody_who_waits(
        self, clock: Clock
    ) -> None:
        light = OpportunityFactory(places=9, commitment=Opportunity.Commitment.ONE_OFF)
        helped, still_placed = asked(light), asked(light)
        for row in (helped, still_placed):
            applications.accept(application=row, by=None)
            hours.record(application=row, day=date(2026, 10, 5), minutes=60, by=None)
        applications.end(application=helped, reason="finished", side=Mover.GROUP, by=None)
        clock.move_to(noon(10, 6))
        assert cell("useful_waits").count == 1


class TestRegularVolunteering:
    def test_in_each_of_twelve_months_and_in_the_last(self, clock: Clock) -> None:
        clock.move_to(noon(10, 1, 2025))
        steady, gap = (asked(OpportunityFactory()) for __ in range(2))
        away = ApplicationFactory(
            volunteer=VolunteerFactory(postcode="HA0 1AB"), opportunity=OpportunityFactory()
        )
        for row in (steady, gap, away):
            applications.accept(application=row, by=None)
        months = [(2025, 11), (2025, 12), *((2026, month) for month in range(1, 11))]
        clock.move_to(noon(11, 2))
        for year, month in months:
            for row in (steady, away) if month == 3 else (steady, gap, away):
                hours.record(application=row, day=date(year, month, 7), minutes=30, by=None)
        clock.move_to(noon(11, 4))
        found = figures.work_out(OCTOBER).totals
        # Hours of the last days of a month are confirmed in the next, and count for it.
        assert found["helped_in_each_month"].count == 1
        found = figures.work_out(NOVEMBER).totals
        counts = {
            code: found[code].count
            for code in (
                *("helped_in_each_month", "helped_in_last_month"),
                *("residents_registered", "residents_placed"),
            )
        }
        assert counts == {
            "helped_in_each_month": 1,
            "helped_in_last_month": 2,
            "residents_registered": 2,
            "residents_placed": 2,
        }

    def test_not_of_children(self, clock: Clock) -> None:
        VolunteerFactory(date_of_birth=date(2012, 1, 1))
        VolunteerFactory(date_of_birth=None)
        VolunteerFactory()
        clock.move_to(noon(10, 6))
        assert cell("residents_registered").count == 1


def test_a_median_that_is_not_reached_says_so() -> None:
    measure = MEASURES["days_until_placed"]
    found = shown(measure, Cell(None, 10, 40, 40, 63.2))
    assert found == Shown(None, Why.NOT_REACHED, 60)
    assert shown(measure, Cell(None, 1, 19, 19, 63.2)).why == Why.FEW
    assert shown(measure, Cell(None, 0, 0, 0)).why == Why.NOTHING


def test_who_still_waits_is_followed_as_long_as_eight_are(clock: Clock) -> None:
    VolunteerFactory.create_batch(30, created_at=noon(10, 1) - timedelta(days=40))
    found = cell("days_until_placed")
    assert found.value is None
    assert found.more_than == pytest.approx(44, abs=0.1)
    assert Cell.of_json(found.as_json()) == found
