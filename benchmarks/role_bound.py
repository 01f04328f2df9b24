"""What bounds the gain of ten new roles in a simulated season: those of the plan beside ten that
were chosen by trying many in seasons, and ten chosen by whoever knows the luck of each season.

    python -m benchmarks.role_bound [--seeds 16] [--tried 100] [--rounds 6] [--places 10]

Reads the borough of the service's database (the demonstration borough, say) and changes nothing.
The roles tried are those at whose entry most people who like the work would look. In each round all
are dealt into tens anew, and each ten is added to a season of its own; then the better third is
tried again. What a role brings is what is looked at: of each person in it, the chance to be without
a place had there been no new role, which is counted in other seasons. It is read beside how much
the page of the role appealed in that season, which is drawn by lot.

- counted otherwise: of a plan that weighs everybody alike, less their chance to be placed where no
  role is added, in the draws of who would ask, and in which people who named a cause of the role
  and not its kind of work ask half as often;
- by seasons: the ten that brought the most, at most two of a kind and time: what a planner could
  reach who knows how people behave in the simulator, and not its luck;
- knowing the luck: the same for each season by itself, with the appeal of each role in it known.

Seasons compared are others than those in which roles were tried. Printed: places filled and gained,
without what follows from the appeal of the pages in these few seasons (but for whoever knows it);
how much more than the plan that is; standard errors; and what twice the gain of ten roles of the
most-asked cause would be of it.
"""

import argparse
import os
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import django
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

if TYPE_CHECKING:
    from matching.recommender.borough_season import BoroughSeasons

Values = NDArray[np.float64]
#: Seeds of the seasons in which chances are counted and roles tried; those compared are from 1.
_COUNTED, _TRIED, _TRIED_AGAIN = 10_000, 20_000, 30_000
_SEASONS_COUNTED = 16
_TEN, _OF_A_KIND, _ALIKE_TRIED = 10, 2, 8
#: Beyond this many standard deviations what appeal does is not read off.
_WIDEST = 2.0
#: As much as people count at the least who would be placed in every draw.
_LEAST = 0.01
_MOST_ASKED, _KNOWING = "most asked cause", "knowing the luck"


@dataclass(frozen=True, eq=False)
class Trial:
    """Roles added to seasons: how many places of each were filled, what it gained, and how much its
    page appealed, each (rounds × roles).
    """

    filled: Values
    gained: Values
    appeal: Values


