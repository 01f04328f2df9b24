"""What keeps groups from taking more people, and what to fund: as the delivery group may see it.

People are counted as everywhere. What groups say of money and numbers is shown only as the sum of
at least three of them, since they were promised that it is added up; their words only where they
said so, without a name.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F

from core.disclosure import STEP, rounded
from insights.disclosure import Shown, people_shown
from insights.models import CapacityFigures
from opportunities.models import CapacityLimit, Organisation

#: Sums of fewer groups would say what one of them said.
FEWEST_GROUPS = 3
#: What goes furthest is said on the word of so many groups; of fewer it is said that they are few.
GROUPS_FOR_A_FINDING = 5
#: So many words of groups are shown for each reason, the newest.
MOST_WORDS = 3
#: Pounds for each person are shown to the nearest of these.
POUNDS_STEP = 5


@dataclass(frozen=True, slots=True)
class Lifting:
    """One reason, and what lifting it would bring.

    groups: how many say so; said_groups: how many of them said how many more they could take.
    more_people: these; placed: how many of those who wait would be placed then. pounds: what it
    would cost a year in the groups that said (costed_groups), and costed_placed: who would be
    placed by these alone; pounds_a_person: for each of them. None: not shown, or not known. words:
    of groups that let them be read.
    """

    code: str
    label: str
    groups: int
    said_groups: int
    more_people: int | None
    placed: Shown
    costed_groups: int
    costed_placed: Shown
    pounds: int | None
    pounds_a_person: int | None
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Capacity:
    """As of `made_at`: people waiting, how many of them the free places could take, how many more
    if everything were lifted; reasons, the one with which a person costs least first. enough:
    groups that have enough people.
    """

    made_at: datetime
    waiting: Shown
    placeable: Shown
    everything: Shown
    reasons: list[Lifting]
    enough: int

    @property
    def best(self) -> Lifting | None:
        """What to fund first, on the word of enough groups; None where there is nothing such."""
        return next((one for one in self._costed if _is_of_enough(one)), None)

    @property
    def cheaper(self) -> Lifting | None:
        """What would cost less yet, on the word of fewer groups; None where nothing would."""
        first = self._costed[0] if self._costed else None
        return first if first and not _is_of_enough(first) else None

    @property
    def _costed(self) -> list[Lifting]:
        return [one for one in self.reasons if one.pounds_a_person is not None]


def _is_of_enough(one: Lifting) -> bool:
    return one.costed_groups >= GROUPS_FOR_A_FINDING


def what_holds_back() -> Capacity | None:
    """The newest figures; None where there are none yet. Three queries."""
    row = CapacityFigures.objects.first()
    if row is None:
        return None
    words = _words()
    reasons = [_lifting(one, words) for one in row.reasons if one["groups"]]
    return Capacity(
        made_at=row.made_at,
        waiting=people_shown(row.waiting),
        placeable=people_shown(row.placeable),
        everything=people_shown(row.everything),
        reasons=sorted(reasons, key=_order),
        enough=_enough(),
    )


def _lifting(one: Mapping[str, Any], words: Mapping[str, Sequence[str]]) -> Lifting:
    is_sum = one["said_groups"] >= FEWEST_GROUPS
    is_costed = one["costed_groups"] >= FEWEST_GROUPS
    return Lifting(
        code=one["reason"],
        label=str(CapacityLimit.Reason(one["reason"]).label),
        groups=one["groups"],
        said_groups=one["said_groups"],
        more_people=_near(one["more_people"]) if is_sum else None,
        placed=people_shown(one["placed"]),
        costed_groups=one["costed_groups"],
        costed_placed=people_shown(one["costed_placed"]),
        pounds=one["pounds"] if is_costed else None,
        pounds_a_person=_a_person(one) if is_costed else None,
        words=tuple(words.get(one["reason"], ())),
    )


def _a_person(one: Mapping[str, Any]) -> int | None:
    """The quotient of what is shown: it says nothing that the two do not."""
    people = rounded(one["costed_placed"])
    if not people:
        return None
    return POUNDS_STEP * round(one["pounds"] / people / POUNDS_STEP)


def _near(number: int) -> int:
    """To the nearest 5, as people are: so that no more seem to be placed than could be taken."""
    return STEP * round(number / STEP)


def _order(one: Lifting) -> tuple[bool, int, float, str]:
    """By what is shown alone: the cheapest, then what would place most."""
    dear = one.pounds_a_person
    return (dear is None, dear or 0, -(one.placed.value or 0), one.code)


def _words() -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    said = CapacityLimit.objects.standing().filter(
        words_may_be_shown=True, organisation__in=Organisation.objects.verified()
    )
    for reason, words in said.values_list("reason", "words"):
        if words not in found[reason] and len(found[reason]) < MOST_WORDS:
            found[reason].append(words)
    return found


def _enough() -> int:
    said = CapacityLimit.objects.standing().filter(
        reason=CapacityLimit.Reason.ENOUGH, organisation__in=Organisation.objects.verified()
    )
    return said.order_by().values(group=F("organisation")).distinct().count()
