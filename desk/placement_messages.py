"""What people are told that the volunteer centre did for them about a role: plain text that reads
well on a phone.
"""

from django.utils.translation import gettext as _

from accounts.languages import in_language_of
from accounts.models import User
from core.clock import now
from core.dates import moment_in_words, weekday_and_day
from desk.messages import acted_for
from placements.disclosure import seen_by_group
from placements.models import (
    Application,
    Attendance,
    HoursEntry,
    Message,
    StillGoing,
    WaitingListEntry,
)
from placements.wording import hours_in_words

_About = Application | WaitingListEntry | Message | Attendance | HoursEntry | StillGoing


def _person_of(about: _About) -> User:
    if isinstance(about, Application | WaitingListEntry):
        return about.volunteer.user
    return about.application.volunteer.user


_in_their_language = in_language_of(_person_of)


@_in_their_language
def wrote(message: Message) -> None:
    """Tell a person which words were sent for them."""
    application = message.application
    _tell(
        application,
        f"message:{message.pk}",
        _(
            "The volunteer centre sent this to %(group)s about “%(role)s”, as you asked us to:\n\n"
            "%(words)s"
        ),
        page="messages/",
        words=message.words,
    )


@_in_their_language
def sharing_changed(application: Application) -> None:
    """Tell a person what a group sees of their number and address now."""
    seen = seen_by_group(application)
    if seen.phone and seen.email:
        now_seen = _("It now sees your phone number and your email address.")
    elif seen.phone:
        now_seen = _("It now sees your phone number.")
    elif seen.email:
        now_seen = _("It now sees your email address.")
    else:
        now_seen = _("It now sees no phone number and no email address of yours.")
    changed = _(
        "The volunteer centre changed what %(group)s sees of you for “%(role)s”, as you asked us "
        "to."
    )
    _tell(application, f"sharing:{application.pk}:{_moment()}", f"{changed} {now_seen}")


@_in_their_language
def joined(entry: WaitingListEntry) -> None:
    """Tell a person that they are on a waiting list."""
    words = _(
        "The volunteer centre put you on the waiting list for “%(list)s”, as you asked us to. We "
        "tell you when a place is kept for you."
    )
    _tell_of_list(entry, f"joined:{entry.pk}", words)


@_in_their_language
def left(entry: WaitingListEntry) -> None:
    """Tell a person that they are off a waiting list."""
    words = _(
        "The volunteer centre took you off the waiting list for “%(list)s”, as you asked us to."
    )
    _tell_of_list(entry, f"left:{entry.pk}", words)


@_in_their_language
def started(application: Application) -> None:
    """Tell a person that it is written down that they have started."""
    words = _(
        "The volunteer centre wrote down that you have started with “%(role)s” of %(group)s, as "
        "you told us."
    )
    _tell(application, f"started:{application.pk}", words)


@_in_their_language
def stopped(application: Application) -> None:
    """Tell a person that their place has ended."""
    words = _(
        "The volunteer centre ended your place in “%(role)s” of %(group)s, as you asked us to. "
        "Your hours stay in your record of service."
    )
    _tell(application, f"stopped:{application.pk}", words)


@_in_their_language
def said_coming(row: Attendance) -> None:
    """Tell a person what is written down of whether they come to one time of a role."""
    if row.state == Attendance.State.COMING:
        words = _(
            "The volunteer centre wrote down that you come to “%(role)s” on %(when)s, as you told "
            "us. %(group)s sees it."
        )
    else:
        words = _(
            "The volunteer centre wrote down that you cannot come to “%(role)s” on %(when)s, as "
            "you told us. %(group)s sees it."
        )
    when = moment_in_words(row.starts_at) if row.starts_at else weekday_and_day(row.day)
    _tell(row.application, f"attendance:{row.pk}:{row.updated_at.isoformat()}", words, when=when)


@_in_their_language
def hours_logged(entry: HoursEntry) -> None:
    """Tell a person which hours are written down for them."""
    words = _(
        "The volunteer centre wrote down %(hours)s for you in “%(role)s” on %(day)s, as you told "
        "us. %(group)s confirms them."
    )
    _tell(
        entry.application,
        f"hours:{entry.pk}",
        words,
        hours=hours_in_words(entry.minutes),
        day=weekday_and_day(entry.day),
    )


@_in_their_language
def still_going(question: StillGoing) -> None:
    """Tell a person that it is written down that they are still there."""
    words = _(
        "The volunteer centre wrote down that you are still going with “%(role)s” of %(group)s, as "
        "you told us."
    )
    _tell(question.application, f"still_going:{question.pk}", words)


def _tell(application: Application, key: str, body: str, *, page: str = "", **words: str) -> None:
    role = application.opportunity
    acted_for(
        application.volunteer.user,
        key=key,
        body=body % {"role": role.title, "group": role.organisation.name, **words},
        link=f"/me/applications/{application.pk}/{page}",
    )


def _tell_of_list(entry: WaitingListEntry, key: str, body: str) -> None:
    if entry.opportunity is not None:
        name = entry.opportunity.title
    elif entry.cause is None:
        name = str(entry.activity)
    else:
        name = _("%(activity)s (%(cause)s)") % {"activity": entry.activity, "cause": entry.cause}
    person = entry.volunteer.user
    acted_for(person, key=f"list:{key}", body=body % {"list": name}, link="/me/waiting/")


def _moment() -> str:
    """What tells two changes of the same thing apart."""
    return now().isoformat()
