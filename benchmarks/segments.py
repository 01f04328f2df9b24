"""How many planted shortages of a demonstration borough the segments of people who wait find.

    python benchmarks/segments.py [--seeds 1 2 3] [--volunteers 3000] [--encoder]

For each seed a borough is loaded into a database of its own. A shortage is found where a segment is
of its kind of work, at one of its times, in one of its wards, holds at least half of its people,
and at least half of whose people are the shortage's. Others who wait for the same at that time and
place belong there as well and count against it here.

Also: the same by clusters of points (HDBSCAN of scikit-learn, within each kind of work), to compare
with; how many segments there are where times and wards are dealt out anew at random; the share of
segments that keep their name when one person in ten goes; and seconds of processor time. What
people write is compared by words; with --encoder by the sentence encoder, as in a service that has
ranked, for which texts are read first.

The settings were chosen on seed 1.
"""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from io import StringIO
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).parents[1]
ENOUGH = 0.5
LEAVE = 0.1
_SEED = 5


@dataclass(frozen=True)
class Match:
    """How well the best segment fits a shortage: shares of the shortage's people who are in it, and
    of its people who are the shortage's; whether it is of its kind, time and area.
    """

    code: str
    people: int
    recall: float
    precision: float
    fits: bool

    @property
    def found(self) -> bool:
        return self.fits and min(self.recall, self.precision) >= ENOUGH


def main() -> None:
    asked = _asked()
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    os.environ["HARROW_LOCAL"] = "1"
    with tempfile.TemporaryDirectory() as folder:
        os.environ["HARROW_VAR_DIR"] = folder
        import django  # noqa: PLC0415  - after the settings are named

        django.setup()
        from django.core.management import call_command  # noqa: PLC0415

        call_command("migrate", verbosity=0)
        for seed in asked.seeds:
            call_command(
                "load_demo", seed=seed, volunteers=asked.volunteers, replace=True, stdout=StringIO()
            )
            _measure(seed, asked)


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    parser.add_argument("--volunteers", type=int, default=3000)
    parser.add_argument("--encoder", action="store_true")
    return parser.parse_args()


def _measure(seed: int, asked: argparse.Namespace) -> None:
    from insights import unmet  # noqa: PLC0415
    from insights.analysis.segments import segments  # noqa: PLC0415

    if asked.encoder:
        _read_texts()
    started = time.process_time()
    supply = unmet.current_supply()
    offered = time.process_time()
    rounds = unmet.area_rounds()
    found = segments(supply.offers, rounds)
    ended = time.process_time()
    matches = _matches(seed, asked.volunteers, supply, found)
    clusters = _matches(seed, asked.volunteers, supply, _clusters(supply))
    print(
        f"seed {seed}, {len(supply.waiting.people)} people wait, {supply.unmet.any(axis=1).sum()} "
        f"with something that nobody takes: {len(found)} segments of "
        f"{sum(len(one.rows) for one in found)} people; offers {offered - started:.1f} s, "
        f"segments {ended - offered:.1f} s"
    )
    for match in matches:
        mark = "found" if match.found else "-"
        print(
            f"  {match.code:22}{match.people:4} people  recall {match.recall:.2f}  "
            f"precision {match.precision:.2f}  {mark}"
        )
    print(
        f"  found {_found(matches)}; by clusters of points {_found(clusters)}; by chance "
        f"{len(segments(_dealt_anew(supply.offers), rounds))} segments; "
        f"names kept {_kept(supply.offers, rounds, found):.0%}"
    )


def _found(matches: Sequence[Match]) -> str:
    recall = np.mean([match.recall for match in matches])
    precision = np.mean([match.precision for match in matches])
    number = sum(match.found for match in matches)
    return f"{number} of {len(matches)} (recall {recall:.2f}, precision {precision:.2f})"


def _read_texts() -> None:
    from matching.ranking.embedding.sentences import Sentences  # noqa: PLC0415
    from matching.recommender.embeddings import keep_in_database  # noqa: PLC0415
    from volunteers.models import Volunteer  # noqa: PLC0415

    keep_in_database()
    Sentences("minilm", threads=2).transform(
        list(Volunteer.objects.waiting().values_list("about", flat=True))
    )


