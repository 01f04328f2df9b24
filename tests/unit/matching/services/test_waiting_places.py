"""Who is offered a free place, and what becomes of the offer."""

from datetime import timedelta

import pytest
import time_machine

from accounts.models import AuditEntry
from core.clock import now, today
from core.errors import Conflict
from core.models import Fact
from matching.models import HiddenRole
from matching.services import waiting_places
from notifications.models import Notification
from opportunities.models import Opportunity, Organisation
from placements import queues
from placements.models import Application, PassedOver, TimedOffer, WaitingListEntry
from placements.services import applications, blocks, places, timed_offers, waiting_lists
from placements.states import Mover
from tests.factories.opportunities import MembershipFactory, OpportunityFactory
from tests.factories.placements import ApplicationFactory
from tests.factories.volunteers import VolunteerFactory
from tests.factories.waiting import WaitingListEntryFactory

pytestmark = pytest.mark.django_db


class Held:
    """A lease that nobody takes away."""

    def check(self) -> None:
        pass


def offer_places(role: Opportunity) -> int:
    made = waiting_places.offer_places(role.pk, Held())
    assert places.reconcile() == 0, "the counts are what the rows say"
    return made


def in_line(*, earlier: int = 0, **of: object) -> WaitingListEntry:
    return WaitingListEntryFactory(joined_at=now() - timedelta(days=earlier), **of)


def offered_to() -> list[WaitingListEntry]:
    return [o.entry for o in TimedOffer.objects.filter(state="live").order_by("pk")]


def live_offer() -> TimedOffer:
    return TimedOffer.objects.get(state="live")


def reload(row: object) -> object:
    row.refresh_from_db()
    return row


@pytest.fixture
def role() -> Opportunity:
    return OpportunityFactory(places=1, activities=["gardening"])


def test_as_many_offers_as_places_first_first_and_nobody_twice(role: Opportunity) -> None:
    Opportunity.objects.filter(pk=role.pk).update(places=2)
    third, first, second = (in_line(opportunity=role, earlier=days) for days in (1, 3, 2))
    assert offer_places(role) == 2
    assert offered_to() == [first, second]
    assert offer_places(role) == 0
    role.refresh_from_db()
    assert (role.places_taken, role.status) == (2, "full")
    assert reload(third).state == "waiting"
    assert Notification.objects.filter(kind="waiting.offered").count() == 2


def test_places_that_people_asked_for_are_theirs(role: Opportunity) -> None:
    in_line(opportunity=role)
    application = ApplicationFactory(opportunity=role)
    assert offer_places(role) == 0
    applications.decline(application=application, reason="too_far", by=None)
    assert Fact.objects.filter(kind="place.free", subject_id=role.pk).exists()
    assert offer_places(role) == 1


def test_the_roles_own_list_comes_before_lists_of_a_kind(role: Opportunity) -> None:
    in_line(activity="gardening", earlier=9)
    own = in_line(opportunity=role)
    offer_places(role)
    assert offered_to() == [own]


def test_a_kind_is_an_activity_and_perhaps_a_cause() -> None:
    role = OpportunityFactory(places=1, activities=["gardening"], causes=["dementia"])
    in_line(activity="cooking", earlier=4)
    in_line(activity="gardening", cause="animals", earlier=3)
    fitting = in_line(activity="gardening", cause="dementia")
    offer_places(role)
    assert offered_to() == [fitting]


def test_whom_it_does_not_suit_is_passed_over_and_told_why(role: Opportunity) -> None:
    far = in_line(
        activity="gardening", earlier=5, volunteer=VolunteerFactory(helps_in_person=False)
    )
    young = VolunteerFactory(date_of_birth=now().date() - timedelta(days=14 * 366))
    child = in_line(activity="gardening", earlier=4, volunteer=young)
    near = in_line(activity="gardening")
    offer_places(role)
    assert offered_to() == [near]
    passed = PassedOver.objects.order_by("pk").values_list("entry", "rule")
    assert list(passed) == [(far.pk, "way_of_helping"), (child.pk, "age")]


