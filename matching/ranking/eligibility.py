"""Which pairs of person and role are possible, and by which rules the others are not.

Each rule is one function over a block of people × roles; all are evaluated and kept apart, one bit
each, so that "why not" and "which single rule keeps how many apart" cost next to nothing more. Most
rules look at little of a role: they are asked once for each kind of role that they can tell apart.

Gates decide at the door too: an application that fails one is refused. Fit rules shape the lists
and warn; they refuse nobody. What somebody has not said refuses nothing, except an age that a role
must know (see `age`).

numpy and scipy only: a web process may import it. Cheap for 1 × 1 and 1 × m as well.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.ranking.columns import Applied, RoleColumns, VolunteerColumns
from matching.ranking.pairs import Pairs

Passed = NDArray[np.bool_]


@dataclass(frozen=True)
class EligibilitySettings:
    """What the rules leave open.

    adult_age: under it a parent must confirm, and roles with a DBS check are closed (years).
    pending_multiple: a role takes no more applications once this many wait for each place left.
    pending_minimum: but this many may always wait.
    assumed_language: index in the vocabulary of the language that somebody who listed none is taken
    to speak; None: a role's languages then do not rule them out.
    """

    adult_age: int = 16
    pending_multiple: float = 3.0
    pending_minimum: int = 3
    assumed_language: int | None = None


class Kind(StrEnum):
    GATE = "gate"
    FIT = "fit"


@dataclass(frozen=True)
class Rule:
    """One rule: its code, its kind, and a function that gives which pairs pass: bool, (n × m) or
    what broadcasts to it ((n × 1) where only the person counts, (1 × m) where only the role does).

    looks_at: the columns of roles that it looks at, where these are all that it looks at of a role:
    roles that agree in them need to be judged once. None where each pair is judged by itself.
    """

    code: str
    kind: Kind
    passes: Callable[[Pairs, Applied, EligibilitySettings], Passed]
    looks_at: tuple[str, ...] | None = None


def age(pairs: Pairs, applied: Applied, settings: EligibilitySettings) -> Passed:
    """Old enough and not too old; roles that need a DBS check are for `adult_age` and over.

    A person whose age is not known may do what is open to everybody of `adult_age`, and nothing
    for which the age would have to be checked: a higher minimum, a maximum, a DBS check.
    """
    years = pairs.volunteers.age[:, None]
    roles = pairs.roles
    least = np.nan_to_num(roles.minimum_age, nan=-np.inf, posinf=np.inf, neginf=-np.inf)
    least = np.where(roles.dbs_level > 0, np.maximum(least, settings.adult_age), least)
    most = np.where(np.isnan(roles.maximum_age), np.inf, roles.maximum_age)
    within = (years >= least[None, :]) & (years <= most[None, :])
    needs_no_check = (least <= settings.adult_age) & np.isinf(most) & (roles.dbs_level == 0)
    return within | (np.isnan(years) & needs_no_check[None, :])


def parent_confirmed(pairs: Pairs, applied: Applied, settings: EligibilitySettings) -> Passed:
    """People under `adult_age` need a parent's word first."""
    people = pairs.volunteers
    return (~(people.age < settings.adult_age) | people.parent_confirmed)[:, None]


def group_verified(pairs: Pairs, applied: Applied, settings: EligibilitySettings) -> Passed:
    """The group is verified and not suspended."""
    return pairs.roles.verified[None, :]


def role_open(pairs: Pairs, applied: Applied, settings: EligibilitySettings) -> Passed:
    """The role is open and has a place left."""
    return (pairs.roles.open & (pairs.roles.places_left > 0))[None, :]


def not_applied_before(pairs: Pairs, applied: Applied, settings: EligibilitySettings) -> Passed:
    """Nobody applies twice for the same role."""
    return ~applied.pairs.toarray().astype(np.bool_)


def not_blocked(pairs: Pairs, applied: Applied, settings: EligibilitySettings) -> Passed:
    """Neither the person nor the role's group has blocked the other."""
    return ~applied.blocked.toarray().astype(np.bool_)


