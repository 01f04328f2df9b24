"""What a season was worth: to groups, to people, and to each kind of them."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.ranking.season.applications import Ending
from matching.ranking.season.oracle import Best
from matching.ranking.season.season import Outcome
from matching.ranking.season.world import AGE_GROUPS, PROFILE_LENGTHS, World

#: Sizes of groups by the roles they post: name, from and to.
GROUP_SIZES = {"one role": (1, 1), "2 to 5 roles": (2, 5), "more roles": (6, 10**9)}
Measures = dict[str, float]


@dataclass(frozen=True)
class Column:
    """One measure: its key, its heading and its unit, "share" or "number"."""

    key: str
    heading: str
    unit: str


#: The measures of the main table, in its order.
COLUMNS = (
    Column("roles_with_someone", "roles with someone", "share"),
    Column("roles_full", "roles full", "share"),
    Column("places_filled", "places filled", "share"),
    Column("people_placed", "people placed", "share"),
    Column("placed_of_best_possible", "of the best possible", "share"),
    Column("applications_a_person", "applications a person", "number"),
    Column("applications_that_fail", "applications that fail", "share"),
    Column("people_refused", "people refused", "share"),
    Column("welfare", "welfare", "number"),
    Column("gini_of_applications", "Gini of applications a place", "number"),
    Column("weeks_until_placed_p50", "weeks p50", "number"),
    Column("weeks_until_placed_p90", "weeks p90", "number"),
    Column("invitations_a_person", "invitations a person", "number"),
)
#: The share of the gap between the baseline and the oracle that a policy closes.
GAPS = (
    Column("gap_closed_places_filled", "gap closed, places filled", "share"),
    Column("gap_closed_welfare", "gap closed, welfare", "share"),
)
#: Measures that tell kinds apart, by heading.
GROUPS_OF_COLUMNS = {
    "why applications fail, of all applications": (
        Column("fail_no_place", "no place was left", "share"),
        Column("fail_withdrawn", "the person went elsewhere", "share"),
        Column("fail_unsuited", "the person was turned down", "share"),
        Column("fail_lapsed", "nobody answered", "share"),
    ),
    "people placed, by age": tuple(
        Column(f"placed_age_{at}", name, "share") for at, name in enumerate(AGE_GROUPS)
    ),
    "people placed, by length of profile": tuple(
        Column(f"placed_length_{at}", name, "share") for at, name in enumerate(PROFILE_LENGTHS)
    ),
    "looks at each place, by size of group": tuple(
        Column(f"looks_size_{at}", name, "number") for at, name in enumerate(GROUP_SIZES)
    ),
    "places filled, by size of group": tuple(
        Column(f"filled_size_{at}", name, "share") for at, name in enumerate(GROUP_SIZES)
    ),
}


def measures(world: World, outcome: Outcome, best: Best) -> Measures:
    """All measures of one season. Welfare is the sum of the true taste for what people got, over
    all people. An application fails if it did not become a placement. Weeks count from the one in
    which a person arrived, as 1; nan where nobody was placed.
    """
    places = world.roles.places
    roles = np.array(outcome.applications.roles, np.int64)
    asked = np.bincount(roles, minlength=len(places))
    who = np.flatnonzero(outcome.placed >= 0)
    got = np.bincount(outcome.placed[who], minlength=len(places))
    people = len(outcome.placed)
    ended = outcome.applications.ended
    weeks = outcome.placed_week[who] - world.arrives[who] + 1
    waits = np.percentile(weeks, [50, 90]) if len(who) else np.full(2, np.nan)
    found = {
        "roles_with_someone": (got > 0).mean(),
        "roles_full": (got >= places).mean(),
        "places_filled": got.sum() / places.sum(),
        "people_placed": len(who) / people,
        "placed_of_best_possible": len(who) / max(best.placed, 1),
        "applications_a_person": len(roles) / people,
        "applications_that_fail": (ended != Ending.TAKEN_ON).mean() if len(ended) else 0.0,
        "people_refused": (outcome.refusals > 0).mean(),
        "welfare": world.taste[who, outcome.placed[who]].sum() / people,
        "gini_of_applications": gini(asked / places),
        "weeks_until_placed_p50": waits[0],
        "weeks_until_placed_p90": waits[1],
        "invitations_a_person": len(outcome.invitations) / people,
        **_why_they_fail(ended),
        **_by_kind_of_person(world, outcome.placed >= 0),
        **_by_size_of_group(world, outcome.shown, got),
    }
    return {key: float(value) for key, value in found.items()}


def gini(values: NDArray[np.floating]) -> float:
    """Gini coefficient of amounts at least 0: 0 where all are the same, near 1 where one has all;
    0 where there is nothing.
    """
    ordered, count = np.sort(values), len(values)
    if not ordered.sum():
        return 0.0
    ranks = np.arange(1, count + 1)
    return float((2 * ranks - count - 1) @ ordered / (count * ordered.sum()))


def _why_they_fail(ended: NDArray[np.int64]) -> Measures:
    reasons = (Ending.NO_PLACE, Ending.WITHDRAWN, Ending.UNSUITED, Ending.LAPSED)
    return {
        f"fail_{reason.name.lower()}": float((ended == reason).mean()) if len(ended) else 0.0
        for reason in reasons
    }


def _by_kind_of_person(world: World, placed: NDArray[np.bool_]) -> Measures:
    found = {}
    for name, kinds, count in (
        ("age", world.age, len(AGE_GROUPS)),
        ("length", world.length, len(PROFILE_LENGTHS)),
    ):
        for kind in range(count):
            of_kind = placed[kinds == kind]
            found[f"placed_{name}_{kind}"] = float(of_kind.mean()) if len(of_kind) else 0.0
    return found


def _by_size_of_group(world: World, shown: NDArray[np.int64], got: NDArray[np.int64]) -> Measures:
    found, sizes, places = {}, world.roles.group_sizes, world.roles.places
    for at, (least, most) in enumerate(GROUP_SIZES.values()):
        here = (sizes >= least) & (sizes <= most)
        there = max(int(places[here].sum()), 1)
        found[f"looks_size_{at}"] = float(shown[here].sum() / there)
        found[f"filled_size_{at}"] = float(got[here].sum() / there)
    return found
