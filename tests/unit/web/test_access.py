"""Who may open the first pages that everyone, anyone signed in, and volunteers have.

The table of all addresses is tests/architecture/audiences.py.
"""

import pytest
from django.urls import reverse

from tests.factories.accounts import UserFactory
from tests.factories.opportunities import MembershipFactory, OpportunityFactory
from tests.factories.placements import ApplicationFactory
from tests.factories.volunteers import VolunteerFactory

pytestmark = pytest.mark.django_db

ANYONE, SIGNED_IN, VOLUNTEERS = "anyone", "signed in", "volunteers"
AUDIENCE = {
    "home": ANYONE,
    "roles": ANYONE,
    "role": ANYONE,
    "for-groups": ANYONE,
    "about": ANYONE,
    "how-matching-works": ANYONE,
    "how-ranking-works": ANYONE,
    "privacy": ANYONE,
    "accessibility": ANYONE,
    "outbox": ANYONE,
    "outbox-mail": ANYONE,
    "health": ANYONE,
    "start": SIGNED_IN,
    "start-volunteer": SIGNED_IN,
    "after-sign-in": SIGNED_IN,
    "equality": SIGNED_IN,
    "equality-delete": SIGNED_IN,
    "equality-deleted": SIGNED_IN,
    "messages": SIGNED_IN,
    "account": SIGNED_IN,
    "account-details": SIGNED_IN,
    "recommended-roles": VOLUNTEERS,
    "profile": VOLUNTEERS,
    "profile-check": VOLUNTEERS,
    "profile-question": VOLUNTEERS,
    "profile-pause": VOLUNTEERS,
    "profile-resume": VOLUNTEERS,
    "applications": VOLUNTEERS,
    "application": VOLUNTEERS,
    "application-withdraw": VOLUNTEERS,
    "application-take-up": VOLUNTEERS,
    "role-apply": VOLUNTEERS,
}
#: Buttons: they do something, and cannot be opened.
BUTTONS = {"profile-pause", "profile-resume", "application-take-up", "equality-deleted"}
OWN_PAGES = sorted(name for name, audience in AUDIENCE.items() if audience != ANYONE)


def address(name, application):
    arguments = {
        "role": [application.opportunity.pk],
        "role-apply": [OpportunityFactory().pk],
        "profile-question": ["time"],
        "outbox-mail": [1],
    }
    default = [application.pk] if name.startswith("application-") else []
    default = [application.pk] if name == "application" else default
    return reverse(f"web:{name}", args=arguments.get(name, default))


@pytest.mark.parametrize("name", OWN_PAGES)
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_stranger_signs_in_first(client, name, method):
    page = address(name, ApplicationFactory())

    response = getattr(client, method)(page)

    assert response.status_code == 302
    assert response["Location"] == f"{reverse('account_login')}?next={page}"


@pytest.mark.parametrize("name", OWN_PAGES)
def test_its_own_volunteer_opens_it(client, name):
    application = ApplicationFactory(state="offered")
    client.force_login(application.volunteer.user)

    response = client.get(address(name, application))

    if name in BUTTONS:
        assert response.status_code == 405
    elif name in ("after-sign-in", "start-volunteer"):
        assert response.status_code == 302
    else:
        assert response.status_code == 200


@pytest.mark.parametrize(
    "name", [name for name in OWN_PAGES if AUDIENCE[name] == VOLUNTEERS and name != "role-apply"]
)
@pytest.mark.parametrize("make", [UserFactory, lambda: MembershipFactory().user])
def test_who_has_no_profile_is_asked_what_they_want(client, name, make):
    client.force_login(make())
    application = ApplicationFactory(state="offered")

    for method in (client.get, client.post):
        assert method(address(name, application))["Location"] == reverse("web:start")
    application.refresh_from_db()
    assert application.state == "offered"


def test_a_disabled_account_is_out_at_once(client):
    volunteer = VolunteerFactory()
    client.force_login(volunteer.user)
    assert client.get("/me/").status_code == 200

    volunteer.user.is_active = False
    volunteer.user.save()

    assert client.get("/me/").status_code == 302


def test_opening_a_page_notes_that_the_volunteer_uses_the_service(client):
    volunteer = VolunteerFactory(last_used_at=None)
    client.force_login(volunteer.user)

    client.get("/me/profile/")

    volunteer.refresh_from_db()
    assert volunteer.last_used_at is not None
