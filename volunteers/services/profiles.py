"""Register a volunteer and change what they told us."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.languages import language_of
from accounts.models import User
from accounts.services import audit
from core import input as received
from core.clock import now, today
from core.earlier import changed as changed_since
from core.earlier import plain, said_by
from core.errors import Conflict
from core.models import Activity, Cause, Language, Skill
from core.motives import motives_from
from core.outbox import facts
from notifications.services.messages import notify
from volunteers import policies
from volunteers.models import Volunteer
from volunteers.services import earlier

#: What a person can change about themselves.
PLAIN_FIELDS = frozenset(
    {
        "date_of_birth",
        "postcode",
        "travel_miles",
        "travel_mode",
        "helps_in_person",
        "helps_from_home",
        "open_to_one_off",
        "open_to_regular",
        "wants_company",
        "hours_a_week",
        "availability",
        "about",
        "experience",
        "motives",
        "dbs_level",
        "willing_dbs",
        "support_needs",
        "share_support_needs",
        "welcomes_invitations",
        "can_start_from",
    }
)
LISTS: dict[str, type[Activity | Cause | Language | Skill]] = {
    "causes": Cause,
    "activities": Activity,
    "skills": Skill,
    "languages": Language,
}
OLDEST_AGE = 120
#: Nobody plans farther ahead than this; to come back some day there is the pause.
LATEST_START = timedelta(days=366)


@transaction.atomic
def register(*, user: User, by: User | None, **fields: Any) -> Volunteer:
    """Give `user` a volunteer profile that asks for a role from now on.

    `fields` as in `update`; the date of birth is needed, so that children are kept safe, except
    where the volunteer centre registers somebody by phone. Raises Conflict if they have a profile,
    NotAllowed under 13, InvalidInput field by field.
    """
    if Volunteer.objects.filter(user=user).exists():
        raise Conflict(_("You are registered as a volunteer already."), code="registered")
    check_age_is_said(fields, by)
    volunteer = Volunteer(user=user, waiting_since=now(), last_used_at=now())
    _write(volunteer, fields)
    audit.record(by=by, action="volunteer.registered", subject=volunteer)
    facts.state("profile.changed", volunteer.pk)
    return volunteer


def check_age_is_said(fields: Mapping[str, Any], by: User | None) -> None:
    """Raise InvalidInput where a date of birth is needed and missing."""
    if fields.get("date_of_birth") is None and not (by is not None and by.is_broker):
        raise received.refuse(
            "date_of_birth", _("Enter your date of birth, for example 31 3 1980."), code="required"
        )


@transaction.atomic
def update(*, volunteer: Volunteer, by: User | None, **fields: Any) -> Volunteer:
    """Change fields of a profile; causes, activities, skills and languages as lists of codes.

    Raises NotAllowed for an age under 13, InvalidInput field by field, also for taking back a date
    of birth. Nothing that is the same as before makes work.
    """
    row = Volunteer.objects.select_for_update().get(pk=volunteer.pk)
    _check_stays_young(row, fields, by)
    if row.date_of_birth is not None and "date_of_birth" in fields:
        check_age_is_said(fields, by)
    lists = [name for name in earlier.LISTS if name in fields]
    before = said_by(row, earlier.COLUMNS, lists)
    changed = _write(row, fields)
    volunteer.refresh_from_db()
    if changed:
        after = said_by(volunteer, earlier.COLUMNS, lists)
        earlier.keep(volunteer.pk, changed_since(before, after))
        audit.record(by=by, action="volunteer.changed", subject=volunteer, fields=sorted(changed))
        facts.state("profile.changed", volunteer.pk)
    return volunteer


@transaction.atomic
def pause(*, volunteer: Volunteer, by: User | None) -> None:
    """Stop showing the person roles, until they resume."""
    if Volunteer.objects.filter(pk=volunteer.pk, paused_at=None).update(paused_at=now()):
        audit.record(by=by, action="volunteer.paused", subject=volunteer)
        facts.state("profile.changed", volunteer.pk)


@transaction.atomic
def resume(*, volunteer: Volunteer, by: User | None) -> None:
    """Show the person roles again."""
    if Volunteer.objects.filter(pk=volunteer.pk, paused_at__isnull=False).update(paused_at=None):
        audit.record(by=by, action="volunteer.resumed", subject=volunteer)
        facts.state("profile.changed", volunteer.pk)


def welcome_starters() -> int:
    """Tell those whose day to start has come that we look for roles for them from now on; give how
    many. Safe to run at any time and again.
    """
    ready = Volunteer.objects.filter(can_start_from__lte=today()).select_related("user")
    for person in ready:
        with transaction.atomic():
            _welcome(person)
    return len(ready)


def _welcome(person: Volunteer) -> None:
    day = person.can_start_from
    of = Volunteer.objects.filter(pk=person.pk, can_start_from=day)
    if not of.update(can_start_from=None, updated_at=now()):
        return  # changed in this moment
    earlier.keep(person.pk, {"can_start_from": plain(day)})
    audit.record(by=None, action="volunteer.can_start", subject=person)
    facts.state("profile.changed", person.pk)
    if person.paused_at is None:
        with language_of(person.user):
            notify(
                recipient=person.user,
                kind="volunteer.can_start",
                key=f"can-start:{person.pk}:{day}",
                subject=_("You said you can start now"),
                body=_(
                    "You told us that you can start about now, so we look for roles for you "
                    "again.\n\nWhat to do next: look at your list. If it is too early, change the "
                    "day in your profile, under “Can start from”."
                ),
                link="/me/",
            )


def fill(
    volunteer: Volunteer,
    fields: Mapping[str, Any],
    *,
    day: date,
    items: received.Items = received.items,
    constraints: bool = True,
) -> tuple[set[str], dict[str, list[Any]]]:
    """Set and check fields without saving; give the names of those that changed, and the lists.

    `day` is the day on which the person's age counts, `constraints` as in `received.check`. Raises
    as `update`.
    """
    lists = {
        name: items(kind, fields[name], field=name)
        for name, kind in LISTS.items()
        if name in fields
    }
    plain = {name: value for name, value in fields.items() if name not in lists}
    if "motives" in plain:
        plain["motives"] = motives_from(plain["motives"], field="motives")
    changed = received.assign(volunteer, plain, PLAIN_FIELDS)
    _check(volunteer, day)
    if volunteer.pk is None or "postcode" in changed:
        place = received.locate(volunteer)
        volunteer.location_precision = place.precision if place else ""
    received.check(volunteer, exclude={"user"}, constraints=constraints)
    return changed, lists


def _write(volunteer: Volunteer, fields: dict[str, Any]) -> set[str]:
    """Set, check and save; give the names of what changed."""
    changed, lists = fill(volunteer, fields, day=today())
    volunteer.save()
    for name, chosen in lists.items():
        if _set_list(volunteer, name, chosen):
            changed.add(name)
    return changed


def _check_stays_young(row: Volunteer, fields: Mapping[str, Any], by: User | None) -> None:
    """Raise InvalidInput where somebody under 16 would become older by correcting the date: who
    needs a parent's word cannot do without it by another date.
    """
    born = fields.get("date_of_birth")
    if born is None or (by is not None and by.is_broker) or not policies.is_under_16(row, today()):
        return
    if policies.age_on(born, today()) >= policies.AGE_OF_CONSENT:
        raise received.refuse(
            "date_of_birth",
            _("You told us that you are under 16. If that was wrong, ask the volunteer centre."),
        )


def _set_list(volunteer: Volunteer, name: str, chosen: Iterable[Any]) -> bool:
    """Make the many-to-many list hold just `chosen`; whether that changed anything."""
    relation = getattr(volunteer, name)
    before = set(relation.values_list("pk", flat=True))
    after = {item.pk for item in chosen}
    if before != after:
        relation.set(after)
    return before != after


def _check(volunteer: Volunteer, day: date) -> None:
    born: date | None = volunteer.date_of_birth
    if born is not None:
        if not 0 <= policies.age_on(born, day) <= OLDEST_AGE:
            raise received.refuse("date_of_birth", _("Check the date of birth."))
        policies.check_can_register(born, day)
    if not (volunteer.helps_in_person or volunteer.helps_from_home):
        raise received.refuse(
            "helps_in_person", _("Choose whether you want to help in person, from home, or both.")
        )
    if not (volunteer.open_to_one_off or volunteer.open_to_regular):
        raise received.refuse(
            "open_to_regular", _("Choose whether you want to help once, regularly, or both.")
        )
    if volunteer.hours_a_week is not None and not 1 <= volunteer.hours_a_week <= 40:
        raise received.refuse("hours_a_week", _("Enter a number of hours from 1 to 40."))
    if volunteer.can_start_from is not None and volunteer.can_start_from > day + LATEST_START:
        raise received.refuse(
            "can_start_from", _("Choose a day within a year, or pause your profile.")
        )
    if volunteer.travel_miles is not None and not 0 < volunteer.travel_miles <= 50:
        raise received.refuse("travel_miles", _("Choose how far you can travel."))
