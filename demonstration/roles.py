"""The roles of the demonstration borough, and how many places they have.

Places are set so that there are too few of them: `PLACES_FOR_EACH_PERSON` places, over all roles
that came out, for each volunteer. Part of them are taken in the season; what is left is about half
of the people who then still wait. The lack is uneven. By kind, since people ask for kinds by their
appeal and groups offer them by their share (`data/role_kinds.toml`). By time, since most people
are free in the evening and at weekends (`lives`), and most roles are on weekday mornings and
afternoons. By ward, since most groups are in the middle of the borough and most people are not
(`data/wards.toml`).
"""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from core.clock import LONDON
from core.places import postcodes
from core.week import Slot, mask_between, mask_of, slots_in
from demonstration.groups import Group
from demonstration.kinds import RoleKind, role_kinds
from demonstration.plan import Plan, by_day, weighted

PLACES_FOR_EACH_PERSON = 0.54
#: Of 100 roles, how many never left the group's desk, wait for the volunteer centre, came out.
STAGES: dict[str, float] = {"draft": 4, "in review": 3, "out": 93}
#: Of roles that came out and go on every week, the share that has been closed since.
CLOSED_SHARE = 0.16
#: Of roles on dated days, the share whose days are over, and that whose days are partly over.
PAST_SHARE = 0.3
RUNNING_SHARE = 0.3
#: Of roles that wait to be looked at, the share with words that are marked.
MARKED_SHARE = 0.6
#: When the first session of a part of the day begins, o'clock.
STARTS_AT = (10, 14, 18)


@dataclass(slots=True)
class Role:
    """A role before it is written; `fields` as in `opportunities.services.roles`."""

    kind: RoleKind
    group: Group
    drafted_at: datetime
    fields: dict[str, Any] = field(default_factory=dict)
    sent_at: datetime | None = None
    published_at: datetime | None = None
    closes_at: datetime | None = None
    closed_because: str = ""
    least_places: int = 1

    @property
    def slots(self) -> int:
        """When it is done: its weekly slots, and those of its sessions."""
        mask = int(self.fields["weekly_slots"])
        for start, end in self.fields.get("sessions", ()):
            mask |= mask_between(start, end)
        return mask


def roles(plan: Plan, groups: list[Group], *, first: list[tuple[str, int]]) -> list[Role]:
    """Give the plan's roles; `first` says kind and number of the group of the first ones."""
    chance = plan.chance("roles")
    kinds = role_kinds()
    hosts = {code: [g for g in groups if code in g.kind.roles] for code in kinds}
    shares = {code: kind.share for code, kind in kinds.items() if hosts[code]}
    made = []
    for place in range(plan.opportunities):
        if place < len(first):
            code, number = first[place]
            made.append(_role(plan, chance, kinds[code], groups[number - 1], kept_open=True))
        else:
            code = weighted(chance, shares)
            made.append(_role(plan, chance, kinds[code], chance.choice(hosts[code])))
    _set_places(plan, chance, made)
    return made


def _role(
    plan: Plan, chance: Random, kind: RoleKind, group: Group, *, kept_open: bool = False
) -> Role:
    stage = "out" if kept_open else weighted(chance, STAGES)
    if group.verified_at is None:
        stage = chance.choice(["draft", "in review"])
    days = weighted(chance, DAYS) if kind.dated and stage == "out" and not kept_open else "ahead"
    age = _age_in_days(chance, dated=kind.dated, days=days, kept_open=kept_open)
    if stage == "in review":
        age = 0.4 + 8 * chance.random()
    known_for = (plan.end - (group.verified_at or group.registered_at)) / timedelta(days=1)
    published = plan.at_work(plan.ago(min(age, known_for * 0.9)))
    drafted = by_day(published - timedelta(hours=chance.randint(5, 60)))
    role = Role(kind=kind, group=group, drafted_at=max(drafted, group.registered_at))
    role.least_places = 6 if kept_open else 1
    if stage != "draft":
        role.sent_at = role.drafted_at + timedelta(minutes=chance.randint(20, 240))
    if stage == "out":
        role.published_at = max(published, role.sent_at or published)
    role.fields = _fields(chance, kind, group)
    if stage == "in review" and chance.random() < MARKED_SHARE:
        role.fields["description"] += f"\n\n{chance.choice(MARKED)}"
    if kind.dated:
        _set_days(plan, chance, role, days=days)
    elif stage == "out" and not kept_open:
        _set_end(plan, chance, role)
    return role


#: How the days of dated roles lie, and how likely.
DAYS: dict[str, float] = {
    "over": PAST_SHARE,
    "running": RUNNING_SHARE,
    "ahead": 1 - PAST_SHARE - RUNNING_SHARE,
}
#: What groups write that is marked (`opportunities.wording_marks`), for the centre to see.
MARKED = (
    "We are looking for a young, energetic person who can start at once.",
    "You must have a clean driving licence and be physically fit.",
    "Ladies needed to help with the teas!!!",
    "Native English speakers only, please.",
)


def _age_in_days(chance: Random, *, dated: bool, days: str, kept_open: bool) -> float:
    if kept_open:
        return 100 + 20 * chance.random()
    if dated:
        least, spread = {"over": (60, 340), "running": (65, 50), "ahead": (2, 40)}[days]
        return least + spread * chance.random()
    return 2 + 424 * chance.random() ** 0.7