def test_who_has_paused_keeps_their_place_and_is_passed_over(role: Opportunity) -> None:
    paused = in_line(opportunity=role, earlier=5, volunteer=VolunteerFactory(paused_at=now()))
    other = in_line(opportunity=role)
    offer_places(role)
    assert offered_to() == [other]
    assert not PassedOver.objects.exists()
    assert reload(paused).state == "waiting"


def test_who_can_start_later_or_hid_the_role_is_asked_no_place_of_it(role: Opportunity) -> None:
    later = in_line(earlier=9, opportunity=role)
    later.volunteer.can_start_from = today() + timedelta(days=1)
    later.volunteer.save()
    hid = in_line(earlier=8, opportunity=role)
    HiddenRole.objects.create(volunteer=hid.volunteer, opportunity=role, reason="too_far")
    first = in_line(opportunity=role)

    offer_places(role)

    assert offered_to() == [first]
    assert reload(later).state == "waiting"


def test_whose_day_to_start_has_come_is_asked(role: Opportunity) -> None:
    entry = in_line(opportunity=role)
    entry.volunteer.can_start_from = today()
    entry.volunteer.save()
    offer_places(role)
    assert offered_to() == [entry]


def test_nobody_asks_beside_a_place_that_is_kept_for_them() -> None:
    role = OpportunityFactory(places=2)
    entry = in_line(opportunity=role)
    offer_places(role)
    role.refresh_from_db()
    with pytest.raises(Conflict) as refused:
        applications.submit(volunteer=entry.volunteer, opportunity=role, by=None)
    assert refused.value.code == "place_kept"
    assert not Application.objects.exists()


def test_one_offer_a_person_at_a_time(role: Opportunity) -> None:
    person = VolunteerFactory()
    in_line(opportunity=role, volunteer=person)
    other = OpportunityFactory(places=1)
    in_line(opportunity=other, volunteer=person)
    assert offer_places(role) + offer_places(other) == 1


def test_yes_where_the_group_takes_people_from_the_list(role: Opportunity) -> None:
    Opportunity.objects.filter(pk=role.pk).update(takes_from_waiting_list=True)
    entry = in_line(opportunity=role)
    offer_places(role)

    application = timed_offers.take_up(offer=live_offer(), by=entry.volunteer.user)
    waiting_lists.follow_application(application=application)

    assert (application.state, application.came_by) == ("accepted", "waiting_list")
    assert reload(entry).state == "placed"
    assert reload(entry.volunteer).waiting_since is None
    assert reload(role).places_taken == 1
    assert places.reconcile() == 0
    assert AuditEntry.objects.about(application).count() == 1


@pytest.mark.parametrize("pooled", [False, True])
def test_yes_where_the_group_wants_to_say_yes_first(role: Opportunity, pooled: bool) -> None:
    entry = in_line(activity="gardening") if pooled else in_line(opportunity=role)
    offer_places(role)
    member = MembershipFactory(organisation=role.organisation).user
    application = timed_offers.take_up(offer=live_offer(), by=None)
    assert (application.state, reload(entry).state) == ("submitted", "offered")
    assert Notification.objects.get(kind="application.received").recipient == member
    assert reload(role).places_taken == 0
    in_line(opportunity=role)
    assert offer_places(role) == 0, "somebody asks for this place now"

    applications.decline(application=application, reason="too_far", by=None)
    waiting_lists.follow_application(application=application)

    assert reload(entry).state == ("waiting" if pooled else "left")
    assert offer_places(role) == 1


