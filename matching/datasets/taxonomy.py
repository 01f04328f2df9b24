"""The taxonomy as the ranking counts it."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

import numpy as np

from core.models import Activity, Cause, Language, Skill
from core.models.taxonomy import TaxonomyItem
from core.motives import Motive
from core.taxonomy.mentions import Mentions
from matching.ranking.columns import Vocabulary


@dataclass(frozen=True)
class Tags:
    """The vocabulary of the tag matrices, and where each row of the taxonomy stands there.

    `causes`, `activities`, `skills` and `languages` give the index in the vocabulary of a primary
    key. `words` finds what a text mentions of `KINDS`, one list after the other.
    """

    #: Kinds of tags that texts mention.
    KINDS = ("causes", "activities", "skills")

    vocabulary: Vocabulary
    words: Mentions
    causes: dict[int, int]
    activities: dict[int, int]
    skills: dict[int, int]
    languages: dict[int, int]

    def mentioned(self, text: str) -> dict[str, list[int]]:
        """What a text mentions: for each of `KINDS`, indices in the vocabulary, those with the
        most different words first. What it says it does not want is left out.
        """
        ends = list(accumulate(len(getattr(self.vocabulary, kind)) for kind in self.KINDS))
        starts = (0, *ends)
        found: dict[str, list[int]] = {kind: [] for kind in self.KINDS}
        for place in self.words.places(text):
            kind = bisect_right(ends, place)
            found[self.KINDS[kind]].append(place - starts[kind])
        return found


@lru_cache(maxsize=1)
def tags() -> Tags:
    """The taxonomy. Four queries the first time in a process, none after.

    It changes with `migrate` only, which clears what is kept (`matching.apps`).
    """
    causes = list(Cause.objects.order_by("code"))
    activities = list(Activity.objects.order_by("code"))
    skills = list(Skill.objects.order_by("code"))
    languages = list(Language.objects.order_by("code"))
    cause_index = _positions(causes)
    parents = [-1 if c.parent_id is None else cause_index[c.parent_id] for c in causes]
    vocabulary = Vocabulary(
        causes=tuple(cause.code for cause in causes),
        cause_parents=np.array(parents, np.int32),
        activities=tuple(activity.code for activity in activities),
        skills=tuple(skill.code for skill in skills),
        languages=tuple(language.code for language in languages),
        motives=tuple(Motive.values),
    )
    return Tags(
        vocabulary=vocabulary,
        words=Mentions.of([*causes, *activities, *skills]),
        causes=cause_index,
        activities=_positions(activities),
        skills=_positions(skills),
        languages=_positions(languages),
    )


def _positions(items: Iterable[TaxonomyItem]) -> dict[int, int]:
    return {item.pk: position for position, item in enumerate(items)}
