"""Pages of the desk: a parent's word, a copy of a person's data, and deleting it."""

import json

import pytest

from accounts.models import User
from core.clock import today
from opportunities.models import Membership
from tests.factories.accounts import PASSWORD, UserFactory
from tests.factories.opportunities import MembershipFactory, OpportunityFactory
from tests.factories.volunteers import VolunteerFactory
from tests.unit.web.pages import desk_page, error_links, text_of
from volunteers.models import ParentRequest

pytestmark = pytest.mark.django_db


def show_who(client):
    assert client.post("/accounts/reauthenticate/", {"password": PASSWORD}).status_code == 302


@pytest.fixture
def child():
    born = today().replace(day=1, year=today().year - 14)
    return VolunteerFactory(user__email=None, date_of_birth=born)


def test_a_parent_is_asked_from_the_role_or_the_person(client, broker, child):
    role = OpportunityFactory(minimum_age=13)
    page = desk_page(child.user, "parent/")
    for leads_there in ("", f"roles/{role.pk}/apply/"):
        assert page in client.get(desk_page(child.user, leads_there)).text
    assert list(error_links(client.post(page, {}))) == [
        "Enter their parent’s or guardian’s name.",
        "Enter their parent’s or guardian’s email address.",
    ]

    sent = client.post(page, {"name": "A Parent", "email": "p@example.org"}, follow=True)

    assert "We wrote to p@example.org today." in text_of(sent)
    assert ParentRequest.objects.get(volunteer=child).number == 1
    again = client.post(page, {"name": "A Parent", "email": "q@example.org"})
    assert "We have just sent an email." in text_of(again)
    assert "no answer yet" in text_of(client.get(desk_page(child.user)))


def test_who_is_16_has_no_such_page(client, broker, caller):
    page = desk_page(caller.user, "parent/")
    assert client.get(page)["Location"] == desk_page(caller.user)
    assert "Parent or guardian" not in text_of(client.get(desk_page(caller.user)))
    refused = client.post(page, {"name": "P", "email": "p@example.org"})
    assert "You do not need a parent" in text_of(refused)


@pytest.mark.parametrize("page", ["data/", "delete/"])
def test_both_ask_the_broker_for_the_password_first(client, broker, caller, page):
    address = desk_page(caller.user, page)
    assert address in client.get(desk_page(caller.user)).text

    assert client.get(address).url.startswith("/accounts/reauthenticate/")
    sent = client.post(address, {"known_by": "met", "said_yes": "on", "way": "file"})

    assert sent.url.startswith("/accounts/reauthenticate/")
    assert User.objects.filter(pk=caller.user.pk).exists()


def test_a_copy_is_made_as_a_file_or_on_paper(client, broker, caller):
    show_who(client)
    page = desk_page(caller.user, "data/")
    assert "make sure first" in text_of(client.get(page))
    assert list(error_links(client.post(page, {}))) == [
        "Choose how you made sure that it is them.",
        "Choose how they want it.",
    ]

    file = client.post(page, {"known_by": "met", "way": "file"})
    paper = client.post(page, {"known_by": "met", "way": "paper"})

    assert json.loads(file.content)["data"]["accounts.User"][0]["phone"] == "07700 900321"
    assert "no-store" in file["Cache-Control"]
    assert paper.content.startswith(b"%PDF-")
    assert paper["Content-Disposition"] == 'attachment; filename="my-data.pdf"'


def test_a_person_is_deleted_who_was_told_what_goes_and_stays(client, broker, caller):
    show_who(client)
    page = desk_page(caller.user, "delete/")
    words = text_of(client.get(page))
    assert "What goes, at once" in words
    assert "What stays" in words
    assert "This cannot be undone." in words
    assert list(error_links(client.post(page, {"known_by": "met"}))) == [
        "Tell them first, then tick the box."
    ]
    assert User.objects.filter(pk=caller.user.pk).exists()

    done = client.post(page, {"known_by": "met", "said_yes": "on"}, follow=True)

    assert "Everything about them is deleted." in text_of(done)
    assert not User.objects.filter(pk=caller.user.pk).exists()


def test_what_stands_in_the_way_is_said_and_there_is_no_button(client, broker):
    show_who(client)
    owner = MembershipFactory(role=Membership.Role.OWNER, user__email=None).user
    page = desk_page(owner, "delete/")

    shown = client.get(page)
    assert "You are the only owner of" in text_of(shown)
    assert "govuk-button--warning" not in shown.text
    refused = client.post(page, {"known_by": "met", "said_yes": "on"})
    assert "You are the only owner of" in text_of(refused)
    assert User.objects.filter(pk=owner.pk).exists()


@pytest.mark.parametrize("staff_role", ["delivery", ""])
def test_people_who_do_it_themselves_have_it_on_their_own_pages(client, broker, staff_role):
    show_who(client)
    person = UserFactory(staff_role=staff_role)
    shown = client.get(desk_page(person)).text
    assert desk_page(person, "delete/") not in shown
    assert desk_page(person, "data/") not in shown

    refused = client.post(desk_page(person, "data/"), {"known_by": "met", "way": "file"})

    assert "do it themselves" in text_of(refused)
    assert "govuk-button--warning" not in client.get(desk_page(person, "delete/")).text


def test_of_who_is_suspended_it_is_said_what_goes_with_them(client, broker, caller):
    show_who(client)
    caller.user.is_active = False
    caller.user.save()

    assert "They are suspended." in text_of(client.get(desk_page(caller.user, "delete/")))
