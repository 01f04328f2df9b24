"""Keep a person out of the service, and let them back in."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import AuditEntry, User
from accounts.services import suspensions
from core import input as received
from core.errors import Conflict, NotAllowed
from core.outbox import facts
from opportunities.models import Organisation
from placements import states
from placements.models import Application
from placements.services import applications, locks, timed_offers
from placements.states import Move

#: Why somebody is suspended; the code is kept in the audit trail.
REASONS = ("concern", "safeguarding", "conduct", "not_who_they_say", "other")


@transaction.atomic
def suspend(*, person: User, reason: str, by: User) -> int:
    """Stop a person's account (`accounts.services.suspensions`), withdraw what they asked for and
    have not begun, and pass on a place that is kept for them; give how many placements go on, for
    the centre to end with the group.

    Raises Conflict for staff, InvalidInput for another reason.
    """
    if reason not in REASONS:
        raise received.refuse("reason", _("Choose why they are suspended."))
    volunteer = getattr(person, "volunteer", None)
    if volunteer:
        locks.person_with_roles(volunteer.pk)
    suspensions.suspend(user=person, reason=reason, by=by)
    own = Application.objects.filter(volunteer__user=person)
    open_ones = own.filter(state__in=sorted(states.origins(Move.WITHDRAW)))
    for application in open_ones.select_related("opportunity__organisation", "volunteer__user"):
        try:
            with transaction.atomic():
                applications.withdraw(application=application, by=by)
        except Conflict:  # it moved in this moment
            continue
    if volunteer:
        timed_offers.take_back(volunteer=volunteer, by=by)
    _follow(person)
    return own.placed().count()


@transaction.atomic
def reinstate(*, person: User, by: User) -> None:
    """Let somebody back in. What was withdrawn stays so. Safe to repeat."""
    suspensions.reinstate(user=person, by=by)
    _follow(person)


def check_not_suspended(person: User) -> None:
    """Raise NotAllowed for whoever is suspended: nothing is done for them that they cannot do."""
    if not person.is_active:
        raise NotAllowed(_("This account is stopped."), code="suspended")


def history(person: User) -> list[AuditEntry]:
    """Give when the person was suspended and let back in, by whom and why, latest first."""
    entries = AuditEntry.objects.about(person).select_related("actor")
    kept = entries.filter(action__in=["user.suspended", "user.reinstated"])
    return list(kept.order_by("-pk"))


def history_of_group(group: Organisation) -> list[AuditEntry]:
    """Give when the group was checked, stopped and let go on, by whom and why, latest first."""
    entries = AuditEntry.objects.about(group).select_related("actor")
    kept = entries.filter(
        action__in=[
            "organisation.verified",
            "organisation.suspended",
            "organisation.reinstated",
            "organisation.name_confirmed",
        ]
    )
    return list(kept.order_by("-pk"))


def _follow(person: User) -> None:
    if volunteer := getattr(person, "volunteer", None):
        facts.state("profile.changed", volunteer.pk)
