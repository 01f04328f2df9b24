"""The people of a season, what they really like, and what they wrote of it.

The taste comes from other features of the same texts than a ranking sees, from the distance, and
for the larger part from what nobody wrote down. So the best ranking can only guess it.
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from matching.ranking.geography import kilometres
from matching.ranking.season.behaviour import Behaviour
from matching.ranking.season.roles import SeasonRoles
from matching.ranking.season.topics import TopicModel, topics_of

#: Lengths of profiles: words that a person takes from the roles that they have in mind.
PROFILE_LENGTHS = {"three words": 3, "a sentence": 12, "a page": 80}
AGE_GROUPS = ("16–24", "25–49", "50–64", "65 and over")
_AGE_SHARES = (0.2, 0.4, 0.22, 0.18)
#: Shares of each age group that are free in the daytime, in the evening and at the weekend.
_FREE = np.array([[0.3, 0.6, 0.7], [0.2, 0.6, 0.7], [0.4, 0.6, 0.7], [0.9, 0.5, 0.5]])
#: Shares of roles that can be done then.
_DONE = np.array([0.6, 0.35, 0.5])
_A_PAGE_HAS_BOTH = 20


@dataclass(frozen=True)
class WorldSettings:
    """How a world is. Worlds by name: `WORLDS`.

    weeks: of the season. open_weeks: for which a role is open. The shares say what a taste is made
    of: what the text is about, how near it is, and what nobody wrote down; their squares are the
    shares of the variance. appeal: how much the page of a role attracts everybody, in standard
    deviations of taste. topic_model, topics: what a taste for texts is made of. from_start: share
    of people there in the first week; the others arrive week by week until last_arrival.
    time_overlap: whether a role can only be done by people who are free when it is done.
    """

    weeks: int = 12
    open_weeks: int = 3
    topic_share: float = 0.62
    distance_share: float = 0.25
    private_share: float = 0.74
    appeal: float = 1.0
    topic_model: TopicModel = "components"
    topics: int = 60
    from_start: float = 1.0
    last_arrival: int = 8
    time_overlap: bool = False
    behaviour: Behaviour = field(default_factory=Behaviour)


#: reference: like the season that the published figures were measured on. late: the same people,
#: with groups that answer late or never and turn more people down. second: people who like other
#: things, look more often at shorter lists, ask for the first role that is good enough, come one
#: after the other, are not always free, and tire of mail.
WORLDS = {
    "reference": WorldSettings(),
    "late": WorldSettings(behaviour=Behaviour(answers=(3.0, 2.0), never=0.08, unsuited=0.15)),
    "second": WorldSettings(
        topic_share=0.40,
        distance_share=0.40,
        private_share=0.82,
        appeal=0.6,
        topic_model="mixtures",
        topics=25,
        from_start=0.5,
        time_overlap=True,
        behaviour=Behaviour(
            visits=0.35,
            list_length=20,
            attention=0.5,
            choice="first good enough",
            slope=1.2,
            outside=4.6,
            answers=(9.0, 1.0),
            never=0.02,
            unsuited=0.05,
            refused=0.2,
            opens_mail=0.4,
            tired_by_mail=0.6,
        ),
    ),
}


@dataclass(frozen=True, eq=False)
class World:
    """n people and m roles.

    taste: (n × m), mean 0 and standard deviation 1 over all pairs; what welfare is measured in.
    written: the part of it that follows from what people wrote and where they live, (n × m).
    appeal: what the page of each role adds to the taste when people choose, (m,).
    possible: whether person and role are free at the same time, (n × m), known to the ranking.
    texts: what each person wrote. length, age: their group by index, (n,). latitude, longitude: of
    people, degrees. arrives: week in which each person comes, (n,). opens: in which each role
    opens, (m,). answering: the chance that each role's group answers in a week, where it is known,
    (m,); None: drawn, as the behaviour says.
    """

    roles: SeasonRoles
    settings: WorldSettings
    taste: NDArray[np.float32]
    written: NDArray[np.float32]
    appeal: NDArray[np.float32]
    possible: NDArray[np.bool_]
    texts: list[str]
    length: NDArray[np.int64]
    age: NDArray[np.int64]
    latitude: NDArray[np.float64]
    longitude: NDArray[np.float64]
    arrives: NDArray[np.int64]
    opens: NDArray[np.int64]
    answering: NDArray[np.float64] | None = None

    @property
    def shape(self) -> tuple[int, int]:
        """(n, m)"""
        return self.taste.shape[0], self.taste.shape[1]


def make_world(
    roles: SeasonRoles, supply: float, seed: int, settings: WorldSettings | None = None
) -> World:
    """A world with `supply` people for each place. The same seed gives the same world."""
    settings = settings or WorldSettings()
    draw = np.random.default_rng(seed)
    people = round(supply * int(roles.places.sum()))
    in_mind = _roles_in_mind(roles, people, draw)
    length = draw.integers(0, len(PROFILE_LENGTHS), people)
    near = draw.integers(0, len(roles), people)
    latitude = roles.latitude[near] + draw.normal(0, 0.02, people)
    longitude = roles.longitude[near] + draw.normal(0, 0.025, people)
    distances = kilometres(latitude, longitude, roles.latitude, roles.longitude)
    written = _written(roles, in_mind, distances, draw, settings)
    private = draw.standard_normal(written.shape, np.float32)
    taste = _standardised(written + np.float32(settings.private_share) * private)
    views = np.log1p(roles.views)
    appeal = settings.appeal * (views - views.mean()) / max(float(views.std()), 1e-9)
    age = draw.choice(len(AGE_GROUPS), people, p=_AGE_SHARES)
    late = draw.random(people) >= settings.from_start
    return World(
        roles=roles,
        settings=settings,
        taste=taste,
        written=written,
        appeal=appeal.astype(np.float32),
        possible=_possible(age, len(roles), draw, settings),
        texts=_texts(roles, in_mind, length, draw),
        length=length,
        age=age,
        latitude=latitude,
        longitude=longitude,
        arrives=np.where(late, draw.integers(1, settings.last_arrival + 1, people), 0),
        opens=draw.integers(0, settings.weeks - settings.open_weeks + 1, len(roles)),
    )


def _roles_in_mind(roles: SeasonRoles, people: int, draw: np.random.Generator) -> NDArray[np.int64]:
    """Two roles that each person would have in mind, of one category, (n × 2)."""
    categories = np.array(roles.category)
    first = draw.integers(0, len(roles), people)
    second = np.empty(people, np.int64)
    for category in np.unique(categories):
        here = np.flatnonzero(categories[first] == category)
        second[here] = draw.choice(np.flatnonzero(categories == category), len(here))
    return np.stack([first, second], axis=1)


def _written(
    roles: SeasonRoles,
    in_mind: NDArray[np.int64],
    distances: NDArray[np.float32],
    draw: np.random.Generator,
    settings: WorldSettings,
) -> NDArray[np.float32]:
    """The part of the taste that could be known, (n × m)."""
    topics = topics_of(roles.texts, settings.topic_model, settings.topics, draw)
    wishes = topics[in_mind[:, 0]] + 0.7 * topics[in_mind[:, 1]]
    wishes /= np.maximum(np.linalg.norm(wishes, axis=1, keepdims=True), 1e-9)
    likes = _standardised((wishes @ topics.T).astype(np.float32))
    nearness = _standardised(-np.log1p(distances))
    known = settings.topic_share * likes + settings.distance_share * nearness
    return known.astype(np.float32)


def _possible(
    age: NDArray[np.int64], roles: int, draw: np.random.Generator, settings: WorldSettings
) -> NDArray[np.bool_]:
    if not settings.time_overlap:
        return np.ones((len(age), roles), bool)
    free = draw.random((len(age), _FREE.shape[1])) < _FREE[age]
    done = draw.random((roles, len(_DONE))) < _DONE
    free[np.arange(len(age)), draw.integers(0, free.shape[1], len(age))] |= ~free.any(axis=1)
    done[np.arange(roles), draw.integers(0, done.shape[1], roles)] |= ~done.any(axis=1)
    return (free.astype(np.float32) @ done.T.astype(np.float32)) > 0


def _standardised(values: NDArray[np.float32]) -> NDArray[np.float32]:
    return ((values - values.mean()) / max(float(values.std()), 1e-9)).astype(np.float32)


def _texts(
    roles: SeasonRoles,
    in_mind: NDArray[np.int64],
    length: NDArray[np.int64],
    draw: np.random.Generator,
) -> list[str]:
    sizes = list(PROFILE_LENGTHS.values())
    words = [
        f"{title} {summary}".split()
        for title, summary in zip(roles.title, roles.summary, strict=True)
    ]
    texts = []
    for (first, second), size in zip(in_mind.tolist(), length.tolist(), strict=True):
        both = sizes[size] > _A_PAGE_HAS_BOTH
        pool = [*words[first], *words[second]] if both else words[first]
        content = [word for word in pool if len(word) > 3] or pool
        chosen = draw.permutation(len(content))[: sizes[size]]
        texts.append(" ".join(content[at] for at in np.sort(chosen)))
    return texts
