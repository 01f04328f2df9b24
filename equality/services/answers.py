"""Keep and delete a person's answers for equality monitoring.

The audit trail says that it happened, and never what was answered: it does not even name the
questions.
"""

from typing import Any

from django.db import transaction

from accounts.models import User
from accounts.services import audit
from core import input as received
from equality.models import EqualityAnswers

#: The questions. Each may be left out.
QUESTIONS = (
    "age_band",
    "disability",
    "ethnic_group",
    "sex",
    "gender_same",
    "religion",
    "orientation",
)


@transaction.atomic
def answer(*, user: User, by: User | None, **answers: Any) -> EqualityAnswers:
    """Put these answers in place of what the person said to the same questions before.

    '' takes an answer back. Raises InvalidInput for an answer that is not in the list.
    """
    row = EqualityAnswers.objects.select_for_update().filter(user=user).first()
    row = row or EqualityAnswers(user=user)
    changed = received.assign(row, answers, frozenset(QUESTIONS))
    received.check(row, exclude={"user"})
    if changed or row.pk is None:
        row.save()
        audit.record(by=by, action="equality.answered", subject=user)
    return row


@transaction.atomic
def delete(*, user: User, by: User | None) -> bool:
    """Delete all that the person answered; whether there was anything. Safe to repeat."""
    deleted, __ = EqualityAnswers.objects.filter(user=user).delete()
    if deleted:
        audit.record(by=by, action="equality.deleted", subject=user)
    return bool(deleted)
