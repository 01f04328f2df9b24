"""Which groups would most likely take on a role that there is not yet.

A score is the sum of named parts, each what is said of the group (0 to 1) times what it counts for
(`HostWeights`, which add up to 1): so the parts are the reasons, and nothing else is. The weights
are a judgement, not learned: until groups have been asked there is nothing to learn them from.
"""

from dataclasses import astuple, dataclass, fields

import numpy as np
from numpy.typing import NDArray

#: Groups that are named for each role.
MOST_HOSTS = 5
#: A group counts half as near for each so many kilometres between it and the role.
HALF_AS_NEAR_KM = 2.5
#: What is thought of groups that nobody knows how they answer, where no group is known.
UNKNOWN_ANSWERING = 0.5
#: What is left of a group's room with each thing that keeps it from taking more people.
LEFT_WITH_A_LIMIT = 0.5


@dataclass(frozen=True, slots=True)
class HostWeights:
    """What each part counts for. work: it runs, or ran, roles of the kind. cause: it works for the
    role's cause. near: it is near the place, or has a role in the ward. answers: it answers people
    in time. room: nothing keeps it from taking more. going: it has roles that are open.
    """

    work: float = 0.30
    cause: float = 0.25
    near: float = 0.15
    answers: float = 0.15
    room: float = 0.10
    going: float = 0.05


PARTS = tuple(field.name for field in fields(HostWeights))


@dataclass(frozen=True, eq=False)
class GroupsForRole:
    """g groups as they look to one role.

    work: whether each runs or ran roles of the kind, (g,). cause: 1 it works for the role's cause,
    0.5 for a related one, 0 for others, (g,). km: to the place, nan where not known and for a role
    from home, (g,). in_ward: whether it has roles in the ward, (g,). answered: share of people
    answered in time, nan where not known, (g,). limits: things that keep it from taking more people
    into such a role, (g,). going: roles that are open, (g,). never_then: whether it has roles with
    set times, and none at the role's time, (g,). from_home: whether the role is done from home,
    where distance counts for nothing.
    """

    work: NDArray[np.bool_]
    cause: NDArray[np.float64]
    km: NDArray[np.float64]
    in_ward: NDArray[np.bool_]
    answered: NDArray[np.float64]
    limits: NDArray[np.int64]
    going: NDArray[np.int64]
    never_then: NDArray[np.bool_]
    from_home: bool = False


@dataclass(frozen=True, slots=True)
class Host:
    """A group by its row, with what each part adds to the score; the score is their sum. never_then
    as of `GroupsForRole`.
    """

    row: int
    parts: dict[str, float]
    never_then: bool = False

    @property
    def score(self) -> float:
        return sum(self.parts.values())


def likely_hosts(
    groups: GroupsForRole, most: int, weights: HostWeights | None = None
) -> list[Host]:
    """Up to `most` groups, the likeliest first; whoever never has roles at that time comes after
    all others. A group that neither works for the cause nor has run such work is none of them,
    however near it is.
    """
    said = np.stack([_PART_OF[name](groups) for name in PARTS], axis=1)
    parts = said * np.array(astuple(weights or HostWeights()))
    related = groups.work | (groups.cause > 0)
    order = np.lexsort((-parts.sum(axis=1), groups.never_then))
    return [
        Host(
            int(row),
            dict(zip(PARTS, parts[row].tolist(), strict=True)),
            bool(groups.never_then[row]),
        )
        for row in order[related[order]][:most]
    ]


def _near(groups: GroupsForRole) -> NDArray[np.float64]:
    if groups.from_home:
        return np.ones(len(groups.work))
    by_distance = np.nan_to_num(np.exp2(-groups.km / HALF_AS_NEAR_KM), nan=0.0)
    return np.where(groups.in_ward, 1.0, by_distance)


def _answers(groups: GroupsForRole) -> NDArray[np.float64]:
    """Groups of which nothing is known are thought to answer as the others do."""
    known = groups.answered[~np.isnan(groups.answered)]
    others = float(known.mean()) if len(known) else UNKNOWN_ANSWERING
    return np.where(np.isnan(groups.answered), others, groups.answered)


_PART_OF = {
    "work": lambda groups: groups.work.astype(np.float64),
    "cause": lambda groups: groups.cause,
    "near": _near,
    "answers": _answers,
    "room": lambda groups: LEFT_WITH_A_LIMIT ** groups.limits.astype(np.float64),
    "going": lambda groups: np.minimum(groups.going, 1).astype(np.float64),
}
