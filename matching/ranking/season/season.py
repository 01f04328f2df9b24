"""A season week by week: people look at lists and choose, groups answer late or never."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.ranking.season.applications import Applications
from matching.ranking.season.behaviour import Behaviour
from matching.ranking.season.policies import NOBODY_INVITED, Pool, SeasonPolicy
from matching.ranking.season.world import World

#: So many people look at their lists before the counts that lists are made of are read again.
AT_ONCE = 10
NOBODY = -1
_DAYS = 7.0


@dataclass(frozen=True, eq=False)
class Outcome:
    """What came of a season.

    placed: role of each person, -1 for none, (n,). placed_week: week of it, -1 for none, (n,).
    applications: all of them, in order. refusals: of each person, (n,). shown: looks at each
    role's entry in a list, (m,). invitations: (i × 2) person and role.
    """

    placed: NDArray[np.int64]
    placed_week: NDArray[np.int64]
    applications: Applications
    refusals: NDArray[np.int64]
    shown: NDArray[np.int64]
    invitations: NDArray[np.int64]


def run_season(
    world: World,
    suitability: NDArray[np.float32],
    policy: SeasonPolicy,
    seed: int,
    behaviour: Behaviour | None = None,
) -> Outcome:
    """One season under one policy. suitability: what the policy is told, (n × m). behaviour: in
    place of the world's own. The same seed gives the same season.
    """
    return _Season(world, suitability, policy, seed, behaviour or world.settings.behaviour).run()


class _Season:
    def __init__(
        self,
        world: World,
        suitability: NDArray[np.float32],
        policy: SeasonPolicy,
        seed: int,
        behaviour: Behaviour,
    ) -> None:
        people, roles = world.shape
        self.world, self.suitability = world, suitability
        self.policy, self.behaviour = policy, behaviour
        self.draw = np.random.default_rng([seed, 77])
        self.left = world.roles.places.copy()
        self.pending = np.zeros(roles, np.int64)
        self.left_for_good = np.zeros(people, bool)
        self.present = np.zeros(people, bool)
        self.placed = np.full(people, NOBODY)
        self.placed_week = np.full(people, NOBODY)
        self.applied = np.zeros((people, roles), bool)
        # Numbers of the applications that wait for an answer, first come first.
        self.waits: list[list[int]] = [[] for _ in range(roles)]
        self.applications = Applications(world.roles.groups)
        self.refusals = np.zeros(people, np.int64)
        self.shown = np.zeros(roles, np.int64)
        self.mails = np.zeros(people, np.int64)
        self.invited = [NOBODY_INVITED]
        groups = int(world.roles.groups.max()) + 1
        answering = np.ones(groups)
        if behaviour.answers is not None:
            answering = self.draw.beta(*behaviour.answers, groups)
        answering[self.draw.random(groups) < behaviour.never] = 0
        self.answering = answering[world.roles.groups]
        if world.answering is not None:
            self.answering = world.answering

    def run(self) -> Outcome:
        settings, opens = self.world.settings, self.world.opens
        for week in range(settings.weeks):
            self.open = (opens <= week) & (week < opens + settings.open_weeks)
            self.present = (self.world.arrives <= week) & ~self.left_for_good
            self._plan(week)
            self._look()
            self._answer(week)
            self._close(week)
            leaves = self.present & (self.draw.random(len(self.present)) < self.behaviour.tires)
            self._leave(leaves)
        return Outcome(
            placed=self.placed,
            placed_week=self.placed_week,
            applications=self.applications,
            refusals=self.refusals,
            shown=self.shown,
            invitations=np.concatenate(self.invited),
        )

    def _leave(self, who: NDArray[np.bool_] | int) -> None:
        self.left_for_good[who] = True
        self.present[who] = False

    def _eligible(self, people: NDArray[np.int64]) -> NDArray[np.bool_]:
        there = self.present[people][:, None] & self.open[None, :]
        return there & ~self.applied[people] & self.world.possible[people]

    def _plan(self, week: int) -> None:
        everybody = np.arange(len(self.present))
        waiting = np.where(self.present, _DAYS * (week - self.world.arrives + 1), 0.0)
        self.policy.fit(
            Pool(self.suitability, self._eligible(everybody), self.left, self.pending, waiting)
        )
        self.applications.begin_week(week)
        self.quota = np.full(len(self.present), self.behaviour.most_a_week)

    def _look(self) -> None:
        """Everybody who looks this week, and everybody who is invited, in an order drawn anew."""
        present = np.flatnonzero(self.present)
        visitors = present[self.draw.random(len(present)) < self.behaviour.visits].tolist()
        invited = self._mail()
        batch: list[int] = []
        for at in self.draw.permutation(len(visitors) + len(invited)).tolist():
            if at >= len(visitors):
                self._follow(*invited[at - len(visitors)])
                continue
            batch.append(visitors[at])
            if len(batch) == AT_ONCE:
                self._view(np.array(batch))
                batch = []
        if batch:
            self._view(np.array(batch))

    def _view(self, people: NDArray[np.int64]) -> None:
        k = self.behaviour.list_length
        lists = self.policy.lists(people, self._eligible(people), self.left, self.pending, k)
        ranks = np.arange(1, lists.shape[1] + 1)
        looked = self.draw.random(lists.shape) < ranks**-self.behaviour.attention
        looked &= lists >= 0
        np.add.at(self.shown, lists[looked], 1)
        worth = self._worth(people[:, None], lists)
        worth[~looked] = -np.inf
        if self.behaviour.choice == "best":
            order = np.argsort(-worth, axis=1, kind="stable")
        else:
            order = np.argsort(worth <= 0, axis=1, kind="stable")
        chosen = order[:, : self.behaviour.most_a_week]
        good = np.take_along_axis(worth, chosen, axis=1) > 0
        for row, place in zip(*np.nonzero(good), strict=True):
            self._apply(int(people[row]), int(lists[row, chosen[row, place]]))

    def _worth(self, people: NDArray[np.int64], roles: NDArray[np.int64]) -> NDArray[np.float64]:
        """What each role is worth to each person at this look, above doing nothing."""
        noise = self.draw.gumbel(0, 1, roles.shape) - self.draw.gumbel(0, 1, people.shape)
        pull = self.world.taste[people, roles] + self.world.appeal[roles]
        return self.behaviour.slope * pull + noise - self.behaviour.outside

    def _apply(self, person: int, role: int) -> None:
        if self.quota[person] == 0 or self.applied[person, role]:
            return
        self.quota[person] -= 1
        self.applied[person, role] = True
        number = self.applications.add(person, role, self.left[role], self.pending[role])
        self.waits[role].append(number)
        self.pending[role] += 1

    def _mail(self) -> list[tuple[int, int]]:
        """Invitations whose mail is opened."""
        pairs = self.policy.invitations
        pairs = pairs[self.present[pairs[:, 0]]]
        self.invited.append(pairs)
        tired = self.behaviour.tired_by_mail ** self.mails[pairs[:, 0]]
        np.add.at(self.mails, pairs[:, 0], 1)
        opened = self.draw.random(len(pairs)) < self.behaviour.opens_mail * tired
        return [(person, role) for person, role in pairs[opened].tolist()]

    def _follow(self, person: int, role: int) -> None:
        """Who opens an invitation is told where enough people have asked by then: the role is on
        nobody's list, and so not on theirs.
        """
        one, roles = np.array([person]), len(self.left)
        shown = self.policy.lists(one, self._eligible(one), self.left, self.pending, roles)
        worth = self._worth(one, np.array([role]))
        if worth[0] > 0 and role in shown[0]:
            self._apply(person, role)

    def _answer(self, week: int) -> None:
        answers = self.draw.random(len(self.left)) < self.answering
        for role in self.draw.permutation(np.flatnonzero(answers & (self.pending > 0))).tolist():
            self._answer_role(role, week)

    def _answer_role(self, role: int, week: int) -> None:
        unsuited = self.draw.random(len(self.waits[role])) < self.behaviour.unsuited
        for number, turned_down in zip(self.waits[role], unsuited.tolist(), strict=True):
            person = self.applications.people[number]
            if not self.present[person]:
                self.applications.withdraw(number)
            elif turned_down or self.left[role] == 0:
                self.applications.turn_down(number, unsuited=turned_down)
                self._refuse(person, self.behaviour.refused)
            else:
                self.applications.take_on(number)
                self.left[role] -= 1
                self.placed[person], self.placed_week[person] = role, week
                self._leave(person)
        self.waits[role] = []
        self.pending[role] = 0

    def _refuse(self, person: int, leaves: float) -> None:
        self.refusals[person] += 1
        if self.draw.random() < leaves:
            self._leave(person)

    def _close(self, week: int) -> None:
        """People who went are no longer pending; what closes leaves who waits without an answer."""
        last = self.world.opens + self.world.settings.open_weeks - 1 == week
        for role in np.flatnonzero(self.pending > 0).tolist():
            waits = []
            for number in self.waits[role]:
                person = self.applications.people[number]
                if not self.present[person]:
                    self.applications.withdraw(number)
                elif last[role]:
                    self.applications.lapse(number)
                    self._refuse(person, self.behaviour.ignored)
                else:
                    waits.append(number)
            self.waits[role] = waits
            self.pending[role] = len(waits)
