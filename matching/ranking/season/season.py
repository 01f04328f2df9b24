"""A season week by week: people look at lists and choose, groups answer late or never."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.ranking.policies import Pool, SpreadPolicy
from matching.ranking.season.world import World

#: So many people look at their lists before the counts that lists are made of are read again.
AT_ONCE = 25
NOBODY = -1


@dataclass(frozen=True)
class Behaviour:
    """How people and groups behave.

    visits: share of the people still there who look in a week. list_length: roles on a list.
    attention: share that looks at a place of a list, by its rank, is rank ** -attention.
    slope: of choosing by pull, against noise of one look (Gumbel, scale 1). outside: what doing
    nothing is worth. most_a_week: applications of one person. answers: share of groups' weeks with
    answers, drawn for each group from a Beta(a, b); never: share of groups that do not answer.
    unsuited: share of applicants whom a group turns down for themselves. tires: share of people
    who leave in a week; refused, ignored: further shares who leave after a refusal, or where an
    application was not answered until the role closed. opens_mail: share who look at a role that
    they are invited to, times tired_by_mail for each invitation before.
    """

    visits: float = 0.6
    list_length: int = 10
    attention: float = 0.8
    slope: float = 1.5
    outside: float = 4.8
    most_a_week: int = 2
    answers: tuple[float, float] = (6.0, 1.5)
    never: float = 0.05
    unsuited: float = 0.08
    tires: float = 0.08
    refused: float = 0.25
    ignored: float = 0.15
    opens_mail: float = 0.5
    tired_by_mail: float = 0.85


@dataclass(frozen=True, eq=False)
class Outcome:
    """What came of a season.

    placed: role of each person, -1 for none, (n,). placed_week: week of it, -1 for none, (n,).
    applications: (a × 2) person and role. failed: which of them became no placement, (a,).
    refusals: of each person, (n,). shown: looks at each role's entry in a list, (m,).
    invitations: (i × 2). arrived: week of each person's beginning, (n,). odds: ...
    """

    placed: NDArray[np.int64]
    placed_week: NDArray[np.int64]
    applications: NDArray[np.int64]
    failed: NDArray[np.bool_]
    refusals: NDArray[np.int64]
    shown: NDArray[np.float64]
    invitations: NDArray[np.int64]


def run_season(
    world: World,
    suitability: NDArray[np.float32],
    policy: SpreadPolicy,
    seed: int,
    behaviour: Behaviour | None = None,
) -> Outcome:
    """One season under one policy. suitability: what the policy is told, (n × m)."""
    return _Season(world, suitability, policy, seed, behaviour or Behaviour()).run()


class _Season:
    def __init__(
        self,
        world: World,
        suitability: NDArray[np.float32],
        policy: SpreadPolicy,
        seed: int,
        behaviour: Behaviour,
    ) -> None:
        people, roles = world.shape
        self.world, self.suitability = world, suitability
        self.policy, self.behaviour = policy, behaviour
        self.draw = np.random.default_rng([seed, 77])
        self.left = world.roles.places.copy()
        self.pending = np.zeros(roles, np.int64)
        self.present = np.ones(people, bool)
        self.placed = np.full(people, NOBODY)
        self.placed_week = np.full(people, NOBODY)
        self.applied = np.zeros((people, roles), bool)
        self.waits: list[list[int]] = [[] for _ in range(roles)]
        self.outcomes: dict[tuple[int, int], bool] = {}
        self.refusals = np.zeros(people, np.int64)
        self.shown = np.zeros(roles)
        self.mails = np.zeros(people, np.int64)
        self.invited: list[NDArray[np.int64]] = []
        groups = int(world.roles.groups.max()) + 1
        a, b = behaviour.answers
        answering = self.draw.beta(a, b, groups)
        answering[self.draw.random(groups) < behaviour.never] = 0
        self.answering = answering[world.roles.groups]

    def run(self) -> Outcome:
        settings = self.world.settings
        for week in range(settings.weeks):
            opens = self.world.opens
            self.open = (opens <= week) & (week < opens + settings.open_weeks)
            self._plan(week)
            self._look()
            self._answer(week)
            self._close(week)
            self._tire()
        pairs = np.array(list(self.outcomes), np.int64).reshape(-1, 2)
        placed = np.array(list(self.outcomes.values()), bool)
        invited = np.concatenate([np.empty((0, 2), np.int64), *self.invited])
        return Outcome(
            self.placed,
            self.placed_week,
            pairs,
            ~placed,
            self.refusals,
            self.shown,
            invited,
        )

    def _eligible(self, people: NDArray[np.int64]) -> NDArray[np.bool_]:
        return ~self.applied[people] & self.open[None, :] & self.present[people][:, None]

    def _plan(self, week: int) -> None:
        everybody = np.arange(len(self.present))
        waiting = np.where(self.present, 7.0 * (week + 1), 0.0)
        pool = Pool(
            self.suitability, self._eligible(everybody), self.left, self.pending, waiting
        )
        self.policy.fit(pool)
        self.quota = np.full(len(self.present), self.behaviour.most_a_week)

    def _look(self) -> None:
        """Everybody who looks this week, and everybody who is invited, in an order drawn anew."""
        present = np.flatnonzero(self.present)
        visitors = present[self.draw.random(len(present)) < self.behaviour.visits]
        invited = self._mail()
        looks = np.concatenate([visitors, np.full(len(invited), NOBODY)])
        order = self.draw.permutation(len(looks))
        mails = iter(invited)
        batch: list[int] = []
        for at in order.tolist():
            if looks[at] == NOBODY:
                self._follow(*next(mails))
                continue
            batch.append(int(looks[at]))
            if len(batch) == AT_ONCE:
                self._view(np.array(batch))
                batch = []
        if batch:
            self._view(np.array(batch))

    def _view(self, people: NDArray[np.int64]) -> None:
        eligible = self._eligible(people)
        lists = self.policy.lists(
            people, eligible, self.left, self.pending, self.behaviour.list_length
        )
        ranks = np.arange(1, lists.shape[1] + 1)
        looked = self.draw.random(lists.shape) < ranks ** -self.behaviour.attention
        looked &= lists >= 0
        np.add.at(self.shown, lists[looked], 1)
        worth = self._worth(people[:, None], lists)
        worth[~looked] = -np.inf
        best = np.argsort(-worth, axis=1)[:, : self.behaviour.most_a_week]
        for row, person in enumerate(people.tolist()):
            for place in best[row].tolist():
                if worth[row, place] > 0:
                    self._apply(person, int(lists[row, place]))

    def _worth(self, people: NDArray[np.int64], roles: NDArray[np.int64]) -> NDArray[np.float64]:
        """What each role is worth to each person at this look, above doing nothing."""
        noise = self.draw.gumbel(0, 1, roles.shape) - self.draw.gumbel(0, 1, people.shape)
        pull = self.world.pull[people, roles]
        return self.behaviour.slope * pull + noise - self.behaviour.outside

    def _apply(self, person: int, role: int) -> None:
        if self.quota[person] == 0 or not self.open[role] or self.applied[person, role]:
            return
        if not self.present[person]:
            return
        self.quota[person] -= 1
        self.applied[person, role] = True
        self.outcomes[person, role] = False
        self.waits[role].append(person)
        self.pending[role] += 1

    def _mail(self) -> list[tuple[int, int]]:
        """Invitations whose mail is opened."""
        pairs = np.asarray(self.policy.invitations, np.int64).reshape(-1, 2)
        if not len(pairs):
            return []
        pairs = pairs[self.present[pairs[:, 0]]]
        self.invited.append(pairs)
        tired = self.behaviour.tired_by_mail ** self.mails[pairs[:, 0]]
        np.add.at(self.mails, pairs[:, 0], 1)
        opened = self.draw.random(len(pairs)) < self.behaviour.opens_mail * tired
        return [(person, role) for person, role in pairs[opened].tolist()]

    def _follow(self, person: int, role: int) -> None:
        worth = self._worth(np.array([person]), np.array([role]))
        if worth[0] > 0 and self.left[role] > 0:
            self._apply(person, role)

    def _answer(self, week: int) -> None:
        answers = self.draw.random(len(self.left)) < self.answering
        for role in self.draw.permutation(np.flatnonzero(answers & (self.pending > 0))).tolist():
            self._answer_role(role, week)

    def _answer_role(self, role: int, week: int) -> None:
        unsuited = self.draw.random(len(self.waits[role])) < self.behaviour.unsuited
        for person, turned_down in zip(self.waits[role], unsuited.tolist(), strict=True):
            if not self.present[person]:
                continue
            if turned_down or self.left[role] == 0:
                self.refusals[person] += 1
                if self.draw.random() < self.behaviour.refused:
                    self.present[person] = False
                continue
            self.left[role] -= 1
            self.outcomes[person, role] = True
            self.placed[person], self.placed_week[person] = role, week
            self.present[person] = False
        self.waits[role] = []
        self.pending[role] = 0

    def _close(self, week: int) -> None:
        """People who found a place elsewhere are no longer pending; roles at their end close."""
        last = self.world.opens + self.world.settings.open_weeks - 1 == week
        for role in np.flatnonzero(self.pending > 0).tolist():
            self.waits[role] = [p for p in self.waits[role] if self.present[p]]
            if last[role]:
                for person in self.waits[role]:
                    self.refusals[person] += 1
                    if self.draw.random() < self.behaviour.ignored:
                        self.present[person] = False
                self.waits[role] = []
            self.pending[role] = len(self.waits[role])

    def _tire(self) -> None:
        leaves = self.draw.random(len(self.present)) < self.behaviour.tires
        self.present &= ~leaves
