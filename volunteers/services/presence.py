"""Note when a person last used the service: who is still waiting is told apart by it."""

from datetime import timedelta

from django.db import transaction

from core.clock import now
from volunteers.models import EarlierUse, Volunteer
from volunteers.services import earlier

#: No need to know it more exactly; so most pages write nothing.
PRECISION = timedelta(days=1)


def note_use(volunteer: Volunteer) -> None:
    """Note that they use the service now. Their profile does not count as changed by it."""
    at = now()
    last = volunteer.last_used_at
    if last is not None and at - last < PRECISION:
        return
    with transaction.atomic():
        noted = Volunteer.objects.filter(pk=volunteer.pk, last_used_at=last).update(last_used_at=at)
        if noted and last is not None:
            # Who was about at the end of a month is told apart by it: a row a month, at most.
            EarlierUse.objects.bulk_create(earlier.uses(volunteer, (last, at)))
    volunteer.last_used_at = at
