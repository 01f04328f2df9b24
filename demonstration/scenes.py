"""What waits for whoever signs in to the demonstration: answers for the volunteers, and people who
wait for the answer of the group."""

from collections.abc import Callable
from datetime import datetime
from random import Random

from core.errors import DomainError
from demonstration.logins import VOLUNTEER_LOGINS
from demonstration.plan import Plan, by_day
from demonstration.season import Offer, Season, Seeker
from placements.models import Application
from placements.services import messages
from placements.services.bulk import Replay
from placements.states import PENDING, Move, State, target

#: Days before the end at which people ask for the group login's first role: the first of them have
#: been answered, the others wait.
ANSWERED = (96, 88, 74, 61, 44, 41, 37, 33, 30, 27, 24)
WAITING = (13, 11, 8, 6, 3, 1)
INVITATION = (
    "Thank you for writing. Would you like to come and see us one morning next week? "
    "Ring us when you know which day suits you."
)
REFUSAL = (
    "Thank you for asking. This time we had more people than places. "
    "Please look at our other roles, and come to our open day."
)


class Scenes:
    """Plans the scenes into a season; `tell` says them to the people afterwards."""

    def __init__(self, plan: Plan, season: Season, replay: Replay, seekers: list[Seeker]) -> None:
        self._plan = plan
        self._season = season
        self._replay = replay
        self._chance: Random = plan.chance("scenes")
        self._told: list[tuple[Application, Move]] = []
        self._received: list[Application] = []
        self._logins = dict(zip((one.code for one in VOLUNTEER_LOGINS), seekers, strict=False))
        self.others = seekers[len(VOLUNTEER_LOGINS) :]

    def plan_all(self, offers: list[Offer]) -> None:
        """Plan what happens to the login volunteers, and on the group login's first two roles."""
        outdoors, reading = self._logins["outdoors"], self._logins["reading"]
        self._has_helped(outdoors, asked=240, until=62)
        self._asks(outdoors, 40, Move.DECLINE, 33, reason="no_place", words=REFUSAL)
        self._asks(outdoors, 13, Move.ACKNOWLEDGE, 10)
        self._asks(reading, 9, Move.INVITE, 4, words=INVITATION)
        for days in ANSWERED:
            self._somebody_asks(offers[0], days, self._answer)
        for days in WAITING:
            self._somebody_asks(offers[0], days, None)
        for days in WAITING[2:4]:
            self._somebody_asks(offers[1], days, None)

    def tell(self) -> None:
        """Write the notifications of the login people, as the service would have."""
        for application, move in self._told:
            messages.moved(application, move)
        for application in self._received:
            if application.state in PENDING:
                messages.received(application)

    def _at(self, days: float) -> datetime:
        return by_day(self._plan.ago(days))

    def _asks(
        self,
        seeker: Seeker,
        days: float,
        move: Move,
        then: float,
        *,
        reason: str = "",
        words: str = "",
    ) -> None:
        """Let somebody ask for a role, and its group make one move on that."""

        def ask(at: datetime) -> None:
            offer = self._season.choose(seeker, at)
            if offer is None:
                return
            application = self._season.submit(seeker, offer, at)
            self._season.at(self._at(then), lambda at: answer(application, offer, at))

        def answer(application: Application, offer: Offer, at: datetime) -> None:
            self._replay.make(move, application, by=offer.member, at=at, reason=reason, words=words)
            self._told.append((application, move))

        self._season.at(self._at(days), ask)

    def _has_helped(self, seeker: Seeker, *, asked: float, until: float) -> None:
        """Let somebody have had a place from soon after they asked until so many days ago."""

        def ask(at: datetime) -> None:
            offer = self._season.choose(seeker, at)
            if offer is None:
                return
            application = self._season.submit(seeker, offer, at)
            self._season.in_days(at, 4, lambda at: begin(application, offer, at))

        def begin(application: Application, offer: Offer, at: datetime) -> None:
            first = offer.first_time(at)
            possible = _can(application, Move.ACCEPT) and offer.opportunity.places_left
            if not possible or first is None or first > self._at(until):
                return
            self._replay.make(Move.ACCEPT, application, by=offer.member, at=at)
            self._season.at(first, lambda at: start(application, at))

        def start(application: Application, at: datetime) -> None:
            if _can(application, Move.START):
                self._replay.make(Move.START, application, by=None, at=at)
                self._season.at(self._at(until), lambda at: stop(application, at))

        def stop(application: Application, at: datetime) -> None:
            reason = "moved_on"
            self._replay.make(Move.END, application, by=seeker.by, at=at, reason=reason)

        self._season.at(self._at(asked), ask)

    def _somebody_asks(
        self, offer: Offer, days: float, then: Callable[[Application, Offer, datetime], None] | None
    ) -> None:
        """Let one of the other people ask for a role: one whom its gates let through, and who would
        like it if there is one."""

        def ask(at: datetime) -> None:
            chosen = self._somebody(offer, at)
            if chosen is None:
                return
            application = self._season.submit(chosen, offer, at)
            if then is not None:
                then(application, offer, at)
            elif offer.opportunity.applications_pending <= 3:
                self._received.append(application)

        self._season.at(self._at(days), ask)

    def _somebody(self, offer: Offer, at: datetime) -> Seeker | None:
        able = [
            seeker
            for seeker in self.others
            if seeker.registered_at < at
            and seeker.volunteer.waiting_since is not None
            and seeker.volunteer.paused_at is None
            and self._replay.may_apply(seeker.volunteer, offer.opportunity, at)
        ]
        keen = [seeker for seeker in able if offer.kind in seeker.kinds]
        return self._chance.choice(keen or able) if able else None

    def _answer(self, application: Application, offer: Offer, at: datetime) -> None:
        move = self._chance.choice([Move.ACCEPT, Move.ACCEPT, Move.DECLINE])
        reason = "other_times" if move == Move.DECLINE else ""

        def answer(at: datetime) -> None:
            try:
                self._replay.make(move, application, by=offer.member, at=at, reason=reason)
            except DomainError:  # no place is left, or it was withdrawn
                return
            self._season.settle(application, offer, at)

        self._season.in_days(at, self._chance.uniform(1, 6), answer)


def _can(application: Application, move: Move) -> bool:
    """Whether the move can still be made: something else may have happened meanwhile."""
    return target(State(application.state), move) is not None
