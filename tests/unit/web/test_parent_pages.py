"""The pages by which a parent is asked, and answers without an account."""

from datetime import timedelta

import pytest

from core.clock import today
from tests.factories.opportunities import OpportunityFactory
from tests.factories.placements import ApplicationFactory
from tests.factories.volunteers import VolunteerFactory
from tests.unit.web.pages import error_links, text_of
from volunteers.models import ParentRequest
from volunteers.services import parents

pytestmark = pytest.mark.django_db


@pytest.fixture
def child(client):
    born = today() - timedelta(days=14 * 366)
    child = VolunteerFactory(date_of_birth=born, user__first_name="Demo")
    client.force_login(child.user)
    return child


def test_a_child_is_led_from_the_role_to_asking_and_sees_how_it_stands(client, child):
    role = OpportunityFactory(minimum_age=13)
    for page in (f"/roles/{role.pk}/", f"/roles/{role.pk}/apply/", "/me/profile/"):
        assert "/me/parent/" in client.get(page).content.decode()

    sent = client.post("/me/parent/", {"name": "A Parent", "email": "p@example.org"}, follow=True)

    words = text_of(sent)
    assert "We wrote to p@example.org today." in words
    assert ParentRequest.objects.get().email == "p@example.org"
    again = client.post("/me/parent/", {"name": "A Parent", "email": "q@example.org"})
    assert "We have just sent an email." in text_of(again)
    assert list(error_links(client.post("/me/parent/", {}))) == [
        "Enter your parent’s or guardian’s name.",
        "Enter your parent’s or guardian’s email address.",
    ]


def test_who_is_16_has_no_such_page(client):
    client.force_login(VolunteerFactory().user)
    assert client.get("/me/parent/")["Location"] == "/me/profile/"


def test_a_parent_confirms_and_takes_it_back_without_an_account(client, child):
    request = parents.ask(volunteer=child, name="P", email="p@example.org", by=child.user)
    client.logout()
    page = f"/parents/{parents.token_of(request)}/"
    words = text_of(client.get(page))
    assert "May Demo volunteer?" in words
    assert "No group sees Demo’s email address" in words

    assert error_links(client.post(page, {"answer": "yes"})) == {
        "Tick the box if you are the parent or guardian.": "id_is_parent"
    }
    assert error_links(client.post(page, {}))
    after = client.post(page, {"answer": "yes", "is_parent": "on"}, follow=True)
    assert "You agreed that Demo volunteers" in text_of(after)
    child.refresh_from_db()
    assert child.parent_confirmed_at

    application = ApplicationFactory(volunteer=child)
    client.post(page, {})
    application.refresh_from_db()
    child.refresh_from_db()
    assert (application.state, child.parent_confirmed_at) == ("withdrawn", None)


def test_a_link_that_does_not_work_says_so_and_nothing_of_anybody(client):
    page = client.get("/parents/1-1:made-up/")
    assert page.status_code == 410
    assert "This link does not work any more" in text_of(page)
