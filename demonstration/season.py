"""A season of applying: who asked for which role, how groups answered, what came of it.

It goes forward in time through `placements.services.bulk.Replay`, so that each move passes the same
rules as in the service. People ask for what they like, mostly near them and when they are free;
groups answer fast, steadily, late or hardly ever; places run out.
"""

import heapq
import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import partial
from itertools import count
from random import Random

from accounts.models import User
from core.clock import LONDON
from core.places.distance import KM_PER_MILE, kilometres
from core.week import slots_in
from demonstration.chances import LOOK_AGAIN, Chances
from demonstration.groups import Answering
from demonstration.looks import Looks
from demonstration.plan import Plan, by_day, weighted
from demonstration.profile_texts import words
from opportunities.models import Opportunity
from placements import states
from placements.models import Application
from placements.services.bulk import Replay
from placements.states import Move, State
from placements.time_limits import ANSWER_WITHIN, TIME_TO_ANSWER
from volunteers.models import Volunteer

CameBy = Application.CameBy

#: How often of 100 people somebody asks in all, and how many days pass between two times.
TIMES_ASKED: dict[int, float] = {0: 24, 1: 30, 2: 24, 3: 14, 5: 8}
DAYS_BETWEEN = 18.0
#: The share of people who are free at one of the role's times that ask for a role when they are
#: not: they hope that it can be arranged.
HOPE = 0.2
#: How people come to a role, of 100.
WAYS: dict[CameBy, float] = {CameBy.ASKED: 86, CameBy.WAITING_LIST: 7, CameBy.REFERRAL: 7}
#: When people who have started stop, in days since they started, and how many of 100 do: about when
#: they are asked whether they still go, or at some time of a long life in the role.
STOPS: dict[tuple[float, float], float] = {
    (31, 44): 11,
    (92, 110): 9,
    (50, 400): 35,
    (999, 999): 45,
}
#: Why they stop, and how often of 100 times.
WHY_STOPPED: dict[str, float] = {
    "no_time": 30,
    "moved_on": 26,
    "not_for_me": 14,
    "finished": 16,
    "other": 10,
    "group_ended": 4,
}
#: What part of those who stop look for another role.
LOOKS_AGAIN = 0.4
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


#: At what o'clock people who helped in a part of the day are home again.
END_OF_PART = (13, 17, 21)


@dataclass(frozen=True, slots=True)
class Seeker:
    """A volunteer in the season, with the kinds of role that they like, dearest first.

    `by` is who asks for them: they, or the broker for people without an address. `looks`: when they
    look at their list and ask for nothing.
    """

    volunteer: Volunteer
    kinds: list[str]
    registered_at: datetime
    by: User
    looks: tuple[datetime, ...] = ()


@dataclass(frozen=True, slots=True)
class Offer:
    """A role in the season: its kind, how its group answers and who does, until when it is open."""

    opportunity: Opportunity
    kind: str
    answering: Answering
    member: User
    published_at: datetime
    closes_at: datetime | None
    closed_because: str
    slots: int
    sessions: tuple[tuple[datetime, datetime], ...]

    def first_time(self, after: datetime) -> datetime | None:
        """Give when the role is done first after a moment: a session, or about the middle of a
        part of its week; None where no session follows."""
        if self.sessions:
            return next((end for start, end in self.sessions if start > after), None)
        days = {slot.day: slot.part for slot in reversed(slots_in(self.slots))}
        for ahead in range(1, 8):
            day = after.astimezone(LONDON).date() + timedelta(days=ahead)
            if not days or day.weekday() in days:
                hour = END_OF_PART[days.get(day.weekday(), 0)]
                return datetime.combine(day, time(hour, 5), tzinfo=LONDON)
        return None


