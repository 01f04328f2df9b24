"""People on waiting lists of full roles and of kinds of role, and the places that are offered to
the first of them: live ones of different ages, and what became of others."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random

from core.models import Activity
from demonstration.written import Written
from opportunities.models import Opportunity
from placements import policies
from placements.models import Application, PassedOver, TimedOffer, WaitingListEntry
from placements.time_limits import answer_by, remind_at
from volunteers.models import Volunteer

#: One full role in so many has a list, each with at most so many people.
ONE_IN, ON_EACH = 4, 4
#: Kinds of role that people wait for, and how many of 1,000 waiting people do.
KINDS = {
    "gardening": 3,
    "reading-with-children": 4,
    "animal-care": 4,
    "befriending": 2,
    "cooking": 2,
    "digital-help": 2,
}
#: Ages of the live offers, in days, the first of them the login's; they end after three days.
LIVE = (1.2, 0.3, 0.9, 1.7, 2.4, 2.8)
#: How offers of the last months ended, and how many of 1,000 waiting people had one.
ENDED: dict[str, int] = {"refused": 4, "lapsed": 4, "ended": 2}
State, Why, Offer = WaitingListEntry.State, WaitingListEntry.Why, TimedOffer.State


class _Lists:
    """The rows, gathered before they are written."""

    def __init__(self, written: Written) -> None:
        self.written = written
        self.chance: Random = written.plan.chance("waiting lists")
        self.entries: list[WaitingListEntry] = []
        self.offers: list[TimedOffer] = []
        self.passed: list[PassedOver] = []
        self.people = written.waiting()
        self.activities = {one.code: one for one in Activity.objects.all()}

    def join(
        self,
        person: Volunteer,
        at: datetime,
        *,
        role: Opportunity | None = None,
        kind: str = "",
    ) -> WaitingListEntry:
        entry = WaitingListEntry(
            volunteer=person,
            opportunity=role,
            activity=self.activities[kind] if kind else None,
            joined_at=at,
            created_at=at,
        )
        self.entries.append(entry)
        return entry

    def offer(
        self, entry: WaitingListEntry, role: Opportunity, at: datetime, state: str = Offer.LIVE
    ) -> TimedOffer:
        end = answer_by(at)
        offer = TimedOffer(
            entry=entry,
            volunteer=entry.volunteer,
            opportunity=role,
            made_at=at,
            created_at=at,
            answer_by=end,
            state=state,
        )
        entry.last_offered_at = at
        if state == Offer.LIVE:
            entry.state = State.OFFERED
            due = remind_at(end)
            offer.remind_at = due if due > self.written.plan.end else None
        self.offers.append(offer)
        return offer

    def end(self, entry: WaitingListEntry, state: str, at: datetime, why: str = "") -> None:
        entry.state, entry.ended_at, entry.why_ended = state, at, why


def fill_lists(written: Written) -> list[TimedOffer]:
    """Write who waits for what and what they were offered; give the live offers, the login's
    first."""
    lists = _Lists(written)
    _lines_of_roles(lists)
    _lines_of_kinds(lists)
    _came_from_a_list(lists)
    _offers_that_ended(lists)
    live = _live_offers(lists)
    WaitingListEntry.objects.bulk_create(lists.entries, batch_size=1000)
    TimedOffer.objects.bulk_create(lists.offers, batch_size=1000)
    PassedOver.objects.bulk_create(lists.passed, batch_size=1000)
    taken = [offer.opportunity for offer in live]
    Opportunity.objects.bulk_update(taken, ["places_taken", "status"])
    _note_all(lists)
    return live


def _share(lists: _Lists, of_1000: int) -> int:
    return max(1, round(of_1000 * len(lists.people) / 1000))


def _lines_of_roles(lists: _Lists) -> None:
    written = lists.written
    full = [role for role in written.roles if role.status == Opportunity.Status.FULL]
    for role in full[::ONE_IN]:
        joined = max(written.plan.ago(lists.chance.uniform(8, 40)), role.created_at)
        number = min(len(lists.people), lists.chance.randint(0, ON_EACH))
        for person in lists.chance.sample(lists.people, number):
            has_applied = (person.pk, role.pk) in written.asked
            door = policies.Door(
                person, role, has_applied, is_blocked=False, day=written.plan.today
            )
            joined += timedelta(hours=lists.chance.uniform(3, 40))
            if policies.can_wait_for(door) and person.created_at < joined < written.plan.end:
                entry = lists.join(person, joined, role=role)
                if lists.chance.random() < 0.15:
                    lists.end(entry, State.LEFT, written.plan.ago(0.5), Why.CHOSE)


def _lines_of_kinds(lists: _Lists) -> None:
    """The login waits for gardening, behind others; some have left since."""
    login = lists.written.volunteers[0]
    for kind, of_1000 in KINDS.items():
        joined = lists.written.plan.ago(34)
        known = [one for one in lists.people if one.created_at < joined]
        line = lists.chance.sample(known, min(len(known), max(2, _share(lists, of_1000))))
        for person in [*line, *([login] if kind == "gardening" else [])]:
            joined += timedelta(hours=lists.chance.uniform(3, 60))
            lists.join(person, min(joined, lists.written.plan.ago(3)), kind=kind)


def _came_from_a_list(lists: _Lists) -> None:
    """Whoever came by a waiting list was on one, was offered the place, and said yes."""
    for application in lists.written.applications:
        if application.came_by != Application.CameBy.WAITING_LIST:
            continue
        role, at = application.opportunity, application.created_at
        made = at - timedelta(hours=lists.chance.uniform(1, 60))
        joined = made - timedelta(days=lists.chance.uniform(2, 30))
        kind = lists.written.plan_of[role.pk].kind.activities[0]
        entry = lists.join(
            application.volunteer, max(joined, application.volunteer.created_at), kind=kind
        )
        lists.offer(entry, role, max(made, entry.joined_at), Offer.TAKEN).ended_at = at
        if application.answered_at is not None and application.state != "declined":
            lists.end(entry, State.PLACED, application.answered_at)
        else:
            lists.end(entry, State.LEFT, application.state_since, Why.NOT_CHOSEN)


def _offers_that_ended(lists: _Lists) -> None:
    """Offers that were refused, ran out, or were overtaken by the end of the role."""
    roles = list(_roles_with(lists, "open"))
    for state, of_1000 in ENDED.items():
        for person in lists.chance.sample(lists.people, _share(lists, of_1000)):
            if not roles:
                return
            role = lists.chance.choice(roles)
            made = lists.written.plan.ago(lists.chance.uniform(5, 80))
            begins = max(role.published_at or made, person.created_at)
            if begins > made - timedelta(days=2):
                continue
            entry = lists.join(person, made - timedelta(days=1), kind=_kind_of(lists, role))
            offer = lists.offer(entry, role, made, state)
            lapsed = state == Offer.LAPSED
            hours = 72 if lapsed else lists.chance.uniform(2, 60)
            offer.ended_at = made + timedelta(hours=hours)
            entry.unanswered = int(lapsed)
            why = {"refused": Why.SAID_NO, "lapsed": Why.UNANSWERED}.get(state)
            if why is not None:
                lists.end(entry, State.LEFT, offer.ended_at, why)
            else:
                lists.end(entry, State.LEFT, lists.written.plan.ago(1), Why.CHOSE)


def _live_offers(lists: _Lists) -> list[TimedOffer]:
    """Places that are kept just now. The first in line of each kind has one, and the login."""
    plan = lists.written.plan
    live: list[TimedOffer] = []
    login = lists.written.volunteers[0]
    waiting = [one for one in lists.entries if one.state == State.WAITING and one.is_pooled]
    line = [one for one in waiting if one.volunteer == login] + waiting
    held: set[int] = set()
    ages = list(LIVE[: max(2, len(lists.people) // 100)])
    for entry in line:
        if not ages:
            break
        if entry.volunteer_id in held:
            continue
        kind = entry.activity.code if entry.activity else ""
        made = plan.ago(ages[0])
        roles = [
            role
            for role in _roles_with(lists, "free")
            if kind in lists.written.plan_of[role.pk].kind.activities
            and (role.published_at or made) < made
            and _may_have(lists, entry.volunteer, role)
        ]
        if roles:
            role = roles[0]
            live.append(lists.offer(entry, role, made))
            held.add(entry.volunteer_id)
            ages.pop(0)
            role.places_taken += 1
            if not role.places_left:
                role.status = Opportunity.Status.FULL
            _pass_over(lists, waiting, entry, role, made)
    return live


def _may_have(lists: _Lists, person: Volunteer, role: Opportunity) -> bool:
    has_applied = (person.pk, role.pk) in lists.written.asked
    door = policies.Door(person, role, has_applied, is_blocked=False, day=lists.written.plan.today)
    return policies.can_apply(door) and bool(
        not (role.weekly_slots and person.availability) or role.weekly_slots & person.availability
    )


def _pass_over(
    lists: _Lists,
    line: list[WaitingListEntry],
    entry: WaitingListEntry,
    role: Opportunity,
    at: datetime,
) -> None:
    """Who stood before them and is not free then was passed over."""
    for other in line:
        if other.activity != entry.activity or other.joined_at >= entry.joined_at:
            continue
        if any(one.entry is other and one.opportunity == role for one in lists.passed):
            continue
        free = other.volunteer.availability
        if free and role.weekly_slots and not free & role.weekly_slots:
            rule = "time_overlap"
            lists.passed.append(PassedOver(entry=other, opportunity=role, rule=rule, at=at))


def _roles_with(lists: _Lists, what: str) -> Iterator[Opportunity]:
    """Open roles; "free": with a place that nobody has or has asked for."""
    for role in lists.written.roles:
        is_open = role.status == Opportunity.Status.OPEN and role.organisation.is_verified
        if is_open and (what == "open" or role.places_left > role.applications_pending):
            yield role


def _kind_of(lists: _Lists, role: Opportunity) -> str:
    return lists.written.plan_of[role.pk].kind.activities[0]


def _note_all(lists: _Lists) -> None:
    written = lists.written
    for entry in lists.entries:
        person = entry.volunteer.user
        written.note("waiting_list.joined", entry, by=person, at=entry.joined_at)
        if entry.ended_at is not None:
            by = person if entry.why_ended in (Why.CHOSE, Why.SAID_NO) else None
            action, why = f"waiting_list.{entry.state}", {"reason": str(entry.why_ended)}
            written.note(action, entry, by=by, at=entry.ended_at, **why)
    for offer in lists.offers:
        of = {"opportunity": offer.opportunity_id}
        written.note("timed_offer.live", offer, by=None, at=offer.made_at, **of)
        if offer.ended_at is not None:
            answered = offer.state in (Offer.TAKEN, Offer.REFUSED)
            by = offer.volunteer.user if answered else None
            state = Offer(offer.state).value
            written.note(f"timed_offer.{state}", offer, by=by, at=offer.ended_at, **of)
