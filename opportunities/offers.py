"""What a role offers to those who do it, as far as that is certain.

What its group ticked, and what follows from the rest of what it said: who is taught a skill learns
something, who digs a garden is outdoors. What is only likely is left out: a reason that turns out
to be wrong costs more trust than one that is missing.
"""

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from core.motives import Motive

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

#: What a group ticks about a role, by code of `Motive`.
OFFERS: dict[str, "StrOrPromise"] = {
    Motive.LEARN.value: _("They learn something new"),
    Motive.PEOPLE.value: _("They meet people"),
    Motive.PROFESSION.value: _("They use what they do for a living"),
    Motive.WORK.value: _("They get experience for a job"),
    Motive.ENGLISH.value: _("They practise their English"),
    Motive.ACTIVE.value: _("They keep fit and active"),
    Motive.OUTDOORS.value: _("They are outdoors"),
}

#: Kinds of work that nobody does indoors.
OUTDOORS = frozenset(
    {
        "conservation",
        "dog-walking",
        "gardening",
        "litter-picking",
        "tree-planting",
        "wildlife-surveys",
    }
)
#: Kinds of work that one does on one's feet, moving.
ACTIVE = frozenset(
    {
        "conservation",
        "dog-walking",
        "gardening",
        "leading-exercise",
        "litter-picking",
        "sports-coaching",
        "tree-planting",
    }
)
#: Kinds of work that are spent in company, where they are not done from home.
PEOPLE = frozenset(
    {
        "befriending",
        "english-conversation",
        "games-and-quizzes",
        "leading-groups",
        "serving-food",
        "youth-work",
    }
)
_FOLLOWS = {Motive.OUTDOORS: OUTDOORS, Motive.ACTIVE: ACTIVE, Motive.PEOPLE: PEOPLE}


def certain_offers(
    ticked: Iterable[str], *, activities: Collection[str], teaches: bool, from_home: bool
) -> list[str]:
    """Give codes of `Motive`, in its order.

    `ticked`: what the group says that the role offers; `activities`: codes of what people do;
    `teaches`: whether the group named a skill that they will learn.
    """
    offered = set(ticked)
    if teaches:
        offered.add(Motive.LEARN)
    if not from_home:
        offered |= {
            motive for motive, kinds in _FOLLOWS.items() if not kinds.isdisjoint(activities)
        }
    return [motive.value for motive in Motive if motive in offered]