def test_no_passes_it_on_and_a_place_in_line_can_be_kept(role: Opportunity) -> None:
    first = in_line(activity="gardening", earlier=3)
    second = in_line(activity="gardening", earlier=2)
    offer_places(role)
    timed_offers.refuse(offer=live_offer(), keep_place=True, by=None)
    assert (reload(first).state, first.joined_at < second.joined_at) == ("waiting", True)
    offer_places(role)
    assert offered_to() == [second], "the same role is not offered twice"
    timed_offers.refuse(offer=live_offer(), by=None)
    assert (reload(second).state, second.why_ended) == ("left", "said_no")
    assert reload(role).places_taken == 0


def test_reminder_then_the_next_person(role: Opportunity) -> None:
    first, second = (in_line(activity="gardening", earlier=days) for days in (3, 2))
    begin = now().replace(hour=12)
    with time_machine.travel(begin, tick=False):
        offer_places(role)
    with time_machine.travel(begin + timedelta(hours=49), tick=False):
        assert timed_offers.remind() == 1
        assert timed_offers.remind() == timed_offers.end_unanswered() == 0
    with time_machine.travel(begin + timedelta(hours=72), tick=False):
        with pytest.raises(Conflict) as late:
            timed_offers.take_up(offer=live_offer(), by=None)
        assert late.value.code == "time_is_over"
        assert timed_offers.end_unanswered() == 1
        assert timed_offers.end_unanswered() == 0
        assert offer_places(role) == 1
    assert offered_to() == [second]
    assert (reload(first).state, first.unanswered) == ("waiting", 1)
    assert first.joined_at > second.joined_at, "at the end now"
    kinds = Notification.objects.filter(recipient=first.volunteer.user).values_list("kind")
    assert sorted(kind for (kind,) in kinds) == [
        "waiting.not_answered", "waiting.offered", "waiting.reminder"
    ]  # fmt: skip


@pytest.mark.parametrize(("pooled", "before"), [(False, 0), (True, 1)])
def test_who_does_not_answer_leaves_in_the_end(
    role: Opportunity, pooled: bool, before: int
) -> None:
    of = {"activity": "gardening"} if pooled else {"opportunity": role}
    entry = in_line(unanswered=before, **of)
    offer_places(role)
    with time_machine.travel(now() + timedelta(hours=73), tick=False):
        timed_offers.end_unanswered()
    assert (reload(entry).state, entry.why_ended) == ("left", "unanswered")


def test_a_role_that_closes_ends_its_offers(role: Opportunity) -> None:
    entry = in_line(activity="gardening")
    offer_places(role)
    Opportunity.objects.filter(pk=role.pk).update(status="closed")
    assert offer_places(role) == 0
    assert TimedOffer.objects.get().state == "ended"
    assert reload(entry).state == "waiting"
    assert reload(role).places_taken == 0


def test_joining_a_kind_finds_what_is_free(role: Opportunity) -> None:
    entry = in_line(activity="gardening")
    assert waiting_places.offer_to(entry.pk, Held()) == 1
    assert offered_to() == [entry]
    other = in_line(activity="gardening")
    assert waiting_places.offer_all(Held()) == 0
    Opportunity.objects.filter(pk=role.pk).update(places=4, status="open")
    assert waiting_places.offer_all(Held()) == 1
    assert reload(other).state == "offered"


def test_an_answer_is_given_once(role: Opportunity) -> None:
    in_line(opportunity=role)
    offer_places(role)
    offer = live_offer()
    timed_offers.take_up(offer=offer, by=None)
    with pytest.raises(Conflict):
        timed_offers.refuse(offer=offer, by=None)
    assert Application.objects.count() == 1


def test_a_role_that_pauses_offers_nothing_and_keeps_to_its_offers(role: Opportunity) -> None:
    first, _second = in_line(opportunity=role, earlier=2), in_line(opportunity=role, earlier=1)
    offer_places(role)
    Opportunity.objects.update(places=3, catching_up_since=now(), status="open")

    assert offer_places(role) == 0
    assert timed_offers.take_up(offer=live_offer(), by=None).volunteer == first.volunteer
    Opportunity.objects.update(catching_up_since=None)
    assert offer_places(role) == 1


