"""Who acts for a group: invite somebody, let them in, change what they may do, hand over, leave.

Everything that changes whose group it is happens under a lock on the group: it has an owner at any
time, whatever two owners do at once.
"""

from datetime import timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.languages import each_in_their_language, language_of
from accounts.models import User
from accounts.services import audit
from core import input as received
from core.clock import now
from core.errors import Conflict, NotFound
from core.outbox import facts
from notifications.services.messages import notify
from notifications.subjects import subject_line
from opportunities import policies
from opportunities.links import invitation_in
from opportunities.models import GroupInvitation, JoinRequest, Membership, Organisation

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

Role = Membership.Role
State = JoinRequest.State

#: How long the link of an invitation works.
INVITATION_LASTS = timedelta(days=14)
#: So many invitations of one group may be out at once.
MOST_INVITATIONS = 20


@transaction.atomic
def invite(
    *, organisation: Organisation, by: User, email: str, role: str = Role.MEMBER
) -> GroupInvitation:
    """Invite whoever reads mail at an address; the same address again gets a new mail.

    What comes of it is the same whether or not the address has an account. Raises NotAllowed unless
    `by` may say who acts for the group, InvalidInput for what is no address, Conflict where too
    many are out.
    """
    policies.check_can_manage_people(by, organisation)
    address = _address(email)
    if role not in Role.values:
        raise received.refuse("role", _("Choose from the list."))
    _lock(organisation)
    standing = organisation.invitations.standing()
    invitation = standing.filter(email=address).first()
    if invitation is None:
        if standing.count() >= MOST_INVITATIONS:
            raise Conflict(
                _("Many invitations are still out. Take one back first."), code="too_many"
            )
        invitation = GroupInvitation(organisation=organisation, email=address)
    invitation.role, invitation.invited_by = role, by
    invitation.expires_at, invitation.mailed_at = now() + INVITATION_LASTS, None
    invitation.save()
    audit.record(by=by, action="membership.invited", subject=invitation, role=role)
    facts.state("group.invited", invitation.pk)
    return invitation


@transaction.atomic
def withdraw_invitation(*, invitation: GroupInvitation, by: User) -> None:
    """Take an invitation back: its link works no more."""
    policies.check_can_manage_people(by, invitation.organisation)
    done = GroupInvitation.objects.filter(
        pk=invitation.pk, accepted_at=None, withdrawn_at=None
    ).update(withdrawn_at=now(), updated_at=now())
    if done:
        audit.record(by=by, action="membership.invitation_withdrawn", subject=invitation)


def invitation_for(token: str) -> GroupInvitation:
    """Give the invitation that a link stands for. Raises NotFound for a link that nobody here made,
    or that is used, taken back or too old.
    """
    invitation = (
        GroupInvitation.objects.standing()
        .select_related("organisation", "invited_by")
        .filter(pk=invitation_in(token) or 0)
        .first()
    )
    if invitation is None:
        raise NotFound(_("This link does not work any more."))
    return invitation


@transaction.atomic
def accept_invitation(*, token: str, user: User) -> Organisation:
    """Let whoever opened the link act for the group. Raises NotFound as `invitation_for`."""
    invitation = invitation_for(token)
    organisation = invitation.organisation
    _lock(organisation)
    taken = GroupInvitation.objects.standing().filter(pk=invitation.pk)
    if not taken.update(accepted_at=now(), updated_at=now()):
        raise NotFound(_("This link does not work any more."))
    _let_in(organisation, user, role=invitation.role, by=user)
    return organisation


@transaction.atomic
def ask_to_join(*, organisation: Organisation, user: User) -> None:
    """Ask those who may say so to let the person act for the group. Once is enough.

    Raises Conflict for somebody who acts for it already.
    """
    _lock(organisation)
    if organisation.memberships.filter(user=user).exists():
        raise Conflict(_("You act for this group already."), code="member")
    request, made = JoinRequest.objects.get_or_create(
        organisation=organisation, user=user, state=State.WAITING
    )
    if not made:
        return
    audit.record(by=user, action="membership.asked", subject=request)
    for person in each_in_their_language(_who_decides(organisation)):
        notify(
            recipient=person,
            kind="membership.asked",
            key=f"membership.asked:{request.pk}:{person.pk}",
            subject=subject_line(
                _("%(person)s asks to act for %(group)s"),
                {"person": user, "group": organisation.name},
            ),
            body=_(
                "%(person)s would like to act for %(group)s too: write its roles and answer people "
                "who ask.\n\nSay yes only to somebody whom you know."
            )
            % {"person": user, "group": organisation.name},
            link=_people_page(organisation),
        )


