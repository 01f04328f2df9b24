"""Waiting lists on pages: join, see, leave, answer an offer, and what the group sees."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from core.clock import now, today
from matching.models import HiddenRole
from placements.models import Application, PassedOver, TimedOffer, WaitingListEntry
from placements.services import timed_offers
from tests.factories.opportunities import OpportunityFactory
from tests.factories.volunteers import VolunteerFactory
from tests.factories.waiting import WaitingListEntryFactory
from tests.unit.web.pages import error_links, text_of
from web.dates import near_day

pytestmark = pytest.mark.django_db
LISTS = reverse("web:waiting")


@pytest.fixture
def volunteer(client):
    volunteer = VolunteerFactory(last_used_at=now(), activities=["gardening"])
    client.force_login(volunteer.user)
    return volunteer


@pytest.fixture
def full():
    return OpportunityFactory(full=True, title="Zinnia grower", activities=["gardening"])


def offer_to(volunteer, **of):
    role = OpportunityFactory(places=1, title="Zinnia grower", activities=["gardening"])
    entry = WaitingListEntryFactory(volunteer=volunteer, **(of or {"opportunity": role}))
    offer = timed_offers.make(entry=entry, opportunity=role)
    assert offer is not None
    return offer


def test_a_full_role_lets_people_wait(client, volunteer, full):
    WaitingListEntryFactory(opportunity=full)
    words = text_of(client.get(reverse("web:role", args=[full.pk])))
    assert "1 person waits for a place." in words
    assert "Join the waiting list" in words

    join = reverse("web:role-wait", args=[full.pk])
    assert "People are asked in the order in which they joined." in text_of(client.get(join))
    words = text_of(client.post(join, follow=True))

    assert "You are number 2 of 2." in words
    assert "Zinnia grower" in words
    words = text_of(client.get(reverse("web:role", args=[full.pk])))
    assert "You are on the waiting list of this role" in words
    assert "Join the waiting list" not in words


def test_who_is_not_signed_in_is_led_to_it(client, full):
    words = text_of(client.get(reverse("web:role", args=[full.pk])))
    assert "Join the waiting list" in words
    response = client.get(reverse("web:role-wait", args=[full.pk]))
    assert response.url.startswith("/accounts/login/?next=")


def test_a_role_that_can_be_asked_for_has_no_list(client, volunteer):
    role = OpportunityFactory()
    assert "waiting list" not in text_of(client.get(reverse("web:role", args=[role.pk])))
    join = reverse("web:role-wait", args=[role.pk])
    assert "It has no waiting list now." in text_of(client.get(join))
    refused = client.post(join)
    assert "This role has no waiting list now" in text_of(refused)
    assert not WaitingListEntry.objects.exists()


def test_join_a_kind_and_leave_it(client, volunteer):
    join = reverse("web:waiting-join")
    page = client.get(join, {"activity": "cooking"}).content.decode()
    assert 'value="cooking" selected' in page
    assert "What you told us you like" in page
    assert error_links(client.post(join, {"activity": ""})) == {
        "Choose what you would like to do.": "id_activity"
    }

    words = text_of(client.post(join, {"activity": "gardening", "cause": "dementia"}, follow=True))
    assert "Gardening (" in words
    assert "You are number 1 of 1." in words

    leave = reverse("web:waiting-leave", args=[WaitingListEntry.objects.get().pk])
    assert "Do you want to leave this waiting list?" in text_of(client.get(leave))
    words = text_of(client.post(leave, follow=True))
    assert "You are on no waiting list." in words


def test_other_peoples_entries_and_offers_do_not_exist(client, volunteer):
    entry = WaitingListEntryFactory(activity="cooking")
    offer = offer_to(VolunteerFactory())
    for name, pk in (("waiting-leave", entry.pk), ("timed-offer", offer.pk)):
        assert client.get(reverse(f"web:{name}", args=[pk])).status_code == 404
    assert client.post(reverse("web:timed-offer-yes", args=[offer.pk])).status_code == 404
    assert client.post(reverse("web:timed-offer-no", args=[offer.pk])).status_code == 404


@pytest.mark.parametrize("direct", [True, False])
def test_yes_to_an_offer(client, volunteer, direct):
    offer = offer_to(volunteer)
    type(offer.opportunity).objects.filter(pk=offer.opportunity_id).update(
        takes_from_waiting_list=direct
    )
    assert "A place in “Zinnia grower” is kept for you until" in text_of(client.get(LISTS))
    page = reverse("web:timed-offer", args=[offer.pk])
    words = text_of(client.get(page))
    assert ("the place is yours at once" in words) is direct
    assert ("Your full name" in words) is direct
    assert "email address" not in words

    words = text_of(client.post(reverse("web:timed-offer-yes", args=[offer.pk]), follow=True))

    application = Application.objects.get()
    assert application.state == ("accepted" if direct else "submitted")
    assert ("The place is yours." in words) is direct
    assert "You said yes" in text_of(client.get(page))


@pytest.mark.parametrize("of", [{}, {"activity": "gardening"}])
def test_the_roles_page_says_that_a_place_is_kept_and_until_when(client, volunteer, of):
    offer = offer_to(volunteer, **of)
    page = client.get(reverse("web:role", args=[offer.opportunity_id]))

    assert "A place is kept for you" in text_of(page)
    assert reverse("web:timed-offer", args=[offer.pk]) in page.content.decode()
    assert "You are on the waiting list" not in text_of(page)


def test_a_place_that_cannot_be_taken_says_why_and_has_no_button_for_yes(client, volunteer):
    offer = offer_to(volunteer)
    type(offer.opportunity).objects.filter(pk=offer.opportunity_id).update(minimum_age=90)

    page = client.get(reverse("web:timed-offer", args=[offer.pk]))

    assert "This role is for people of 90 or over." in text_of(page)
    assert reverse("web:timed-offer-yes", args=[offer.pk]) not in page.content.decode()


@pytest.mark.parametrize(("keep", "state"), [("another", "waiting"), ("leave", "left")])
def test_no_to_an_offer_of_a_kind(client, volunteer, keep, state):
    offer = offer_to(volunteer, activity="gardening")
    no = reverse("web:timed-offer-no", args=[offer.pk])
    assert error_links(client.post(no, {}))
    client.post(no, {"keep": keep})
    offer.refresh_from_db()
    assert (offer.state, offer.entry.state) == ("refused", state)


def test_no_to_an_offer_of_a_role_asks_nothing_more(client, volunteer):
    offer = offer_to(volunteer)
    client.post(reverse("web:timed-offer-no", args=[offer.pk]), {})
    assert TimedOffer.objects.get().state == "refused"


def test_an_answer_that_comes_too_late_is_told_so(client, volunteer):
    offer = offer_to(volunteer)
    with time_machine.travel(now() + timedelta(hours=73)):
        client.force_login(volunteer.user)
        yes = reverse("web:timed-offer-yes", args=[offer.pk])
        words = client.post(yes, follow=True).content.decode()
    assert "The time to answer is over" in words
    assert not Application.objects.exists()


@pytest.mark.parametrize("closed", [True, False])
def test_a_place_that_is_kept_no_more_says_whether_the_role_has_closed(client, volunteer, closed):
    offer = offer_to(volunteer)
    timed_offers.take_back(volunteer=volunteer, by=None)
    if closed:
        type(offer.opportunity).objects.update(status="closed")

    words = text_of(client.get(reverse("web:timed-offer", args=[offer.pk])))

    assert ("The role has closed" in words) is closed
    kept_no_more = "This place is no longer kept for you You wait again where you stood."
    assert (kept_no_more in words) is not closed


def test_who_was_passed_over_reads_why(client, volunteer):
    entry = WaitingListEntryFactory(volunteer=volunteer, activity="gardening")
    role = OpportunityFactory(title="Far away", from_home=True, postcode="")
    PassedOver.objects.create(entry=entry, opportunity=role, rule="way_of_helping", at=now())
    page = client.get(LISTS)
    why = "A place in “Far away” went to somebody behind you. It is done from home"
    assert why in text_of(page)
    assert reverse("web:profile-question", args=["ways"]) in page.content.decode()


@pytest.mark.parametrize(
    ("rule", "says", "way_on"),
    [
        ("parent_confirmed", "a parent or guardian has to confirm first. What to do", "web:parent"),
        ("age", "This role is for people of 90 or over. What to do", ""),
        ("group_verified", "has not verified this group yet.", ""),
    ],
)
def test_who_was_passed_over_by_a_gate_reads_what_it_says(client, volunteer, rule, says, way_on):
    entry = WaitingListEntryFactory(volunteer=volunteer, activity="gardening")
    role = OpportunityFactory(minimum_age=90)
    PassedOver.objects.create(entry=entry, opportunity=role, rule=rule, at=now())
    page = client.get(LISTS)
    assert says in text_of(page)
    assert not way_on or f'href="{reverse(way_on)}"' in page.content.decode()


def test_who_can_start_later_or_hid_the_role_reads_what_that_means(client, volunteer, full):
    WaitingListEntryFactory(volunteer=volunteer, opportunity=full)
    HiddenRole.objects.create(volunteer=volunteer, opportunity=full, reason="too_far")
    assert "You hid this role, so others are asked before you." in text_of(client.get(LISTS))

    volunteer.can_start_from = today() + timedelta(days=9)
    volunteer.save()
    start = near_day(volunteer.can_start_from)
    assert f"You can start from {start}, so others are asked" in text_of(client.get(LISTS))


def test_the_page_of_lists_takes_few_queries(client, volunteer, django_assert_max_num_queries):
    for code in ("gardening", "cooking", "advice", "writing", "design"):
        WaitingListEntryFactory(volunteer=volunteer, activity=code)
    with django_assert_max_num_queries(10):
        words = text_of(client.get(LISTS))
    assert "which is as many as one person can be on" in words


def test_the_group_sees_how_many_wait_and_decides_who_says_yes(client, membership):
    role = OpportunityFactory(organisation=membership.organisation, full=True)
    WaitingListEntryFactory.create_batch(2, opportunity=role)
    page = reverse("web:group-role-waiting", args=[role.organisation_id, role.pk])
    assert "2 people wait for a place." in text_of(client.get(page))
    client.post(page, {"takes_from_waiting_list": "yes"})
    role.refresh_from_db()
    assert role.takes_from_waiting_list
