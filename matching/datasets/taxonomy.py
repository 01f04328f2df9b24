"""The taxonomy as the ranking counts it."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from core.models import Activity, Cause, Language, Skill
from core.motives import Motive
from core.taxonomy.mentions import Mentions
from matching.ranking.columns import Vocabulary


@dataclass(frozen=True)
class Tags:
    """The vocabulary of the tag matrices, and where each row of the taxonomy stands there.

    `causes`, `activities`, `skills` and `languages` give the index in the vocabulary of a primary
    key. `cause_words` and `activity_words` find what a text mentions, as such indices.
    """

    vocabulary: Vocabulary
    cause_words: Mentions
    activity_words: Mentions
    causes: dict[int, int]
    activities: dict[int, int]
    skills: dict[int, int]
    languages: dict[int, int]


@lru_cache(maxsize=1)
def tags() -> Tags:
    """The taxonomy. Four queries the first time in a process, none after.

    It changes with `migrate` only, which clears what is kept (`matching.apps`).
    """
    causes = list(Cause.objects.order_by("code"))
    activities = list(Activity.objects.order_by("code"))
    cause_index = {cause.pk: index for index, cause in enumerate(causes)}
    parents = [-1 if c.parent_id is None else cause_index[c.parent_id] for c in causes]
    codes: list[tuple[str, ...]] = []
    indices: list[dict[int, int]] = []
    for kind in (Skill, Language):
        rows = list(kind._default_manager.order_by("code").values_list("pk", "code"))
        codes.append(tuple(code for _, code in rows))
        indices.append({pk: index for index, (pk, _) in enumerate(rows)})
    vocabulary = Vocabulary(
        causes=tuple(cause.code for cause in causes),
        cause_parents=np.array(parents, np.int32),
        activities=tuple(activity.code for activity in activities),
        skills=codes[0],
        languages=codes[1],
        motives=tuple(Motive.values),
    )
    return Tags(
        vocabulary=vocabulary,
        cause_words=Mentions.of(causes),
        activity_words=Mentions.of(activities),
        causes=cause_index,
        activities={activity.pk: index for index, activity in enumerate(activities)},
        skills=indices[0],
        languages=indices[1],
    )