@pytest.mark.parametrize(("places_there", "kept"), [(1, 1), (2, 1), (3, 1), (4, 2), (5, 2)])
def test_lists_of_a_kind_keep_half_of_the_free_places(places_there: int, kept: int) -> None:
    role = OpportunityFactory(places=places_there, activities=["gardening"])
    WaitingListEntryFactory.create_batch(6, activity="gardening")

    assert offer_places(role) == kept
    assert offer_places(role) == 0, "what is kept counts"
    assert queues.kept_places(role).number == kept
    timed_offers.refuse(offer=TimedOffer.objects.first(), by=None)
    assert offer_places(role) == 1


def test_a_roles_own_list_has_all_of_its_places(role: Opportunity) -> None:
    Opportunity.objects.update(places=4)
    WaitingListEntryFactory.create_batch(3, opportunity=role)
    WaitingListEntryFactory.create_batch(3, activity="gardening")
    assert offer_places(role) == 4
    assert sum(not entry.is_pooled for entry in offered_to()) == 3


@pytest.mark.parametrize("side", [Mover.VOLUNTEER, Mover.GROUP])
def test_a_block_passes_the_place_on_at_once(role: Opportunity, side: Mover) -> None:
    first, second = in_line(activity="gardening", earlier=2), in_line(opportunity=role)
    Opportunity.objects.update(places=2)
    offer_places(role)
    assert offered_to() == [second, first]
    Fact.objects.all().delete()

    blocks.block(
        volunteer=first.volunteer,
        organisation=role.organisation,
        side=side,
        by=first.volunteer.user,
    )

    assert offered_to() == [second]
    assert reload(first).state == "waiting"
    assert Fact.objects.filter(kind="place.free", subject_id=role.pk).exists()
    assert offer_places(role) == 0


def test_nobody_can_answer_for_a_group_that_is_stopped(role: Opportunity) -> None:
    entry = in_line(opportunity=role)
    offer_places(role)
    Organisation.objects.update(suspended_at=now())

    with time_machine.travel(now() + timedelta(hours=73)):
        assert timed_offers.end_unanswered() == 1

    assert TimedOffer.objects.get().state == "ended"
    assert (reload(entry).state, entry.unanswered) == ("waiting", 0)
    told = Notification.objects.get(kind="waiting.ended")
    assert "takes nobody for now" in told.body


def test_who_left_waits_for_the_role_again_but_is_not_sent_back_to_it(role: Opportunity) -> None:
    left = ApplicationFactory(opportunity=role, state="withdrawn")
    in_line(volunteer=left.volunteer, activity="gardening", earlier=3)
    assert offer_places(role) == 0
    back = in_line(volunteer=left.volunteer, opportunity=role)
    assert offer_places(role) == 1
    assert offered_to() == [back]


def test_a_no_of_the_group_stands(role: Opportunity) -> None:
    told_no = ApplicationFactory(opportunity=role, state="declined")
    in_line(volunteer=told_no.volunteer, opportunity=role)
    assert offer_places(role) == 0


def test_yes_and_no_are_confirmed() -> None:
    role = OpportunityFactory(places=2, takes_from_waiting_list=True)
    yes, no = in_line(opportunity=role, earlier=2), in_line(opportunity=role, earlier=1)
    offer_places(role)
    for entry in (yes, no):
        offer = TimedOffer.objects.get(entry=entry)
        answer = timed_offers.take_up if entry == yes else timed_offers.refuse
        answer(offer=offer, by=entry.volunteer.user)
    placed = Notification.objects.get(kind="application.place_confirmed")
    assert placed.recipient == yes.volunteer.user
    refused = Notification.objects.get(kind="waiting.refused")
    assert refused.recipient == no.volunteer.user
    assert "no longer on this waiting list" in refused.body