@transaction.atomic
def take_request_back(*, request_id: int, user: User) -> None:
    """Stop asking to act for a group. Raises NotFound for what is not the person's own or taken
    back already, Conflict where it was answered."""
    own = JoinRequest.objects.select_for_update().filter(user=user)
    request = own.filter(pk=request_id).first()
    if request is None:
        raise NotFound(_("There is no such group."))
    if request.state != State.WAITING:
        raise Conflict(_("This was answered already."), code="answered")
    audit.record(by=user, action="membership.request_taken_back", subject=request)
    request.delete()


@transaction.atomic
def answer_request(*, request: JoinRequest, by: User, accept: bool) -> None:
    """Let in or not who asked to join. Raises NotAllowed, and Conflict where it was answered."""
    organisation = request.organisation
    policies.check_can_manage_people(by, organisation)
    _lock(organisation)
    answered = JoinRequest.objects.filter(pk=request.pk, state=State.WAITING).update(
        state=State.ACCEPTED if accept else State.DECLINED, answered_at=now(), updated_at=now()
    )
    if not answered:
        raise Conflict(_("This was answered already."), code="answered")
    audit.record(
        by=by,
        action="membership.request_accepted" if accept else "membership.request_declined",
        subject=request,
    )
    if accept:
        _let_in(organisation, request.user, role=Role.MEMBER, by=by)
    _tell(
        request.user,
        organisation,
        kind="membership.answered",
        key=f"{request.pk}",
        subject=gettext_lazy("You can act for %(group)s now")
        if accept
        else gettext_lazy("%(group)s did not take up your request"),
        body=gettext_lazy("You can write roles for %(group)s and answer people who ask for them.")
        if accept
        else gettext_lazy(
            "You asked to act for %(group)s. The people who act for it said no. If you think that "
            "this is wrong, write to the volunteer centre."
        ),
        link=f"/groups/{organisation.pk}/" if accept else "",
    )


@transaction.atomic
def change_role(*, membership: Membership, by: User, role: str) -> None:
    """Make somebody an owner, or no longer one. Raises NotAllowed, Conflict for the last owner."""
    organisation = membership.organisation
    policies.check_can_manage_people(by, organisation)
    if role not in Role.values:
        raise received.refuse("role", _("Choose from the list."))
    _lock(organisation)
    row = _row(membership)
    if row.role == role:
        return
    if row.role == Role.OWNER:
        _check_another_owner(row)
    row.role = role
    row.save()
    entry = audit.record(by=by, action="membership.role_changed", subject=row, role=role)
    _tell(
        row.user,
        organisation,
        kind="membership.changed",
        key=f"{entry.pk}",
        subject=gettext_lazy("What you may do for %(group)s has changed"),
        body=gettext_lazy("You are an owner of %(group)s now: you say who else acts for it.")
        if role == Role.OWNER
        else gettext_lazy("You act for %(group)s as before, and no longer say who else does."),
        link=_people_page(organisation),
    )


@transaction.atomic
def remove(*, membership: Membership, by: User) -> None:
    """Take somebody off the group. Raises NotAllowed, Conflict for the last owner."""
    organisation = membership.organisation
    policies.check_can_manage_people(by, organisation)
    _lock(organisation)
    row = _row(membership)
    if row.role == Role.OWNER:
        _check_another_owner(row)
    entry = audit.record(by=by, action="membership.removed", subject=row)
    row.delete()
    _tell(
        row.user,
        organisation,
        kind="membership.removed",
        key=f"{entry.pk}",
        subject=gettext_lazy("You no longer act for %(group)s"),
        body=gettext_lazy(
            "Somebody who looks after %(group)s has taken you off it. If you think that this is "
            "wrong, write to the volunteer centre."
        ),
    )