def _matches(seed: int, volunteers: int, supply: Any, found: Sequence[Any]) -> list[Match]:
    from demonstration.shortages import planted  # noqa: PLC0415
    from volunteers.models import Volunteer  # noqa: PLC0415

    names = Volunteer.objects.filter(user__last_name="(demo)").values_list("user__first_name", "pk")
    number_of = {pk: int(name.split()[-1]) for name, pk in names if name.split()[-1].isdigit()}
    numbers = np.array([number_of.get(pk, -1) for pk in supply.waiting.people.ids.tolist()])
    return [_best(one, found, numbers, supply) for one in planted(seed, volunteers)]


def _best(shortage: Any, found: Sequence[Any], numbers: Any, supply: Any) -> Match:
    best = Match(shortage.code, len(shortage.members), 0, 0, fits=False)
    for one in found:
        both = int(np.isin(numbers[one.rows], shortage.members).sum())
        match = Match(
            shortage.code,
            len(shortage.members),
            both / len(shortage.members),
            both / max(1, len(one.rows)),
            _fits(shortage, one.cell, supply),
        )
        if (match.fits, match.recall * match.precision) > (best.fits, best.recall * best.precision):
            best = match if both else best
    return best


def _fits(shortage: Any, cell: Any, supply: Any) -> bool:
    from core.places.wards import WARDS  # noqa: PLC0415
    from insights.proposed_roles import TIMES  # noqa: PLC0415

    kind = supply.codes[cell.kind][1] in shortage.activities
    time_fits = any(TIMES[number][2] & shortage.slots for number in cell.times)
    wards = {WARDS[number].code for number in cell.wards}
    return kind and time_fits and bool(wards & set(shortage.wards))


def _clusters(supply: Any) -> list[Any]:
    """Within each kind, dense regions of when and where; the largest first, each person in one."""
    from sklearn.cluster import HDBSCAN  # noqa: PLC0415

    from insights.analysis.segments import Cell, Found  # noqa: PLC0415

    offers, people = supply.offers, supply.waiting.people
    times = offers.slots / np.maximum(1, np.linalg.norm(offers.slots, axis=1, keepdims=True))
    east = np.nan_to_num(people.longitude - np.nanmedian(people.longitude)) * 69.4
    north = np.nan_to_num(people.latitude - np.nanmedian(people.latitude)) * 111.2
    points = np.column_stack([times, 0.5 * east, 0.5 * north])
    found = []
    for kind in range(offers.kinds.shape[1]):
        rows = np.flatnonzero(offers.kinds[:, kind] & (offers.ward >= 0))
        if len(rows) < 16:
            continue
        labels = HDBSCAN(min_cluster_size=8, min_samples=4, copy=True).fit_predict(points[rows])
        for label in range(labels.max() + 1):
            some = rows[labels == label]
            often = np.flatnonzero((offers.slots[some] > 0).mean(axis=0) >= 0.4)
            wards = np.unique(offers.ward[some])
            cell = Cell(kind, tuple(often.tolist()), tuple(wards.tolist()))
            found.append(Found(cell, float(len(some)), some))
    taken: set[int] = set()
    kept = []
    for one in sorted(found, key=lambda one: -len(one.rows)):
        rows = np.array([row for row in one.rows.tolist() if row not in taken], np.int64)
        if len(rows) >= 8:
            kept.append(replace(one, rows=rows))
            taken |= set(rows.tolist())
    return kept


def _dealt_anew(offers: Any) -> Any:
    chance = np.random.default_rng(_SEED)
    return replace(
        offers, slots=chance.permutation(offers.slots), ward=chance.permutation(offers.ward)
    )


def _kept(offers: Any, rounds: Any, found: Sequence[Any]) -> float:
    """The share of segments that keep their name when one person in ten goes."""
    from insights.analysis.segments import named_as_before, segments  # noqa: PLC0415

    stay = np.flatnonzero(np.random.default_rng(_SEED).random(len(offers.ids)) >= LEAVE)
    fewer = replace(
        offers,
        ids=offers.ids[stay],
        kinds=offers.kinds[stay],
        slots=offers.slots[stay],
        ward=offers.ward[stay],
    )
    again = segments(fewer, rounds, [one.cell for one in found])
    before = {number: offers.ids[one.rows] for number, one in enumerate(found)}
    names = named_as_before([fewer.ids[one.rows] for one in again], before)
    return sum(name is not None for name in names) / max(1, len(found))


if __name__ == "__main__":
    main()
