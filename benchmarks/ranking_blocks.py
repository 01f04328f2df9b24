"""How fast the ranking is, on a made-up borough and one core.

    python -m benchmarks.ranking_blocks [--volunteers 3000] [--roles 500] [--seed 1]

Prints CPU seconds, and what they are of the time that a bare top k takes on the same text vectors
(one sparse product and one partition): rules, eleven parts, ties and reasons are what the rest is.
"""

import argparse
import resource
import time
from collections.abc import Callable
from typing import Any

import numpy as np
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]  # carries no types

from matching.ranking.columns import (
    Applied,
    RoleColumns,
    Vocabulary,
    VolunteerColumns,
    tag_matrix,
)
from matching.ranking.eligibility import evaluate
from matching.ranking.lists import rank_roles, rank_volunteers
from matching.ranking.suitability import SuitabilityModel

K = 50
ONE_VOLUNTEER_ROLES = 2_000
TOPICS, WORDS_OF_A_TOPIC = 20, 100
CAUSES, ACTIVITIES, SKILLS, LANGUAGES = 70, 60, 60, 30
VOCABULARY = Vocabulary(
    causes=tuple(f"cause-{n}" for n in range(CAUSES)),
    cause_parents=np.array([-1 if n < 12 else n % 12 for n in range(CAUSES)], np.int32),
    activities=tuple(f"activity-{n}" for n in range(ACTIVITIES)),
    skills=tuple(f"skill-{n}" for n in range(SKILLS)),
    languages=tuple(f"language-{n}" for n in range(LANGUAGES)),
)
#: About as many different ones as languages use, so that words share as few of their letters.
_SYLLABLES = [
    f"{start}{vowel}{end}"
    for start in ("b", "ch", "d", "f", "g", "h", "k", "l", "m", "n", "p", "r", "s", "st", "t", "w")
    for vowel in ("a", "e", "i", "o", "u", "ea")
    for end in ("", "n", "r", "s", "t", "ng")
]


class Borough:
    """Draws columns. Words are drawn as in language: few are common, most belong to a topic."""

    def __init__(self, seed: int) -> None:
        self.rng = np.random.default_rng(seed)
        made = self.rng.integers(0, len(_SYLLABLES), (6_000, 4))
        lengths = self.rng.integers(1, 5, 6_000)
        self.words = np.array(
            [
                "".join(_SYLLABLES[s] for s in word[:length])
                for word, length in zip(made, lengths, strict=True)
            ]
        )

    def volunteers(self, count: int) -> VolunteerColumns:
        rng = self.rng
        return VolunteerColumns(
            ids=np.arange(1, count + 1),
            age=rng.integers(14, 85, count).astype(np.float32),
            parent_confirmed=np.ones(count, np.bool_),
            latitude=rng.uniform(51.55, 51.64, count),
            longitude=rng.uniform(-0.42, -0.28, count),
            travel_km=rng.choice([3.2, 4.8, 8.0, np.inf], count).astype(np.float32),
            travel_mode=rng.integers(0, 4, count).astype(np.int8),
            helps_in_person=np.ones(count, np.bool_),
            helps_from_home=self._yes(count, 0.7),
            one_off=self._yes(count, 0.8),
            regular=self._yes(count, 0.8),
            wants_company=self._yes(count, 0.05),
            hours_a_week=rng.choice([1, 2, 4, 8, np.nan], count).astype(np.float32),
            availability=self._slots(count, 0.35, silent=0.2),
            languages=self._tags(count, LANGUAGES, 2),
            causes=self._tags(count, CAUSES, 4),
            activities=self._tags(count, ACTIVITIES, 4),
            skills=self._tags(count, SKILLS, 4),
            dbs_level=rng.choice([0, 0, 0, 3], count).astype(np.int8),
            willing_dbs=self._yes(count, 0.9),
            waiting_days=rng.integers(0, 300, count).astype(np.float32),
            about=self._texts(count, 3, 120),
            experience=self._texts(count, 0, 80),
        )

    def roles(self, count: int) -> RoleColumns:
        rng = self.rng
        return RoleColumns(
            ids=np.arange(1, count + 1),
            organisation_ids=rng.integers(1, count, count),
            latitude=rng.uniform(51.55, 51.64, count),
            longitude=rng.uniform(-0.42, -0.28, count),
            from_home=self._yes(count, 0.1),
            slots=self._slots(count, 0.15, silent=0.3),
            one_off=self._yes(count, 0.2),
            hours_a_week=rng.choice([1, 2, 4, np.nan], count).astype(np.float32),
            minimum_age=rng.choice([14, 16, 18], count).astype(np.float32),
            maximum_age=np.full(count, np.nan, np.float32),
            dbs_level=rng.choice([0, 0, 3], count).astype(np.int8),
            languages=tag_matrix(
                [[0] if rng.random() < 0.1 else [] for _ in range(count)], LANGUAGES
            ),
            causes=self._tags(count, CAUSES, 2),
            activities=self._tags(count, ACTIVITIES, 3),
            skills_needed=self._tags(count, SKILLS, 1),
            skills_useful=self._tags(count, SKILLS, 2),
            skills_gained=self._tags(count, SKILLS, 1),
            welcomes_company=self._yes(count, 0.4),
            verified=np.ones(count, np.bool_),
            open=np.ones(count, np.bool_),
            places_left=rng.integers(1, 6, count).astype(np.int32),
            pending=rng.integers(0, 4, count).astype(np.int32),
            title=self._texts(count, 3, 7),
            body=self._texts(count, 60, 200),
        )

    def applied(self, volunteers: VolunteerColumns, roles: RoleColumns) -> Applied:
        """One application for each person on average."""
        count = len(volunteers)
        pairs = self.rng.choice(volunteers.ids, count), self.rng.choice(roles.ids, count)
        return Applied.of(volunteers, roles, *pairs)

    def _yes(self, count: int, share: float) -> Any:
        return self.rng.random(count) < share

    def _slots(self, count: int, share: float, silent: float) -> Any:
        slots = (self.rng.random((count, 21)) < share) @ (1 << np.arange(21))
        return np.where(self._yes(count, silent), 0, slots).astype(np.uint32)

    def _tags(self, count: int, size: int, mean: int) -> Any:
        # Squared, so that the first tags are common and the last are rare.
        return tag_matrix(
            [
                (size * self.rng.random(self.rng.poisson(mean)) ** 2).astype(int).tolist()
                for _ in range(count)
            ],
            size,
        )

    def _texts(self, count: int, least: int, most: int) -> list[str]:
        """Each text keeps to one of a few topics for half of its words."""
        lengths = self.rng.integers(least, most + 1, count)
        total = int(lengths.sum())
        topics = np.repeat(self.rng.integers(0, TOPICS, count), lengths)
        common = (self.rng.zipf(1.3, total) - 1) % len(self.words)
        own = topics * WORDS_OF_A_TOPIC + self.rng.integers(0, WORDS_OF_A_TOPIC, total)
        ranks = np.where(self._yes(total, 0.5), own, common)
        parts = np.split(self.words[ranks], np.cumsum(lengths)[:-1])
        return [" ".join(part) for part in parts]


