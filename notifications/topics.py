"""What the service tells people about: each kind of message belongs to one topic.

A topic says in words why somebody gets its messages, and what may be done with them: whether a
person can stop its mail, whether it may wait for a digest, whether it may come as a text message,
and whether it waits until quiet hours are over. In the service every message is always shown.

Whoever tells people something new adds its kind to `KINDS`: `notify` refuses one that is not there.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


@dataclass(frozen=True, kw_only=True)
class Topic:
    """One thing that people are told about."""

    code: str
    name: "StrPromise"
    #: The sentence under each of its mails.
    reason: "StrPromise"
    #: Whether a person can stop its mail.
    can_stop: bool = True
    #: Whether it may wait for a digest.
    can_wait: bool = True
    #: Whether it may come as a text message, to people who said yes.
    can_text: bool = False
    #: Whether its mail waits until the person's quiet hours are over. A text message always does.
    keeps_quiet: bool = True


class UnknownTopicError(Exception):
    """A kind of message that belongs to no topic."""


APPLICATIONS: Final = Topic(
    code="applications",
    name=_("Your applications"),
    reason=_("You get this because you asked for a role."),
    can_text=True,
)
OFFERS: Final = Topic(
    code="offers",
    name=_("Offers of a place"),
    reason=_("You get this because a place is kept for you until you answer."),
    can_stop=False,
    can_wait=False,
    can_text=True,
)
CONVERSATIONS: Final = Topic(
    code="conversations",
    name=_("Messages from people and groups"),
    reason=_("You get this because somebody wrote to you through this service."),
    can_text=True,
)
REMINDERS: Final = Topic(
    code="reminders",
    name=_("Reminders"),
    reason=_("You get this because it is about something you said you would do."),
    can_text=True,
)
VOLUNTEERING: Final = Topic(
    code="volunteering",
    name=_("Your volunteering"),
    reason=_("You get this because you have a place in a role, or had one."),
)
NEW_ROLES: Final = Topic(
    code="new-roles",
    name=_("New roles in your saved searches"),
    reason=_("You get this because you asked us to tell you about new roles."),
)
INVITATIONS: Final = Topic(
    code="invitations",
    name=_("Roles that we suggest"),
    reason=_("You get this because you are looking for a role, and this one may suit you."),
)
GROUPS: Final = Topic(
    code="groups",
    name=_("Your group’s volunteers"),
    reason=_("You get this because you act for a group on this service."),
)
PROSPECTUSES: Final = Topic(
    code="prospectuses",
    name=_("People near your group who want to help"),
    reason=_(
        "You get this because you asked us to tell you of people who could help your group. We "
        "write at most twice a month."
    ),
)
CENTRE: Final = Topic(
    code="centre",
    name=_("From the volunteer centre"),
    reason=_("You get this because the volunteer centre has done or asked something."),
)
DESK: Final = Topic(
    code="desk",
    name=_("Work at the volunteer centre’s desk"),
    reason=_("You get this because you work for the volunteer centre."),
)
SAFETY: Final = Topic(
    code="safety",
    name=_("Keeping people safe"),
    reason=_("You get this because it is about somebody’s safety."),
    can_stop=False,
    can_wait=False,
    keeps_quiet=False,
)
ACCOUNT: Final = Topic(
    code="account",
    name=_("Your account"),
    reason=_("You get this because it is about your account."),
    can_stop=False,
    can_wait=False,
    keeps_quiet=False,
)

#: In the order in which people are shown them.
TOPICS: Final = {
    topic.code: topic
    for topic in (
        OFFERS,
        APPLICATIONS,
        CONVERSATIONS,
        REMINDERS,
        VOLUNTEERING,
        INVITATIONS,
        NEW_ROLES,
        GROUPS,
        PROSPECTUSES,
        CENTRE,
        DESK,
        SAFETY,
        ACCOUNT,
    )
}

#: The topic of each kind of message.
KINDS: Final = {
    "application.submitted": APPLICATIONS,
    "application.acknowledge": APPLICATIONS,
    "application.invite": APPLICATIONS,
    "application.offer": OFFERS,
    "application.accept": APPLICATIONS,
    "application.decline": APPLICATIONS,
    "application.lapse": APPLICATIONS,
    "application.place_confirmed": APPLICATIONS,
    "application.from_waiting_list": GROUPS,
    "application.offer_over": OFFERS,
    "application.offer_over_group": GROUPS,
    "application.offer_reminder": OFFERS,
    "application.end": APPLICATIONS,
    "application.received": GROUPS,
    "application.gone": GROUPS,
    "application.take_up": GROUPS,
    "application.withdraw": GROUPS,
    "application.stopped": GROUPS,
    "attendance.date_taken_out": REMINDERS,
    "attendance.missed": VOLUNTEERING,
    "attendance.reminder": REMINDERS,
    "still_going": VOLUNTEERING,
    "still_going.words": GROUPS,
    "hours.recorded": VOLUNTEERING,
    "hours.corrected": VOLUNTEERING,
    "hours.questioned": VOLUNTEERING,
    "hours.objected": GROUPS,
    "application.submitted_for_you": APPLICATIONS,
    "centre.acted_for_group": CENTRE,
    "centre.acted_for_you": CENTRE,
    "centre.answered": CENTRE,
    "centre.details_changed": CENTRE,
    "centre.group_registered": CENTRE,
    "centre.profile_changed": CENTRE,
    "centre.registered": CENTRE,
    "centre.role_sent": CENTRE,
    "centre.took_up": APPLICATIONS,
    "centre.withdrew": APPLICATIONS,
    "concern.new": SAFETY,
    "invitation": INVITATIONS,
    "answers.due": GROUPS,
    "message.received": CONVERSATIONS,
    "limits.asked": CENTRE,
    "membership.answered": ACCOUNT,
    "membership.asked": GROUPS,
    "membership.began": GROUPS,
    "membership.changed": ACCOUNT,
    "membership.left": GROUPS,
    "membership.removed": ACCOUNT,
    "opportunity.catching_up": GROUPS,
    "opportunity.published": CENTRE,
    "opportunity.sent_back": CENTRE,
    "opportunity.held_back": CENTRE,
    "organisation.reinstated": ACCOUNT,
    "organisation.renamed": DESK,
    "organisation.suspended": ACCOUNT,
    "organisation.verified": CENTRE,
    "room.made": APPLICATIONS,
    "room.shift": APPLICATIONS,
    "second_factor.reset": ACCOUNT,
    "yearly_question.asked": CENTRE,
    "suggestion": CENTRE,
    "suggestion.lapsed": CENTRE,
    "suggestion.recalled": CENTRE,
    "waiting.ended": APPLICATIONS,
    "waiting.not_answered": OFFERS,
    "waiting.offered": OFFERS,
    "waiting.refused": APPLICATIONS,
    "waiting.reminder": OFFERS,
    "waiting.role_closed": APPLICATIONS,
    "waiting.still": APPLICATIONS,
    "prospectus": PROSPECTUSES,
    "parent.confirmed": ACCOUNT,
    "parent.refused": ACCOUNT,
    "parent.taken_back": ACCOUNT,
    "volunteer.can_start": REMINDERS,
    "search.alert": NEW_ROLES,
}

#: Kinds that are of no use later, also of topics that may otherwise wait for a digest: there is a
#: day by which to answer, or the person may be on their way.
NEVER_WAIT: Final = frozenset({"attendance.date_taken_out", "attendance.reminder", "suggestion"})


def is_urgent(kind: str) -> bool:
    """Whether messages of a kind can wait for no digest: they are of little use later."""
    return kind in NEVER_WAIT or not topic_of(kind).can_wait


def topic_of(kind: str) -> Topic:
    """Give the topic of a kind of message. Raises UnknownTopicError for one that has none."""
    try:
        return KINDS[kind]
    except KeyError:
        raise UnknownTopicError(f"{kind!r} has no topic: add it to notifications.topics") from None
