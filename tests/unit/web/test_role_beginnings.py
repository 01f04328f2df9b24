"""Begin a role from a template, an earlier role, or nothing."""

import pytest

from opportunities.models import Opportunity
from opportunities.role_templates import template_called
from opportunities.services import drafts, roles
from tests.factories.opportunities import MembershipFactory, OpportunityFactory
from tests.unit.web.pages import text_of

pytestmark = pytest.mark.django_db


def begin(membership):
    return f"/groups/{membership.organisation_id}/roles/new/"


def test_a_role_is_posted_from_a_template_in_three_pages(client, membership):
    page = client.get(begin(membership))
    assert "Garden with us" in page.text

    write = client.post(begin(membership), {"template": "gardening"})
    form = client.get(write.url).context["form"]
    answers = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    answers = {name: value for name, value in answers.items() if value is not None}
    answers |= {"places": "3", "weekly_slots": ["sat_morning"]}
    check = client.post(write.url, answers)
    role = Opportunity.objects.get()
    client.post(f"/groups/{membership.organisation_id}/roles/{role.pk}/send/")

    role.refresh_from_db()
    assert check.url == f"/groups/{membership.organisation_id}/roles/{role.pk}/edit/"
    assert role.status == Opportunity.Status.IN_REVIEW
    assert role.description == template_called("gardening").description
    assert (role.places, role.weekly_slots) == (3, 1 << 15)
    assert role.postcode == membership.organisation.postcode


def test_a_word_narrows_the_templates(client, membership):
    page = text_of(client.get(begin(membership), {"q": "dog"}))

    assert "Walk a dog" in page
    assert "Garden with us" not in page
    assert "For people of 18 or over: Our insurance for dogs covers adults only." in page


def test_a_word_that_finds_nothing_says_so_and_leads_on(client, membership):
    page = text_of(client.get(begin(membership), {"q": "<astronaut>"}))

    assert "There is no template for “<astronaut>”" in page
    assert "Show all templates" in page


def test_a_template_that_is_not_there_makes_nothing(client, membership):
    response = client.post(begin(membership), {"template": "astronaut"})

    assert response.status_code == 200
    assert not Opportunity.objects.exists()


def test_earlier_roles_can_be_copied_and_others_cannot(client, membership):
    role = OpportunityFactory(organisation=membership.organisation, title="Make tea", closed=True)
    stranger = OpportunityFactory(organisation=MembershipFactory().organisation, title="Make soup")
    page = client.get(begin(membership)).text
    assert "Make tea" in page
    assert "Make soup" not in page

    response = client.post(f"/groups/{role.organisation_id}/roles/{role.pk}/copy/")
    refused = client.post(f"/groups/{role.organisation_id}/roles/{stranger.pk}/copy/")

    copy = Opportunity.objects.get(status="draft")
    assert copy.title == "Make tea"
    assert response.url == f"/groups/{role.organisation_id}/roles/{copy.pk}/edit/essentials/"
    assert refused.status_code == 404


def test_why_a_template_asks_for_a_check_is_said_while_the_role_is_written(client, membership):
    group = membership.organisation
    role = drafts.from_template(organisation=group, code="befriending-visitor", by=membership.user)
    copied = drafts.copy_of(opportunity=role, by=membership.user)
    reason = template_called("befriending-visitor").dbs_reason

    for one in (role, copied):
        at = f"/groups/{group.pk}/roles/{one.pk}/edit/"
        asked = client.get(f"{at}people/")
        assert f"Why it is suggested here: {reason}" in text_of(asked)
        assert reason in text_of(client.get(at))
        assert reason not in text_of(client.get(f"{at}work/"))
    roles.update(opportunity=role, by=membership.user, dbs_level="enhanced")
    at = f"/groups/{group.pk}/roles/{role.pk}/edit/"
    assert reason not in text_of(client.get(f"{at}people/"))  # it speaks of another check
    assert reason not in text_of(client.get(at))


def test_a_role_written_from_nothing_has_no_such_reason(client, membership):
    role = OpportunityFactory(organisation=membership.organisation, dbs_level="basic")

    page = client.get(f"/groups/{role.organisation_id}/roles/{role.pk}/edit/people/")

    assert "Why it is suggested here" not in text_of(page)
