"""Count people."""

from volunteers.models import Volunteer


def people_waiting() -> int:
    """How many people wait for a role: exact, so not to be shown as it is (`core.disclosure`)."""
    return Volunteer.objects.waiting().count()