def seconds(work: Callable[[], Any], repeats: int = 3) -> float:
    """CPU seconds, the best of several runs: what else the machine does is left out."""
    best = float("inf")
    for _ in range(repeats):
        began = time.process_time()
        work()
        best = min(best, time.process_time() - began)
    return best


def bare_top_k(model: SuitabilityModel, people: VolunteerColumns, roles: RoleColumns) -> float:
    """Seconds for nothing but the best K roles by the product of the interests' vectors."""
    ours = model.interests_.transform(people.about)
    theirs = model.read_roles(roles).interests
    theirs.products(ours[:64])  # turned round before the clock starts

    def work() -> None:
        for first in range(0, ours.shape[0], 256):
            products = theirs.products(ours[first : first + 256])
            np.argpartition(-products, min(K, products.shape[1] - 1), axis=1)[:, :K]

    return seconds(work)


def measure(volunteers: int, roles: int, seed: int) -> None:
    borough = Borough(seed)
    people, offered = borough.volunteers(volunteers), borough.roles(roles)
    applied = borough.applied(people, offered)

    fit = seconds(lambda: SuitabilityModel().fit(offered, VOCABULARY), 1)
    model = SuitabilityModel().fit(offered, VOCABULARY)
    bare = bare_top_k(model, people, offered)
    texts = seconds(lambda: model.read_volunteers(people), 1)
    ranked = seconds(lambda: rank_roles(model, people, offered, applied, k=K), 1)
    shortlists = seconds(lambda: rank_volunteers(model, people, offered, applied, k=30), 1)
    rules = seconds(lambda: evaluate(people, offered, applied), 1)

    size = f"{volunteers:,} × {roles:,}"
    print(f"fit on {roles:,} roles                             {fit:8.3f} s")
    print(f"bare top {K} by text, {size:<20}          {bare:8.3f} s   1.0")
    for name, took in (
        ("people's texts to vectors", texts),
        ("all rules", rules),
        (f"top {K} roles each, with reasons", ranked),
        ("top 30 people each, with reasons", shortlists),
    ):
        print(f"{name:<32} {size:<18} {took:8.3f} s {took / bare:5.1f} ×")

    many = borough.roles(ONE_VOLUNTEER_ROLES)
    model = SuitabilityModel().fit(many, VOCABULARY)
    one = people.take([0])
    alone = Applied.none(1, len(many))
    took = seconds(lambda: rank_roles(model, one, many, alone, k=K), 5)
    print(f"one volunteer × {len(many):,} roles, top {K} with reasons   {took * 1000:8.1f} ms")
    took = seconds(lambda: evaluate(one, many, alone), 5)
    print(f"one volunteer × {len(many):,} roles, rules only          {took * 1000:8.1f} ms")
    pair = many.take([0])
    took = seconds(lambda: evaluate(one, pair, Applied.none(1, 1)), 5)
    print(f"one pair, rules only                              {took * 1000:8.1f} ms")
    # ru_maxrss counts kilobytes on Linux.
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory                                       {peak:8.0f} MB")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--volunteers", type=int, default=3_000)
    parser.add_argument("--roles", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    with threadpool_limits(1):
        measure(given.volunteers, given.roles, given.seed)


if __name__ == "__main__":
    main()
