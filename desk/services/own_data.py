"""Give people whom no email reaches what we keep about them, and delete it when they say so."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.services import audit, erasure
from core import personal_data
from core.errors import NotAllowed
from desk import messages
from desk.services import telling, ways_in


@transaction.atomic
def give(*, person: User, known_by: str, by: User) -> dict[str, list[dict[str, Any]]]:
    """Give what we keep about a person (`core.personal_data.export`), to be handed to them, but
    what no member of staff may see: answers to the equality questions. They are told that it was
    made, and the trail keeps how it was made sure that it is them.

    Raises InvalidInput for another way of knowing them, NotAllowed for people who do it themselves
    (`can_have`).
    """
    _check(person, known_by)
    audit.record(by=by, action="person.data_given", subject=person, known_by=known_by)
    messages.data_given(person)
    return personal_data.export(person, through_staff=True)


@transaction.atomic
def erase(*, person: User, known_by: str, by: User) -> None:
    """Delete a person's account with all that is theirs; also of who is suspended. Nobody can tell
    them afterwards but by voice or letter.

    Raises Conflict as `accounts.services.erasure.erase`, else as `give` does.
    """
    _check(person, known_by)
    erasure.erase(user=person, by=by, known_by=known_by)


def can_have(person: User) -> bool:
    """Whether the desk gives this person's data, and deletes it: not of people who work here, nor
    of whom email reaches and who can sign in, who have pages of their own for it. Up to two
    queries.
    """
    has_pages = person.is_active and telling.is_told_by_mail(person)
    return not person.works_here and not has_pages


def _check(person: User, known_by: str) -> None:
    if not can_have(person):
        raise NotAllowed(
            _(
                "This is done only for people who cannot sign in or whom no email reaches, and not "
                "for people who work here. Others do it themselves, on the page of their account."
            ),
            code="themselves",
        )
    ways_in.check_known_by(known_by)
