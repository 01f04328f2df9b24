import pytest
from django.core.cache import cache

from placements.models import Concern, Message
from placements.services import conversations
from placements.states import Mover
from tests.factories.accounts import UserFactory
from tests.factories.opportunities import OpportunityFactory, OrganisationFactory
from tests.factories.placements import ApplicationFactory

pytestmark = pytest.mark.django_db

SAID = {"kind": "safety", "words": "The gate is left open."}


@pytest.fixture(autouse=True)
def _no_earlier_reports():
    cache.clear()


@pytest.fixture
def application(membership):
    return ApplicationFactory(opportunity=OpportunityFactory(organisation=membership.organisation))


def test_anybody_reports_a_role_a_group_or_what_they_like(client):
    role = OpportunityFactory()
    for address in (
        "/report/",
        f"/report/role/{role.pk}/",
        f"/report/group/{role.organisation_id}/",
    ):
        page = client.get(address).text
        assert "999" in page
        sent = client.post(address, SAID, follow=True)
        assert "Thank you for telling us" in sent.text
    nothing, about_role, about_group = Concern.objects.order_by("pk")
    assert (nothing.opportunity, nothing.organisation, nothing.reporter) == (None, None, None)
    assert (about_role.opportunity, about_role.organisation) == (role, role.organisation)
    assert (about_group.opportunity, about_group.organisation) == (None, role.organisation)


def test_the_pages_lead_there(client, application):
    role = application.opportunity
    message = conversations.write(
        application=application, side=Mover.VOLUNTEER, words="Hello", by=None
    )
    assert 'href="/report/"' in client.get("/").text
    assert f"/report/role/{role.pk}/" in client.get(f"/roles/{role.pk}/").text
    people = f"/groups/{role.organisation_id}/roles/{role.pk}/applicants/"
    talk = client.get(f"{people}{application.pk}/messages/").text
    assert f"/report/person/{application.pk}/" in talk
    assert f"/report/message/{message.pk}/" in talk


def test_who_is_not_signed_in_can_say_so_much_within_an_hour(client):
    for _turn in range(10):
        client.post("/report/", SAID)
    refused = client.post("/report/", SAID, headers={"X-Forwarded-For": "192.0.2.7"})
    assert "Please call the volunteer centre." in refused.text
    assert Concern.objects.count() == 10
    client.force_login(UserFactory())
    client.post("/report/", SAID)
    assert Concern.objects.count() == 11


def test_what_is_missing_is_said(client):
    page = client.post("/report/", {}).text
    assert "Choose what it is about." in page
    assert "Say what happened." in page


@pytest.mark.parametrize("made", [{"draft": True}, {"organisation__unverified": True}])
def test_a_role_that_is_not_public_cannot_be_asked_about(client, made):
    role = OpportunityFactory(**made)
    assert client.get(f"/report/role/{role.pk}/").status_code == 404
    assert client.post(f"/report/role/{role.pk}/", SAID).status_code == 404
    assert (
        client.get(f"/report/group/{OrganisationFactory(unverified=True).pk}/").status_code == 404
    )


def test_a_group_reports_somebody_who_asked(client, application):
    client.post(f"/report/person/{application.pk}/", SAID)
    assert Concern.objects.get().person == application.volunteer.user


def test_each_side_reports_what_the_other_wrote(client, application, membership):
    message = conversations.write(
        application=application, side=Mover.GROUP, words="Bring money.", by=membership.user
    )
    client.force_login(application.volunteer.user)
    client.post(f"/report/message/{message.pk}/", SAID)
    concern = Concern.objects.get()
    assert (concern.message, concern.person) == (message, membership.user)
    client.force_login(ApplicationFactory().volunteer.user)
    assert client.get(f"/report/message/{message.pk}/").status_code == 404
    assert Message.objects.count() == 1