def measure(seeds: int, tried: int, rounds: int, places: int) -> None:
    from benchmarks.new_roles import rivals  # noqa: PLC0415  - after setup
    from core.clock import now  # noqa: PLC0415
    from insights.services import role_plans  # noqa: PLC0415
    from matching.recommender.asked import Added  # noqa: PLC0415
    from matching.recommender.borough_season import BoroughSeasons  # noqa: PLC0415
    from volunteers.policies import CONFIRMED_WITHIN  # noqa: PLC0415

    role_plans.PLACES = places
    demand = role_plans.current_demand()
    of_rivals = dict(rivals(demand, role_plans))
    candidates, kinds = _most_looked_at(demand, tried)
    chosen = {name: of_rivals[name] for name in ("the plan", _MOST_ASKED)}
    chosen["counted otherwise"] = _counted_otherwise(demand, places)
    asked = [role for roles in chosen.values() for role in roles]
    first = len(asked)
    asked += [role.asked() for role in candidates]
    seasons = BoroughSeasons([Added(one, places) for one in asked], now() - CONFIRMED_WITHIN)
    without = _without_a_place(seasons)
    numbers = np.arange(first, len(asked))
    trial = _tried(seasons, without, numbers, rounds, _TRIED)
    worth, by_appeal = _worth(trial, places)
    better = np.argsort(-worth, kind="stable")[: max(_TEN, tried // 3 // _TEN * _TEN)]
    again = _tried(seasons, without, numbers[better], rounds, _TRIED_AGAIN)
    worth_again = (again.gained - np.polyval(by_appeal, _clipped(again.appeal))).mean(axis=0)
    worth_again -= worth_again.mean() - worth[better].mean()
    worth[better] = (worth[better] + worth_again) / 2
    by_seasons = _best(worth, kinds)
    ends = np.cumsum([len(roles) for roles in chosen.values()]).tolist()
    arms = {
        name: np.arange(end - len(roles), end)
        for end, (name, roles) in zip(ends, chosen.items(), strict=True)
    }
    arms["by seasons"] = first + by_seasons
    found = []
    for seed in range(1, seeds + 1):
        appeal = seasons.appeal(seed)
        luck = np.polyval(by_appeal, _clipped(appeal)) - _usual(by_appeal)
        arms[_KNOWING] = first + _best(worth + luck[first:], kinds)
        outcomes = seasons.roles_of_people(seed, [ten.tolist() for ten in arms.values()])
        found.append(
            [
                ((one >= 0).sum(), without[one >= 0].sum(), luck[ten].sum() * (name != _KNOWING))
                for one, (name, ten) in zip(outcomes, arms.items(), strict=True)
            ]
        )
    _print(np.array(found, np.float64), list(arms))


def _counted_otherwise(demand: Any, places: int) -> list[Any]:
    from insights.analysis.placing import Pool, best_placing  # noqa: PLC0415  - after setup
    from insights.analysis.role_plan import expected_plan  # noqa: PLC0415
    from insights.services.role_plans import who_asks  # noqa: PLC0415
    from matching.datasets import tags  # noqa: PLC0415

    found, first = demand.found, len(demand.found.role_ids)
    alike = np.ones(len(found.people))
    placed = [best_placing(replace(one, weights=alike)).placed for one in demand.asking]
    left = np.maximum(1 - np.mean(placed, axis=0), _LEAST)
    looks = found.looks.tocoo()
    vocabulary = tags().vocabulary.activities
    kinds = np.array([vocabulary.index(role.activity) for role in demand.proposed])
    named = found.people.activities.toarray() > 0
    proposed = looks.col >= first
    only_cause = proposed & ~named[looks.row, kinds[np.where(proposed, looks.col - first, 0)]]
    chances = np.where(only_cause, looks.data / 2, looks.data)
    halved = replace(found, looks=csr_array((chances, (looks.row, looks.col)), shape=looks.shape))
    keys = np.concatenate([found.role_ids, (1 << 41) + np.arange(len(demand.proposed))])
    pools = [
        Pool(who_asks(halved, keys, draw), left, np.zeros_like(found.places))
        for draw in range(len(demand.asking))
    ]
    plan = expected_plan(pools, demand.numbers, np.full(len(demand.proposed), places), _TEN)
    return [demand.proposed[role.role - first].asked() for role in plan]


def _most_looked_at(demand: Any, number: int) -> tuple[list[Any], list[tuple[str, str]]]:
    """Proposed roles at which most look who like the work, and the kind and time of each."""
    first = len(demand.found.role_ids)
    looks = np.asarray(demand.found.looks.sum(axis=0))[first:]
    kept: Counter[tuple[str, str]] = Counter()
    chosen: list[Any] = []
    for which in np.argsort(-looks, kind="stable").tolist():
        role = demand.proposed[which]
        if kept[role.activity, role.time] < _ALIKE_TRIED and len(chosen) < number:
            kept[role.activity, role.time] += 1
            chosen.append(role)
    return chosen, [(role.activity, role.time) for role in chosen]


def _without_a_place(seasons: "BoroughSeasons") -> Values:
    """The chance of each person to be without a place where no role is added."""
    counted = [
        seasons.roles_of_people(_COUNTED + number, [()])[0] == -1
        for number in range(_SEASONS_COUNTED)
    ]
    return np.mean(counted, axis=0, dtype=np.float64)


def _tried(
    seasons: "BoroughSeasons", without: Values, numbers: NDArray[np.int64], rounds: int, seed: int
) -> Trial:
    draw = np.random.default_rng(seed)
    trial = Trial(*np.zeros((3, rounds, len(numbers))))
    for turn in range(rounds):
        dealt = draw.permutation(len(numbers)).reshape(-1, _TEN)
        outcomes = seasons.roles_of_people(seed + turn, [numbers[ten].tolist() for ten in dealt])
        trial.appeal[turn] = seasons.appeal(seed + turn)[numbers]
        for ten, role_of in zip(dealt, outcomes, strict=True):
            for which in ten.tolist():
                there = role_of == numbers[which]
                trial.filled[turn, which] = there.sum()
                trial.gained[turn, which] = without[there].sum()
    return trial


def _worth(trial: Trial, places: int) -> tuple[Values, Values]:
    """What each role brings beside what follows from its appeal, drawn to the mean by how much of
    the differences is chance, (c,); and what follows from an appeal, as a polynomial.
    """
    by_appeal = np.polyfit(_clipped(trial.appeal).ravel(), trial.gained.ravel(), 3)
    rest = trial.gained - np.polyval(by_appeal, _clipped(trial.appeal))
    rounds = len(rest)
    chance = rest.var(axis=0, ddof=1).mean() / rounds
    between = max(rest.mean(axis=0).var(ddof=1) - chance, 0.0)
    print(
        f"{trial.filled.shape[1]} roles tried: {trial.filled.mean():.1f} of {places} filled, "
        f"{trial.gained.mean():.1f} gained; roles differ by {between**0.5:.2f}, "
        f"their luck by {np.polyval(by_appeal, _clipped(trial.appeal)).std():.2f}"
    )
    return rest.mean(axis=0) * between / (between + chance), by_appeal


def _clipped(appeal: Any) -> Values:
    return np.clip(np.asarray(appeal, np.float64), -_WIDEST, _WIDEST)


def _best(worth: Values, kinds: Sequence[tuple[str, str]]) -> NDArray[np.int64]:
    kept: Counter[tuple[str, str]] = Counter()
    chosen: list[int] = []
    for which in np.argsort(-worth, kind="stable").tolist():
        if kept[kinds[which]] < _OF_A_KIND and len(chosen) < _TEN:
            kept[kinds[which]] += 1
            chosen.append(which)
    return np.array(chosen, np.int64)


def _usual(by_appeal: Values) -> float:
    """What follows from an appeal on average, over all that could be drawn."""
    drawn = np.random.default_rng(1).standard_normal(100_000)
    return float(np.polyval(by_appeal, _clipped(drawn)).mean())


def _print(found: Values, names: Sequence[str]) -> None:
    """found: places filled, gained, and of that by luck, of each, (seeds × arms × 3)."""
    filled, gained = found[:, :, 0].mean(axis=0), found[:, :, 1] - found[:, :, 2]
    more = gained - gained[:, :1]
    error, error_more = (x.std(axis=0, ddof=1) / len(found) ** 0.5 for x in (gained, more))
    aim = 2 * gained[:, names.index(_MOST_ASKED)].mean()
    heads = f"{'roles':20}{'filled':>8}{'gained':>8}{'s.e.':>6}{'more than plan':>16}{'s.e.':>6}"
    print(f"{heads}{'aim ÷ it':>10}")
    for which, name in enumerate(names):
        print(
            f"{name:20}{filled[which]:8.1f}{gained[:, which].mean():8.1f}{error[which]:6.1f}"
            f"{more[:, which].mean():16.1f}{error_more[which]:6.1f}"
            f"{aim / gained[:, which].mean():10.2f}"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seeds", type=int, default=16)
    parser.add_argument("--tried", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=6)
    parser.add_argument("--places", type=int, default=10)
    given = parser.parse_args()
    if given.tried % _TEN or given.seeds < 2 or given.rounds < 2:
        parser.error("Roles are tried in tens, in two rounds at least, and two seeds compared.")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    measure(given.seeds, given.tried, given.rounds, given.places)


if __name__ == "__main__":
    main()
