"""End what somebody is signed in with."""

from django.db import transaction
from django.db.models import F

from accounts.models import User
from accounts.services import audit


@transaction.atomic
def end_all(*, user: User) -> None:
    """End every session and every token of a person's account, for good: none of them works again.

    A request that is under way goes on to its end.
    """
    User.objects.filter(pk=user.pk).update(sign_ins_ended=F("sign_ins_ended") + 1)
    user.refresh_from_db(fields=["sign_ins_ended"])
    user.auth_token_set.all().delete()  # type: ignore[attr-defined]  # of knox


@transaction.atomic
def end_everywhere(*, user: User, by: User) -> None:
    """End them because somebody asked for it, which stands in the trail."""
    end_all(user=user)
    audit.record(by=by, action="sign_ins.ended", subject=user)


def has_tokens(user: User) -> bool:
    """Whether a program is signed in for the person."""
    return bool(user.auth_token_set.exists())  # type: ignore[attr-defined]  # of knox
