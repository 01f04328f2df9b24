"""The parts of suitability that are not text: causes, activities, skills, languages, time, distance
and commitment, each between 0 and 1 for every pair of a block. numpy and scipy only.

A part is a `Part`: its value, and where it is known. It is not known where the person or the role
said nothing that it could judge.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, diags_array, eye_array

from matching.ranking.columns import RoleColumns, Vocabulary, VolunteerColumns
from matching.ranking.pairs import Pairs

#: Likeness of two causes that are parent and child, and of two that share a parent.
PARENT_LIKENESS = 0.5
SIBLING_LIKENESS = 0.25

#: Kilometres after which a place has lost half of its pull, by how the person travels
#: (`columns.TRAVEL_MODES`): about 15 to 20 minutes from door to door.
HALF_PULL_KM = np.array([1.2, 3.5, 4.5, 6.5])
#: A willingness to travel beyond this says no more, km; "any distance" counts as this.
FAR_KM = 30.0
#: What a role from home counts as: as good as a place nearby.
FROM_HOME = 0.75


@dataclass(frozen=True, eq=False)
class Part:
    """One part for a block of n people × m roles.

    value: float32 (n × m), in [0, 1]; 0 where not known.
    known: bool, (n × m) or what broadcasts to it.
    """

    value: NDArray[np.float32]
    known: NDArray[np.bool_]


def cause_likeness(vocabulary: Vocabulary) -> csr_array:
    """How alike two causes are, (causes × causes): the same 1, parent and child and siblings in
    part, all else 0.
    """
    parents = vocabulary.cause_parents
    size = len(parents)
    likeness = np.zeros((size, size), np.float32)
    children = np.flatnonzero(parents >= 0)
    siblings = (parents[:, None] == parents[None, :]) & (parents >= 0)[:, None]
    likeness[siblings] = SIBLING_LIKENESS
    likeness[children, parents[children]] = PARENT_LIKENESS
    likeness[parents[children], children] = PARENT_LIKENESS
    np.fill_diagonal(likeness, 1.0)
    return csr_array(likeness)


def rarity(tags: csr_array) -> NDArray[np.float32]:
    """How rare each tag is over the roles that carry it, (tags,): smoothed inverse document
    frequency as a share of that of a tag carried once, at most 1.
    """
    roles = tags.shape[0]
    carried = np.asarray((tags > 0).sum(axis=0)).ravel()
    idf = np.log((1 + roles) / (1 + carried)) + 1
    carried_once = np.log((1 + roles) / 2) + 1
    return np.minimum(idf / carried_once, 1.0).astype(np.float32)


@dataclass(frozen=True, eq=False)
class TagKnowledge:
    """What the tag parts learn from the roles: likeness of causes, rarity of skills and languages,
    how near skills are to each other; and how many motives there are.
    """

    causes: csr_array
    skills: NDArray[np.float32]
    languages: NDArray[np.float32]
    near_skills: csr_array
    motives: int

    @classmethod
    def of(
        cls, roles: RoleColumns, vocabulary: Vocabulary, near_skills: csr_array | None = None
    ) -> "TagKnowledge":
        """Learned from these roles. near_skills: how near skills are to each other
        (`skill_likeness`), None where nothing is known of that.
        """
        skills = roles.skills_needed + roles.skills_useful + roles.skills_gained
        near = eye_array(skills.shape[1], dtype=np.float32) if near_skills is None else near_skills
        return cls(
            causes=cause_likeness(vocabulary),
            skills=rarity(skills),
            languages=rarity(roles.languages),
            near_skills=csr_array(near),
            motives=len(vocabulary.motives),
        )


def tag_parts(pairs: Pairs, knowledge: TagKnowledge) -> dict[str, Part]:
    """The parts that compare tags, by name."""
    people, roles = pairs.volunteers, pairs.roles
    skills, near, languages = knowledge.skills, knowledge.near_skills, knowledge.languages
    return {
        "causes": shared_causes(people.causes, roles.causes, knowledge.causes),
        "activities": shared_tags(people.activities, roles.activities),
        "skills_needed": covered_tags(people.skills, roles.skills_needed, skills, near),
        "skills_useful": covered_tags(people.skills, roles.skills_useful, skills, near),
        "skills_gained": covered_tags(people.skills, roles.skills_gained, skills),
        "languages": covered_tags(people.languages, roles.languages, languages),
        "motives": met_tags(people.motives, roles.offers),
    }


def practical_parts(pairs: Pairs) -> dict[str, Part]:
    """The parts about when, where and how much, by name."""
    return {"time": time(pairs), "distance": distance(pairs), "commitment": commitment(pairs)}


def best_likeness(tags: csr_array, likeness: csr_array) -> csr_array:
    """For each row of tags, how like the most alike of its tags is to every tag: (n × tags)."""
    best = np.zeros(tags.shape, np.float32)
    filled = np.flatnonzero(np.diff(tags.indptr))
    if filled.size:
        of_each_tag = likeness.toarray()[tags.indices]
        best[filled] = np.maximum.reduceat(of_each_tag, tags.indptr[filled], axis=0)
    return csr_array(best)


def shared_causes(people: csr_array, roles: csr_array, likeness: csr_array) -> Part:
    """Likeness of each of the role's causes to the nearest of the person's, added up and divided by
    the root of their number: 1 of 1 counts 1, 1 of 4 counts half, 2 of 4 counts 1.
    """
    value = _product(best_likeness(people, likeness), over_root(roles))
    return Part(np.minimum(value, 1), _both_said(people, roles))


def shared_tags(people: csr_array, roles: csr_array) -> Part:
    """Tags that both have, by the root of the number of the role's."""
    value = _product(people, over_root(roles))
    return Part(np.minimum(value, 1), _both_said(people, roles))


