"""Do something at once about a concern: it is kept in the concern's own history as well."""

from collections.abc import Callable
from typing import Final, TypeVar

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.services import audit
from core.errors import InvalidInput
from desk.services import standing
from opportunities.services import organisations, roles
from placements.models import Concern
from placements.services import concerns

#: What the audit trail keeps as the reason of what is done about a concern.
REASON = "concern"

Row = TypeVar("Row")


@transaction.atomic
def act(*, concern: Concern, what: str, by: User) -> None:
    """Do `what`, a code of `ACTS`, about a concern, which is then being looked at.

    Raises InvalidInput for another code or where the subject is gone, and Conflict where it cannot
    be done any more.
    """
    if what not in ACTS:
        raise InvalidInput(_("Something was missing. Please try again."))
    ACTS[what](concern, by)
    _keep(concern, what, by)


@transaction.atomic
def hide_role(*, concern: Concern, words: str | None, by: User) -> None:
    """Hide the role that a concern is about, which is then being looked at. `words` as in
    `opportunities.services.roles.hold_back`; raises its errors, and InvalidInput where the role is
    gone.
    """
    roles.hold_back(opportunity=_there(concern.opportunity), words=words, by=by)
    _keep(concern, "hold-back-role", by)


def _keep(concern: Concern, what: str, by: User) -> None:
    concerns.mark_looked_at(concern)
    audit.record(by=by, action="concern.acted", subject=concern, what=what)


def _stop_group(concern: Concern, by: User) -> None:
    organisations.suspend(organisation=_there(concern.organisation), by=by, reason=REASON)


def _reinstate_group(concern: Concern, by: User) -> None:
    organisations.reinstate(organisation=_there(concern.organisation), by=by)


def _suspend_person(concern: Concern, by: User) -> None:
    standing.suspend(person=_there(concern.person), by=by, reason=REASON)


def _reinstate_person(concern: Concern, by: User) -> None:
    standing.reinstate(person=_there(concern.person), by=by)


def _there(row: Row | None) -> Row:
    if row is None:
        raise InvalidInput(_("It is not there any more."))
    return row


ACTS: Final[dict[str, Callable[[Concern, User], None]]] = {
    "suspend-group": _stop_group,
    "reinstate-group": _reinstate_group,
    "suspend-person": _suspend_person,
    "reinstate-person": _reinstate_person,
}
