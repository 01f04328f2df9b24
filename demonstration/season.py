"""A season of applying: who asked for which role, how groups answered, what came of it.

It goes forward in time through `placements.services.bulk.Replay`, so that each move passes the same
rules as in the service. People ask for what they like, mostly near them and when they are free;
groups answer fast, steadily, late or hardly ever; places run out.
"""

import heapq
import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from itertools import count

from accounts.models import User
from core.places.distance import KM_PER_MILE, kilometres
from demonstration.groups import Answering
from demonstration.plan import Plan, by_day, weighted
from demonstration.profile_texts import words
from opportunities.models import Opportunity
from placements import states
from placements.models import Application
from placements.services.bulk import Replay
from placements.states import Move, State
from volunteers.models import Volunteer

#: How often of 100 people somebody asks in all, and how many days pass between two times.
TIMES_ASKED: dict[int, float] = {0: 24, 1: 30, 2: 24, 3: 14, 5: 8}
DAYS_BETWEEN = 18.0
#: The share of people who are free at one of the role's times that ask for a role when they are
#: not: they hope that it can be arranged.
HOPE = 0.2
#: What groups say when they say no although there is a place, and how often of 100 times.
REFUSALS: dict[str, float] = {
    "other_skills": 32,
    "other_times": 28,
    "no_reply": 18,
    "too_far": 8,
    "role_changed": 8,
    "other": 6,
}
OTHER_REFUSAL = "Thank you for asking. We hope that you find something that suits you."


@dataclass(frozen=True, slots=True)
class Seeker:
    """A volunteer in the season, with the kinds of role that they like, dearest first.

    `by` is who asks for them: they, or the broker for people without an address.
    """

    volunteer: Volunteer
    kinds: list[str]
    registered_at: datetime
    by: User


@dataclass(frozen=True, slots=True)
class Offer:
    """A role in the season: its kind, how its group answers and who does, until when it is open."""

    opportunity: Opportunity
    kind: str
    answering: Answering
    member: User
    published_at: datetime
    closes_at: datetime | None
    slots: int