def covered_tags(
    people: csr_array,
    roles: csr_array,
    rarities: NDArray[np.float32],
    near: csr_array | None = None,
) -> Part:
    """Share of the role's tags that the person has, rare ones weighing more; all of them count 1
    if no other role has them, and no more than their rarity if many do: down to a fifth if half of
    2,000 roles ask for the same. Tags that are `near` to those of the person count in part.
    """
    has = people if near is None else csr_array(near_tags(people, near))
    return Part(_product(has, covered_weights(roles, rarities)), _both_said(people, roles))


def near_tags(tags: csr_array, near: csr_array) -> NDArray[np.float32]:
    """How near the nearest of each row's tags is to every tag, in sixteenths, (n × tags)."""
    return np.floor(best_likeness(tags, near).toarray() * 16) / np.float32(16)


def met_tags(people: csr_array, roles: csr_array) -> Part:
    """Share of the person's tags that the role has. Not known where one has none."""
    if people.shape[1] != roles.shape[1]:  # one side was left out
        return shared_tags(csr_array((people.shape[0], 1)), csr_array((roles.shape[0], 1)))
    shares = diags_array((1 / np.maximum(np.diff(people.indptr), 1)).astype(np.float32)) @ people
    return Part(_product(csr_array(shares), roles), _both_said(people, roles))


def covered_weights(roles: csr_array, rarities: NDArray[np.float32]) -> csr_array:
    """What each tag of each role adds to `covered_tags`, (m × tags)."""
    totals = np.maximum(roles @ rarities, np.finfo(np.float32).tiny)
    worth = rarities * rarities
    return csr_array(diags_array(1 / totals) @ roles @ diags_array(worth)).astype(np.float32)


def time(pairs: Pairs) -> Part:
    """Share of the role's slots that the person can fill. Not known where one is flexible or did
    not say.
    """
    slots = np.bitwise_count(pairs.roles.slots)
    shared = np.bitwise_count(pairs.shared_slots).astype(np.float32)
    said = (pairs.volunteers.availability > 0)[:, None] & (slots > 0)[None, :]
    return Part((shared / np.maximum(slots, 1)).astype(np.float32), said)


def distance(pairs: Pairs) -> Part:
    """Halves with every so many km: the geometric mean of what the way of travelling makes easy
    and half of how far the person would go. From home counts `FROM_HOME`.
    """
    from_home = pairs.roles.from_home[None, :]
    pull = np.sqrt(pairs.squared_chords)
    pull *= -1 / half_pull_km(pairs.volunteers)[:, None]
    np.exp2(pull, out=pull)
    known = ~np.isnan(pull)
    value = np.where(from_home, np.float32(FROM_HOME), np.where(known, pull, np.float32(0)))
    return Part(value, known | from_home)


def half_pull_km(people: VolunteerColumns) -> NDArray[np.float32]:
    """After how many km a place has lost half of its pull for each person, (n,)."""
    willing = np.clip(people.travel_km, 0.5, FAR_KM) / 2
    return np.sqrt(HALF_PULL_KM[people.travel_mode] * willing).astype(np.float32)


def commitment(pairs: Pairs) -> Part:
    """Whether the hours that the role asks for are there: all of them count 1, half of them a half;
    0 for the kind of role (one-off, regular) that somebody did not ask for.

    Known where the person chose one kind, or both said how many hours.
    """
    people, roles = pairs.volunteers, pairs.roles
    chose = people.one_off ^ people.regular
    unasked = chose[:, None] & (people.one_off[:, None] != roles.one_off[None, :])
    enough = people.hours_a_week[:, None] / np.maximum(roles.hours_a_week, 0.5)[None, :]
    hours_known = ~np.isnan(enough)
    value = np.where(hours_known, np.minimum(enough, 1), 1)
    value = np.where(unasked, 0, value)
    known = chose[:, None] | hours_known
    return Part(np.where(known, value, 0).astype(np.float32), known)


def over_root(roles: csr_array) -> csr_array:
    """What each tag of each role adds where they are divided by the root of their number."""
    counts = np.maximum(np.diff(roles.indptr), 1)
    return csr_array(diags_array((1 / np.sqrt(counts)).astype(np.float32)) @ roles)


def _product(people: csr_array, roles: csr_array) -> NDArray[np.float32]:
    """Dense people × roles. Sparse inside: each row is summed in the same order whatever the block,
    so that the size of a block can never change a ranking.
    """
    return (people @ roles.T).toarray().astype(np.float32, copy=False)


def _both_said(people: csr_array, roles: csr_array) -> NDArray[np.bool_]:
    return (np.diff(people.indptr) > 0)[:, None] & (np.diff(roles.indptr) > 0)[None, :]
