"""Which pairs of person and role are possible, and by which rules the others are not.

Each rule is one function over a block of people × roles; all are evaluated and kept apart, one bit
each, so that "why not" and "which single rule keeps how many apart" cost nothing more.

Gates decide at the door too: an application that fails one is refused. Fit rules shape the lists
and warn; they refuse nobody. What somebody has not said refuses nothing, except an age that a role
must know (see `age`).

numpy and scipy only: a web process may import it. Cheap for 1 × 1 and 1 × m as well.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

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
    """

    code: str
    kind: Kind
    passes: Callable[[Pairs, Applied, EligibilitySettings], Passed]


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


def pending_cap(pairs: Pairs, applied: Applied, settings: EligibilitySettings) -> Passed:
    """Not more people wait for an answer than the group can give places to."""
    allowed = np.maximum(
        settings.pending_multiple * pairs.roles.places_left, settings.pending_minimum
    )
    return (pairs.roles.pending < allowed)[None, :]


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
    too_far = pairs.kilometres > pairs.volunteers.travel_km[:, None]
    return ~too_far | pairs.roles.from_home[None, :]


def time_overlap(pairs: Pairs, applied: Applied, settings: EligibilitySettings) -> Passed:
    """At least one slot that both have, where both have said when."""
    somebody_did_not_say = (pairs.volunteers.availability == 0)[:, None] | (pairs.roles.slots == 0)
    return somebody_did_not_say | (pairs.shared_slots != 0)


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
    Rule("age", Kind.GATE, age),
    Rule("parent_confirmed", Kind.GATE, parent_confirmed),
    Rule("group_verified", Kind.GATE, group_verified),
    Rule("role_open", Kind.GATE, role_open),
    Rule("not_applied_before", Kind.GATE, not_applied_before),
    Rule("pending_cap", Kind.GATE, pending_cap),
    Rule("way_of_helping", Kind.FIT, way_of_helping),
    Rule("distance", Kind.FIT, distance),
    Rule("time_overlap", Kind.FIT, time_overlap),
    Rule("commitment", Kind.FIT, commitment),
    Rule("language", Kind.FIT, language),
    Rule("dbs", Kind.FIT, dbs),
    Rule("company", Kind.FIT, company),
)
RULE_CODES: tuple[str, ...] = tuple(rule.code for rule in RULES)
_BIT_OF = {code: np.uint16(1 << position) for position, code in enumerate(RULE_CODES)}
_GATE_BITS = np.uint16(sum(int(_BIT_OF[rule.code]) for rule in RULES if rule.kind is Kind.GATE))


@dataclass(frozen=True, eq=False)
class RuleOutcomes:
    """What the rules said of n people × m roles: bit i of `failed_bits` is set where `RULES[i]`
    failed; uint16, (n × m).
    """

    failed_bits: NDArray[np.uint16]

    @cached_property
    def eligible(self) -> Passed:
        """Pairs that no rule keeps apart, (n × m)."""
        return self.failed_bits == 0

    @property
    def passes_gates(self) -> Passed:
        """Pairs whose application would be taken, whether or not it fits, (n × m)."""
        return (self.failed_bits & _GATE_BITS) == 0

    def failed(self, code: str) -> Passed:
        """Pairs that failed this rule, (n × m). Raises KeyError for a code that is no rule's."""
        return (self.failed_bits & _BIT_OF[code]) != 0

    def failed_codes(self, row: int = 0, column: int = 0) -> tuple[str, ...]:
        """The rules that keep one pair apart, in the order of `RULES`."""
        bits = int(self.failed_bits[row, column])
        return tuple(code for position, code in enumerate(RULE_CODES) if bits >> position & 1)

    def sole_blockers(self, axis: int | None = None) -> NDArray[np.int64]:
        """Pairs that each rule alone keeps apart, in the order of `RULES`.

        axis 1: for each person, (n × rules); axis 0: for each role, (m × rules); None: (rules,).
        """
        counts = [(self.failed_bits == bit).sum(axis=axis) for bit in _BIT_OF.values()]
        return np.stack(counts, axis=-1).astype(np.int64)

    def sole_blocker_counts(self) -> dict[str, int]:
        """How many matches relaxing each rule alone would open, by code; every rule is there."""
        return dict(zip(RULE_CODES, self.sole_blockers().tolist(), strict=True))


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
    pairs: Pairs, applied: Applied, settings: EligibilitySettings | None = None
) -> RuleOutcomes:
    """As `evaluate`, for a block whose distances may have been computed already."""
    pairs.check_applied(applied)
    settings = settings or EligibilitySettings()
    failed_bits = np.zeros(pairs.shape, np.uint16)
    for rule in RULES:
        passes = rule.passes(pairs, applied, settings)
        failed_bits |= np.where(passes, np.uint16(0), _BIT_OF[rule.code])
    return RuleOutcomes(failed_bits)