class Season:
    """Things that happen, one after the other. `run` goes through to the end of the plan."""

    def __init__(self, plan: Plan, replay: Replay, offers: Iterable[Offer]) -> None:
        self._plan = plan
        self._replay = replay
        self._chance = plan.chance("season")
        self._chance_to_start = plan.chance("starts")
        self._chance_of_ways = plan.chance("ways")
        self._queue: list[tuple[datetime, int, Callable[[datetime], object]]] = []
        self._order = count()
        self._by_kind: dict[str, list[Offer]] = {}
        self._by_role: dict[int, Offer] = {}
        self._acting: dict[int, User] = {}
        self._chances = Chances()
        self.looks = Looks(plan.chance("opened"))
        self._chance_of_looks = plan.chance("looks")
        for offer in offers:
            self._by_kind.setdefault(offer.kind, []).append(offer)
            self._by_role[offer.opportunity.pk] = offer
            if offer.closes_at is not None:
                self.at(offer.closes_at, partial(self._close, offer))
        self.at(plan.beginning, self._look_again)

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
        for moment in seeker.looks:
            self.at(moment, lambda at: self._look(seeker, at))

    def run(self) -> Iterator[datetime]:
        """Let everything happen, in the order of time; gives the time after each."""
        while self._queue:
            moment, _, happens = heapq.heappop(self._queue)
            happens(moment)
            yield moment
        self._chances.settle()

    def choose(self, seeker: Seeker, at: datetime) -> Offer | None:
        """Give a role that somebody would ask for now, or None."""
        return self._one_of(self._likely(seeker, at, self._chance))

    def _one_of(self, likely: dict[int, float]) -> Offer | None:
        return self._by_role[weighted(self._chance, likely)] if likely else None

    def _likely(self, seeker: Seeker, at: datetime, chance: Random) -> dict[int, float]:
        """How dear each role is to somebody that they would ask for now, by id."""
        likely: dict[int, float] = {}
        for rank, kind in enumerate(seeker.kinds):
            for offer in self._by_kind.get(kind, ()):
                if offer.published_at < at and self._suits(seeker, offer, at, chance):
                    near = math.exp(-_miles(seeker, offer) / 2)
                    likely[offer.opportunity.pk] = near / (1 + rank)
        return likely

    def submit(
        self, seeker: Seeker, offer: Offer, at: datetime, came_by: CameBy = CameBy.ASKED
    ) -> Application:
        """Let somebody ask for a role, with a message or without."""
        person, role = seeker.volunteer, offer.opportunity
        self._acting[person.pk] = seeker.by
        message = "" if self._chance.random() < 0.3 else self._chance.choice(words()["messages"])
        standing = self._chances.standing_of(role)
        straight_in = came_by == CameBy.WAITING_LIST and role.takes_from_waiting_list
        application = self._replay.submit(
            volunteer=person,
            opportunity=role,
            message="" if came_by else message,
            came_by=came_by,
            has_place=straight_in,
            by=seeker.by,
            at=at,
        )
        self._chances.note(application, standing)
        late = at + ANSWER_WITHIN + timedelta(minutes=1)
        self.at(late, lambda at: self._replay.follow_late(role, at=at))
        return application

    def _look_again(self, at: datetime) -> None:
        self._chances.look_again(at)
        self.at(at + LOOK_AGAIN, self._look_again)

    def _suits(self, seeker: Seeker, offer: Offer, at: datetime, chance: Random) -> bool:
        person = seeker.volunteer
        free = not (offer.slots and person.availability) or offer.slots & person.availability
        reach = person.travel_miles or math.inf
        return (
            (bool(free) or chance.random() < HOPE)
            and _miles(seeker, offer) <= reach
            and self._replay.may_apply(person, offer.opportunity, at)
        )

    def _ask(self, seeker: Seeker, at: datetime) -> None:
        person = seeker.volunteer
        placed = person.waiting_since is None
        if person.paused_at is not None or (placed and self._chance.random() < 0.9):
            return
        likely = self._likely(seeker, at, self._chance)
        offer = self._one_of(likely)
        if offer is None:
            return
        came_by = weighted(self._chance_of_ways, WAYS)
        application = self.submit(seeker, offer, at, came_by)
        if came_by == CameBy.ASKED:
            self.looks.at_list(person, likely, at, application)
        if application.state == State.ACCEPTED:
            self.settle(application, offer, at)
            return
        self._let_group_answer(application, offer, at)
        if self._chance.random() < 0.1:
            reason = weighted(self._chance, {"found_other": 4, "no_answer": 3, "no_time": 2, "": 1})
            days = 8 + self._chance.expovariate(1 / 14)
            self.in_days(at, days, lambda at: self._withdraw(application, at, reason, pending=True))

    def _look(self, seeker: Seeker, at: datetime) -> None:
        person = seeker.volunteer
        if person.paused_at is None and person.waiting_since is not None:
            self.looks.at_list(person, self._likely(seeker, at, self._chance_of_looks), at)

    def _let_group_answer(self, application: Application, offer: Offer, at: datetime) -> None:
        if self._chance.random() > offer.answering.share:
            # Whoever hears nothing gives up after some weeks, all but a few.
            if self._chance_of_ways.random() < 0.92:
                days = self._chance_of_ways.uniform(15, 60)
                self.in_days(
                    at, days, lambda at: self._withdraw(application, at, "no_answer", pending=True)
                )
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
        if self._chance_of_ways.random() < 0.08:
            over = at + TIME_TO_ANSWER + timedelta(minutes=1)
            self.at(over, lambda at: self._run_out(application, at))
        elif self._chance.random() < 0.85:
            self.in_days(at, days, lambda at: self._take_up(application, offer, at))
        else:
            self.in_days(at, days, lambda at: self._withdraw(application, at, "not_for_me"))

    def _accept(self, application: Application, offer: Offer, at: datetime) -> None:
        self._move(Move.ACCEPT, application, offer, at)
        self.settle(application, offer, at)

    def _take_up(self, application: Application, offer: Offer, at: datetime) -> None:
        self._move(Move.TAKE_UP, application, None, at)
        self.settle(application, offer, at)

    def settle(self, application: Application, offer: Offer, at: datetime) -> None:
        """Most of those who have a place start, and let go of what else they want."""
        if application.state != State.ACCEPTED:
            return
        if self._chance_to_start.random() < 0.92:
            first = offer.first_time(at + timedelta(days=self._chance_to_start.expovariate(1 / 8)))
            if first is not None:
                self.at(first, lambda at: self._start(application, offer, at))
        else:
            days = 4 + self._chance_to_start.expovariate(1 / 12)
            reason = weighted(self._chance_to_start, {"no_time": 5, "not_for_me": 3, "other": 2})
            self.in_days(at, days, lambda at: self._withdraw(application, at, reason))
        for other in self._replay.applications_by(application.volunteer):
            if other is not application and self._chance.random() < 0.6:
                self.in_days(at, 1, partial(self._let_go, other))

    def _start(self, application: Application, offer: Offer, at: datetime) -> None:
        """They come for the first time, which the service takes note of; one day they stop."""
        if states.target(State(application.state), Move.START) is None:
            return
        self._replay.make(Move.START, application, by=None, at=at)
        chance = self._chance_to_start
        if offer.sessions:
            self.in_days(offer.sessions[-1][1], 2, lambda at: self._stop(application, offer, at))
            return
        earliest, latest = weighted(chance, STOPS)
        reason = weighted(chance, WHY_STOPPED)
        days = chance.uniform(earliest, latest)
        self.in_days(at, days, lambda at: self._stop(application, offer, at, reason))

    def _stop(
        self, application: Application, offer: Offer, at: datetime, reason: str = "finished"
    ) -> None:
        """Their place ends: by the person, or by the group where that is the reason."""
        if states.target(State(application.state), Move.END) is None:
            return
        by_group = reason in ("finished", "group_ended")
        by = offer.member if by_group else self._acting[application.volunteer_id]
        again = self._chance_to_start.random() < LOOKS_AGAIN
        self._replay.make(Move.END, application, by=by, at=at, reason=reason, looks_again=again)

    def _run_out(self, application: Application, at: datetime) -> None:
        """Nobody said yes to the offer in time."""
        if application.state == State.OFFERED:
            self._replay.make(Move.LAPSE, application, by=None, at=at, reason="time_over")

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
        because = offer.closed_because
        self._replay.close(offer.opportunity, because=because, by=offer.member, at=at)


def _miles(seeker: Seeker, offer: Offer) -> float:
    """Give how far it is; 0 where that is not known or does not matter."""
    person, role = seeker.volunteer, offer.opportunity
    here, there = (person.latitude, person.longitude), (role.latitude, role.longitude)
    if here[0] is None or here[1] is None or there[0] is None or there[1] is None:
        return 0.0
    return kilometres(here[0], here[1], there[0], there[1]) / KM_PER_MILE
