"""What people keep and say beside applying: searches, roles that are not for them, a parent's word,
how they want to be told, and answers for equality monitoring."""

from datetime import datetime, timedelta
from random import Random
from typing import Any

from core.models import Activity
from core.week import SLOTS_BY_CODE, mask_of
from demonstration.plan import by_day, weighted
from demonstration.written import Written
from desk.models import WayToTell
from equality.models import EqualityAnswers
from equality.services.answers import QUESTIONS
from matching.models import HiddenRole, Impression
from opportunities.models import Opportunity, SavedSearch, SavedSearchRole
from opportunities.search.criteria import SearchCriteria
from opportunities.search.standing import asked_of
from volunteers.models import ParentRequest, Volunteer
from volunteers.policies import age_on

#: What part of people keep a search, hide roles, answer for equality monitoring.
SEARCHES, HIDES, ANSWERS = 0.06, 0.05, 0.38
#: How often of 100 people want to be told of new roles.
ALERTS: dict[str, float] = {"now": 15, "daily": 35, "weekly": 35, "never": 15}
#: Why a role is not for somebody, and how often of 100 times.
REASONS: dict[str, float] = {
    "too_far": 22,
    "other_times": 30,
    "not_interested": 24,
    "needs_more": 8,
    "too_hard": 6,
    "done_before": 4,
    "not_this_group": 2,
    "other": 4,
}
#: A block of numbers that no telephone has (Ofcom keeps it for plays and films).
PHONE = "020 7946 0{number:03}"
Parent = ParentRequest.State


def write(written: Written) -> None:
    """Write all of it; the logins outdoors and young have some of their own."""
    _write_searches(written)
    _write_hidden(written)
    _write_parents(written)
    _write_ways_to_tell(written)
    _write_equality(written)


def _write_searches(written: Written) -> None:
    chance = written.plan.chance("searches")
    names = dict(Activity.objects.values_list("code", "name"))
    searches: list[SavedSearch] = []
    login, *_ = written.volunteers
    searches.append(_search(written, login, "gardening", names, alerts="daily", days=30))
    searches.append(_search(written, login, "tree-planting", names, alerts="weekly", days=12))
    for person in written.at_desk:
        if chance.random() < SEARCHES and person.user.email:
            kind = _activity(written, chance)
            alerts = weighted(chance, ALERTS)
            days = chance.uniform(1, 200)
            searches.append(_search(written, person, kind, names, alerts=alerts, days=days))
    SavedSearch.objects.bulk_create(searches)
    SavedSearchRole.objects.bulk_create(
        [row for search in searches for row in _found(written, search)], batch_size=1000
    )
    for search in searches:
        to = {"alerts": str(search.alerts)}
        written.note("search.saved", search, by=search.user, at=search.since, **to)


def _activity(written: Written, chance: Random) -> str:
    role = chance.choice(written.planned.roles)
    return chance.choice(role.kind.activities)


def _search(
    written: Written,
    person: Volunteer,
    activity: str,
    names: dict[str, str],
    *,
    alerts: str,
    days: float,
) -> SavedSearch:
    """One search as the page keeps it: an activity, at weekends for whoever is free only then."""
    slots = mask_of(slot for code, slot in SLOTS_BY_CODE.items() if code[:3] in ("sat", "sun"))
    at_weekends = bool(person.availability) and not person.availability & ~slots
    criteria = SearchCriteria(activities=(activity,), slots=slots if at_weekends else 0)
    address = f"activity={activity}" + ("&day=sat&day=sun" if at_weekends else "")
    since = by_day(max(written.plan.ago(days), person.created_at))
    return SavedSearch(
        user=person.user,
        name=names[activity] + (", Saturdays and Sundays" if at_weekends else ""),
        address=address,
        asked=asked_of(criteria),
        alerts=alerts,
        since=since,
        created_at=since,
    )


def _found(written: Written, search: SavedSearch) -> list[SavedSearchRole]:
    """Roles that came out since and fit; all but the newest have been told."""
    if search.alerts == "never":
        return []
    (activity,), slots = search.asked["activities"], search.asked.get("slots", 0)
    rows = []
    for role in written.roles:
        published = role.published_at
        if published is None or published <= search.since or not role.is_public:
            continue
        kind = written.plan_of[role.pk].kind
        if activity in kind.activities and not (slots and not slots & _slots(written, role)):
            told = published + timedelta(minutes=10 if search.alerts == "now" else 60 * 20)
            if told < written.plan.end:
                search.told_at = max(told, search.told_at or told)
                rows.append(SavedSearchRole(search=search, opportunity=role, told_at=told))
    return rows


def _slots(written: Written, role: Opportunity) -> int:
    return written.plan_of[role.pk].slots or -1


def _write_hidden(written: Written) -> None:
    chance = written.plan.chance("hidden roles")
    public = [role for role in written.roles if role.is_public]
    hidden: list[HiddenRole] = []
    seen: list[Impression] = []
    people = [(written.volunteers[0], 2), (written.volunteers[1], 1)]
    people += [(one, chance.randint(1, 3)) for one in written.at_desk if chance.random() < HIDES]
    for person, number in people:
        for role in chance.sample(public, min(number, len(public))):
            at = by_day(
                max(
                    written.plan.ago(chance.uniform(0.3, 60)),
                    person.created_at,
                    role.published_at or person.created_at,
                )
            )
            if (person.pk, role.pk) in written.asked or at >= written.plan.end:
                continue
            why = {"reason": weighted(chance, REASONS), "at": at}
            pair = {"volunteer": person, "opportunity": role}
            hidden.append(HiddenRole(**pair, **why))
            seen.append(Impression(**pair, **why, event="hidden", surface="page"))
    HiddenRole.objects.bulk_create(hidden)
    Impression.objects.bulk_create(seen)
    for one in hidden:
        of = {"role": one.opportunity_id, "reason": one.reason}
        written.note("role.hidden", one, by=one.volunteer.user, at=one.at, **of)


