"""Mail an invitation to act for a group, once each time that it is asked for."""

from typing import Protocol

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.languages import language_of_address
from core.clock import now
from notifications.services.to_address import mail_to_address
from notifications.subjects import subject_line
from opportunities.links import invitation_token
from opportunities.models import GroupInvitation
from opportunities.services.people import INVITATION_LASTS


class Lease(Protocol):
    """The right to do a piece of work: `check` raises where another worker has it now."""

    def check(self) -> None: ...


def send(invitation_id: int, lease: Lease) -> bool:
    """Mail one invitation; give whether this call sent it. Delivered again, it does nothing.

    The mail says the same whether or not the address has an account.
    """
    invitation = (
        GroupInvitation.objects.standing()
        .select_related("organisation", "invited_by")
        .filter(pk=invitation_id, mailed_at=None)
        .first()
    )
    if invitation is None:
        return False
    with language_of_address(invitation.email):
        _mail(invitation)
    with transaction.atomic():
        lease.check()
        GroupInvitation.objects.filter(pk=invitation.pk).update(mailed_at=now())
    return True


def _mail(invitation: GroupInvitation) -> None:
    names = {
        "group": invitation.organisation.name,
        "person": invitation.invited_by or _("Somebody"),
        "days": INVITATION_LASTS.days,
    }
    mail_to_address(
        address=invitation.email,
        message_id=f"group-invitation-{invitation.pk}-{invitation.expires_at:%Y%m%d%H%M%S}",
        subject=subject_line(_("%(person)s asks you to help look after %(group)s"), names),
        body=_(
            "%(person)s would like you to act for %(group)s on this service: to write its roles "
            "and answer people who ask for them.\n\n"
            "Open the link and sign in, or make an account first. It works for %(days)s days. If "
            "you do not know what this is about, you need do nothing."
        )
        % names,
        link=f"/groups/join/{invitation_token(invitation.pk)}/",
    )
