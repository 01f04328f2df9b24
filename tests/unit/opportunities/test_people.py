"""Who acts for a group, and how that changes."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail

from accounts.models import AuditEntry
from core import clock
from core.clock import now
from core.errors import Conflict, InvalidInput, NotAllowed, NotFound
from core.models import Fact
from notifications.models import Notification
from opportunities.links import invitation_token
from opportunities.models import GroupInvitation, JoinRequest, Membership, Organisation
from opportunities.services import invitation_mail, people
from tests.factories.accounts import UserFactory
from tests.factories.core import lease_on
from tests.factories.opportunities import MembershipFactory, OrganisationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner():
    return MembershipFactory()


@pytest.fixture
def group(owner):
    return owner.organisation


@pytest.fixture
def member(group):
    return MembershipFactory(organisation=group, role="member")


def invite(group, by, email="new@example.org", role="member"):
    return people.invite(organisation=group, by=by, email=email, role=role)


def send(invitation):
    return invitation_mail.send(invitation.pk, lease_on("group.invited", invitation.pk))


def test_an_invitation_is_mailed_once_and_lets_in_whoever_opens_it(group, owner):
    invitation = invite(group, owner.user, email=" New@Example.org ")
    assert Fact.objects.filter(kind="group.invited", subject_id=invitation.pk).exists()
    assert send(invitation)
    assert not send(invitation)
    person = UserFactory()
    (sent,) = mail.outbox
    assert sent.to == ["new@example.org"]
    (token,) = re.findall(r"/groups/join/([^/\s]+)/", sent.body)

    people.accept_invitation(token=token, user=person)

    assert Membership.objects.get(user=person).role == "member"
    told = Notification.objects.get(kind="membership.began")
    assert told.recipient == owner.user
    assert "new@example.org" not in str(AuditEntry.objects.values_list("details"))


def test_a_mail_to_a_known_address_says_the_same_as_to_an_unknown_one(group, owner):
    UserFactory(email="known@example.org")
    for address in ("known@example.org", "unknown@example.org"):
        assert send(invite(group, owner.user, email=address))

    known, unknown = ((sent.subject, sent.body.split("/groups/join/")[0]) for sent in mail.outbox)
    assert known == unknown
    assert not Notification.objects.filter(recipient__email="known@example.org").exists()


def test_a_link_works_once(group, owner):
    token = invitation_token(invite(group, owner.user).pk)
    people.accept_invitation(token=token, user=UserFactory())

    with pytest.raises(NotFound):
        people.accept_invitation(token=token, user=UserFactory())


def test_a_link_that_is_old_taken_back_or_forged_does_not_work(group, owner):
    old, back = invite(group, owner.user), invite(group, owner.user, email="b@example.org")
    people.withdraw_invitation(invitation=back, by=owner.user)

    with time_machine.travel(clock.now() + timedelta(days=15)), pytest.raises(NotFound):
        people.invitation_for(invitation_token(old.pk))
    for token in (invitation_token(back.pk), invitation_token(old.pk)[:-1] + "x", "", str(old.pk)):
        with pytest.raises(NotFound):
            people.invitation_for(token)
    assert not send(back)


def test_inviting_again_sends_a_new_mail_and_no_second_invitation(group, owner):
    send(invite(group, owner.user))
    again = invite(group, owner.user, role="owner")

    assert GroupInvitation.objects.get().role == "owner"
    assert send(again)


def test_too_many_invitations_are_refused(group, owner, monkeypatch):
    monkeypatch.setattr(people, "MOST_INVITATIONS", 1)
    invite(group, owner.user)

    with pytest.raises(Conflict):
        invite(group, owner.user, email="other@example.org")


def test_what_is_no_address_or_role_is_refused(group, owner):
    with pytest.raises(InvalidInput):
        invite(group, owner.user, email="nobody")
    with pytest.raises(InvalidInput):
        invite(group, owner.user, role="king")


def test_only_owners_and_the_centre_say_who_acts_for_a_group(group, owner, member):
    request = JoinRequest.objects.create(organisation=group, user=UserFactory())
    for person, refusal in ((member.user, NotAllowed), (MembershipFactory().user, NotFound)):
        with pytest.raises(refusal):
            invite(group, person)
        with pytest.raises(refusal):
            people.change_role(membership=member, by=person, role="owner")
        with pytest.raises(refusal):
            people.remove(membership=owner, by=person)
        with pytest.raises(refusal):
            people.answer_request(request=request, by=person, accept=True)
    people.remove(membership=member, by=UserFactory(broker=True))
    assert group.memberships.count() == 1


@pytest.mark.parametrize("accept", [True, False])
def test_who_asks_to_join_is_answered(group, owner, accept):
    person = UserFactory()
    people.ask_to_join(organisation=group, user=person)
    people.ask_to_join(organisation=group, user=person)
    asked = Notification.objects.get(kind="membership.asked")
    request = JoinRequest.objects.get()

    people.answer_request(request=request, by=owner.user, accept=accept)

    assert asked.recipient == owner.user
    assert group.memberships.filter(user=person).exists() == accept
    assert Notification.objects.get(kind="membership.answered").recipient == person
    with pytest.raises(Conflict):
        people.answer_request(request=request, by=owner.user, accept=not accept)


def test_a_group_without_an_owner_asks_the_centre():
    broker = UserFactory(broker=True)

    people.ask_to_join(organisation=OrganisationFactory(), user=UserFactory())

    assert Notification.objects.get().recipient == broker


def test_who_acts_for_the_group_already_does_not_ask(group, member):
    with pytest.raises(Conflict):
        people.ask_to_join(organisation=group, user=member.user)


def test_the_last_owner_stays_until_they_hand_over(group, owner, member):
    for refused in (
        lambda: people.change_role(membership=owner, by=owner.user, role="member"),
        lambda: people.remove(membership=owner, by=owner.user),
        lambda: people.leave(organisation=group, user=owner.user),
    ):
        with pytest.raises(Conflict) as last:
            refused()
        assert last.value.code == "last_owner"

    people.leave(organisation=group, user=owner.user, hand_over_to=member)

    member.refresh_from_db()
    assert member.role == "owner"
    assert not group.memberships.filter(user=owner.user).exists()
    actions = AuditEntry.objects.values_list("action", flat=True)
    assert {"membership.role_changed", "membership.left"} <= set(actions)
    assert Notification.objects.filter(kind="membership.left", recipient=member.user).exists()


def test_the_last_owner_of_a_stopped_group_leaves(group, owner):
    Organisation.objects.filter(pk=group.pk).update(suspended_at=now())

    people.leave(organisation=group, user=owner.user)

    assert not group.memberships.exists()


def test_nobody_hands_over_to_a_stranger(group, owner):
    with pytest.raises(InvalidInput):
        people.leave(organisation=group, user=owner.user, hand_over_to=MembershipFactory())

    assert group.memberships.filter(user=owner.user).exists()


def test_a_member_leaves_and_hands_over_nothing(group, owner, member):
    other = MembershipFactory(organisation=group, role="member")

    people.leave(organisation=group, user=member.user, hand_over_to=other)

    other.refresh_from_db()
    assert other.role == "member"
    assert not group.memberships.filter(user=member.user).exists()


def test_an_owner_whose_account_is_stopped_counts_for_none(group, owner):
    MembershipFactory(organisation=group, user__is_active=False)

    with pytest.raises(Conflict):
        people.leave(organisation=group, user=owner.user)


def test_who_is_taken_off_is_told(group, owner, member):
    people.remove(membership=member, by=owner.user)

    assert Notification.objects.get(kind="membership.removed").recipient == member.user
    with pytest.raises(NotFound):
        people.remove(membership=member, by=owner.user)
