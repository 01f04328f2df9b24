"""What a person chose about messages, or what holds where they chose nothing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from accounts.models import User
from notifications.models.preference import ByMail, Preference, QuietHours
from notifications.quiet import Hours, usual_hours
from notifications.topics import (
    ACCOUNT,
    CENTRE,
    CONVERSATIONS,
    DESK,
    GROUPS,
    NEVER_WAIT,
    NEW_ROLES,
    PROSPECTUSES,
    SAFETY,
    TOPICS,
    Topic,
)

#: What somebody who is neither a volunteer nor a member of a group is told of, too.
_OF_EVERYBODY = (CONVERSATIONS, ACCOUNT)


@dataclass(frozen=True, slots=True)
class Choice:
    """How one person is told of one topic, by what the topic allows."""

    topic: Topic
    by_mail: ByMail
    by_text: bool


def topics_of(user: User, *, is_volunteer: bool) -> list[Topic]:
    """Give the topics that concern a person, in the order in which they are shown. Two queries."""
    in_group = user.memberships.exists()
    concerned = {
        GROUPS: in_group,
        PROSPECTUSES: in_group,
        # Whoever has an account can save a search.
        NEW_ROLES: is_volunteer or user.saved_searches.exists(),
        CENTRE: in_group or is_volunteer,
        DESK: user.is_broker,
        SAFETY: user.is_broker,
    }
    return [
        topic
        for topic in TOPICS.values()
        if concerned.get(topic, is_volunteer or topic in _OF_EVERYBODY)
    ]


def choices_of(user: User, topics: Iterable[Topic] = TOPICS.values()) -> list[Choice]:
    """Give how the person is told of each topic, in one query."""
    rows = {row.topic: row for row in Preference.objects.filter(user=user)}
    return [_choice(topic, rows.get(topic.code)) for topic in topics]


def choice_of(user: User, topic: Topic) -> Choice:
    """Give how the person is told of one topic."""
    return _choice(topic, Preference.objects.filter(user=user, topic=topic.code).first())


def mailed_at(choice: Choice, kind: str) -> ByMail:
    """Give how one kind of message of the topic is mailed: as chosen, but at once rather than in a
    digest where it is of no use later.
    """
    waits = choice.by_mail in (ByMail.DAILY, ByMail.WEEKLY)
    return ByMail.NOW if waits and kind in NEVER_WAIT else choice.by_mail


def _choice(topic: Topic, row: Preference | None) -> Choice:
    by_mail = ByMail(row.by_mail) if row else ByMail.NOW
    if (by_mail == ByMail.NEVER and not topic.can_stop) or (
        by_mail in (ByMail.DAILY, ByMail.WEEKLY) and not topic.can_wait
    ):
        by_mail = ByMail.NOW
    return Choice(topic, by_mail, bool(row and row.by_text and topic.can_text))


def hours_of(user: User) -> Hours:
    """Give the person's quiet hours."""
    own = QuietHours.objects.filter(user=user).first()
    return own.hours if own else usual_hours()


def quiet_until(user: User, at: datetime) -> datetime | None:
    """Give when the person's quiet hours are over, None where `at` is not in them."""
    return hours_of(user).end_after(at)
