"""What is a person's among accounts, sign-ins and the audit trail."""

from typing import Any

from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.contrib.admin.models import LogEntry
from django.contrib.sessions.models import Session
from django.db.models import Q, QuerySet

from accounts.models import AuditEntry, User
from core.personal_data import holds, impersonal, mentions, on_erasure

_WAY_IN = "lets whoever reads it sign in"


def _by_address(person: User) -> Q:
    return Q(username=person.email) if person.email else Q(pk__in=[])


def _trail(person: User) -> Q:
    """Give which audit entries are about the person's own account, or about what they did."""
    return Q(subject_type="user", subject_id=person.pk) | Q(actor=person.pk)


holds("accounts.User", path="pk", left_out={"password": _WAY_IN})
holds(
    "accounts.AuditEntry",
    of=_trail,
    stays="emptied: that something was done, when, and to which row, is nobody's in particular",
)
holds("accounts.SignIn", path="user", left_out={"session": _WAY_IN})
holds("account.EmailAddress", path="user")
holds("account.EmailConfirmation", path="email_address__user", left_out={"key": _WAY_IN})
holds("knox.AuthToken", path="user", left_out={"digest": _WAY_IN, "token_key": _WAY_IN})
holds("mfa.Authenticator", path="user", left_out={"data": _WAY_IN})
holds("axes.AccessAttempt", of=_by_address)
holds("axes.AccessFailureLog", of=_by_address)
holds("axes.AccessLog", of=_by_address)
holds("admin.LogEntry", path="user")

mentions("axes.AccessAttemptExpiration", access_attempt="deleted with it")
mentions("sessions.Session", session_data="deleted where the person is signed in")

impersonal("words and rows that people choose from", "core.Cause", "core.Activity", "core.Skill")
impersonal("words and rows that people choose from", "core.Language", "core.UkcatTag")
impersonal("ids of rows only", "core.Fact", "contenttypes.ContentType")
impersonal("rights of the framework, which are not used", "auth.Permission", "auth.Group")


@on_erasure
def _forget(person: User) -> None:
    """Empty what the trail says of the person, close their sessions, forget their tries to sign in.

    The trail keeps that something was done, when, and to which row.
    """
    # Entries are never changed, except here: their own `update` refuses.
    QuerySet(AuditEntry).filter(_trail(person)).update(details={}, actor=None)
    for model in (AccessAttempt, AccessFailureLog, AccessLog):
        model.objects.filter(_by_address(person)).delete()
    LogEntry.objects.filter(
        content_type__app_label="accounts", content_type__model="user", object_id=str(person.pk)
    ).delete()
    _close_sessions(person)


def _close_sessions(person: User) -> None:
    theirs = [
        session.pk
        for session in Session.objects.iterator()
        if session.get_decoded().get("_auth_user_id") == str(person.pk)
    ]
    Session.objects.filter(pk__in=theirs).delete()


def forget_subjects(model: Any, ids: list[int]) -> None:
    """Empty what the trail says of rows that go with a person."""
    QuerySet(AuditEntry).filter(subject_type=model._meta.model_name, subject_id__in=ids).update(
        details={}, actor=None
    )
