"""Where somebody is signed in, and how that ends."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.models import Session
from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet

from accounts.devices import device_of
from accounts.models import SignIn, User
from accounts.services import audit
from core.clock import now

#: In the session: the key that it is listed by, when it began and was last used, in seconds since
#: 1970: so a page needs no query to know that there is nothing to write.
_LISTED = "listed"
#: How exactly it is kept when a session was used.
_EXACT_TO = timedelta(hours=1)


def note_use(*, user: User, session: SessionBase, user_agent: str) -> None:
    """Keep the list of the person's sessions as it is: this one is in use now.

    A new key (each sign-in and each new password gives one) is another row, with the old beginning.
    """
    if session.get(SESSION_KEY) != str(user.pk):
        return  # who signs in with a token has no session
    listed = session.get(_LISTED, {})
    at = int(now().timestamp())
    began = listed.get("began", at)
    if session.session_key is None:
        session.save()
    if listed.get("as") != session.session_key:
        _list(user, session, began=began, at=at, user_agent=user_agent)
    elif at - listed["used"] > _EXACT_TO.total_seconds():
        SignIn.objects.filter(session=session.session_key).update(used_at=_moment(at))
    else:
        return
    session[_LISTED] = {"as": session.session_key, "began": began, "used": at}


def _list(user: User, session: SessionBase, *, began: int, at: int, user_agent: str) -> None:
    device = device_of(user_agent)
    # A session that was ended while this request was under way is not there to be listed.
    with suppress(IntegrityError):
        SignIn.objects.get_or_create(
            session_id=session.session_key,
            defaults={
                "user": user,
                "began_at": _moment(began),
                "used_at": _moment(at),
                **device._asdict(),
            },
        )


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def sessions_of(user: User) -> QuerySet[SignIn]:
    """Give where the person is signed in, what was used last first."""
    return user.sign_ins.filter(session__expire_date__gt=now()).order_by("-used_at", "-pk")


@transaction.atomic
def end_one(*, user: User, number: int, by: User) -> None:
    """End the person's session of this number, if there is one: whoever goes on in it signs in
    anew.
    """
    found = sessions_of(user).filter(pk=number)
    ended, _rows = Session.objects.filter(pk__in=found.values("session")).delete()
    if ended:
        audit.record(by=by, action="sign_ins.one_ended", subject=user)


@transaction.atomic
def end_all(*, user: User) -> None:
    """End every session and every token of a person's account, for good: none of them works again.

    A request that is under way goes on to its end.
    """
    User.objects.filter(pk=user.pk).update(sign_ins_ended=F("sign_ins_ended") + 1)
    user.refresh_from_db(fields=["sign_ins_ended"])
    user.sign_ins.all().delete()
    user.auth_token_set.all().delete()  # type: ignore[attr-defined]  # of knox


@transaction.atomic
def end_everywhere(*, user: User, by: User) -> None:
    """End them because somebody asked for it, which stands in the trail."""
    end_all(user=user)
    audit.record(by=by, action="sign_ins.ended", subject=user)


def has_tokens(user: User) -> bool:
    """Whether a program is signed in for the person."""
    return bool(user.auth_token_set.exists())  # type: ignore[attr-defined]  # of knox
