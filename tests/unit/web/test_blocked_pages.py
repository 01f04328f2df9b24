import pytest

from placements.models import Block
from tests.factories.opportunities import OpportunityFactory
from tests.factories.placements import ApplicationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def application(membership):
    return ApplicationFactory(opportunity=OpportunityFactory(organisation=membership.organisation))


def of_group(application, page):
    role = application.opportunity
    return f"/groups/{role.organisation_id}/roles/{role.pk}/applicants/{application.pk}/{page}/"


def test_a_person_blocks_a_group_and_undoes_it(client, application, membership):
    group = membership.organisation
    client.force_login(application.volunteer.user)
    role_page = client.get(f"/roles/{application.opportunity_id}/").text
    assert f"/me/blocked/{group.pk}/" in role_page

    page = client.post(f"/me/blocked/{group.pk}/", follow=True).text
    assert f"{group.name} is blocked." in page
    talk = client.get(f"/me/applications/{application.pk}/messages/").text
    assert "You cannot write to each other" in talk
    assert "Undo it" in talk
    assert "<textarea" not in talk
    assert 'href="/me/blocked/"' in client.get("/me/account/").text
    other = OpportunityFactory(organisation=group)
    for address in (f"/roles/{other.pk}/", f"/roles/{other.pk}/apply/"):
        assert 'href="/me/blocked/"' in client.get(address).text
    assert "You have blocked this group. Undo it" in client.get(f"/roles/{other.pk}/").text

    page = client.post(f"/me/blocked/{group.pk}/", follow=True).text
    assert "is not blocked any more." in page
    assert "You have blocked no group." in page


def test_a_group_blocks_a_person_who_does_not_learn_it(client, application, membership):
    page = client.post(of_group(application, "block"), follow=True).text
    assert "is blocked." in page
    assert Block.objects.get().side == "group"
    client.force_login(application.volunteer.user)
    talk = client.get(f"/me/applications/{application.pk}/messages/").text
    assert "You cannot write to each other" in talk
    assert "Undo it" not in talk
    other = OpportunityFactory(organisation=membership.organisation)
    page = client.get(f"/roles/{other.pk}/").text
    assert "You and this group are not in touch" in page
    assert 'href="/me/blocked/"' not in page
    assert "Block this group" in page
    client.force_login(membership.user)
    client.post(of_group(application, "block"))
    assert not Block.objects.exists()


def test_no_block_of_a_group_that_is_not_known(client, application):
    client.force_login(application.volunteer.user)
    hidden = OpportunityFactory(organisation__unverified=True)
    assert client.post(f"/me/blocked/{hidden.organisation_id}/").status_code == 404
