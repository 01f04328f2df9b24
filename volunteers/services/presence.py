"""Note when a person last used the service: who is still waiting is told apart by it."""

from datetime import timedelta

from core.clock import now
from volunteers.models import Volunteer

#: No need to know it more exactly; so most pages write nothing.
PRECISION = timedelta(days=1)


def note_use(volunteer: Volunteer) -> None:
    """Note that they use the service now. Their profile does not count as changed by it."""
    at = now()
    last = volunteer.last_used_at
    if last is not None and at - last < PRECISION:
        return
    Volunteer.objects.filter(pk=volunteer.pk).update(last_used_at=at)
    volunteer.last_used_at = at
