"""By how much placements rise in a simulated season when ten roles are added: those of the plan,
ten by the cause that is asked for most, and ten drawn by lot.

    python -m benchmarks.new_roles [--seeds 5] [--places 10]

Reads the borough of the service's database (the demonstration borough, say) and changes nothing.
Each season is the simulator's (docs/explanation/season.md) over everybody who waits, all open roles
and the added ones, with the same people, wishes and chance in each comparison; a role has the same
number of places whoever chose it. The rivals:

- most asked: the cause that most of those who wait named; kinds of work by how many of these people
  named them, each at a time when one of these people, drawn by lot, is free, in the ward where they
  live;
- most asked, well placed: of that cause the ten combinations of kind, time and ward that most of
  these people named, are free at and live in, which is what a careful officer with a spreadsheet
  would choose;
- most asked kinds: the same over all causes;
- largest segments: one for each of the ten largest segments of people who wait, at the first of
  their times, in the ward where most of them live;
- by lot: ten of the roles that the plan chooses from.

Printed: placements gained, the mean over seeds with its standard deviation and standard error, how
many people are in the added roles, and the ratio of the plan's gain to each rival's; then the same
by allocation alone, over draws of who would ask that the plan was not made for.
"""

import argparse
import os
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from itertools import product
from typing import Any

import django
import numpy as np

Row = tuple[str, list[Any]]
#: Draws in which the roles are compared by allocation.
_DRAWS = 20


def measure(seeds: int, places: int) -> None:
    from core.clock import now  # noqa: PLC0415  - after setup
    from insights.services import role_plans  # noqa: PLC0415
    from matching.recommender.asked import Added  # noqa: PLC0415
    from matching.recommender.borough_season import BoroughSeasons  # noqa: PLC0415
    from volunteers.policies import CONFIRMED_WITHIN  # noqa: PLC0415

    role_plans.PLACES = places
    demand = role_plans.current_demand()
    arms = rivals(demand, role_plans)
    asked = [role for __, roles in arms for role in roles]
    since = now() - CONFIRMED_WITHIN
    seasons = BoroughSeasons([Added(one, places) for one in asked], since)
    ends = np.cumsum([len(roles) for __, roles in arms]).tolist()
    scenarios: list[Sequence[int]] = [()]
    scenarios += [range(end - len(roles), end) for end, (__, roles) in zip(ends, arms, strict=True)]
    print(
        f"{seasons.people:,} people wait for {seasons.places:,} places; "
        f"10 roles of {places} places added; {seeds} seeds"
    )
    found = [seasons.placed(seed, scenarios) for seed in range(1, seeds + 1)]
    people = np.array([[one.people for one in of_seed] for of_seed in found])
    added = np.array([[one.in_added for one in of_seed] for of_seed in found])
    print(f"without them {people[:, 0].mean():.0f} ± {_spread(people[:, 0]):.0f} are placed")
    gained = people[:, 1:] - people[:, :1]
    in_draws = _in_draws(demand, asked, scenarios[1:], places)
    heads = f"{'roles':26}{'gained':>8}{'±':>6}{'s.e.':>6}{'in them':>9}{'plan ÷ it':>11}"
    print(f"{heads}{'in draws':>10}{'plan ÷ it':>11}")
    for number, (name, __) in enumerate(arms):
        mean, spread = gained[:, number].mean(), _spread(gained[:, number])
        print(
            f"{name:26}{mean:8.1f}{spread:6.1f}{spread / np.sqrt(seeds):6.1f}"
            f"{added[:, number + 1].mean():9.1f}{_ratio(gained[:, 0].mean(), mean):11.2f}"
            f"{in_draws[number]:10.1f}{_ratio(in_draws[0], in_draws[number]):11.2f}"
        )


def _in_draws(demand: Any, asked: Any, scenarios: Any, places: int) -> list[float]:
    """How many more would be placed, were all who ask placed as well as can be: the mean over draws
    of who would ask that the plan was not made for.
    """
    from insights.analysis.placing import Pool, best_placing  # noqa: PLC0415  - after setup
    from insights.services.role_plans import who_asks  # noqa: PLC0415
    from matching.recommender.could_do import could_do  # noqa: PLC0415

    found = could_do(asked, demand.found.people)
    pool = Pool.of(found.could_do, np.ones(len(found.people)), found.places)
    known, gained = len(found.role_ids), np.zeros((_DRAWS, len(scenarios)))
    keys = np.concatenate([found.role_ids, (1 << 41) + np.arange(len(asked))])
    for draw in range(_DRAWS):
        would = who_asks(found, keys, 100 + draw)
        before = best_placing(Pool(would, pool.weights, pool.places)).weight
        for which, numbers in enumerate(scenarios):
            with_them = pool.places.copy()
            with_them[known + np.array(numbers)] = places
            after = best_placing(Pool(would, pool.weights, with_them)).weight
            gained[draw, which] = after - before
    return [float(mean) for mean in gained.mean(axis=0)]


