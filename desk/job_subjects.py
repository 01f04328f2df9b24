"""Whom or what jobs are about, as the volunteer centre knows it: people, groups and roles."""

from collections.abc import Iterable
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, Final

from django.db.models import Model

from accounts.models import User
from core.models import Fact
from matching.models import Invitation
from notifications.models import Notification
from opportunities.models import GroupInvitation, MoreRoom, Opportunity, Organisation, SavedSearch
from placements.models import Application, WaitingListEntry
from volunteers.models import ParentRequest, Volunteer

#: What the desk has a page for.
Thing = User | Organisation | Opportunity


@dataclass(frozen=True)
class _Subject:
    """The table that a kind's subjects stand in, and the way from a row to each thing; '' for the
    row itself.
    """

    model: type[Model]
    ways: tuple[str, ...] = ("",)

    def rows(self, ids: Iterable[int]) -> dict[int, Model]:
        loads = [way.replace(".", "__") for way in self.ways if way]
        rows = self.model._default_manager.filter(pk__in=set(ids))
        return (rows.select_related(*loads) if loads else rows).in_bulk()

    def things(self, row: Any) -> list[Thing]:
        found = (attrgetter(way)(row) if way else row for way in self.ways)
        return [thing for thing in found if thing is not None]


_PERSON = _Subject(User)
_VOLUNTEER = _Subject(Volunteer, ("user",))
_ROLE = _Subject(Opportunity)
_APPLICATION = _Subject(Application, ("volunteer.user", "opportunity"))
_MESSAGE = _Subject(Notification, ("recipient",))
_SEARCH = _Subject(SavedSearch, ("user",))

#: By the kind of fact. What happens by the clock, and rankings of everybody, are about nobody.
_SUBJECTS: Final = {
    "profile.changed": _VOLUNTEER,
    "role.changed": _ROLE,
    "shift.opened": _ROLE,
    "place.free": _ROLE,
    "room.made": _Subject(MoreRoom, ("opportunity",)),
    "waiting.joined": _Subject(WaitingListEntry, ("volunteer.user",)),
    "application.changed": _APPLICATION,
    "application.refused": _APPLICATION,
    "answer.held": _APPLICATION,
    "notification.created": _MESSAGE,
    "notification.text": _MESSAGE,
    "digest.due": _PERSON,
    "parent.asked": _Subject(ParentRequest, ("volunteer.user",)),
    "group.invited": _Subject(GroupInvitation, ("organisation",)),
    "invitation.made": _Subject(Invitation, ("volunteer.user", "opportunity")),
    "search.alert": _SEARCH,
    "search.followed": _SEARCH,
}


def things_of(jobs: Iterable[Fact]) -> dict[int, list[Thing]]:
    """Give whom and what each job is about, by the job's id: nothing where it is about nobody, or
    they have gone. One query for each kind of subject.
    """
    of_subject: dict[_Subject, list[Fact]] = {}
    for job in jobs:
        if subject := _SUBJECTS.get(job.kind):
            of_subject.setdefault(subject, []).append(job)
    found: dict[int, list[Thing]] = {}
    for subject, its in of_subject.items():
        rows = subject.rows(job.subject_id for job in its)
        for job in its:
            if row := rows.get(job.subject_id):
                found[job.pk] = subject.things(row)
    return found
