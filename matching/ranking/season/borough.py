"""A season of a borough as it is: its people, its roles, and roles that there could be.

Who could do what is decided by the rules, as everywhere. What a person likes is made of what they
ticked and wrote, of how near a role is, and for the larger part of chance: nobody wrote down all
that they like. What they ticked and wrote counts through other features than the ranking is given,
as in the other worlds, and the same role pleases the same person with whatever other roles there
are: so two seasons differ in the roles alone.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from matching.ranking.columns import Applied, RoleColumns, VolunteerColumns
from matching.ranking.eligibility import EligibilitySettings, RoleKinds, evaluate_pairs
from matching.ranking.geography import kilometres
from matching.ranking.pairs import Pairs
from matching.ranking.parts import FROM_HOME
from matching.ranking.season.policies import Ours
from matching.ranking.season.roles import SeasonRoles
from matching.ranking.season.season import Outcome, run_season
from matching.ranking.season.told import HALF_PULL_KM
from matching.ranking.season.topics import topics_of
from matching.ranking.season.world import World, WorldSettings
from matching.ranking.text import TextVectors, words_and_fragments
from matching.ranking.weights import Weights

#: What is liked of the kind of work, in standard deviations of all roles of a borough: where an
#: activity is shared, only a cause, neither; and what a standard deviation of what texts are about
#: counts beside that. So that a role is liked as well whatever others there are.
_ACTIVITY, _CAUSE, _NEITHER, _TEXT = 3.0, 1.2, -0.3, 0.45
#: As near as is usual, in km, and by what factor a place is a standard deviation farther than that.
_USUAL_KM, _FACTOR = 3.0, 1.7
_BLOCK = 500
_ALL_THE_SAME = 1e-6
#: A season in which every role that is open stays open until the end.
SETTINGS = WorldSettings(weeks=12, open_weeks=12)


@dataclass(frozen=True, eq=False)
class BoroughRoles:
    """m roles of a borough, those that there are and those that there could be. places: that each
    has, or would have, (m,). answering: the chance that its group answers in a week, (m,).
    """

    columns: RoleColumns
    places: NDArray[np.int64]
    answering: NDArray[np.float64]

    @property
    def texts(self) -> list[str]:
        """Title and words of each."""
        columns = self.columns
        return [f"{a}. {b}" for a, b in zip(columns.title, columns.body, strict=True)]


class BoroughSeason:
    """n people and m roles, ready to be tried in any number of seasons.

    possible: whom every rule allows what, (n × m). told: what the ranking knows of who suits what,
    (n × m).
    """

    def __init__(
        self,
        people: VolunteerColumns,
        roles: BoroughRoles,
        applied: Applied,
        rules: EligibilitySettings,
        settings: WorldSettings = SETTINGS,
    ) -> None:
        self.people, self.roles, self.settings = people, roles, settings
        self.possible = _possible(people, roles.columns, applied, rules)
        self._km = _distances(people, roles.columns)
        self._activity, self._cause = (
            _shared(getattr(people, name), getattr(roles.columns, name))
            for name in ("activities", "causes")
        )
        self.told = self._told()

    def world(self, seed: int) -> World:
        """What everybody likes, drawn anew for each seed, the same for the same."""
        draw = np.random.default_rng([seed, 55])
        settings = self.settings
        near = np.log((1 + _USUAL_KM) / (1 + self._km)) / np.log(_FACTOR)
        written = settings.topic_share * self._likes(draw) + settings.distance_share * near
        private = draw.standard_normal(written.shape, np.float32)
        taste = (written + np.float32(settings.private_share) * private).astype(np.float32)
        n, m = taste.shape
        appeal = settings.appeal * draw.standard_normal(m, np.float32)
        none = np.zeros(n, np.int64)
        return World(
            roles=_season_roles(self.roles),
            settings=settings,
            taste=taste,
            written=written.astype(np.float32),
            appeal=appeal,
            possible=self.possible,
            texts=[],
            length=none,
            age=none,
            latitude=self.people.latitude,
            longitude=self.people.longitude,
            arrives=none,
            opens=np.zeros(m, np.int64),
            answering=self.roles.answering,
        )

    def _likes(self, draw: np.random.Generator) -> NDArray[np.float32]:
        """What is liked of the kind of work, by ticks and by what texts are about, (n × m)."""
        cause = np.where(self._cause > 0, _CAUSE, _NEITHER)
        likes = np.where(self._activity > 0, _ACTIVITY, cause).astype(np.float32)
        texts = self.roles.texts + self.people.about
        try:
            topics = topics_of(texts, "components", self.settings.topics, draw)
        except ValueError:  # no word is in two texts
            return likes
        roles, people = topics[: len(self.roles.texts)], topics[len(self.roles.texts) :]
        return likes + np.float32(_TEXT) * _standardised((people @ roles.T).astype(np.float32))

    def _told(self) -> NDArray[np.float32]:
        """As the service weighs it, of what it weighs: words, ticks and nearness."""
        weights = Weights()
        model = TextVectors(words_and_fragments()).fit(self.roles.texts)
        roles, people = model.roles(self.roles.texts), model.people(self.people.about)
        told = weights.causes * self._cause + weights.activities * self._activity
        told += np.float32(weights.distance) * np.exp2(-self._km / np.float32(HALF_PULL_KM))
        for first in range(0, len(people), _BLOCK):
            rows = slice(first, first + _BLOCK)
            told[rows] += weights.interests * people.take(rows).likeness(roles)
        return told.astype(np.float32)


def season_with(
    borough: BoroughSeason,
    world: World,
    there: NDArray[np.bool_],
    seed: int,
    *,
    answering: float | None = None,
) -> Outcome:
    """One season under the service's own policy, with those of the borough's roles that are
    `there`, (m,). world: of `BoroughSeason.world`, and the seed as there. answering: the chance
    that a group answers in a week, for all groups in place of their own.
    """
    places = np.where(there, world.roles.places, 0)
    # A role that is not there opens after the end; its column stays, so that chance falls alike.
    opens = np.where(there, 0, world.settings.weeks)
    chances = world.answering if answering is None else np.full(len(there), answering)
    tried = replace(
        world, roles=replace(world.roles, places=places), opens=opens, answering=chances
    )
    return run_season(tried, borough.told, Ours(), seed)


def _season_roles(roles: BoroughRoles) -> SeasonRoles:
    columns = roles.columns
    _, groups = np.unique(columns.organisation_ids, return_inverse=True)
    return SeasonRoles(
        title=columns.title,
        summary=columns.body,
        category=[""] * len(columns),
        latitude=columns.latitude,
        longitude=columns.longitude,
        places=roles.places,
        views=np.zeros(len(columns)),
        groups=groups.astype(np.int64),
    )


def _possible(
    people: VolunteerColumns,
    roles: RoleColumns,
    applied: Applied,
    rules: EligibilitySettings,
) -> NDArray[np.bool_]:
    kinds, found = RoleKinds(roles), np.zeros((len(people), len(roles)), np.bool_)
    for first in range(0, len(people), _BLOCK):
        rows = np.arange(first, min(first + _BLOCK, len(people)))
        pairs = Pairs(people.take(rows), roles)
        found[rows] = evaluate_pairs(pairs, applied.take(rows), rules, kinds).eligible
    return found


def _distances(people: VolunteerColumns, roles: RoleColumns) -> NDArray[np.float32]:
    """Kilometres, (n × m): to a role from home as many as make it count what it counts to the
    service; as far as people live on average where it is not known.
    """
    km = kilometres(people.latitude, people.longitude, roles.latitude, roles.longitude)
    km[:, roles.from_home] = -HALF_PULL_KM * np.log2(FROM_HOME)
    known = ~np.isnan(km)
    return np.where(known, km, km[known].mean() if known.any() else 0).astype(np.float32)


def _shared(ours: csr_array, theirs: csr_array) -> NDArray[np.float32]:
    found: NDArray[np.float32] = (ours @ theirs.T).toarray()
    return np.minimum(found, 1)


def _standardised(values: NDArray[np.float32]) -> NDArray[np.float32]:
    spread = float(values.std())
    if spread < _ALL_THE_SAME:
        return np.zeros_like(values)
    return ((values - values.mean()) / spread).astype(np.float32)
