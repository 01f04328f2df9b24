"""Whoever has the printed sheet reads it without an account, and whoever may, makes it a draft."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings

from core.clock import now
from insights import prospectus_links as links
from insights.models import Prospectus
from insights.services import prospectus_mail, prospectuses
from notifications.models import Notification
from opportunities.models import JoinRequest, Opportunity, Organisation
from tests.factories.accounts import UserFactory
from tests.factories.insights import ProspectusFactory, ProspectusMailFactory
from tests.factories.opportunities import MembershipFactory
from tests.unit.web.pages import text_of
from web import prospectus_paper

pytestmark = pytest.mark.django_db
PASSWORD = "a made up pass phrase"


@pytest.fixture
def member():
    user = UserFactory(first_name="Nomenclatura", last_name="Geheim")
    user.set_password(PASSWORD)
    user.save()
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return MembershipFactory(user=user)


@pytest.fixture
def prospectus(member):
    return ProspectusFactory(organisation=member.organisation)


def test_anybody_reads_the_number_the_week_the_role_and_what_to_do(client, prospectus):
    page = client.get(links.path_of(prospectus))

    words = text_of(page)
    assert f"For {prospectus.organisation.name}" in words
    assert "About 25 people near Marlborough want to help" in words
    assert "Monday nobody fewer than 8 20" in words
    assert "A role, ready to edit" in words
    assert "Sign in and make it our draft" in words
    assert "Whoever has the link can read this page until" in words
    assert "Geheim" not in page.text
    assert "Nomenclatura" not in page.text
    assert "no-store" in page["Cache-Control"]
    assert page["X-Robots-Tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in page.text
    prospectus.refresh_from_db()
    assert prospectus.opened_at is None, "who it was nobody knows"


def test_it_tells_nobody_else_what_the_group_made_of_it(client, prospectus):
    before = text_of(client.get(links.path_of(prospectus)))
    role = prospectuses.draft(
        prospectus=prospectus, by=prospectus.organisation.memberships.get().user
    )
    Opportunity.objects.filter(pk=role.pk).update(title="Nobody knows of this yet")

    assert text_of(client.get(links.path_of(prospectus))) == before


def test_who_signs_in_comes_back_and_makes_it_the_draft_with_one_tap(client, member, prospectus):
    path = links.path_of(prospectus)
    sign_in = f"/accounts/login/?next={path.replace('/', '%2F')}"
    assert f'href="{sign_in}"' in client.get(path).text

    given = {"login": member.user.email, "password": PASSWORD}
    assert client.post(sign_in, given).url == path
    page = client.get(path)
    button = f"/groups/{prospectus.organisation_id}/prospectuses/{prospectus.pk}/draft/"
    assert f'action="{button}"' in page.text
    prospectus.refresh_from_db()
    assert prospectus.opened_at is not None

    client.post(button)
    assert Prospectus.objects.get().draft == Opportunity.objects.get()
    assert "Open the role" in text_of(client.get(path))


def test_who_has_an_account_and_does_not_act_for_the_group_asks_to(client, prospectus):
    stranger = UserFactory()
    client.force_login(stranger)
    page = client.get(links.path_of(prospectus))

    assert "You do not act for" in text_of(page)
    assert "Make it our draft" not in text_of(page)
    ask = page.context["ask"]
    assert ask in page.text
    client.post(ask)
    assert JoinRequest.objects.get().user == stranger
    prospectus.refresh_from_db()
    assert prospectus.opened_at is None


def test_a_link_that_nobody_made_is_not_there(client, prospectus):
    for made_up in (f"{prospectus.pk}-aaaa-aaaa-aaaa", "made-up", str(prospectus.pk)):
        assert client.get(f"/prospectus/{made_up}/").status_code == 404


def test_one_that_has_ended_says_so_and_nothing_of_what_it_said(client, prospectus):
    Prospectus.objects.update(made_at=now() - links.LASTS - timedelta(minutes=1))
    page = client.get(links.path_of(prospectus))

    assert page.status_code == 410
    assert "This is too old to read" in text_of(page)
    assert "25" not in text_of(page)
    assert prospectus.organisation.name not in text_of(page)


def test_of_a_group_that_is_stopped_nothing_is_said(client, prospectus):
    Organisation.objects.update(suspended_at=now())
    assert client.get(links.path_of(prospectus)).status_code == 410


def test_the_sheet_and_the_mail_lead_to_it(prospectus, member, monkeypatch):
    given = {}
    monkeypatch.setattr(
        prospectus_paper, "pdf", lambda template, data, title: given.update(data) or b""
    )
    prospectus_paper.paper(prospectus)
    address = f"{settings.SITE_URL}{links.path_of(prospectus)}"
    assert f"{given['address']}/" == address.partition("://")[2]

    ProspectusMailFactory(organisation=prospectus.organisation, user=member.user)
    prospectus_mail.tell(prospectus)
    assert address in Notification.objects.get(kind="prospectus").body