def _fields(chance: Random, kind: RoleKind, group: Group) -> dict[str, Any]:
    slots = 0 if kind.dated else _weekly_slots(chance, kind)
    needs_check = kind.dbs != "none"
    return {
        "title": chance.choice(kind.titles),
        "summary": kind.summary,
        "description": kind.description,
        "gains": kind.gains,
        "offers": kind.offers,
        "causes": kind.causes,
        "activities": kind.activities,
        "languages": [chance.choice(kind.languages)] if kind.languages else [],
        "skills_needed": kind.needed,
        "skills_useful": [s for s in kind.useful if s not in kind.needed],
        "skills_gained": kind.gained,
        "from_home": kind.from_home,
        "weekly_slots": slots,
        "commitment": kind.commitment,
        "hours_a_week": max(1, kind.hours + chance.choice([-1, 0, 0, 0, 1])),
        "minimum_age": max(kind.minimum_age, 16 if needs_check else 13),
        "dbs_level": kind.dbs,
        "access": sorted(
            code
            for code, likely in ACCESS.items()
            if not kind.from_home and chance.random() < likely
        ),
        "expenses": chance.choice(EXPENSES),
        "training": chance.choice(TRAINING),
        "supervision": chance.choice(SUPERVISION),
        "welcomes_company": kind.company and chance.random() < 0.8,
        "groups_welcome": kind.groups and chance.random() < 0.7,
        "takes_from_waiting_list": chance.random() < 0.35,
        **_place(chance, kind, group),
    }


#: What a venue has, and how likely.
ACCESS = {
    "step_free": 0.7,
    "toilet": 0.6,
    "hearing_loop": 0.2,
    "parking": 0.4,
    "quiet": 0.3,
    "seated": 0.3,
}
EXPENSES = (
    "",
    "We pay your bus fare.",
    "We pay your bus fare and give you lunch.",
    "We pay travel within Harrow; keep your tickets.",
)
TRAINING = (
    "",
    "We show you everything on the first day.",
    "Half a day of training before you begin, with somebody beside you for the first month.",
    "A short online course that you do in your own time.",
)
SUPERVISION = (
    "",
    "There is always a member of the team in the room.",
    "You can ring the coordinator at any time.",
    "You meet your coordinator once a month.",
)


def _place(chance: Random, kind: RoleKind, group: Group) -> dict[str, str]:
    """Two in three roles are where the group is, the others in a hall of the same ward."""
    if kind.from_home:
        return {"postcode": "", "place_name": ""}
    place = group.place
    if chance.random() < 0.33:
        place = chance.choice(postcodes.in_ward(place.ward_code))
    return {"postcode": place.postcode, "place_name": f"Example Hall {chance.randint(1, 40)}"}


def _weekly_slots(chance: Random, kind: RoleKind) -> int:
    """Give one or two of the kind's times, on one to three of their days."""
    if not kind.slots:
        return 0
    times = chance.sample(kind.slots, min(len(kind.slots), chance.choice([1, 1, 2])))
    chosen: list[Slot] = []
    for time_of_week in times:
        days = slots_in(time_of_week)
        chosen += chance.sample(days, min(len(days), chance.randint(1, 3)))
    return mask_of(chosen)


def _set_days(plan: Plan, chance: Random, role: Role, *, days: str) -> None:
    """Give the role dated sessions: one to three that are over, or to come in the next weeks, or a
    row of them once a fortnight of which some are over."""
    slot = chance.choice(slots_in(chance.choice(role.kind.slots)))
    earliest = plan.today + timedelta(days=chance.randint(3, 30))
    begins = (role.published_at or role.drafted_at).date() + timedelta(days=21)
    if days == "over":
        earliest = min(begins, plan.today - timedelta(days=25))
    if days == "running":
        earliest = begins
    first = earliest + timedelta(days=(slot.day - earliest.weekday()) % 7)
    dates = [first + timedelta(days=7 * week) for week in range(chance.choice([1, 1, 2, 3]))]
    if days == "running":
        fortnights = (plan.today - first).days // 14 + chance.randint(2, 4)
        dates = [first + timedelta(days=14 * number) for number in range(max(2, fortnights))]
    role.fields["sessions"] = [_session(day, slot.part, role.kind.hours) for day in dates]
    role.fields["closes_on"] = dates[-1]
    if days == "over" and role.published_at is not None:
        role.closes_at = datetime.combine(dates[-1] + timedelta(days=1), time(3), tzinfo=LONDON)
        role.closed_because = "over"


def _session(day: date, part: int, hours: int) -> tuple[datetime, datetime]:
    start = datetime.combine(day, time(STARTS_AT[part]), tzinfo=LONDON)
    return start, start + timedelta(hours=hours)


#: Why groups close a role, and how likely.
CLOSED_BECAUSE: dict[str, float] = {"found": 5, "limit": 3, "over": 2, "other": 1, "": 2}


def _set_end(plan: Plan, chance: Random, role: Role) -> None:
    """Close some roles during the season, and let some of the others have a last day to come."""
    assert role.published_at is not None  # noqa: S101  - the caller's stage says so
    open_for = plan.end - role.published_at
    if open_for > timedelta(days=30) and chance.random() < CLOSED_SHARE:
        role.closes_at = role.published_at + open_for * chance.uniform(0.4, 0.95)
        role.closed_because = weighted(chance, CLOSED_BECAUSE)
    elif chance.random() < 0.1:
        role.fields["closes_on"] = plan.today + timedelta(days=chance.randint(20, 90))


def _set_places(plan: Plan, chance: Random, made: list[Role]) -> None:
    """Draw places by kind, then scale them to what the borough is to have in all."""
    drawn = [chance.randint(*role.kind.places) for role in made]
    out = [role.published_at is not None and role.closes_at is None for role in made]
    counted = sum(places for places, is_out in zip(drawn, out, strict=True) if is_out)
    scale = PLACES_FOR_EACH_PERSON * plan.volunteers / max(1, counted)
    for role, places in zip(made, drawn, strict=True):
        exact = places * scale
        role.fields["places"] = max(role.least_places, int(exact) + (chance.random() < exact % 1))
