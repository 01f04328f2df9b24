"""A record of service: what a person gave, as a document for a CV, and the page that confirms it.

The document says what it says for ever; so what it says is kept. Its page confirms just that to
whoever has the code, with initials for the name: who holds the document knows the name already,
and who guessed a code learns nobody's. A record is confirmed for two years, or until its person
ends it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Max, Min
from django.utils.crypto import get_random_string
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.services import audit
from core import documents
from core.clock import LONDON, now, today
from core.dates import full_day
from core.errors import Conflict
from opportunities.models import RoleSkill
from placements import check_in, states, volunteering
from placements.models import Application, HoursEntry, ServiceRecord
from placements.wording import hours_in_words
from volunteers.models import Volunteer

VALID_FOR = timedelta(days=730)
_TEMPLATE = Path(__file__).parent / "documents" / "service_record.typ"


@dataclass(frozen=True)
class Line:
    """One role in a record, in words."""

    role: str
    group: str
    when: str
    hours: str
    learnt: str
    used: str


def contents_of(volunteer: Volunteer) -> dict[str, Any]:
    """Give what a record would say today: roles with confirmed hours, from the first to the last
    day of them, the longest ago first. What no group has confirmed is not in it, the person's own
    word of a start neither. Skills are named in the active language. `roles` is empty where there
    are none. Seven queries."""
    taken_on = volunteering.taken_on(volunteer)
    applications = list(taken_on.prefetch_related("opportunity__role_skills__skill"))
    minutes = volunteering.minutes_of(applications)
    days: dict[int, Any] = {
        row["application"]: row
        for row in HoursEntry.objects.confirmed()
        .filter(application__in=applications)
        .order_by()
        .values("application")
        .annotate(first=Min("day"), last=Max("day"))
    }
    roles = [
        _role(application, minutes[application.pk].confirmed, days[application.pk])
        for application in applications
        if application.pk in days
    ]
    roles.sort(key=lambda role: role["from"])
    return {
        "name": volunteer.user.get_full_name(),
        "roles": roles,
        "minutes": sum(role["minutes"] for role in roles),
        "made": today().isoformat(),
    }


@transaction.atomic
def make(*, volunteer: Volunteer, by: User | None) -> ServiceRecord:
    """Make a record, in the active language. Raises Conflict where there is nothing to say."""
    contents = contents_of(volunteer)
    if not contents["roles"]:
        raise Conflict(_("There is nothing to put into a record yet."), code="nothing_yet")
    record = ServiceRecord.objects.create(
        volunteer=volunteer,
        code=get_random_string(16, check_in.ALPHABET),
        contents=contents,
        language=get_language() or settings.LANGUAGE_CODE,
        expires_at=now() + VALID_FOR,
    )
    audit.record(by=by, action="service_record.made", subject=record)
    return record


@transaction.atomic
def revoke(*, record: ServiceRecord, by: User | None) -> None:
    """End what a record's page confirms. A second time changes nothing."""
    if ServiceRecord.objects.filter(pk=record.pk, revoked_at=None).update(revoked_at=now()):
        audit.record(by=by, action="service_record.revoked", subject=record)


def pdf_of(record: ServiceRecord) -> bytes:
    """Give the document, in the language in which it was made."""
    contents = record.contents
    with override(record.language):
        address = f"{settings.SITE_URL}/record/{record.code}/"
        given: dict[str, Any] = {
            "name": contents["name"] or _("A volunteer"),
            "heading": _("Record of service"),
            "summary": _("%(hours)s given as a volunteer, confirmed by the groups named here.")
            % {"hours": hours_in_words(contents["minutes"])},
            "roles": [
                {
                    "role": line.role,
                    "group": line.group,
                    "when": line.when,
                    "hours": line.hours,
                    "notes": [note for note in (line.learnt, line.used) if note],
                }
                for line in lines_of(record)
            ],
            "meaning": meaning(),
            "made": _("Made on %(day)s.") % {"day": _day(contents["made"])},
            "check": _("To check this record, open the page until %(day)s:")
            % {"day": full_day(record.expires_at.astimezone(LONDON).date())},
            "address": address,
        }
        return documents.pdf(_TEMPLATE, given, title=_("Record of service"))


def lines_of(record: ServiceRecord) -> list[Line]:
    """Give a record's roles in words, in the active language."""
    return [
        Line(
            role=role["role"],
            group=role["group"],
            when=_when(role),
            hours=_("%(hours)s confirmed") % {"hours": hours_in_words(role["minutes"])},
            learnt=_skills(_("Learnt: %(skills)s"), role["learnt"]),
            used=_skills(_("Used: %(skills)s"), role["used"]),
        )
        for role in record.contents["roles"]
    ]


def initials_of(record: ServiceRecord) -> str:
    """Give the first letters of the person's names."""
    return " ".join(f"{name[0].upper()}." for name in record.contents["name"].split())


def meaning() -> str:
    """Say what a confirmed hour is."""
    return _(
        "“Confirmed” means: somebody who acts for the group has said in this service that the "
        "person gave these hours. The volunteer centre has verified the groups. It has not watched "
        "the hours itself."
    )


def _role(application: Application, minutes: int, days: dict[str, Any]) -> dict[str, Any]:
    role = application.opportunity
    is_over = application.state not in states.PLACED
    skills = list(role.role_skills.all())
    return {
        "role": role.title,
        "group": role.organisation.name,
        "from": days["first"].isoformat(),
        "to": days["last"].isoformat() if is_over else "",
        "minutes": minutes,
        "learnt": _names(skills, {RoleSkill.Need.GAINED}),
        "used": _names(skills, {RoleSkill.Need.NEEDED, RoleSkill.Need.USEFUL}),
    }


def _names(skills: Iterable[RoleSkill], needs: set[RoleSkill.Need]) -> list[str]:
    return sorted({one.skill.label for one in skills if one.need in needs})


def _skills(sentence: str, names: list[str]) -> str:
    return sentence % {"skills": ", ".join(names)} if names else ""


def _when(role: dict[str, Any]) -> str:
    if not role["to"]:
        return _("since %(day)s") % {"day": _day(role["from"])}
    return _("%(first)s to %(last)s") % {"first": _day(role["from"]), "last": _day(role["to"])}


def _day(day: str) -> str:
    return full_day(date.fromisoformat(day))