def _ratio(plan: float, other: float) -> float:
    return plan / other if other > 0 else float("inf")


def _spread(values: Any) -> float:
    return float(values.std(ddof=1)) if len(values) > 1 else 0.0


def rivals(demand: Any, role_plans: Any) -> list[Row]:
    """Names and ten roles each, as what they ask."""
    first = len(demand.found.role_ids)
    plan = [demand.proposed[role.role - first] for role in role_plans.planned(demand)]
    draw = np.random.default_rng(1)
    number = role_plans.MOST_ROLES
    by_lot = draw.choice(len(demand.proposed), number, replace=False)
    cause, who = _most_asked(demand)
    print(f"most asked cause: {cause} ({len(who)} people)")
    return [
        ("the plan", [role.asked() for role in plan]),
        ("most asked cause", _with(cause, _scattered(demand, cause, who, number, draw))),
        ("most asked, well placed", _with(cause, _well_placed(demand, cause, who, number))),
        (
            "most asked kinds",
            [one.asked() for one in _well_placed(demand, "", np.arange(len(demand.wards)), number)],
        ),
        ("largest segments", [role.asked() for role in _of_segments(number)]),
        ("by lot", [demand.proposed[which].asked() for which in by_lot.tolist()]),
    ]


def _of_segments(number: int) -> list[Any]:
    from insights.models import Segment  # noqa: PLC0415  - after setup
    from insights.proposed_roles import TIMES, ProposedRole  # noqa: PLC0415

    segments = Segment.objects.present().exclude(activity="")[:number]
    if len(segments) < number:
        print(f"only {len(segments)} segments of an activity are kept: night.segments finds them")
    return [
        ProposedRole(
            one.activity,
            (one.times or [TIMES[0][0]])[0],
            max((ward for ward in one.wards if ward), key=lambda ward: one.wards[ward]),
        )
        for one in segments
    ]


def _with(cause: str, roles: list[Any]) -> list[Any]:
    """What these ask, with the cause among theirs."""
    asked = [role.asked() for role in roles]
    return [replace(one, causes=tuple({*one.causes, cause})) for one in asked]


def _most_asked(demand: Any) -> tuple[str, Any]:
    from matching.datasets import tags  # noqa: PLC0415  - after setup

    causes = demand.found.people.causes
    most = int(np.argmax(np.bincount(causes.indices, minlength=causes.shape[1])))
    return tags().vocabulary.causes[most], np.unique(causes.tocsc()[:, [most]].tocoo().row)


def _kinds(demand: Any, cause: str, who: Any) -> list[str]:
    """Kinds of work by how many of these people named them, those of the cause where there are
    any.
    """
    from matching.datasets import tags  # noqa: PLC0415  - after setup

    vocabulary = tags().vocabulary.activities
    named = np.bincount(demand.found.people.activities[who].indices, minlength=len(vocabulary))
    order = [vocabulary[kind] for kind in np.argsort(-named, kind="stable").tolist() if named[kind]]
    known = {role.activity: role.template for role in demand.proposed}
    ours = [kind for kind in order if cause in (known[kind].causes if known.get(kind) else ())]
    return ours or [kind for kind in order if kind in known]


def _scattered(demand: Any, cause: str, who: Any, number: int, draw: Any) -> list[Any]:
    chosen: list[Any] = []
    kinds = _kinds(demand, cause, who)[:number]
    while len(chosen) < number:
        person = int(draw.choice(who))
        kind = kinds[len(chosen) % len(kinds)]
        fits = [
            role
            for role in demand.proposed
            if role.activity == kind
            and role.ward in ("", demand.wards[person])
            and _free(demand, person, role)
        ]
        if fits:
            chosen.append(fits[int(draw.integers(len(fits)))])
    return chosen


def _well_placed(demand: Any, cause: str, who: Any, number: int) -> list[Any]:
    kinds, named = set(_kinds(demand, cause, who)), _named(demand)
    there = defaultdict(list)
    for role in demand.proposed:
        there[role.activity, role.ward].append(role)
    counts: Counter[Any] = Counter()
    for person in who.tolist():
        for kind, ward in product(named[person] & kinds, {"", demand.wards[person]}):
            counts.update(role for role in there[kind, ward] if _free(demand, person, role))
    return [role for role, __ in counts.most_common(number)]


def _named(demand: Any) -> list[set[str]]:
    from matching.datasets import tags  # noqa: PLC0415  - after setup

    vocabulary, rows = tags().vocabulary.activities, demand.found.people.activities
    return [
        {vocabulary[kind] for kind in rows.indices[first:last].tolist()}
        for first, last in zip(rows.indptr[:-1], rows.indptr[1:], strict=True)
    ]


def _free(demand: Any, person: int, role: Any) -> bool:
    mask = int(demand.found.people.availability[person])
    return not mask or bool(mask & role.asked().slots)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--places", type=int, default=10)
    given = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    measure(given.seeds, given.places)


if __name__ == "__main__":
    main()
