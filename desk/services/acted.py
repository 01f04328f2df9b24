"""Tell a group what the volunteer centre did for it on the group's own pages."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.languages import language_of
from accounts.models import AuditEntry, User
from accounts.services import audit
from core.clock import today
from notifications.services.messages import notify
from notifications.subjects import subject_line
from opportunities.models import Membership, Opportunity, Organisation
from placements.models import Application

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

#: What a group is told that we did, by code.
_SENTENCES: "Final[dict[str, StrPromise]]" = {
    "group": gettext_lazy("We changed what the group says about itself."),
    "people": gettext_lazy("We changed who acts for the group."),
    "limits": gettext_lazy("We wrote down what keeps the group from taking more people."),
    "role": gettext_lazy("We wrote or changed the role “%(role)s”."),
    "closed": gettext_lazy("We closed the role “%(role)s”."),
    "reopened": gettext_lazy("We made “%(role)s” a draft again."),
    "room": gettext_lazy("We changed how “%(role)s” makes room for more people."),
    "caught_up": gettext_lazy("We let people ask for “%(role)s” again."),
    "answered": gettext_lazy("We answered people who asked for “%(role)s”."),
    "places": gettext_lazy("We wrote down who started or stopped in “%(role)s”."),
    "hours": gettext_lazy("We wrote down who came, or for how many hours."),
    "discarded": gettext_lazy("We deleted the draft of a role that was never shown to people."),
    "wrote": gettext_lazy("We wrote to somebody who asked for one of your roles."),
    "blocked": gettext_lazy("We stopped or allowed messages between the group and a person."),
    "question": gettext_lazy("We answered this year’s question for the group."),
    "prospectus": gettext_lazy(
        "We put aside a message about people nearby who want to help, or took it up again."
    ),
}
#: The code of what the audit trail calls it. Whatever else a broker can do on a group's pages is
#: named, with the reason, in tests/architecture/test_acted.py.
CODES: Final = {
    "organisation.changed": "group",
    **dict.fromkeys(
        (
            "membership.invited",
            "membership.invitation_withdrawn",
            "membership.request_accepted",
            "membership.request_declined",
            "membership.role_changed",
            "membership.removed",
        ),
        "people",
    ),
    **dict.fromkeys(("limit.said", "limit.changed", "limit.ended"), "limits"),
    **dict.fromkeys(("opportunity.drafted", "opportunity.changed"), "role"),
    "opportunity.discarded": "discarded",
    "opportunity.closed": "closed",
    "opportunity.reopened": "reopened",
    **dict.fromkeys(("opportunity.made_room", "opportunity.room_undone"), "room"),
    "opportunity.caught_up": "caught_up",
    **dict.fromkeys(
        (
            "application.acknowledged",
            "application.invited",
            "application.offered",
            "application.accepted",
            "application.declined",
            "application.answer_held",
            "application.answer_taken_back",
        ),
        "answered",
    ),
    **dict.fromkeys(("application.started", "application.ended"), "places"),
    **dict.fromkeys(
        (
            "attendance.recorded",
            "hours.recorded",
            "hours.removed",
            "hours.confirmed",
            "hours.questioned",
        ),
        "hours",
    ),
    "message.sent": "wrote",
    **dict.fromkeys(("block.made", "block.taken_back"), "blocked"),
    "yearly_question.answered": "question",
    **dict.fromkeys(("prospectus.put_aside", "prospectus.taken_up_again"), "prospectus"),
}


@contextmanager
def and_told(group: Organisation, *, by: User) -> Iterator[None]:
    """Have what somebody of the volunteer centre does for a group inside told to its owners, in
    one transaction with it. The same about the same role is told once a day.
    """
    with transaction.atomic():
        with audit.listening() as entries:
            yield
        own = [entry for entry in entries if entry.actor_id == by.pk and entry.action in CODES]
        # What was undone inside was heard too, and is no longer there.
        stays = set(
            AuditEntry.objects.filter(pk__in=[entry.pk for entry in own]).values_list(
                "pk", flat=True
            )
        )
        own = [entry for entry in own if entry.pk in stays]
        done = {(CODES[entry.action], _role_of(entry)) for entry in own}
        for code, role in sorted(done, key=str):
            _tell(group, code, role)


def _tell(group: Organisation, code: str, role: Opportunity | None) -> None:
    owners = group.memberships.filter(role=Membership.Role.OWNER).select_related("user")
    about = f"{group.pk}:{role.pk if role else ''}:{code}:{today().isoformat()}"
    for person in (membership.user for membership in owners):
        with language_of(person):
            objection = _(
                "Is something wrong, or did you not ask for this? Tell the volunteer centre, and "
                "we put it right."
            )
            done = str(_SENTENCES[code]) % {"role": role.title if role else ""}
            notify(
                recipient=person,
                kind="centre.acted_for_group",
                key=f"centre.acted:{about}:{person.pk}",
                subject=subject_line(
                    _("The volunteer centre did something for %(group)s"), {"group": group.name}
                ),
                body=f"{done}\n\n{objection}",
                link=f"/groups/{group.pk}/",
            )


def _role_of(entry: AuditEntry) -> Opportunity | None:
    """Give the role that an entry is about, where the trail says it."""
    if entry.subject_type == "opportunity":
        return Opportunity.objects.filter(pk=entry.subject_id).first()
    if entry.subject_type == "application":
        of = Application.objects.select_related("opportunity").filter(pk=entry.subject_id).first()
        return of.opportunity if of else None
    return None
