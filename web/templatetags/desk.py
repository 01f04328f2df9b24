"""What the desk says about its rows, for templates."""

from collections.abc import Sequence

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import AuditEntry, User
from core.clock import now
from core.places.wards import ward_name
from desk.models import Telling, WayToTell
from matching import wording
from notifications.models import Notification
from web.forms.desk import SuspendForm
from web.forms.desk_people import SuspendPersonForm

register = template.Library()


@register.filter
def would_open(person: User) -> list[wording.Change]:
    """Give what would make this person's list longer; needs their recommendation loaded."""
    return wording.what_would_change(person.volunteer.recommendation.counts)


@register.filter
def ward(code: str) -> str:
    """Give the name of a ward."""
    return ward_name(code)


@register.filter
def how_told(message: Notification, person: User) -> str:
    """Say how a person was told a message, or that they were not yet. Needs `telling` loaded."""
    told: Telling | None = getattr(message, "telling", None)
    if told is not None and told.told_at is None:
        return _("in a letter that is not posted yet")
    if told is not None:
        return _("told by letter") if told.way == WayToTell.Way.LETTER else _("told by phone")
    if message.text_state == Notification.Text.SENT:
        return _("sent as a text message")
    if not message.is_of_use(now()) and message.email_state != Notification.Email.SENT:
        return _("not told in time")
    if message.email_state == Notification.Email.NONE and not person.email:
        return _("not told yet")
    state = Notification.Email(message.email_state)
    by_mail = _UNREAD.get(state) if message.read_at is None else None
    by_mail = by_mail or _BY_MAIL.get(state)
    return str(by_mail) if by_mail else _("on its way")


@register.filter
def why_told_so(messages: Sequence[Notification], person: User) -> str:
    """Say why messages are to be told another way to a person who has an email address: the mail
    to it failed, or it is only late; '' for somebody without one.
    """
    if not messages or not person.email:
        return ""
    about = {"address": person.email}
    if all(message.email_state == Notification.Email.LATE for message in messages):
        return _("Mail to %(address)s has been waiting for hours; we keep trying.") % about
    return _("Mail to %(address)s could not be delivered.") % about


_UNREAD = {
    Notification.Email.FAILED: gettext_lazy("could not be mailed, and is not told yet"),
    Notification.Email.LATE: gettext_lazy("not mailed or told yet; we keep trying"),
}
_BY_MAIL = {
    Notification.Email.SENT: gettext_lazy("mailed"),
    Notification.Email.NONE: gettext_lazy("shown in the service"),
    Notification.Email.FAILED: gettext_lazy("could not be mailed, but was read here"),
}


@register.filter
def standing_words(entry: AuditEntry) -> str:
    """Say what the trail keeps of somebody or a group being stopped, and why."""
    words = str(_STANDING.get(entry.action, entry.action))
    reason = entry.details.get("reason", "")
    return f"{words} ({_REASONS[reason]})" if reason in _REASONS else words


_STANDING = {
    "user.suspended": gettext_lazy("suspended"),
    "user.reinstated": gettext_lazy("let back in"),
    "organisation.verified": gettext_lazy("checked"),
    "organisation.suspended": gettext_lazy("stopped"),
    "organisation.reinstated": gettext_lazy("no longer stopped"),
    "organisation.name_confirmed": gettext_lazy("looked at after it changed its name or number"),
}
_REASONS = {
    "concern": gettext_lazy("because of a concern"),
    **dict(SuspendForm.base_fields["reason"].choices),  # type: ignore[attr-defined]
    **dict(SuspendPersonForm.base_fields["reason"].choices),  # type: ignore[attr-defined]
}


@register.filter
def percent(share: float) -> int:
    """Give a share of 0 to 1 as a whole number of hundredths."""
    return round(100 * share)