def group_answers(pairs: Pairs, applied: Applied, settings: EligibilitySettings) -> Passed:
    """The role does not pause until its group has answered those who wait too long."""
    return ~pairs.roles.catching_up[None, :]


def pending_cap(pairs: Pairs, applied: Applied, settings: EligibilitySettings) -> Passed:
    """Not more people wait for an answer than the group can give places to."""
    return _has_room(pairs.roles, settings)[None, :]


def _has_room(roles: RoleColumns, settings: EligibilitySettings) -> Passed:
    allowed = np.maximum(settings.pending_multiple * roles.places_left, settings.pending_minimum)
    return roles.pending < allowed


def takes_applications(roles: RoleColumns, settings: EligibilitySettings) -> Passed:
    """Roles that pass the gates that look at nothing of the person, (m,)."""
    free = roles.open & (roles.places_left > 0)
    return roles.verified & free & ~roles.catching_up & _has_room(roles, settings)


def way_of_helping(pairs: Pairs, applied: Applied, settings: EligibilitySettings) -> Passed:
    """From home for those who help from home, at a place for those who help in person."""
    people = pairs.volunteers
    not_said = ~people.helps_from_home & ~people.helps_in_person
    from_home = (people.helps_from_home | not_said)[:, None]
    in_person = (people.helps_in_person | not_said)[:, None]
    return np.where(pairs.roles.from_home[None, :], from_home, in_person)


def distance(pairs: Pairs, applied: Applied, settings: EligibilitySettings) -> Passed:
    """No further than the person would travel. From home is never too far, and nor is a distance
    that is not known.
    """
    return pairs.within_reach


def time_overlap(pairs: Pairs, applied: Applied, settings: EligibilitySettings) -> Passed:
    """At least one slot that both have, where both have said when."""
    # Who did not say is taken to have all slots: there is one in common with whatever others said.
    ours = _all_if_none(pairs.volunteers.availability)
    return (ours[:, None] & _all_if_none(pairs.roles.slots)[None, :]) != 0


def _all_if_none(slots: NDArray[np.uint32]) -> NDArray[np.uint32]:
    return np.where(slots, slots, np.uint32(0xFFFFFFFF))


def commitment(pairs: Pairs, applied: Applied, settings: EligibilitySettings) -> Passed:
    """One-off roles for those open to them, regular roles likewise."""
    people = pairs.volunteers
    not_said = ~people.one_off & ~people.regular
    one_off = (people.one_off | not_said)[:, None]
    regular = (people.regular | not_said)[:, None]
    return np.where(pairs.roles.one_off[None, :], one_off, regular)


def language(pairs: Pairs, applied: Applied, settings: EligibilitySettings) -> Passed:
    """The person speaks every language that the role needs.

    All, not one of them: groups list what the role cannot do without (an interpreter needs both).
    """
    needed = (pairs.roles.languages > 0).astype(np.float32)
    spoken = (pairs.volunteers.languages > 0).astype(np.float32)
    needs = np.diff(needed.indptr)
    listed_none = np.diff(spoken.indptr) == 0
    passed = (spoken @ needed.T).toarray() >= needs[None, :]
    if settings.assumed_language is None:
        return passed | listed_none[:, None]
    asks_only_that = needs == needed[:, [settings.assumed_language]].toarray()[:, 0]
    return passed | (listed_none[:, None] & asks_only_that[None, :])


def dbs(pairs: Pairs, applied: Applied, settings: EligibilitySettings) -> Passed:
    """Holds the check that the role needs, or is willing to be checked."""
    people = pairs.volunteers
    return (people.dbs_level[:, None] >= pairs.roles.dbs_level) | people.willing_dbs[:, None]


def company(pairs: Pairs, applied: Applied, settings: EligibilitySettings) -> Passed:
    """Somebody who comes with a person at their side needs a role that can take both."""
    return ~pairs.volunteers.wants_company[:, None] | pairs.roles.welcomes_company[None, :]