class Season:
    """Things that happen, one after the other. `run` goes through to the end of the plan."""

    def __init__(self, plan: Plan, replay: Replay, offers: Iterable[Offer]) -> None:
        self._plan = plan
        self._replay = replay
        self._chance = plan.chance("season")
        self._chance_to_start = plan.chance("starts")
        self._queue: list[tuple[datetime, int, Callable[[datetime], object]]] = []
        self._order = count()
        self._by_kind: dict[str, list[Offer]] = {}
        self._by_role: dict[int, Offer] = {}
        self._acting: dict[int, User] = {}
        for offer in offers:
            self._by_kind.setdefault(offer.kind, []).append(offer)
            self._by_role[offer.opportunity.pk] = offer
            if offer.closes_at is not None:
                self.at(offer.closes_at, partial(self._close, offer))

    def at(self, moment: datetime, happens: Callable[[datetime], object]) -> None:
        """Let something happen at a moment, unless that is after the end."""
        if moment < self._plan.end:
            heapq.heappush(self._queue, (moment, next(self._order), happens))

    def in_days(self, at: datetime, days: float, happens: Callable[[datetime], object]) -> None:
        """Let something happen so many days after `at`, by day rather than by night."""
        self.at(by_day(at + timedelta(days=days)), happens)

    def add(self, seeker: Seeker) -> None:
        """Let somebody ask for roles from the day on which they registered."""
        begins = max(seeker.registered_at, self._plan.beginning)
        moment = begins
        for turn in range(weighted(self._chance, TIMES_ASKED)):
            usual = 4.0 if turn == 0 else DAYS_BETWEEN
            moment = by_day(moment + timedelta(days=self._chance.expovariate(1 / usual) + 0.02))
            self.at(moment, lambda at: self._ask(seeker, at))

    def run(self) -> Iterator[datetime]:
        """Let everything happen, in the order of time; gives the time after each."""
        while self._queue:
            moment, _, happens = heapq.heappop(self._queue)
            happens(moment)
            yield moment

    def choose(self, seeker: Seeker, at: datetime) -> Offer | None:
        """Give a role that somebody would ask for now, or None."""
        likely: dict[int, float] = {}
        for rank, kind in enumerate(seeker.kinds):
            for offer in self._by_kind.get(kind, ()):
                if offer.published_at < at and self._suits(seeker, offer, at):
                    near = math.exp(-_miles(seeker, offer) / 2)
                    likely[offer.opportunity.pk] = near / (1 + rank)
        return self._by_role[weighted(self._chance, likely)] if likely else None

    def submit(self, seeker: Seeker, offer: Offer, at: datetime) -> Application:
        """Let somebody ask for a role, with a message or without."""
        person = seeker.volunteer
        self._acting[person.pk] = seeker.by
        message = "" if self._chance.random() < 0.3 else self._chance.choice(words()["messages"])
        return self._replay.submit(
            volunteer=person,
            opportunity=offer.opportunity,
            message=message,
            by=seeker.by,
            at=at,
        )

    def _suits(self, seeker: Seeker, offer: Offer, at: datetime) -> bool:
        person = seeker.volunteer
        free = not (offer.slots and person.availability) or offer.slots & person.availability
        reach = person.travel_miles or math.inf
        return (
            (bool(free) or self._chance.random() < HOPE)
            and _miles(seeker, offer) <= reach
            and self._replay.may_apply(person, offer.opportunity, at)
        )

    def _ask(self, seeker: Seeker, at: datetime) -> None:
        person = seeker.volunteer
        placed = person.waiting_since is None
        if person.paused_at is not None or (placed and self._chance.random() < 0.9):
            return
        offer = self.choose(seeker, at)
        if offer is None:
            return
        application = self.submit(seeker, offer, at)
        self._let_group_answer(application, offer, at)
        if self._chance.random() < 0.1:
            reason = weighted(self._chance, {"found_other": 4, "no_answer": 3, "no_time": 2, "": 1})
            days = 8 + self._chance.expovariate(1 / 14)
            self.in_days(at, days, lambda at: self._withdraw(application, at, reason, pending=True))

    def _let_group_answer(self, application: Application, offer: Offer, at: datetime) -> None:
        if self._chance.random() > offer.answering.share:
            return
        days = self._chance.lognormvariate(math.log(offer.answering.days), 0.5)
        if self._chance.random() < 0.55:
            self.in_days(
                at, days * 0.3, lambda at: self._move(Move.ACKNOWLEDGE, application, offer, at)
            )
        self.in_days(at, days, lambda at: self._decide(application, offer, at))

    def _decide(self, application: Application, offer: Offer, at: datetime) -> None:
        role = offer.opportunity
        if not role.places_left:
            self._decline(application, offer, at, "no_place")
        elif self._chance.random() < 0.28:
            self._decline(application, offer, at, weighted(self._chance, REFUSALS))
        else:
            way = weighted(self._chance, {"invite": 45, "offer": 30, "accept": 25})
            if way == "invite":
                self._move(Move.INVITE, application, offer, at)
                days = 3 + self._chance.expovariate(1 / 4)
                self.in_days(at, days, lambda at: self._after_talk(application, offer, at))
            elif way == "offer":
                self._offer(application, offer, at)
            else:
                self._accept(application, offer, at)

    def _after_talk(self, application: Application, offer: Offer, at: datetime) -> None:
        if not offer.opportunity.places_left:
            self._decline(application, offer, at, "no_place")
        elif self._chance.random() < 0.12:
            self._decline(application, offer, at, weighted(self._chance, REFUSALS))
        elif self._chance.random() < 0.5:
            self._offer(application, offer, at)
        else:
            self._accept(application, offer, at)

    def _offer(self, application: Application, offer: Offer, at: datetime) -> None:
        self._move(Move.OFFER, application, offer, at)
        # An offer ends after three days.
        days = min(0.5 + self._chance.expovariate(1 / 3), 2.0)
        if self._chance.random() < 0.85:
            self.in_days(at, days, lambda at: self._take_up(application, at))
        else:
            self.in_days(at, days, lambda at: self._withdraw(application, at, "not_for_me"))

    def _accept(self, application: Application, offer: Offer, at: datetime) -> None:
        self._move(Move.ACCEPT, application, offer, at)
        self._settle(application, at)

    def _take_up(self, application: Application, at: datetime) -> None:
        self._move(Move.TAKE_UP, application, None, at)
        self._settle(application, at)

    def _settle(self, application: Application, at: datetime) -> None:
        """Some of those who have a place leave it again; most let go of what else they want."""
        if application.state != State.ACCEPTED:
            return
        if self._chance_to_start.random() < 0.9:
            days = 3 + self._chance_to_start.expovariate(1 / 7)
            self.in_days(at, days, lambda at: self._start(application, at))
        for other in self._replay.applications_by(application.volunteer):
            if other is not application and self._chance.random() < 0.6:
                self.in_days(at, 1, partial(self._let_go, other))
        if self._chance.random() < 0.07:
            days = 7 + self._chance.expovariate(1 / 40)
            reason = weighted(self._chance, {"no_time": 5, "not_for_me": 3, "other": 2})
            self.in_days(at, days, lambda at: self._leave(application, at, reason))

    def _start(self, application: Application, at: datetime) -> None:
        self._move(Move.START, application, None, at)

    def _leave(self, application: Application, at: datetime, reason: str) -> None:
        has_started = application.state == State.STARTED
        self._move(Move.END if has_started else Move.WITHDRAW, application, None, at, reason=reason)

    def _decline(self, application: Application, offer: Offer, at: datetime, reason: str) -> None:
        kind_words = words()["refusals"].get(reason, [OTHER_REFUSAL])
        said = self._chance.choice(kind_words) if self._chance.random() < 0.7 else ""
        self._move(Move.DECLINE, application, offer, at, reason=reason, words=said)

    def _let_go(self, application: Application, at: datetime) -> None:
        self._withdraw(application, at, "found_other", pending=True)

    def _withdraw(
        self, application: Application, at: datetime, reason: str, *, pending: bool = False
    ) -> None:
        if not pending or application.state in states.PENDING:
            self._move(Move.WITHDRAW, application, None, at, reason=reason)

    def _move(
        self,
        move: Move,
        application: Application,
        offer: Offer | None,
        at: datetime,
        *,
        reason: str = "",
        words: str = "",
    ) -> None:
        """Make a move, by the group's member or (without `offer`) by the person, if it can still be
        made: something else may have happened since it was planned."""
        after = states.target(State(application.state), move)
        if after is None:
            return
        needs_place = states.places_held(after) > states.places_held(State(application.state))
        if needs_place and not application.opportunity.places_left:
            return
        by = self._acting[application.volunteer_id] if offer is None else offer.member
        self._replay.make(move, application, by=by, at=at, reason=reason, words=words)

    def _close(self, offer: Offer, at: datetime) -> None:
        self._replay.close(offer.opportunity, by=offer.member, at=at)


def _miles(seeker: Seeker, offer: Offer) -> float:
    """Give how far it is; 0 where that is not known or does not matter."""
    person, role = seeker.volunteer, offer.opportunity
    here, there = (person.latitude, person.longitude), (role.latitude, role.longitude)
    if here[0] is None or here[1] is None or there[0] is None or there[1] is None:
        return 0.0
    return kilometres(here[0], here[1], there[0], there[1]) / KM_PER_MILE
