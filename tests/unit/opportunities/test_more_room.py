"""A group makes room for more people, and can take each step back."""

import pytest

from accounts.models import AuditEntry
from core.errors import Conflict, InvalidInput
from core.week import SLOTS_BY_CODE
from opportunities.models import MoreRoom, Opportunity
from opportunities.services import more_room, roles
from tests.factories.opportunities import OpportunityFactory, OrganisationFactory

pytestmark = pytest.mark.django_db

SATURDAY, MONDAY = SLOTS_BY_CODE["sat_morning"], SLOTS_BY_CODE["mon_evening"]


def test_two_people_share_a_place_and_a_full_role_is_open_again() -> None:
    role = OpportunityFactory(places=3, full=True)
    done = more_room.share_places(opportunity=role, extra=2, by=None)
    role.refresh_from_db()
    assert (role.places, role.can_be_shared, role.status) == (5, True, "open")
    more_room.undo(done=done, by=None)
    role.refresh_from_db()
    assert (role.places, role.can_be_shared, role.status) == (3, False, "full")
    actions = AuditEntry.objects.filter(subject_id=role.pk, action__contains="room")
    assert sorted(actions.values_list("action", flat=True)) == [
        "opportunity.made_room",
        "opportunity.room_undone",
    ]


@pytest.mark.parametrize("extra", [0, 4])
def test_no_more_places_are_shared_than_there_are(extra: int) -> None:
    role = OpportunityFactory(places=3)
    with pytest.raises(InvalidInput) as refused:
        more_room.share_places(opportunity=role, extra=extra, by=None)
    assert "extra" in refused.value.fields
    role.refresh_from_db()
    assert role.places == 3


def test_people_take_turns_and_the_page_says_so() -> None:
    role = OpportunityFactory(places=2, description="Cook lunch.")
    done = more_room.take_turns(opportunity=role, turns=3, words="One week in 3.", by=None)
    role.refresh_from_db()
    assert (role.places, role.description) == (6, "Cook lunch.\n\nOne week in 3.")
    more_room.undo(done=done, by=None)
    role.refresh_from_db()
    assert (role.places, role.description) == (2, "Cook lunch.")


def test_places_are_not_shared_twice() -> None:
    role = OpportunityFactory()
    more_room.share_places(opportunity=role, extra=1, by=None)
    with pytest.raises(Conflict):
        more_room.take_turns(opportunity=role, turns=3, words="One week in 3.", by=None)
    role.refresh_from_db()
    assert role.places == 3


def test_what_the_group_changed_again_stays() -> None:
    role = OpportunityFactory(description="Cook lunch.")
    done = more_room.take_turns(opportunity=role, turns=2, words="In turn.", by=None)
    roles.update(opportunity=role, by=None, description="Cook supper.")
    more_room.undo(done=done, by=None)
    role.refresh_from_db()
    assert (role.places, role.description) == (2, "Cook supper.")


def test_places_that_people_hold_are_not_taken_away() -> None:
    role = OpportunityFactory(places=2)
    done = more_room.share_places(opportunity=role, extra=2, by=None)
    Opportunity.objects.filter(pk=role.pk).update(places_taken=3)
    with pytest.raises(Conflict) as refused:
        more_room.undo(done=done, by=None)
    assert "3 people" in refused.value.message
    assert MoreRoom.objects.standing().exists()


def test_shifts_are_drafts_with_the_same_words_and_places() -> None:
    role = OpportunityFactory(title="Lunch club helper", places=4, causes=["older-people"])
    done = more_room.add_shifts(opportunity=role, slots=[SATURDAY, MONDAY], by=None)
    drafts = list(done.drafts.order_by("pk"))
    assert [draft.weekly_slots for draft in drafts] == [1 << SATURDAY.bit, 1 << MONDAY.bit]
    assert {draft.places for draft in drafts} == {4}
    assert {draft.status for draft in drafts} == {"draft"}
    assert drafts[0].title.startswith("Lunch club helper (Saturday")
    assert [cause.code for cause in drafts[0].causes.all()] == ["older-people"]
    role.refresh_from_db()
    assert role.weekly_slots == 0


def test_a_long_title_leaves_room_for_the_time() -> None:
    role = OpportunityFactory(title="x" * 120)
    done = more_room.add_shifts(opportunity=role, slots=[SATURDAY], by=None)
    title = done.drafts.get().title
    assert len(title) <= 120
    assert title.endswith("(Saturday mornings)")


def test_undone_shifts_are_closed_unless_people_see_them() -> None:
    role = OpportunityFactory(causes=["older-people"])
    done = more_room.add_shifts(opportunity=role, slots=[SATURDAY, MONDAY], by=None)
    shown, hidden = done.drafts.order_by("pk")
    roles.publish(opportunity=shown, by=None)
    more_room.undo(done=done, by=None)
    shown.refresh_from_db()
    hidden.refresh_from_db()
    assert (shown.status, hidden.status) == ("open", "closed")
    with pytest.raises(Conflict):
        more_room.undo(done=done, by=None)


def test_another_group_is_asked_once() -> None:
    role, other = OpportunityFactory(), OrganisationFactory()
    first = more_room.ask_for_second_group(opportunity=role, group=other, by=None)
    assert more_room.ask_for_second_group(opportunity=role, group=other, by=None) == first
    more_room.undo(done=first, by=None)
    assert more_room.ask_for_second_group(opportunity=role, group=other, by=None) != first


def test_neither_itself_nor_a_group_that_nobody_knows_is_asked() -> None:
    role = OpportunityFactory()
    for group in (role.organisation, OrganisationFactory(unverified=True)):
        with pytest.raises(InvalidInput):
            more_room.ask_for_second_group(opportunity=role, group=group, by=None)


def test_a_closed_role_makes_no_room() -> None:
    with pytest.raises(Conflict):
        more_room.share_places(opportunity=OpportunityFactory(closed=True), extra=1, by=None)
