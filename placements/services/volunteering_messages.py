"""What people are told about sessions and hours: plain text that reads well on a phone."""

from django.utils.translation import gettext as _

from accounts.languages import in_language_of, language_of
from accounts.models import User
from core.dates import moment_in_words, span_in_words, weekday_and_day
from notifications.services.messages import notify
from notifications.subjects import subject_line
from opportunities.models import DateTakenOut, Opportunity, Session
from opportunities.selectors import each_member
from placements.models import Application, Attendance, HoursEntry
from placements.wording import hours_in_words

#: In the language of the person whose hours they are.
_in_their_language = in_language_of(lambda entry: entry.application.volunteer.user)


@in_language_of(lambda row: row.application.volunteer.user)
def missed(row: Attendance) -> None:
    """Tell the person that the group did not see them. Nothing else follows from it."""
    application = row.application
    notify(
        recipient=application.volunteer.user,
        kind="attendance.missed",
        key=f"attendance:{row.pk}:missed",
        subject=subject_line(
            _("We missed you at “%(role)s”"), {"role": application.opportunity.title}
        ),
        body=_(
            "%(group)s did not see you on %(day)s and hopes that you are well.\n\n"
            "If you were there, or something came up, please tell the group. You keep your place."
        )
        % {
            "group": application.opportunity.organisation.name,
            "day": weekday_and_day(row.day),
        },
        link="/me/volunteering/",
    )


def session_reminder(application: Application, session: Session, *, said_so: bool) -> None:
    """Remind a person with a place of a session to come; `said_so`: they said that they come. The
    same session again changes nothing, also where the group has written its dates anew.
    """
    person, role = application.volunteer.user, application.opportunity
    with language_of(person):
        names = {
            "group": role.organisation.name,
            "role": role.title,
            "moment": moment_in_words(session.starts_at),
            "when": span_in_words(session.starts_at, session.ends_at),
            "where": _where(role),
            "button": _("I cannot come"),
        }
        first = (
            _("You said that you come to “%(role)s”.")
            if said_so
            else _(
                "You have a place in “%(role)s”, and have not said yet whether you come. Please "
                "open your page and say it."
            )
        )
        facts = _("When: %(when)s\nWhere: %(where)s\nWhom to ask for: somebody from %(group)s")
        cannot = _(
            "If you cannot come: open your page and press “%(button)s”. The group sees it, and you "
            "keep your place."
        )
        notify(
            recipient=person,
            kind="attendance.reminder",
            key=f"application:{application.pk}:session:{session.starts_at:%Y%m%dT%H%MZ}",
            # When it is comes first: texts in some scripts have room for little more.
            subject=subject_line(_("%(moment)s: “%(role)s”"), names),
            body="\n\n".join((first, facts, cannot)) % names,
            link="/me/volunteering/",
            useful_until=session.starts_at,
        )


def _where(role: Opportunity) -> str:
    if role.from_home:
        return _("from home")
    return ", ".join(filter(None, (role.place_name, role.postcode))) or _("ask the group")


def date_taken_out(row: Attendance) -> None:
    """Tell a person who said that they come that the group has taken the date out."""
    person, role = row.application.volunteer.user, row.application.opportunity
    with language_of(person):
        names = {
            "group": role.organisation.name,
            "role": role.title,
            "when": moment_in_words(row.starts_at) if row.starts_at else "",
        }
        notify(
            recipient=person,
            kind="attendance.date_taken_out",
            key=f"attendance:{row.pk}:date_taken_out",
            subject=subject_line(_("Not on %(when)s after all: “%(role)s”"), names),
            body=_(
                "You said that you come to “%(role)s” on %(when)s. %(group)s has taken that date "
                "out, or moved it.\n\n"
                "What to do next: please do not go there then. Your page shows the dates that are "
                "left. You keep your place."
            )
            % names,
            link="/me/volunteering/",
        )