RULES: tuple[Rule, ...] = (
    Rule("age", Kind.GATE, age, ("minimum_age", "maximum_age", "dbs_level")),
    Rule("parent_confirmed", Kind.GATE, parent_confirmed, ()),
    Rule("group_verified", Kind.GATE, group_verified, ("verified",)),
    Rule("role_open", Kind.GATE, role_open, ("open", "places_left")),
    Rule("not_applied_before", Kind.GATE, not_applied_before),
    Rule("not_blocked", Kind.GATE, not_blocked),
    Rule("group_answers", Kind.GATE, group_answers, ("catching_up",)),
    Rule("pending_cap", Kind.GATE, pending_cap, ("places_left", "pending")),
    Rule("way_of_helping", Kind.FIT, way_of_helping, ("from_home",)),
    Rule("distance", Kind.FIT, distance),
    Rule("time_overlap", Kind.FIT, time_overlap),
    Rule("commitment", Kind.FIT, commitment, ("one_off",)),
    Rule("language", Kind.FIT, language, ("languages",)),
    Rule("dbs", Kind.FIT, dbs, ("dbs_level",)),
    Rule("company", Kind.FIT, company, ("welcomes_company",)),
)
RULE_CODES: tuple[str, ...] = tuple(rule.code for rule in RULES)
_POSITION_OF = {code: position for position, code in enumerate(RULE_CODES)}


@dataclass(frozen=True, eq=False)
class RuleOutcomes:
    """What the rules said of n people × m roles.

    failures: for each of `RULES` which pairs failed it, a bit each (`np.packbits`, rows filled up
    with zeros to whole 64 bits): uint8, (rules × n × bytes). roles: m.
    """

    failures: NDArray[np.uint8]
    roles: int

    @property
    def failed_bits(self) -> NDArray[np.uint16]:
        """Bit i is set where `RULES[i]` failed, (n × m): give it few people."""
        bits = np.zeros((self.failures.shape[1], self.roles), np.uint16)
        for position, packed in enumerate(self.failures):
            bits |= self._unpacked(packed).astype(np.uint16) << np.uint16(position)
        return bits

    @cached_property
    def eligible(self) -> Passed:
        """Pairs that no rule keeps apart, (n × m)."""
        return self._unpacked(np.bitwise_or.reduce(self.failures)) == 0

    @property
    def eligible_count(self) -> NDArray[np.int64]:
        """How many roles every rule allows each person, (n,)."""
        failed = np.bitwise_or.reduce(self.failures)
        return self.roles - _count(failed)

    def failed(self, code: str) -> Passed:
        """Pairs that failed this rule, (n × m). Raises KeyError for a code that is no rule's."""
        return self._unpacked(self.failures[_POSITION_OF[code]]) != 0

    def failed_codes(self, row: int = 0, column: int = 0) -> tuple[str, ...]:
        """The rules that keep one pair apart, in the order of `RULES`."""
        bits = self.failures[:, row, column >> 3] >> (7 - (column & 7)) & 1
        return tuple(code for code, bit in zip(RULE_CODES, bits.tolist(), strict=True) if bit)

    def sole_blockers(self, axis: int) -> NDArray[np.int64]:
        """Pairs that each rule alone keeps apart, in the order of `RULES`.

        axis 1: for each person, (n × rules); axis 0: for each role, (m × rules).
        """
        once, again = np.zeros((2, *self.failures.shape[1:]), np.uint8)
        for failed in self.failures:
            again |= once & failed
            once |= failed
        alone = self.failures & ~again
        if axis == 0:
            counts = [self._unpacked(packed).sum(axis=0, dtype=np.int64) for packed in alone]
            return np.stack(counts, axis=-1)
        return np.stack([_count(packed) for packed in alone], axis=-1)

    def _unpacked(self, packed: NDArray[np.uint8]) -> NDArray[np.uint8]:
        return np.unpackbits(packed, axis=1, count=self.roles)


