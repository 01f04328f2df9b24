"""Which roles are over-asked, and what their groups could do."""

from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from core.week import SLOTS_BY_CODE, mask_of
from insights.selectors.over_asked import (
    OverAsked,
    most_over_asked,
    over_asked,
    proposals_for,
    with_proposals,
)
from opportunities.models import MoreRoom, Opportunity
from opportunities.services import more_room
from tests.factories.opportunities import OpportunityFactory, OrganisationFactory, SessionFactory
from tests.factories.placements import ApplicationFactory
from tests.factories.volunteers import VolunteerFactory
from tests.factories.waiting import WaitingListEntryFactory

pytestmark = pytest.mark.django_db

Kind = MoreRoom.Kind
SATURDAY, MONDAY = SLOTS_BY_CODE["sat_morning"], SLOTS_BY_CODE["mon_evening"]


def asked_by(number: int, *, listed: int = 0, free: int = 0, **fields: Any) -> Opportunity:
    """A role that so many wait for; `listed` more are on its list."""
    role = OpportunityFactory(**{"causes": ["older-people"], **fields})
    for _ in range(number):
        ApplicationFactory(opportunity=role, volunteer=VolunteerFactory(availability=free))
    for _ in range(listed):
        WaitingListEntryFactory(opportunity=role, volunteer=VolunteerFactory(availability=free))
    Opportunity.objects.filter(pk=role.pk).update(applications_pending=number)
    role.refresh_from_db()
    return role


def found(role: Opportunity) -> OverAsked:
    proposed = proposals_for(role)
    assert proposed is not None
    return proposed


def kinds(role: Opportunity) -> list[str]:
    return [proposal.kind for proposal in found(role).proposals]


class TestWhatIsOverAsked:
    def test_where_many_more_ask_than_there_are_places(self) -> None:
        much = asked_by(3, listed=5, places=2)
        more = asked_by(9, places=1)
        asked_by(4, places=2)
        asked_by(9, places=8)
        roles = list(over_asked(Opportunity.objects.all()))
        assert roles == [more, much]
        assert [(role.asking, role.without) for role in roles] == [(9, 8), (8, 6)]

    def test_what_is_so_by_its_waiting_list_is_not_listed_for_everybody(self) -> None:
        full = asked_by(0, listed=5, places=2)
        Opportunity.objects.filter(pk=full.pk).update(places_taken=2, status="full")
        both = asked_by(3, listed=5, places=2)
        much = asked_by(6, places=2)
        assert set(over_asked(Opportunity.objects.all())) == {full, both, much}
        assert [row.role for row in most_over_asked()] == [much]

    def test_nothing_where_there_are_places_enough_or_nobody_sees_it(self) -> None:
        assert proposals_for(asked_by(2, places=2)) is None
        assert proposals_for(asked_by(9, places=1, in_review=True)) is None


class TestForEverybody:
    def test_by_what_is_public_in_an_order_that_it_gives(self) -> None:
        few, many = asked_by(6, listed=7, places=2), asked_by(7, places=2)
        rows = most_over_asked()
        assert [row.role for row in rows] == [many, few]
        assert [(row.asking, row.without) for row in rows] == [(7, 5), (6, 4)]

    def test_a_cut_does_not_go_by_waiting_lists(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("insights.selectors.over_asked.MOST_LISTED", 1)
        asked_by(6, listed=7, places=2)
        many = asked_by(7, places=2)
        assert [row.role for row in most_over_asked()] == [many]

    @pytest.mark.parametrize("free", [0, mask_of([SATURDAY])])
    def test_shifts_whenever_people_are_free_and_without_a_number(self, free: int) -> None:
        asked_by(9, places=4, free=free)
        (row,) = most_over_asked()
        shifts = row.proposal("shifts")
        assert shifts is not None
        assert (shifts.slots, shifts.room) == ((), 0)

    def test_no_shifts_of_what_is_done_from_home_at_any_time(self) -> None:
        asked_by(9, places=4, at_home=True)
        (row,) = most_over_asked()
        assert row.proposal("shifts") is None


class TestShifts:
    def test_at_times_at_which_those_who_asked_are_free(self) -> None:
        role = asked_by(5, listed=4, free=mask_of([SATURDAY]), places=4, weekly_slots=1)
        shifts = found(role).proposal("shifts")
        assert shifts is not None
        assert (shifts.slots, shifts.room) == ((SATURDAY,), 4)

    def test_not_at_the_time_of_the_role_itself(self) -> None:
        role = asked_by(9, free=mask_of([SATURDAY]), weekly_slots=mask_of([SATURDAY]))
        assert Kind.SHIFTS not in kinds(role)

    def test_not_where_nobody_said_when(self) -> None:
        assert Kind.SHIFTS not in kinds(asked_by(9, places=1))

    def test_not_of_what_is_done_from_home_at_any_time(self) -> None:
        role = asked_by(9, free=mask_of([SATURDAY]), at_home=True)
        assert Kind.SHIFTS not in kinds(role)


class TestSharing:
    def test_a_place_for_two_and_a_list_of_people_in_turn(self) -> None:
        role = asked_by(9, places=2)
        share, turns = found(role).proposal("job_share"), found(role).proposal("turns")
        assert share is not None
        assert turns is not None
        assert share.room == 2
        assert (turns.turns, turns.room) == (4, 6)

    def test_no_turns_where_sharing_is_enough(self) -> None:
        assert kinds(asked_by(8, places=4)) == [Kind.JOB_SHARE]

    @pytest.mark.parametrize("dated", [True, False])
    def test_neither_of_what_happens_on_one_day(self, dated: bool) -> None:
        role = asked_by(9, places=1, commitment="regular" if dated else "one_off")
        if dated:
            SessionFactory(opportunity=role)
        assert proposals_for(role) is None

    def test_not_again(self) -> None:
        role = asked_by(12, places=2)
        more_room.share_places(opportunity=role, extra=2, by=None)
        assert proposals_for(role) is None


class TestSecondGroup:
    def test_the_nearest_of_the_same_cause_with_room(self) -> None:
        role = asked_by(9, places=1)
        far = OrganisationFactory(postcode="HA7 4AA", name="Far")
        near = OrganisationFactory(postcode="HA1 1AA", name="Near")
        other = OrganisationFactory(name="Other cause")
        unknown = OrganisationFactory(name="Unknown", unverified=True)
        for group in (far, near, unknown):
            group.causes.set(role.causes.all())
        assert other.causes.count() == 0
        second = found(role).proposal("second_group")
        assert second is not None
        assert [one.name for one in second.groups] == ["Near", "Far"]
        assert second.groups[0].kilometres < second.groups[1].kilometres

    def test_not_one_that_many_ask_already(self) -> None:
        role = asked_by(9, places=1)
        busy = asked_by(3, places=1).organisation
        busy.causes.set(role.causes.all())
        assert Kind.SECOND_GROUP not in kinds(role)

    def test_not_one_that_was_asked_before(self) -> None:
        role, group = asked_by(9, places=1), OrganisationFactory()
        group.causes.set(role.causes.all())
        more_room.ask_for_second_group(opportunity=role, group=group, by=None)
        assert Kind.SECOND_GROUP not in kinds(role)


def test_many_roles_need_as_many_queries_as_one(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for _ in range(3):
        role = asked_by(9, places=1)
        OrganisationFactory().causes.set(role.causes.all())
    with django_assert_num_queries(5):
        assert len(with_proposals(over_asked(Opportunity.objects.all()))) == 3
