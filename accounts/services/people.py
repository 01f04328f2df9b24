"""Change what a person is called and how to reach them."""

from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.services import audit
from core import input as received

FIELDS = frozenset({"first_name", "last_name", "phone"})


@transaction.atomic
def update(*, user: User, by: User | None, **fields: Any) -> User:
    """Change name or phone number of a person. Raises InvalidInput field by field.

    The email address is changed only with proof that it is theirs, on the pages of the account.
    """
    row = User.objects.select_for_update().get(pk=user.pk)
    changed = received.assign(row, fields, FIELDS)
    if not row.first_name:
        raise received.refuse("first_name", _("Enter your first name."))
    received.check(row, exclude={"password"})
    if changed:
        row.save(update_fields=sorted(changed))
        audit.record(by=by, action="user.changed", subject=row, fields=sorted(changed))
    return row


@transaction.atomic
def choose_language(*, user: User, language: str, by: User | None) -> None:
    """Have the person written to in this language.

    Raises InvalidInput for one that is not offered.
    """
    if language not in dict(settings.LANGUAGES):
        raise received.refuse("language", _("Choose a language from the list."))
    if user.preferred_language != language:
        user.preferred_language = language
        user.save(update_fields=["preferred_language"])
        audit.record(by=by, action="user.changed", subject=user, fields=["preferred_language"])
