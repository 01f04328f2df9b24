"""What happened to a concern, in words, from the audit trail and the notes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import AuditEntry, User
from placements.models import Concern, ConcernNote


@dataclass(frozen=True)
class Event:
    """One thing that happened: what, who did it, when, and what they wrote."""

    words: str
    who: str
    at: datetime
    note: str = ""


def events(entries: Iterable[AuditEntry], notes: Iterable[ConcernNote]) -> list[Event]:
    """Give everything that happened to a concern, oldest first."""
    told = [Event(_told(note), _name(note.author), note.at, note.words) for note in notes]
    done = [
        Event(words, _name(entry.actor), entry.at) for entry in entries if (words := _done(entry))
    ]
    return sorted([*told, *done], key=lambda event: event.at)


def _told(note: ConcernNote) -> str:
    if not note.told:
        return _("Note")
    return _("Told: %(whom)s") % {"whom": note.get_told_display()}


def _done(entry: AuditEntry) -> str:
    if entry.action == "concern.closed":
        outcome = Concern.Outcome(entry.details["outcome"]).label
        return _("Closed: %(outcome)s") % {"outcome": outcome}
    if entry.action == "concern.acted":
        return str(_ACTS.get(entry.details["what"], ""))
    return {
        "concern.reported": _("Reported"),
        "concern.looked_at": _("Being looked at"),
        "concern.reopened": _("Taken up again"),
    }.get(entry.action, "")


_ACTS = {
    "suspend-group": gettext_lazy("The group was stopped, and its people were told"),
    "reinstate-group": gettext_lazy("The group may go on, and its people were told"),
    "hold-back-role": gettext_lazy("The role was hidden"),
    "suspend-person": gettext_lazy("The person’s account was stopped"),
    "reinstate-person": gettext_lazy("The person’s account goes on"),
}


def _name(user: User | None) -> str:
    return str(user) if user else _("somebody without an account")
