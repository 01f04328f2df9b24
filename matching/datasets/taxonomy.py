"""The taxonomy as the ranking counts it."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from core.models import Activity, Cause, Language, Skill
from matching.ranking.columns import Vocabulary


@dataclass(frozen=True)
class Tags:
    """The vocabulary of the tag matrices, and where each row of the taxonomy stands there.

    `causes`, `activities`, `skills` and `languages` give the index in the vocabulary of a primary
    key.
    """

    vocabulary: Vocabulary
    causes: dict[int, int]
    activities: dict[int, int]
    skills: dict[int, int]
    languages: dict[int, int]


@lru_cache(maxsize=1)
def tags() -> Tags:
    """The taxonomy. Four queries the first time in a process, none after.

    It changes with `migrate` only, which clears what is kept (`matching.apps`).
    """
    causes = list(Cause.objects.order_by("code").values_list("pk", "code", "parent_id"))
    cause_index = {pk: index for index, (pk, _, _) in enumerate(causes)}
    parents = [-1 if parent is None else cause_index[parent] for _, _, parent in causes]
    codes: list[tuple[str, ...]] = []
    indices: list[dict[int, int]] = []
    for kind in (Activity, Skill, Language):
        rows = list(kind._default_manager.order_by("code").values_list("pk", "code"))
        codes.append(tuple(code for _, code in rows))
        indices.append({pk: index for index, (pk, _) in enumerate(rows)})
    vocabulary = Vocabulary(
        causes=tuple(code for _, code, _ in causes),
        cause_parents=np.array(parents, np.int32),
        activities=codes[0],
        skills=codes[1],
        languages=codes[2],
    )
    return Tags(vocabulary, cause_index, *indices)