def _write_parents(written: Written) -> None:
    """Who is under 16 and has a parent's word asked for it; others wait, or were told no."""
    chance = written.plan.chance("parents")
    requests = []
    for person in written.volunteers:
        born = person.date_of_birth
        if born is None or age_on(born, written.plan.today) >= 16:
            continue
        confirmed = person.parent_confirmed_at
        state = Parent.CONFIRMED
        if confirmed is None:
            state = weighted(chance, {Parent.ASKED: 6, Parent.REFUSED: 2, Parent.TAKEN_BACK: 1})
            if chance.random() < 0.25:
                continue
        asked = by_day(person.created_at + timedelta(hours=chance.uniform(0.2, 8)))
        answered = confirmed
        if state in (Parent.REFUSED, Parent.TAKEN_BACK):
            answered = asked + (written.plan.end - asked) * chance.uniform(0.1, 0.6)
        if asked >= (answered or written.plan.end):
            asked = person.created_at
        is_known = state in (Parent.ASKED, Parent.CONFIRMED)
        number = person.pk
        requests.append(
            ParentRequest(
                volunteer=person,
                state=state,
                name=f"Parent of {person.user.get_full_name()}"[:120] if is_known else "",
                email=f"parent-of-{person.user.email or f'{number}@example.org'}"
                if is_known
                else "",
                number=1,
                mailed_number=1,
                asked_at=asked,
                answered_at=answered,
                created_at=asked,
            )
        )
    ParentRequest.objects.bulk_create(requests)
    for one in requests:
        by = one.volunteer.user
        written.note("parent.asked", one.volunteer, by=by, at=one.asked_at, number=1)
        if one.answered_at is not None:
            written.note(
                f"parent.{Parent(one.state).value}", one.volunteer, by=None, at=one.answered_at
            )


def _write_ways_to_tell(written: Written) -> None:
    """People without email: most are called, some want letters. The broker wrote down how."""
    chance = written.plan.chance("ways to tell")
    ways, called = [], []
    for number, person in enumerate(written.volunteers):
        if person.user.email is not None:
            continue
        person.user.phone = PHONE.format(number=number % 1000)
        called.append(person.user)
        if chance.random() < 0.35:
            address = f"{chance.randint(1, 90)} Example Street\nHarrow\n{person.postcode}".strip()
            ways.append(WayToTell(user=person.user, way="letter", postal_address=address))
        elif chance.random() < 0.7:
            ways.append(WayToTell(user=person.user, way="call"))
        else:
            continue
        ways[-1].created_at = person.created_at
    type(called[0]).objects.bulk_update(called, ["phone"], batch_size=500) if called else None
    WayToTell.objects.bulk_create(ways)
    for one in ways:
        by, how = written.broker, {"way": str(one.way)}
        written.note("person.way_to_tell", one.user, by=by, at=one.created_at, **how)


#: Shares of answers, of 100; what is left over is left out. Made up, and not those of Harrow.
EQUALITY: dict[str, dict[str, float]] = {
    "disability": {"no": 70, "yes_little": 12, "yes_lot": 6, "prefer_not": 6, "": 6},
    "ethnic_group": {
        "asian": 42, "white": 33, "black": 9, "mixed": 4, "other": 4, "prefer_not": 4, "": 4,
    },
    "sex": {"female": 58, "male": 34, "prefer_not": 3, "": 5},
    "gender_same": {"same": 84, "different": 1, "prefer_not": 5, "": 10},
    "religion": {
        "hindu": 24, "christian": 26, "none": 16, "muslim": 12, "jewish": 4, "jain": 3,
        "sikh": 2, "buddhist": 2, "other": 2, "prefer_not": 5, "": 4,
    },
    "orientation": {"straight": 74, "gay": 3, "bi": 3, "other": 1, "prefer_not": 10, "": 9},
}  # fmt: skip


def _write_equality(written: Written) -> None:
    """What a share of people with an account of their own chose to say."""
    chance = written.plan.chance("equality")
    rows = []
    for person in written.volunteers[4:]:
        if person.user.email is None or chance.random() > ANSWERS:
            continue
        answers: dict[str, Any] = {
            question: weighted(chance, EQUALITY[question])
            for question in QUESTIONS
            if question in EQUALITY
        }
        rows.append(EqualityAnswers(user=person.user, age_band=_band(person, written), **answers))
    EqualityAnswers.objects.bulk_create(rows, batch_size=1000)
    joined = {person.user_id: person.created_at for person in written.volunteers}
    for row in rows:
        at: datetime = by_day(joined[row.user_id] + timedelta(minutes=9))
        written.note("equality.answered", row.user, by=row.user, at=min(at, written.plan.end))


def _band(person: Volunteer, written: Written) -> str:
    if person.date_of_birth is None:
        return ""
    age = age_on(person.date_of_birth, written.plan.today)
    bands = {"under_18": 18, "18_24": 25, "25_44": 45, "45_64": 65, "65_79": 80}
    return next((band for band, below in bands.items() if age < below), "80_over")
