"""What stands beside stored lists: for a short one, what would make it longer; for a role, which
requirement keeps how many people out.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np

from matching import datasets
from matching.datasets import People
from matching.ranking.changes import Change, changes_for
from matching.ranking.columns import Vocabulary
from matching.ranking.eligibility import RULE_CODES
from matching.recommender.inferred import inferred_of
from matching.recommender.items import PersonalList
from matching.recommender.snapshot import Snapshot

#: Whoever has fewer possible roles than this is told what would change it; some of these may be
#: busy or full by the time the list is read.
FEW_ROLES = 15
#: More changes than this are not kept of one person.
MOST_CHANGES = 6


def add_changes(lists: Mapping[int, PersonalList], people: People, snapshot: Snapshot) -> None:
    """Note in `counts["changes"]` of short lists which single change opens how many places, as
    [code, detail, roles, places], most places first (`matching.ranking.changes`). One query, where
    anybody has a short list.
    """
    ids = people.columns.ids.tolist()
    few = [row for row, pk in enumerate(ids) if lists[pk].counts["possible"] < FEW_ROLES]
    if not few:
        return
    columns, roles = people.columns.take(few), snapshot.roles.columns
    found = changes_for(columns, roles, datasets.applied(columns, roles), snapshot.settings)
    for row, changes in zip(few, found, strict=True):
        lists[ids[row]].counts["changes"] = [
            _stored(change, snapshot.tags.vocabulary) for change in changes[:MOST_CHANGES]
        ]


def add_inferred(lists: Mapping[int, PersonalList], people: People) -> None:
    """Note in `counts["inferred"]` which kinds of a person's tags were read out of their words, so
    that reasons say what they wrote and not what they ticked.
    """
    for row, pk in enumerate(people.columns.ids.tolist()):
        if kinds := inferred_of(people, row):
            lists[pk].counts["inferred"] = kinds


def costs_of(eligible: np.integer | int, kept_out: Any, day: str) -> dict[str, Any]:
    """What a role's requirements cost it, for `Shortlist.counts`.

    eligible: people who wait and whom every rule allows. kept_out: how many more each rule alone
    keeps out, in the order of the rules. day: on which they were counted.
    """
    people = zip(RULE_CODES, np.asarray(kept_out).tolist(), strict=True)
    return {
        "on": day,
        "possible": int(eligible),
        "kept_out": {code: count for code, count in people if count},
    }


def _stored(change: Change, vocabulary: Vocabulary) -> list[Any]:
    is_language = change.code == "language"
    detail = vocabulary.languages[change.detail] if is_language else change.detail
    return [change.code, detail, change.roles, change.places]