@dataclass(frozen=True, eq=False)
class Alike:
    """Roles that a rule cannot tell apart. roles: one of each kind, (kinds,). members: which roles
    are of each kind, packed as in `RuleOutcomes`, (kinds × bytes).
    """

    roles: RoleColumns
    members: NDArray[np.uint8]

    @classmethod
    def of(cls, roles: RoleColumns, looks_at: tuple[str, ...]) -> "Alike":
        """Roles that agree in these columns."""
        keys = np.zeros(len(roles), np.int64)
        for name in looks_at:
            _, kinds = np.unique(_comparable(getattr(roles, name)), return_inverse=True)
            _, keys = np.unique(keys * (len(roles) + 1) + kinds, return_inverse=True)
        _, first = np.unique(keys, return_index=True)
        members = keys[None, :] == np.arange(len(first))[:, None]
        return cls(roles.take(first), _packed(members))


class RoleKinds:
    """For each rule the kinds of m roles that it tells apart: worked out once for many people."""

    def __init__(self, roles: RoleColumns) -> None:
        self.of_rule = {
            rule.code: Alike.of(roles, rule.looks_at) for rule in RULES if rule.looks_at is not None
        }


def evaluate(
    volunteers: VolunteerColumns,
    roles: RoleColumns,
    applied: Applied,
    settings: EligibilitySettings | None = None,
) -> RuleOutcomes:
    """Every rule for every pair of n people and m roles. Raises ColumnsError if `applied` or the
    vocabularies do not belong to them.
    """
    return evaluate_pairs(Pairs(volunteers, roles), applied, settings)


def evaluate_pairs(
    pairs: Pairs,
    applied: Applied,
    settings: EligibilitySettings | None = None,
    kinds: RoleKinds | None = None,
) -> RuleOutcomes:
    """As `evaluate`, for a block whose distances may have been computed already, of roles whose
    kinds may be known.
    """
    pairs.check_applied(applied)
    settings = settings or EligibilitySettings()
    kinds = kinds or RoleKinds(pairs.roles)
    n, m = pairs.shape
    failures = np.zeros((len(RULES), n, _bytes_for(m)), np.uint8)
    for rule, failed in zip(RULES, failures, strict=True):
        if rule.looks_at is None:
            passes = np.broadcast_to(rule.passes(pairs, applied, settings), (n, m))
            packed = np.packbits(~passes, axis=1)
            failed[:, : packed.shape[1]] = packed
        else:
            alike = kinds.of_rule[rule.code]
            of_kinds = Pairs(pairs.volunteers, alike.roles)
            passes = rule.passes(of_kinds, applied, settings)
            fails = ~np.broadcast_to(passes, of_kinds.shape)
            for kind in np.flatnonzero(fails.any(axis=0)).tolist():
                failed[fails[:, kind]] |= alike.members[kind]
    return RuleOutcomes(failures, m)


def _comparable(column: Any) -> NDArray[Any]:
    """A column as values that are equal where the rows are."""
    if isinstance(column, np.ndarray):
        return column
    rows = (
        column.indices[start:stop].tobytes() for start, stop in pairwise(column.indptr.tolist())
    )
    return np.array([row.hex() for row in rows], np.str_)


def _packed(passes: Passed) -> NDArray[np.uint8]:
    packed = np.packbits(passes, axis=1)
    filled = np.zeros((len(passes), _bytes_for(passes.shape[1])), np.uint8)
    filled[:, : packed.shape[1]] = packed
    return filled


def _bytes_for(roles: int) -> int:
    """Bytes of a row of bits in whole 64 bits."""
    return -(-roles // 64) * 8


def _count(packed: NDArray[np.uint8]) -> NDArray[np.int64]:
    """How many bits of each row are set."""
    return np.bitwise_count(packed.view(np.uint64)).sum(axis=1, dtype=np.int64)