def not_on_that_date(application: Application, date_out: DateTakenOut) -> None:
    """Tell a person with a place, who has not said whether they come, that a date is out."""
    person, role = application.volunteer.user, application.opportunity
    with language_of(person):
        names = {
            "group": role.organisation.name,
            "role": role.title,
            "when": moment_in_words(date_out.starts_at),
        }
        notify(
            recipient=person,
            kind="attendance.date_taken_out",
            key=f"application:{application.pk}:date_taken_out:{date_out.pk}",
            subject=subject_line(_("Not on %(when)s after all: “%(role)s”"), names),
            body=_(
                "You have a place in “%(role)s”. %(group)s has taken the date %(when)s out, or "
                "moved it.\n\n"
                "What to do next: please do not go there then. Your page shows the dates that are "
                "left. You keep your place."
            )
            % names,
            link="/me/volunteering/",
        )


@_in_their_language
def hours_recorded(entry: HoursEntry) -> None:
    """Tell the person that the group wrote down hours for them."""
    _tell_person(
        entry,
        kind="hours.recorded",
        subject=_("%(group)s wrote down %(hours)s for you"),
        body=_(
            "%(group)s wrote down %(hours)s for you in “%(role)s” on %(day)s.\n\n"
            "If that is wrong, open your hours and say so: the group then looks at it again."
        ),
    )


@_in_their_language
def hours_corrected(entry: HoursEntry, *, before: int) -> None:
    """Tell the person that the group confirmed other hours than they wrote down."""
    _tell_person(
        entry,
        kind="hours.corrected",
        subject=_("%(group)s confirmed %(hours)s"),
        body=_(
            "You wrote down %(before)s in “%(role)s” on %(day)s. %(group)s confirmed %(hours)s.\n\n"
            "If that is wrong, open your hours and say so: the group then looks at it again."
        ),
        before=before,
    )


def hours_questioned(entry: HoursEntry) -> None:
    """Tell the other side that somebody has a question about hours."""
    if entry.questioned_by == HoursEntry.Side.GROUP:
        _questioned_by_group(entry)
        return
    role = entry.application.opportunity
    for member in each_member(role.organisation):
        _objected(entry, member)


@_in_their_language
def _questioned_by_group(entry: HoursEntry) -> None:
    _tell_person(
        entry,
        kind="hours.questioned",
        subject=_("%(group)s has a question about your hours"),
        body=_(
            "%(group)s asks about %(hours)s in “%(role)s” on %(day)s:\n\n%(question)s\n\n"
            "What to do next: open your hours and change them, or leave them out."
        ),
    )


def _objected(entry: HoursEntry, member: User) -> None:
    names = _names(entry)
    notify(
        recipient=member,
        kind="hours.objected",
        key=f"hours:{entry.pk}:objected:{entry.updated_at:%Y%m%d%H%M%S}:{member.pk}",
        subject=subject_line(_("%(name)s has a question about hours"), names),
        body=_(
            "%(name)s writes about %(hours)s in “%(role)s” on %(day)s:\n\n%(question)s\n\n"
            "What to do next: open the hours of your group, and confirm what is right."
        )
        % names,
        link=f"/groups/{entry.application.opportunity.organisation_id}/hours/",
    )


def _tell_person(entry: HoursEntry, *, kind: str, subject: str, body: str, before: int = 0) -> None:
    names = {**_names(entry), "before": hours_in_words(before)}
    notify(
        recipient=entry.application.volunteer.user,
        kind=kind,
        key=f"hours:{entry.pk}:{kind}:{entry.updated_at:%Y%m%d%H%M%S%f}",
        subject=subject_line(subject, names),
        body=body % names,
        link="/me/volunteering/hours/",
    )


def _names(entry: HoursEntry) -> dict[str, str]:
    role = entry.application.opportunity
    return {
        "group": role.organisation.name,
        "role": role.title,
        "name": entry.application.volunteer.user.first_name or _("A volunteer"),
        "hours": hours_in_words(entry.minutes),
        "day": weekday_and_day(entry.day),
        "question": entry.question,
    }
