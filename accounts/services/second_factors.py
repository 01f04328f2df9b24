"""Check a code, and take a second factor away from somebody who has lost it."""

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import AuditEntry, User
from accounts.one_time import OneTimeCodeForm
from accounts.services import audit, sign_ins
from core.errors import Conflict, NotAllowed


def check_code(*, user: User, code: str) -> str:
    """Give "" if the code is right, and the sentence that says why not otherwise.

    A code works once. Wrong ones are counted for the person, whoever tries and from wherever.
    """
    form = OneTimeCodeForm(user=user, data={"code": code})
    if form.is_valid():
        form.authenticator.record_usage()
        return ""
    return str(form.errors["code"][0])


def check_can_reset(*, user: User, by: User) -> None:
    """Raise NotAllowed unless `by` may take the second factor of this person away: the volunteer
    centre that of people and groups, only another administrator that of somebody who works here.
    """
    allowed = by.is_active and (
        (by.is_superuser and by.pk != user.pk) or (by.is_broker and not user.works_here)
    )
    if not allowed:
        raise NotAllowed(
            _("Another administrator has to do this for somebody who works here."), code="staff"
        )


@transaction.atomic
def reset(*, user: User, by: User | None, known_by: str) -> AuditEntry:
    """Take a person's second factor away and sign them out everywhere: they set up a new one.

    `by` is None for whoever runs the machine; `known_by` is a code for the audit trail that says
    how it was made sure that it is them. Gives the entry there. Raises NotAllowed
    (`check_can_reset`), and Conflict where there is nothing to take away.
    """
    if by is not None:
        check_can_reset(user=user, by=by)
    if not Authenticator.objects.filter(user=user).delete()[0]:
        raise Conflict(_("They have no second step."), code="no_second_factor")
    sign_ins.end_all(user=user)
    return audit.record(by=by, action="second_factor.reset", subject=user, known_by=known_by)
