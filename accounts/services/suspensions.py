"""Stop a person's account, and let it go on."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.services import audit, sign_ins
from core.errors import Conflict


@transaction.atomic
def suspend(*, user: User, reason: str, by: User) -> None:
    """Stop the account: whoever is signed in with it is signed out for good with the next page, and
    cannot sign in, ask for roles or write. `reason` is a code for the audit trail.

    Raises Conflict for people of the volunteer centre. Once is enough.
    """
    if user.works_here:
        raise Conflict(
            _("An administrator has to stop the account of somebody who works here."),
            code="staff",
        )
    if User.objects.filter(pk=user.pk, is_active=True).update(is_active=False):
        user.refresh_from_db()
        sign_ins.end_all(user=user)
        audit.record(by=by, action="user.suspended", subject=user, reason=reason)


@transaction.atomic
def reinstate(*, user: User, by: User) -> None:
    """Let a stopped account go on: whoever has it signs in anew. Once is enough."""
    if User.objects.filter(pk=user.pk, is_active=False).update(is_active=True):
        user.refresh_from_db()
        # Also what was begun before and finished meanwhile, such as a sign-in between two steps.
        sign_ins.end_all(user=user)
        audit.record(by=by, action="user.reinstated", subject=user)
