"""Help somebody back in who has lost their phone and their recovery codes."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.languages import language_of
from accounts.models import User
from accounts.services import second_factors
from core import input as received
from notifications.services.messages import notify

#: How it was made sure that it is them; the code is kept in the audit trail.
KNOWN_BY = ("met", "called_back", "colleague")


def check_known_by(known_by: str) -> None:
    """Raises InvalidInput for what is no way of knowing that it is them."""
    if known_by not in KNOWN_BY:
        raise received.refuse("known_by", _("Choose how you made sure that it is them."))


@transaction.atomic
def reset_second_factor(*, person: User, known_by: str, by: User | None) -> None:
    """Take a person's second step away, sign them out everywhere, and tell them.

    Raises InvalidInput for another way of knowing them, and NotAllowed and Conflict as
    `accounts.services.second_factors.reset`.
    """
    check_known_by(known_by)
    entry = second_factors.reset(user=person, by=by, known_by=known_by)
    with language_of(person):
        notify(
            recipient=person,
            kind="second_factor.reset",
            key=f"second_factor.reset:{entry.pk}",
            subject=_("Your second step was taken away"),
            body=_(
                "You are signed out everywhere, and your old recovery codes do not work any more. "
                "Sign in with your password and set the second step up anew.\n\n"
                "You did not ask for this? Choose a new password and tell us at once."
            ),
            link="/accounts/2fa/",
        )
