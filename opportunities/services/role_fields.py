"""What a role says: set, checked and saved, with the lists, skills and dates that belong to it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from core import input as received
from core.clock import now
from core.dbs import DbsLevel
from core.models import Activity, Cause, Language, Skill
from core.motives import motives_from
from opportunities.models import DateTakenOut, Opportunity, RoleSkill, Session

Status = Opportunity.Status

#: What a group can change about a role.
FIELDS = frozenset(
    {
        "title",
        "summary",
        "description",
        "gains",
        "offers",
        "from_home",
        "postcode",
        "place_name",
        "weekly_slots",
        "commitment",
        "hours_a_week",
        "places",
        "minimum_age",
        "maximum_age",
        "dbs_level",
        "access",
        "expenses",
        "training",
        "supervision",
        "welcomes_company",
        "groups_welcome",
        "can_be_shared",
        "takes_from_waiting_list",
        "closes_on",
    }
)
LISTS: dict[str, type[Activity | Cause | Language]] = {
    "causes": Cause,
    "activities": Activity,
    "languages": Language,
}
SKILL_LISTS = {
    "skills_needed": RoleSkill.Need.NEEDED,
    "skills_useful": RoleSkill.Need.USEFUL,
    "skills_gained": RoleSkill.Need.GAINED,
}
#: Roles that need a DBS check are for people of this age or over.
DBS_MINIMUM_AGE = 16


@dataclass(frozen=True, slots=True)
class Filled:
    """What a role was filled with: the names of plain fields that changed, and the rows that go
    with it (sessions None: not said)."""

    changed: set[str]
    lists: dict[str, list[Any]]
    skills: dict[RoleSkill.Need, list[Skill]]
    sessions: list[tuple[datetime, datetime]] | None


def fill(
    role: Opportunity,
    fields: Mapping[str, Any],
    *,
    items: received.Items = received.items,
    constraints: bool = True,
) -> Filled:
    """Set and check fields without saving; `constraints` as in `received.check`. Raises as
    `roles.update`.
    """
    lists = {
        name: items(kind, fields[name], field=name)
        for name, kind in LISTS.items()
        if name in fields
    }
    skills = {
        need: items(Skill, fields[name], field=name)
        for name, need in SKILL_LISTS.items()
        if name in fields
    }
    sessions = sorted(fields["sessions"]) if fields.get("sessions") is not None else None
    others = {*LISTS, *SKILL_LISTS, "sessions"}
    plain = {name: value for name, value in fields.items() if name not in others}
    if "offers" in plain:
        plain["offers"] = motives_from(plain["offers"], field="offers")
    changed = received.assign(role, plain, FIELDS)
    _check(role)
    if role.from_home and role.postcode:
        role.postcode, role.place_name = "", ""
        received.locate(role)
    elif "postcode" in changed:
        received.locate(role)
    received.check(role, exclude={"organisation"}, constraints=constraints)
    _check_sessions(sessions or [])
    _follow_places(role)
    return Filled(changed, lists, skills, sessions)


#: What statistics read of a role as of the end of a month: columns, and lists.
READ_LATER = ("places", "closes_on", "from_home", "commitment", "weekly_slots", "ward_code")
LISTS_READ_LATER = ("causes", "activities")


def write(role: Opportunity, fields: dict[str, Any]) -> set[str]:
    """Set, check and save; give the names of what changed. Raises as `fill`."""
    filled = fill(role, fields)
    changed = filled.changed
    role.save()
    for name, chosen in filled.lists.items():
        relation = getattr(role, name)
        if {item.pk for item in chosen} != set(relation.values_list("pk", flat=True)):
            relation.set(chosen)
            changed.add(name)
    if _write_skills(role, filled.skills):
        changed.add("skills")
    if filled.sessions is not None and _write_sessions(role, filled.sessions):
        changed.add("sessions")
    return changed


def _check(role: Opportunity) -> None:
    if role.places < max(1, role.places_taken):
        raise received.refuse(
            "places",
            _("%(count)s people hold a place already, so there cannot be fewer places.")
            % {"count": role.places_taken}
            if role.places_taken
            else _("There has to be at least one place."),
            code="too_few_places",
        )
    if role.dbs_level != DbsLevel.NONE and role.minimum_age < DBS_MINIMUM_AGE:
        raise received.refuse(
            "minimum_age",
            _("A role that needs a DBS check is for people of %(age)s or over.")
            % {"age": DBS_MINIMUM_AGE},
        )
    if role.maximum_age is not None and role.maximum_age < role.minimum_age:
        raise received.refuse("maximum_age", _("The highest age is lower than the lowest age."))
    known = set(Opportunity.Access.values)
    if not isinstance(role.access, list) or not set(role.access) <= known:
        raise received.refuse("access", _("Choose from the list."))


def _follow_places(role: Opportunity) -> None:
    """A full role with a new place is open again; an open one without any is full."""
    if role.status == Status.FULL and role.places_left:
        role.status = Status.OPEN
    elif role.status == Status.OPEN and not role.places_left:
        role.status = Status.FULL


def _write_skills(role: Opportunity, wanted: Mapping[RoleSkill.Need, Iterable[Skill]]) -> bool:
    changed = False
    for need, chosen in wanted.items():
        before = set(role.role_skills.filter(need=need).values_list("skill_id", flat=True))
        after = {skill.pk for skill in chosen}
        if before != after:
            role.role_skills.filter(need=need).delete()
            RoleSkill.objects.bulk_create(
                RoleSkill(opportunity=role, skill=skill, need=need) for skill in chosen
            )
            changed = True
    return changed


def _check_sessions(wanted: Sequence[tuple[datetime, datetime]]) -> None:
    if any(end <= start for start, end in wanted):
        raise received.refuse("sessions", _("A session ends after it starts."))
    if len({start for start, __ in wanted}) != len(wanted):
        raise received.refuse("sessions", _("Two sessions start at the same time."))


def _write_sessions(role: Opportunity, wanted: Sequence[tuple[datetime, datetime]]) -> bool:
    before = set(role.sessions.values_list("starts_at", "ends_at"))
    if before == set(wanted):
        return False
    # One that starts at the same time stays the same row: people have said that they come to it.
    ends = dict(wanted)
    for session in role.sessions.all():
        end = ends.pop(session.starts_at, None)
        if end is None:
            if session.starts_at > now():
                DateTakenOut.objects.create(opportunity=role, starts_at=session.starts_at)
            session.delete()
        elif end != session.ends_at:
            session.ends_at = end
            session.save(update_fields=["ends_at", "updated_at"])
    Session.objects.bulk_create(
        Session(opportunity=role, starts_at=start, ends_at=end)
        for start, end in sorted(ends.items())
    )
    return True
