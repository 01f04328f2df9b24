"""What the volunteer centre does for a group: register it by phone, change its pages."""

import pytest

from notifications.models import Notification
from opportunities.models import Organisation
from tests.factories.accounts import UserFactory
from tests.factories.opportunities import MembershipFactory, OpportunityFactory
from tests.work import mails_about_accounts

pytestmark = pytest.mark.django_db


def test_a_group_is_registered_by_phone_for_two_people(client, broker):
    page = "/desk/groups/register/"
    answers = {
        "name": "Example Gardeners",
        "description": "We garden.",
        "legal_form": "unincorporated",
        "postcode": "HA1 1AA",
        "first_1": "Demo",
        "phone_1": "07700 900111",
        "first_2": "Second",
    }

    refused = client.post(page, answers)
    assert "Enter the phone number on which we can reach them." in refused.text
    client.post(page, answers | {"phone_2": "07700 900222", "email_2": "new@example.org"})
    assert [message.to for message in mails_about_accounts()] == [["new@example.org"]]

    group = Organisation.objects.get()
    twice = client.post(page, answers | {"phone_2": "07700 900222", "name": "Example Gardener"})
    assert "Is the group here already?" in twice.text
    assert Organisation.objects.count() == 1
    assert [member.user.first_name for member in group.memberships.order_by("pk")] == [
        "Demo",
        "Second",
    ]


def test_a_group_is_not_half_registered_where_an_address_is_that_of_a_suspended_account(
    client, broker
):
    UserFactory(email="closed@example.org", is_active=False)
    answers = {
        "name": "Example Gardeners",
        "description": "We garden.",
        "legal_form": "unincorporated",
        "postcode": "HA1 1AA",
        "first_1": "Demo",
        "phone_1": "07700 900111",
        "email_1": "closed@example.org",
    }

    page = client.post("/desk/groups/register/", answers)

    assert "Somebody has this address already." in page.text
    assert not Organisation.objects.exists()


def test_the_groups_own_pages_say_that_the_centre_acts(client, broker):
    membership = MembershipFactory(organisation__name="Example Choir")
    page = f"/groups/{membership.organisation_id}/"

    assert "You act for <strong>Example Choir</strong>" in client.get(page).text
    client.force_login(membership.user)
    assert "You act for" not in client.get(page).text


def test_a_group_is_told_what_the_centre_changed_on_its_pages(client, broker):
    membership = MembershipFactory(organisation__name="Example Choir")
    role = OpportunityFactory(organisation=membership.organisation, title="Pour tea")
    page = f"/groups/{membership.organisation_id}/roles/{role.pk}/close/"

    client.get(page)
    assert not Notification.objects.filter(kind="centre.acted_for_group").exists()
    for _ in range(2):
        client.post(page, {"because": "found"})

    told = Notification.objects.get(kind="centre.acted_for_group")
    assert told.recipient == membership.user
    assert "We closed the role “Pour tea”." in told.body
