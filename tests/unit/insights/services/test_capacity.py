"""What keeps groups from taking more people, added up by who would be placed without it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from pytest_django import DjangoAssertNumQueries

from core.clock import now
from insights.disclosure import FEW, Shown
from insights.models import CapacityFigures
from insights.selectors.capacity import Capacity, Lifting, what_holds_back
from insights.services import capacity
from opportunities.models import CapacityLimit, Organisation
from opportunities.services import limits
from tests.factories.opportunities import OpportunityFactory, OrganisationFactory
from tests.factories.volunteers import VolunteerFactory
from volunteers.models import Volunteer

pytestmark = pytest.mark.django_db


def people(number: int, activity: str = "gardening") -> None:
    for _ in range(number):
        VolunteerFactory(activities=[activity])


def group_of(activity: str = "gardening", **role: Any) -> Organisation:
    """A group whose only role is full."""
    return OpportunityFactory(activities=[activity], **{"full": True} | role).organisation


def says(group: Organisation, reason: str = "training", **said: Any) -> CapacityLimit:
    return limits.say(organisation=group, by=None, reason=reason, **said)


def found() -> Capacity:
    capacity.refresh()
    figures = what_holds_back()
    assert figures is not None
    return figures


def of(figures: Capacity, reason: str) -> Lifting:
    return next(one for one in figures.reasons if one.code == reason)


def stored(reason: str) -> dict[str, Any]:
    capacity.refresh()
    return next(one for one in CapacityFigures.objects.get().reasons if one["reason"] == reason)


class TestWhatLiftingBrings:
    def test_as_many_as_the_groups_could_take_and_wait_for_their_kind_of_work(self) -> None:
        people(9)
        people(2, "driving-people")
        says(group_of(), more_people=6, cost_pounds=100)
        says(group_of("driving-people"), "insurance", more_people=8)
        assert stored("training")["placed"] == 6
        assert stored("insurance")["placed"] == 2

    def test_not_who_has_not_used_the_service_for_two_months(self) -> None:
        people(3)
        Volunteer.objects.update(last_used_at=now() - timedelta(days=61))
        people(2)
        says(group_of(), more_people=6, cost_pounds=100)
        assert stored("training")["placed"] == 2
        assert CapacityFigures.objects.get().waiting == 2

    def test_nothing_is_made_up_where_a_group_did_not_say_how_many(self) -> None:
        people(9)
        says(group_of(), cost_pounds=100)
        row = stored("training")
        assert (row["groups"], row["said_groups"], row["placed"]) == (1, 0, 0)

    def test_who_can_be_placed_anyway_is_not_counted(self) -> None:
        people(9)
        OpportunityFactory(activities=["gardening"], places=5)
        says(group_of(), more_people=20)
        assert stored("training")["placed"] == 4

    def test_of_one_role_only_where_the_group_spoke_of_it(self) -> None:
        people(9)
        group = group_of()
        other = OpportunityFactory(organisation=group, activities=["driving-people"], full=True)
        limits.say(organisation=group, opportunity=other, by=None, reason="training", more_people=9)
        assert stored("training")["placed"] == 0
        says(group, more_people=9)
        assert stored("training")["placed"] == 9

    def test_a_role_that_was_closed_for_want_of_room_counts(self) -> None:
        people(9)
        says(group_of(full=False, closed=True), more_people=3)
        assert stored("training")["placed"] == 3

    def test_not_of_groups_that_nobody_knows_nor_what_is_no_longer_so(self) -> None:
        people(9)
        ended = says(group_of(), more_people=9)
        limits.end(limit=ended, by=None)
        unknown = group_of()
        says(unknown, more_people=9)
        Organisation.objects.filter(pk=unknown.pk).update(verified_at=None)
        assert stored("training")["groups"] == 0

    def test_the_newest_figures_alone_are_kept(self) -> None:
        capacity.refresh()
        capacity.refresh()
        assert CapacityFigures.objects.count() == 1

    def test_once_a_month_so_that_no_two_nights_are_held_against_each_other(self) -> None:
        with time_machine.travel(datetime(2026, 10, 5, 5, tzinfo=UTC)) as clock:
            people(9)
            assert capacity.refresh_due() is not None
            says(group_of(), more_people=40)
            assert capacity.refresh_due() is not None, "no group had said anything"
            people(20)
            clock.move_to(datetime(2026, 10, 31, 5, tzinfo=UTC))
            assert capacity.refresh_due() is None
            assert CapacityFigures.objects.get().waiting == 9
            clock.move_to(datetime(2026, 11, 1, 5, tzinfo=UTC))
            assert capacity.refresh_due() is not None
            assert CapacityFigures.objects.get().waiting == 29

    def test_a_worker_that_comes_late_leaves_what_has_been_read(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        work_out = capacity._worked_out
        first: list[CapacityFigures | None] = []

        def while_another_is_through() -> CapacityFigures:
            made = work_out()
            if not first:
                first.append(None)
                first[0] = capacity.refresh()
            return made

        people(9)
        says(group_of(), more_people=4)
        monkeypatch.setattr(capacity, "_worked_out", while_another_is_through)
        assert capacity.refresh_due() is None
        assert CapacityFigures.objects.get() == first[0]


class TestWhatIsShown:
    def test_people_in_fives_and_few_not_at_all(self) -> None:
        people(12)
        says(group_of(), more_people=11)
        says(group_of(), "insurance", more_people=7)
        figures = found()
        assert figures.waiting == Shown(10)
        assert of(figures, "training").placed == Shown(10)
        assert of(figures, "insurance").placed == FEW

    def test_money_only_as_a_sum_of_three_groups(self) -> None:
        people(20)
        for pounds in (100, 200):
            says(group_of(), more_people=4, cost_pounds=pounds)
        few = of(found(), "training")
        assert (few.pounds, few.pounds_a_person, few.more_people) == (None, None, None)
        says(group_of(), more_people=4, cost_pounds=300)
        three = of(found(), "training")
        assert (three.pounds, three.more_people) == (600, 10)
        assert three.pounds_a_person == 60, "of the ten people as they are shown, not of twelve"

    def test_no_two_nights_say_what_one_group_said(self) -> None:
        """The sum of four groups less that of three is what the fourth said."""
        people(60)
        first = [says(group_of(), more_people=4, cost_pounds=100) for _ in range(3)]
        told = of(found(), "training")
        assert (told.pounds, told.more_people) == (300, 10)
        says(group_of(), more_people=9, cost_pounds=777)
        again = of(found(), "training")
        assert (again.pounds, again.more_people, again.placed) == (300, 10, told.placed)
        assert (again.groups, again.said_groups) == (4, 3)
        limits.end(limit=first[0], by=None)
        assert of(found(), "training").pounds == 300
        says(group_of(), more_people=9, cost_pounds=400)
        assert of(found(), "training").pounds == 100 + 100 + 777 + 400

    def test_people_are_counted_anew_where_groups_say_the_same(self) -> None:
        people(8)
        for _ in range(3):
            says(group_of(), more_people=40)
        assert of(found(), "training").placed == Shown(10)
        people(20)
        assert of(found(), "training").placed == Shown(30)

    def test_the_cheapest_for_each_person_first_and_what_has_no_price_last(self) -> None:
        people(60)
        for reason, pounds in (("training", 900), ("expenses", 90), ("premises", None)):
            for _ in range(3):
                says(group_of(), reason, more_people=4, cost_pounds=pounds)
        figures = found()
        assert [one.code for one in figures.reasons] == ["expenses", "training", "premises"]
        assert figures.best is None
        assert figures.cheaper is not None
        assert figures.cheaper.code == "expenses"

    def test_words_only_where_the_group_said_so(self) -> None:
        says(group_of(), words="Secret hall")
        says(group_of(), words="We need a trainer.", words_may_be_shown=True)
        assert of(found(), "training").words == ("We need a trainer.",)

    def test_who_has_enough_people_is_counted_apart(self) -> None:
        group = OrganisationFactory()
        says(group, "enough")
        figures = found()
        assert (figures.enough, figures.reasons) == (1, [])

    def test_three_queries(self, django_assert_num_queries: DjangoAssertNumQueries) -> None:
        says(group_of(), words="A trainer.", words_may_be_shown=True, more_people=3)
        capacity.refresh()
        with django_assert_num_queries(3):
            what_holds_back()
