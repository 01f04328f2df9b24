import re
from datetime import timedelta

import pytest

from core.clock import now
from opportunities.links import invitation_token
from opportunities.models import GroupInvitation, JoinRequest, Membership
from opportunities.services import people
from tests.factories.accounts import UserFactory
from tests.factories.opportunities import MembershipFactory, OrganisationFactory
from tests.unit.web.pages import text_of

pytestmark = pytest.mark.django_db


def address(group, page=""):
    return f"/groups/{group.pk}/people/{page}"


def test_an_owner_invites_and_takes_back(client, membership):
    group = membership.organisation
    page = client.post(
        address(group, "invite/"), {"email": "new@example.org", "role": "member"}, follow=True
    )
    invitation = GroupInvitation.objects.get()
    assert "We send an invitation to new@example.org." in page.text
    assert "new@example.org, member." in text_of(page)

    back = client.post(address(group, f"invitations/{invitation.pk}/withdraw/"), follow=True)

    assert "new@example.org" not in text_of(back)


def test_who_opens_the_link_signs_in_and_joins(client):
    owner = MembershipFactory()
    invitation = people.invite(
        organisation=owner.organisation, by=owner.user, email="new@example.org"
    )
    link = f"/groups/join/{invitation_token(invitation.pk)}/"
    assert client.get(link).url.startswith("/accounts/login/?next=/groups/join/")
    person = UserFactory()
    client.force_login(person)
    assert f"Do you want to act for {owner.organisation.name}?" in client.get(link).text

    joined = client.post(link)

    assert joined.url == f"/groups/{owner.organisation_id}/"
    assert Membership.objects.filter(user=person).exists()
    assert client.get(link).status_code == 404


def test_an_owner_lets_in_who_asks(client, membership):
    group, person = membership.organisation, UserFactory()
    people.ask_to_join(organisation=group, user=person)
    request = JoinRequest.objects.get()
    assert f"{person} asks to act for the group" in text_of(client.get(address(group)))

    page = client.post(address(group, f"requests/{request.pk}/accept/"), follow=True)

    assert "They act for the group now." in page.text
    assert group.memberships.filter(user=person).exists()


def test_who_asks_sees_it_and_takes_it_back(client, membership):
    group = OrganisationFactory(name="Example Toy Library")
    owner = MembershipFactory(organisation=group).user
    people.ask_to_join(organisation=group, user=membership.user)
    other = UserFactory()
    people.ask_to_join(organisation=group, user=other)

    page = client.get("/groups/")
    assert "to act for Example Toy Library. If nobody there answers within a week" in text_of(page)
    theirs = JoinRequest.objects.get(user=other)
    assert client.post(f"/groups/asked/{theirs.pk}/take-back/").status_code == 404
    own = JoinRequest.objects.get(user=membership.user)
    back = f"/groups/asked/{own.pk}/take-back/"
    assert back in page.text
    page = client.post(back, follow=True)
    assert "Taken back." in page.text
    assert [one.user for one in JoinRequest.objects.all()] == [other]
    assert client.post(back).status_code == 404

    client.force_login(owner)
    assert str(other) in text_of(client.get(address(group)))


def test_the_centre_answers_from_its_desk_who_is_left_waiting(client, membership):
    group = membership.organisation
    people.ask_to_join(organisation=group, user=UserFactory(first_name="Demo-Asks"))
    JoinRequest.objects.update(created_at=now() - timedelta(days=8))
    client.force_login(UserFactory(broker=True))
    page = client.get("/desk/queues/join-requests/")
    assert "Demo-Asks" in text_of(page)
    assert address(group) in page.text
    client.post(address(group, f"requests/{JoinRequest.objects.get().pk}/accept/"))
    assert "Everybody who asked" in text_of(client.get("/desk/queues/join-requests/"))


def test_a_double_leads_to_asking_to_join(client):
    group = OrganisationFactory(name="Example Toy Library", identifier="GB-CHC-1234567")
    client.force_login(UserFactory())
    client.post("/groups/register/", {"name": "Another name", "description": "Toys"})

    answers = {"legal_form": "charity", "identifier": "1234567"}
    found = client.post("/groups/register/place/", answers)
    (link,) = set(re.findall(r"/groups/ask/[^/\"]+/", found.text))
    asked = client.post(link, follow=True)

    assert "We asked the people who look after Example Toy Library." in asked.text
    assert JoinRequest.objects.get().organisation == group


def test_a_forged_link_to_a_group_is_not_there(client):
    group = OrganisationFactory()
    client.force_login(UserFactory())

    assert client.get(f"/groups/ask/{group.pk}/").status_code == 404
    assert client.get(f"/groups/ask/{invitation_token(group.pk)}/").status_code == 404


def test_a_member_sees_who_acts_and_changes_nobody(client):
    owner = MembershipFactory()
    member = MembershipFactory(organisation=owner.organisation, role="member")
    client.force_login(member.user)

    page = client.get(address(owner.organisation))

    assert "An owner of the group says who else acts for it." in page.text
    for path in ("invite/", f"{owner.pk}/", f"{owner.pk}/remove/"):
        assert client.get(address(owner.organisation, path)).status_code == 403
        assert client.post(address(owner.organisation, path)).status_code == 403


def test_an_owner_changes_and_takes_off(client, membership):
    group = membership.organisation
    other = MembershipFactory(organisation=group, role="member")

    client.post(address(group, f"{other.pk}/"), {"role": "owner"})
    other.refresh_from_db()
    assert other.role == "owner"
    client.post(address(group, f"{other.pk}/remove/"))

    assert not Membership.objects.filter(pk=other.pk).exists()


def test_the_last_owner_is_told_why_not(client, membership):
    response = client.post(
        address(membership.organisation, f"{membership.pk}/"), {"role": "member"}
    )

    assert "The group needs an owner." in response.text


def test_the_last_owner_hands_over(client, membership):
    group = membership.organisation
    heir = MembershipFactory(organisation=group, role="member")
    refused = client.post(address(group, "leave/"), {})
    assert "Choose who looks after the group" in refused.text

    client.post(address(group, "leave/"), {"hand_over_to": heir.pk})

    heir.refresh_from_db()
    assert heir.role == "owner"
    assert client.get(address(group)).status_code == 404


def test_who_is_alone_invites_somebody_first(client, membership):
    page = text_of(client.get(address(membership.organisation, "leave/")))

    assert "You are the only one" in page


def test_who_is_alone_leaves_a_stopped_group(client, membership):
    group = membership.organisation
    group.suspended_at = now()
    group.save()
    assert "You are the only one" not in text_of(client.get(address(group, "leave/")))

    client.post(address(group, "leave/"), {})

    assert not group.memberships.exists()


def test_a_person_of_another_group_is_not_there(client, membership):
    stranger = MembershipFactory()

    response = client.get(address(membership.organisation, f"{stranger.pk}/"))

    assert response.status_code == 404
