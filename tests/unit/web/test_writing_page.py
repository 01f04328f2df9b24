"""What stands beside a role's form while it is written."""

import pytest
from django.core.cache import caches
from django.db import connection

from matching import live_counts
from opportunities.models import Opportunity
from tests.factories.accounts import UserFactory
from tests.factories.opportunities import OpportunityFactory
from tests.factories.volunteers import VolunteerFactory
from tests.unit.web.pages import text_of
from web.views import writing_page

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def _nothing_was_asked():
    caches["counts"].clear()


@pytest.fixture
def role(membership):
    return OpportunityFactory(organisation=membership.organisation, draft=True, causes=["health"])


def address(role, section):
    return f"/groups/{role.organisation_id}/roles/{role.pk}/edit/{section}/"


def test_the_count_changes_as_it_is_typed_and_nothing_is_saved(client, role):
    VolunteerFactory.create_batch(9)
    VolunteerFactory.create_batch(17, willing_dbs=False)
    answers = {"places": "2", "minimum_age": "16", "welcomes_company": "no"}

    free = client.post(address(role, "people"), answers | {"dbs_level": "none"}, headers=HTMX)
    checked = client.post(address(role, "people"), answers | {"dbs_level": "basic"}, headers=HTMX)

    assert "About 25 people within 3 miles could do this." in free.text
    assert "About 10 people within 3 miles could do this." in checked.text
    assert "The DBS check leaves out about 15 people." in checked.text
    assert "<html" not in checked.text
    role.refresh_from_db()
    assert role.dbs_level == "none"


def test_a_button_does_the_same_without_a_script(client, role):
    VolunteerFactory.create_batch(9)
    page = client.get(address(role, "people"))
    assert "See how many people" in page.text
    assert "About 10 people within 3 miles" in text_of(page)

    looked = client.post(address(role, "people"), {"minimum_age": "99", "look": "1"})

    assert looked.status_code == 200
    assert "Nobody within 3 miles could do this." in text_of(looked)
    assert role.minimum_age == Opportunity.objects.get().minimum_age


@pytest.mark.parametrize(("sent", "headers"), [({}, HTMX), ({"look": "1"}, {})])
def test_nobody_who_writes_waits_while_the_centre_counts(client, role, monkeypatch, sent, headers):
    """On SQLite a transaction that is open keeps everybody else from writing."""
    client.force_login(UserFactory(broker=True))
    deep = []

    def counts(**given):
        deep.append(len(connection.savepoint_ids))
        return live_counts.counts_for(**given)

    monkeypatch.setattr(writing_page, "counts_for", counts)
    outside = len(connection.savepoint_ids)
    answers = {"minimum_age": "16", **sent}
    assert client.post(address(role, "people"), answers, headers=headers).status_code == 200
    assert deep == [outside]


def test_half_a_form_is_no_fault(client, role):
    for section in ("work", "kind", "place", "time", "dates", "people", "skills", "essentials"):
        response = client.post(address(role, section), {"postcode": "H"}, headers=HTMX)
        assert response.status_code == 200, section
        assert "govuk-error" not in response.text


def test_words_are_marked_under_their_field(client, role):
    typed = {"title": "Driver", "description": "You must have your own car. <b>Ladies needed.</b>"}

    marked = client.post(address(role, "work"), typed, headers=HTMX).text

    assert 'id="marks_description" role="status" hx-swap-oob="true"' in marked
    assert "<q>must have your own car</q>" in marked
    assert "<b>" not in marked
    page = client.post(address(role, "work"), typed | {"look": "1"}).text
    assert "<q>Ladies needed</q>" in page


def test_a_new_role_is_marked_too(client, membership):
    address = f"/groups/{membership.organisation_id}/roles/new/empty/"

    marked = client.post(address, {"description": "Able-bodied helpers."}, headers=HTMX).text

    assert "<q>Able-bodied</q>" in marked
    assert not Opportunity.objects.exists()


def test_the_whole_role_shows_all_marks_to_its_group_and_to_the_centre(client, role):
    Opportunity.objects.update(
        description="Young volunteers wanted.", maximum_age=30, status="in_review"
    )
    page = text_of(client.get(f"/groups/{role.organisation_id}/roles/{role.pk}/edit/"))
    client.force_login(UserFactory(broker=True))
    desk = text_of(client.get(f"/desk/roles/{role.pk}/"))

    for shown in (page, desk):
        assert "Words to look at again" in shown
        assert "Young volunteers" in shown
        assert "A highest age leaves people out" in shown
        assert "It does not say which costs you pay back." in shown


def test_a_role_without_marks_shows_none(client, membership):
    begin = f"/groups/{membership.organisation_id}/roles/new/"
    client.post(begin, {"template": "gardening"})
    role = Opportunity.objects.get()

    page = client.get(f"/groups/{role.organisation_id}/roles/{role.pk}/edit/")

    assert "Words to look at again" not in page.text
