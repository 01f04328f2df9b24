"""Set what a figure should be, and take it back."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.services import audit
from core import input as received
from core.clock import now, today
from core.errors import Conflict
from insights import policies
from insights.measures import MEASURES, Unit
from insights.models import Target
from insights.models.target import NOTE_LENGTH

#: The most that a figure of a unit can be.
_MOST = {Unit.SHARE: 100.0, Unit.INDEX: 1.0}
#: Of all others; a slip of the finger is more.
_MOST_OF_ANY = 1_000_000.0


@transaction.atomic
def set_target(
    *,
    measure: str,
    value: float,
    begins: date,
    ends: date | None = None,
    note: str = "",
    by: User,
) -> Target:
    """Say what a measure should be from the month of `begins` on, until that of `ends`. An earlier
    target of those months stands behind it, and is seen again when this one ends.

    Raises NotFound for whoever may not steer, InvalidInput for a measure that there is none of, for
    a value that it cannot have, for a beginning in a month that is over and for an end before the
    beginning.
    """
    policies.check_can_steer(by)
    _check(measure, value, begins, ends, note)
    made = Target.objects.create(
        measure=measure,
        value=value,
        begins=begins.replace(day=1),
        ends=ends.replace(day=1) if ends else None,
        note=note.strip(),
        set_at=now(),
        set_by=by,
    )
    audit.record(by=by, action="target.set", subject=made, measure=measure, value=value)
    return made


@transaction.atomic
def end_target(*, target: Target, by: User) -> None:
    """Take a target back: from now on it counts for no month.

    Raises NotFound for whoever may not steer, Conflict where it was taken back already.
    """
    policies.check_can_steer(by)
    standing = Target.objects.standing().filter(pk=target.pk)
    if not standing.update(ended_at=now(), ended_by=by):
        raise Conflict(_("Somebody has taken this target back already."))
    audit.record(by=by, action="target.ended", subject=target, measure=target.measure)


def _check(measure: str, value: float, begins: date, ends: date | None, note: str) -> None:
    if measure not in MEASURES:
        raise received.refuse("measure", _("Choose a figure from the list."))
    most = _MOST.get(MEASURES[measure].unit, _MOST_OF_ANY)
    if not 0 <= value <= most:
        raise received.refuse(
            "value", _("Enter a number from 0 to %(most)s.") % {"most": f"{most:,.0f}"}
        )
    if begins < today().replace(day=1):
        raise received.refuse(
            "begins", _("Choose this month or a later one: a target is for a day to come.")
        )
    if ends is not None and ends.replace(day=1) < begins.replace(day=1):
        raise received.refuse("ends", _("Choose a last month that is not before the first."))
    if len(note.strip()) > NOTE_LENGTH:
        raise received.refuse(
            "note", _("Write no more than %(count)s characters.") % {"count": NOTE_LENGTH}
        )
