"""Tell somebody that there is no place for them, together with what they can do next."""

from typing import Protocol

from django.db import transaction

from accounts.languages import language_of
from matching.next_steps import in_words, next_steps, shows_next_steps
from placements.models import Application
from placements.services import messages


class Lease(Protocol):
    """The right to do a piece of work: `check` raises where another worker has it now."""

    def check(self) -> None: ...


def tell(application_id: int, lease: Lease) -> bool:
    """Tell the person of one refusal; give whether there was one. Safe to run again: they are told
    once.
    """
    application = (
        Application.objects.select_related("volunteer__user", "opportunity__organisation")
        .filter(pk=application_id)
        .first()
    )
    if application is None or not shows_next_steps(application):
        return False
    with language_of(application.volunteer.user):
        steps = in_words(next_steps(application.volunteer, application.opportunity))
    with transaction.atomic():
        lease.check()
        messages.refused(application, steps)
    return True
