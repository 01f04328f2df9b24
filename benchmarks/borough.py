"""A made-up borough, or country, as columns and vectors, drawn in a moment at any size.

Texts are not written and read: a text is its own number, and its vectors are drawn. Words are drawn
as in language, few common and most rare, half of them from the text's topic; the rest of a vector
is its topic's direction and noise, so that texts of one topic are alike.
"""

from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from sklearn.base import BaseEstimator

from matching.ranking.columns import (
    Applied,
    RoleColumns,
    Vocabulary,
    VolunteerColumns,
    tag_matrix,
)
from matching.ranking.vectors import Vectors

CAUSES, ACTIVITIES, SKILLS, LANGUAGES, MOTIVES = 70, 60, 60, 30, 7
VOCABULARY = Vocabulary(
    causes=tuple(f"cause-{n}" for n in range(CAUSES)),
    cause_parents=np.array([-1 if n < 12 else n % 12 for n in range(CAUSES)], np.int32),
    activities=tuple(f"activity-{n}" for n in range(ACTIVITIES)),
    skills=tuple(f"skill-{n}" for n in range(SKILLS)),
    languages=tuple(f"language-{n}" for n in range(LANGUAGES)),
    motives=tuple(f"motive-{n}" for n in range(MOTIVES)),
)
#: Different words of all texts, and of one topic.
WORDS, WORDS_OF_A_TOPIC = 20_000, 300
TOPICS = 200
#: What the words, and what the meanings, count of a text's likeness.
SHARE_OF_WORDS = 0.4


class Borough:
    """Draws columns."""

    def __init__(self, seed: int | list[int]) -> None:
        self.rng = np.random.default_rng(seed)

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
            motives=self._tags(count, MOTIVES, 1),
            about=[str(row) for row in range(count)],
            experience=[str(row) for row in range(count)],
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
            offers=self._tags(count, MOTIVES, 2),
            title=[""] * count,
            body=[str(row) for row in range(count)],
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


class Drawn(BaseEstimator):
    """Vectors of numbered texts in place of `TextVectors`. people, roles: how many texts of each;
    dense: columns for what texts mean.
    """

    def __init__(self, people: int, roles: int, dense: int, seed: int) -> None:
        self.people_count = people
        self.roles_count = roles
        self.dense = dense
        self.seed = seed

    def __sklearn_clone__(self) -> Self:
        return self

    def fit(self, X: object, y: object = None) -> Self:  # noqa: N803  # scikit-learn's name
        rng = np.random.default_rng(self.seed)
        topics = _unit(rng.standard_normal((TOPICS, self.dense), np.float32))
        self.topics_ = topics
        self.roles_ = self._drawn(rng, topics, self.roles_count, 30, 90)
        self.people_ = self._drawn(rng, topics, self.people_count, 2, 40)
        self.columns_ = {"words": slice(0, WORDS)}
        self.terms_ = {"words": np.array([f"word{n:05}" for n in range(WORDS)], object)}
        self.blocks_: dict[str, Any] = {}
        return self

    def people(self, texts: list[str]) -> Vectors:
        return self._of(self.people_, texts)

    def roles(self, texts: list[str]) -> Vectors:
        return self._of(self.roles_, texts)

    def more_people(self, count: int, seed: int) -> Vectors:
        """Vectors of so many people's texts, the same for the same seed."""
        rng = np.random.default_rng([self.seed, seed])
        return self._drawn(rng, self.topics_, count, 2, 40)

    def _of(self, vectors: Vectors, texts: list[str]) -> Vectors:
        # Names of skills are no numbers, and mean nothing here.
        rows = np.array([int(text) if text.strip().isdigit() else 0 for text in texts], np.intp)
        # Nor do texts of roles where they are asked for as a person's.
        rows %= len(vectors)
        whole = len(rows) == len(vectors) and (rows == np.arange(len(rows))).all()
        return vectors if whole else vectors.take(rows)

    def _drawn(
        self,
        rng: np.random.Generator,
        topics: NDArray[np.float32],
        count: int,
        least: int,
        most: int,
    ) -> Vectors:
        about = rng.integers(0, TOPICS, count)
        dense = rng.standard_normal((count, self.dense), np.float32)
        dense *= np.float32(1 / np.sqrt(self.dense))
        dense += topics[about]
        dense = _unit(dense) * np.float32(np.sqrt(1 - SHARE_OF_WORDS))
        lengths = rng.integers(least, most + 1, count)
        total = int(lengths.sum())
        common = (rng.zipf(1.2, total) - 1) % WORDS
        first = (np.repeat(about, lengths) * 7_919) % (WORDS - WORDS_OF_A_TOPIC)
        own = first + rng.integers(0, WORDS_OF_A_TOPIC, total)
        words = np.where(rng.random(total) < 0.5, own, common)
        ends = np.concatenate(([0], np.cumsum(lengths)))
        made = csr_array((np.ones(total, np.float32), words, ends), shape=(count, WORDS))
        made.sum_duplicates()
        # As rare as the place in Zipf's law says.
        made.data = (1 + np.log1p(made.indices.astype(np.float32))) ** 0.5
        size = np.sqrt(made.power(2).sum(axis=1)).astype(np.float32)
        made.data *= np.repeat(np.float32(np.sqrt(SHARE_OF_WORDS)) / size, np.diff(made.indptr))
        return Vectors(csr_array(made, dtype=np.float32), dense)


def _unit(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)
