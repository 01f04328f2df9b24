"""The people of a season, what they really like, and what a ranking is told of it.

The taste comes from other features of the same texts than a ranking sees, from the distance, and
for the larger part from what nobody wrote down. So the best ranking can only guess it.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.preprocessing import normalize

from matching.ranking.geography import kilometres
from matching.ranking.season.roles import SeasonRoles

#: Lengths of profiles: words that a person takes from the roles that they have in mind.
PROFILE_LENGTHS = {"three words": 3, "a sentence": 12, "a page": 80}
AGE_GROUPS = ("16–24", "25–49", "50–64", "65 and over")
_AGE_SHARES = (0.2, 0.4, 0.22, 0.18)


@dataclass(frozen=True)
class WorldSettings:
    """How the world is. weeks: of the season. open_weeks: for which a role is open. The shares say
    what a taste is made of: what the text is about, how near it is, and what nobody wrote down; the
    squares of the three make the variance. appeal: how much the page of a role attracts everybody.
    """

    weeks: int = 12
    open_weeks: int = 3
    topic_share: float = 0.50
    distance_share: float = 0.25
    private_share: float = 0.83
    appeal: float = 0.35
    topics: int = 60


@dataclass(frozen=True, eq=False)
class World:
    """n people and m roles.

    taste: (n × m), mean 0 and standard deviation 1 over all pairs; what welfare is measured in.
    pull: taste and the appeal of the page, what people choose by, (n × m).
    texts: what each person wrote. length, age: their group by index, (n,).
    latitude, longitude: of people, degrees. opens: week in which each role opens, (m,).
    """

    roles: SeasonRoles
    settings: WorldSettings
    taste: NDArray[np.float32]
    pull: NDArray[np.float32]
    texts: list[str]
    length: NDArray[np.int64]
    age: NDArray[np.int64]
    latitude: NDArray[np.float64]
    longitude: NDArray[np.float64]
    opens: NDArray[np.int64]

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
    taste = _taste(roles, in_mind, distances, draw, settings)
    views = np.log1p(roles.views)
    appeal = settings.appeal * (views - views.mean()) / max(float(views.std()), 1e-9)
    return World(
        roles=roles,
        settings=settings,
        taste=taste,
        pull=taste + appeal.astype(np.float32)[None, :],
        texts=_texts(roles, in_mind, length, draw),
        length=length,
        age=draw.choice(len(AGE_GROUPS), people, p=_AGE_SHARES),
        latitude=latitude,
        longitude=longitude,
        opens=draw.integers(0, settings.weeks - settings.open_weeks + 1, len(roles)),
    )


def _roles_in_mind(
    roles: SeasonRoles, people: int, draw: np.random.Generator
) -> NDArray[np.int64]:
    """Two roles that each person would have in mind, of one category, (n × 2)."""
    categories = np.array(roles.category)
    first = draw.integers(0, len(roles), people)
    second = np.empty(people, np.int64)
    for category in np.unique(categories):
        here = np.flatnonzero(categories[first] == category)
        second[here] = draw.choice(np.flatnonzero(categories == category), len(here))
    return np.stack([first, second], axis=1)


def _taste(
    roles: SeasonRoles,
    in_mind: NDArray[np.int64],
    distances: NDArray[np.float32],
    draw: np.random.Generator,
    settings: WorldSettings,
) -> NDArray[np.float32]:
    texts = [f"{a}. {b}" for a, b in zip(roles.title, roles.summary, strict=True)]
    words = TfidfVectorizer(stop_words="english", sublinear_tf=True, min_df=2).fit_transform(texts)
    topics = min(settings.topics, min(words.shape) - 1)
    hidden = TruncatedSVD(topics, random_state=0).fit_transform(words)
    # What counts for people is not what fills the texts: each topic gets a weight of its own.
    hidden = normalize(hidden * draw.lognormal(0, 0.8, topics))
    wishes = normalize(hidden[in_mind[:, 0]] + 0.7 * hidden[in_mind[:, 1]])
    likes = _standardised((wishes @ hidden.T).astype(np.float32))
    nearness = _standardised(-np.log1p(distances))
    private = draw.standard_normal(likes.shape, np.float32)
    return _standardised(
        settings.topic_share * likes
        + settings.distance_share * nearness
        + settings.private_share * private
    )


def _standardised(values: NDArray[np.float32]) -> NDArray[np.float32]:
    return ((values - values.mean()) / values.std()).astype(np.float32)


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
        pool = [*words[first], *words[second]] if sizes[size] > 20 else words[first]
        content = [word for word in pool if len(word) > 3] or pool
        chosen = draw.permutation(len(content))[: sizes[size]]
        texts.append(" ".join(content[at] for at in np.sort(chosen)))
    return texts
