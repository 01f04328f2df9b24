"""Delete a person's account and all that is theirs."""

from django.db import transaction

from accounts.models import AuditEntry, User
from core import personal_data
from core.errors import Conflict


@transaction.atomic
def erase(*, user: User, by: User | None, **details: str) -> None:
    """Delete the account with everything that the apps hold of the person (`core.personal_data`).

    Raises Conflict, with the sentence that says what to do first, where something stands in the
    way. The audit trail keeps that an account was deleted, with `details` (codes of how that came
    about), and nothing about whose.
    """
    # Without the key: whoever writes to the person in this moment need not wait for us, and we may
    # wait for them.
    person = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if first := personal_data.obstacles(person):
        raise Conflict(first[0], code="not_yet")
    pk = person.pk
    personal_data.erase(person)
    AuditEntry.objects.create(
        actor=None if by is None or by.pk == pk else by,
        action="user.erased",
        subject_type="user",
        subject_id=pk,
        details=details,
    )
