"""A small board of roles, and worlds made of it."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from matching.ranking.season.behaviour import Behaviour
from matching.ranking.season.roles import SeasonRoles
from matching.ranking.season.world import World, WorldSettings

SUBJECTS = {
    "Environment": "garden park trees river planting weeds seeds compost",
    "Education": "reading children school homework tutoring library maths books",
    "Health": "hospital visiting patients befriending elderly comfort ward listening",
    "Food": "kitchen lunch cooking serving meals shelter groceries packing",
    "Arts": "museum theatre music festival stage painting concert ushers",
}
ROLES_OF_EACH = 8


@pytest.fixture(scope="session")
def roles() -> SeasonRoles:
    """40 roles of 5 kinds and 22 groups, with 1 to 4 places each."""
    draw = np.random.default_rng(5)
    title, summary, category = [], [], []
    for kind, words in SUBJECTS.items():
        for _ in range(ROLES_OF_EACH):
            chosen = draw.permutation(words.split())
            title.append(f"{chosen[0]} {chosen[1]}".capitalize())
            summary.append(f"Help with {' and '.join(chosen[2:6])} every week.")
            category.append(kind)
    count = len(title)
    return SeasonRoles(
        title=title,
        summary=summary,
        category=category,
        latitude=51.58 + draw.normal(0, 0.03, count),
        longitude=-0.34 + draw.normal(0, 0.05, count),
        places=draw.integers(1, 5, count),
        views=draw.lognormal(4, 1, count),
        groups=np.concatenate([np.arange(20), np.full(14, 20), np.full(count - 34, 21)]),
    )


@pytest.fixture(scope="session")
def roles_file(roles: SeasonRoles, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same roles as a file of the published kind; people wanted are five times the places."""
    lines = ["title,summary,category_desc,vol_requests,hits,org_title,locality"]
    for at in range(len(roles)):
        place = f"{{'latitude': '{roles.latitude[at]}', 'longitude': '{roles.longitude[at]}'}}"
        lines.append(
            f"{roles.title[at]},{roles.summary[at]},{roles.category[at]},{5 * roles.places[at]},"
            f'{roles.views[at]:.0f},Group {roles.groups[at]},"{place}"'
        )
    path = tmp_path_factory.mktemp("season") / "roles.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


@pytest.fixture
def board(roles: SeasonRoles) -> Callable[..., World]:
    """A world by hand: `board(taste, places)`, everything open all season, nothing in the way."""

    def make(taste, places, *, opens=None, weeks=1, open_weeks=1, groups=None, **behaviour):
        taste = np.asarray(taste, np.float32)
        people, count = taste.shape
        here = replace(
            roles,
            title=roles.title[:count],
            summary=roles.summary[:count],
            category=roles.category[:count],
            latitude=roles.latitude[:count],
            longitude=roles.longitude[:count],
            views=roles.views[:count],
            places=np.asarray(places),
            groups=np.arange(count) if groups is None else np.asarray(groups),
        )
        keen = {
            "visits": 1.0,
            "attention": 0.0,
            "slope": 1000.0,
            "outside": 0.0,
            "most_a_week": 1,
            "unsuited": 0.0,
            "tires": 0.0,
            "refused": 0.0,
            "ignored": 0.0,
        }
        settings = WorldSettings(
            weeks=weeks, open_weeks=open_weeks, behaviour=Behaviour(**{**keen, **behaviour})
        )
        return World(
            roles=here,
            settings=settings,
            taste=taste,
            written=taste,
            appeal=np.zeros(count, np.float32),
            possible=np.ones(taste.shape, bool),
            texts=["garden"] * people,
            length=np.zeros(people, np.int64),
            age=np.zeros(people, np.int64),
            latitude=np.full(people, 51.58),
            longitude=np.full(people, -0.34),
            arrives=np.zeros(people, np.int64),
            opens=np.zeros(count, np.int64) if opens is None else np.asarray(opens),
        )

    return make