@transaction.atomic
def leave(
    *, organisation: Organisation, user: User, hand_over_to: Membership | None = None
) -> None:
    """Stop acting for a group; `hand_over_to` becomes an owner in the same moment.

    The last owner has to hand over, but not of a group that the volunteer centre has stopped.
    Raises NotFound for somebody who does not act for the group, Conflict for the last owner who
    hands over to nobody.
    """
    organisation = _lock(organisation)
    own = organisation.memberships.filter(user=user).first()
    if own is None:
        raise NotFound(_("There is no such group."))
    if hand_over_to is not None and own.role == Role.OWNER:
        heir = organisation.memberships.exclude(pk=own.pk).filter(pk=hand_over_to.pk).first()
        if heir is None:
            raise received.refuse("hand_over_to", _("Choose somebody who acts for the group."))
        change_role(membership=heir, by=user, role=Role.OWNER)
    if own.role == Role.OWNER and organisation.suspended_at is None:
        _check_another_owner(own)
    entry = audit.record(by=user, action="membership.left", subject=own)
    own.delete()
    for person in each_in_their_language(_who_decides(organisation)):
        notify(
            recipient=person,
            kind="membership.left",
            key=f"membership.left:{entry.pk}:{person.pk}",
            subject=subject_line(
                _("%(person)s no longer acts for %(group)s"),
                {"person": user, "group": organisation.name},
            ),
            body=_("%(person)s has left %(group)s. There is nothing that you need to do.")
            % {"person": user, "group": organisation.name},
            link=_people_page(organisation),
        )


def _let_in(organisation: Organisation, user: User, *, role: str, by: User) -> None:
    membership, made = Membership.objects.get_or_create(
        organisation=organisation, user=user, defaults={"role": role}
    )
    if not made:
        return
    JoinRequest.objects.filter(organisation=organisation, user=user, state=State.WAITING).update(
        state=State.ACCEPTED, answered_at=now(), updated_at=now()
    )
    audit.record(by=by, action="membership.began", subject=membership, role=role)
    others = [one for one in _who_decides(organisation) if one.pk not in (user.pk, by.pk)]
    for person in each_in_their_language(others):
        notify(
            recipient=person,
            kind="membership.began",
            key=f"membership.began:{membership.pk}:{person.pk}",
            subject=subject_line(
                _("%(person)s acts for %(group)s now"),
                {"person": user, "group": organisation.name},
            ),
            body=_(
                "%(person)s can write roles for %(group)s and answer people. If you do not "
                "know them, take them off and tell the volunteer centre."
            )
            % {"person": user, "group": organisation.name},
            link=_people_page(organisation),
        )


def _who_decides(organisation: Organisation) -> list[User]:
    """The group's owners; the volunteer centre where it has none."""
    owners = User.objects.filter(
        is_active=True, memberships__organisation=organisation, memberships__role=Role.OWNER
    )
    return list(owners) or list(
        User.objects.filter(is_active=True, staff_role=User.StaffRole.BROKER)
    )


def _check_another_owner(membership: Membership) -> None:
    others = Membership.objects.filter(
        organisation_id=membership.organisation_id, role=Role.OWNER, user__is_active=True
    ).exclude(pk=membership.pk)
    if not others.exists():
        raise Conflict(
            _("The group needs an owner. Make somebody else an owner first."), code="last_owner"
        )


def _lock(organisation: Organisation) -> Organisation:
    return Organisation.objects.select_for_update().get(pk=organisation.pk)


def _row(membership: Membership) -> Membership:
    """The membership as it is now. Raises NotFound where it has ended."""
    row = Membership.objects.select_related("user").filter(pk=membership.pk).first()
    if row is None:
        raise NotFound(_("This person does not act for the group any more."))
    return row


def _address(email: str) -> str:
    address = email.strip().lower()
    try:
        validate_email(address)
    except ValidationError as error:
        raise received.refuse(
            "email", _("Enter an email address in the right form, like name@example.com.")
        ) from error
    return address


def _people_page(organisation: Organisation) -> str:
    return f"/groups/{organisation.pk}/people/"


def _tell(
    person: User,
    organisation: Organisation,
    *,
    kind: str,
    key: str,
    subject: "StrPromise",
    body: "StrPromise",
    link: str = "",
) -> None:
    named = {"group": organisation.name}
    with language_of(person):
        notify(
            recipient=person,
            kind=kind,
            key=f"{kind}:{key}",
            subject=subject_line(str(subject), named),
            body=str(body) % named,
            link=link,
        )
