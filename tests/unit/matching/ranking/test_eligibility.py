import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.ranking.columns import Applied, ColumnsError, tag_matrix
from matching.ranking.eligibility import (
    RULE_CODES,
    RULES,
    EligibilitySettings,
    Kind,
    evaluate,
)

HARROW = {"latitude": 51.5800, "longitude": -0.3340}
WATFORD = {"latitude": 51.6565, "longitude": -0.3970}  # 9.6 km away
MONDAY_MORNING, MONDAY_EVENING = 1, 4
NAN = float("nan")

# (rule, what the person said, what the role asks, whether the rule lets them)
CASES = [
    ("age", {"age": 16}, {"minimum_age": 16}, True),
    ("age", {"age": 15}, {"minimum_age": 16}, False),
    ("age", {"age": 25}, {"maximum_age": 25}, True),
    ("age", {"age": 26}, {"maximum_age": 25}, False),
    ("age", {"age": 13}, {"minimum_age": NAN}, True),
    ("age", {"age": 99}, {"minimum_age": -np.inf, "maximum_age": np.inf}, True),
    ("age", {"age": 15}, {"minimum_age": 13, "dbs_level": 1}, False),
    ("age", {"age": 16}, {"minimum_age": 13, "dbs_level": 1}, True),
    ("age", {"age": NAN}, {"minimum_age": 16}, True),
    ("age", {"age": NAN}, {"minimum_age": 18}, False),
    ("age", {"age": NAN}, {"maximum_age": 25}, False),
    ("age", {"age": NAN}, {"dbs_level": 1}, False),
    ("parent_confirmed", {"age": 15}, {}, False),
    ("parent_confirmed", {"age": 15, "parent_confirmed": True}, {}, True),
    ("parent_confirmed", {"age": 16}, {}, True),
    ("parent_confirmed", {"age": NAN}, {}, True),
    ("group_verified", {}, {"verified": True}, True),
    ("group_verified", {}, {"verified": False}, False),
    ("role_open", {}, {"open": True, "places_left": 1}, True),
    ("role_open", {}, {"open": True, "places_left": 0}, False),
    ("role_open", {}, {"open": False, "places_left": 1}, False),
    ("group_answers", {}, {"catching_up": False}, True),
    ("group_answers", {}, {"catching_up": True}, False),
    ("pending_cap", {}, {"places_left": 2, "pending": 5}, True),
    ("pending_cap", {}, {"places_left": 2, "pending": 6}, False),
    ("way_of_helping", {"helps_from_home": False}, {"from_home": True}, False),
    ("way_of_helping", {"helps_from_home": True}, {"from_home": True}, True),
    ("way_of_helping", {"helps_in_person": False}, {"from_home": False}, False),
    ("way_of_helping", {"helps_in_person": False}, {"from_home": True}, True),
    (
        "way_of_helping",
        {"helps_in_person": False, "helps_from_home": False},
        {"from_home": True},
        True,
    ),
    ("distance", {**HARROW, "travel_km": 9.5}, WATFORD, False),
    ("distance", {**HARROW, "travel_km": 9.7}, WATFORD, True),
    ("distance", {**HARROW, "travel_km": 9.5}, {**WATFORD, "from_home": True}, True),
    ("distance", {**HARROW, "travel_km": np.inf}, WATFORD, True),
    ("distance", {"travel_km": 1}, WATFORD, True),
    ("distance", {**HARROW, "travel_km": 1}, {}, True),
    ("time_overlap", {"availability": MONDAY_MORNING}, {"slots": MONDAY_EVENING}, False),
    ("time_overlap", {"availability": MONDAY_MORNING}, {"slots": MONDAY_MORNING | 4}, True),
    ("time_overlap", {"availability": 0}, {"slots": MONDAY_EVENING}, True),
    ("time_overlap", {"availability": MONDAY_MORNING}, {"slots": 0}, True),
    ("commitment", {"one_off": False}, {"one_off": True}, False),
    ("commitment", {"regular": False}, {"one_off": False}, False),
    ("commitment", {"regular": False}, {"one_off": True}, True),
    ("commitment", {"one_off": False, "regular": False}, {"one_off": True}, True),
    ("language", {"languages": [[0]]}, {"languages": [[1]]}, False),
    ("language", {"languages": [[0]]}, {"languages": [[0, 1]]}, False),
    ("language", {"languages": [[0, 1, 2]]}, {"languages": [[0, 1]]}, True),
    ("language", {"languages": [[0]]}, {"languages": [[]]}, True),
    ("language", {"languages": [[]]}, {"languages": [[]]}, True),
    ("language", {"languages": [[]]}, {"languages": [[1]]}, True),
    ("dbs", {"willing_dbs": False, "dbs_level": 1}, {"dbs_level": 2}, False),
    ("dbs", {"willing_dbs": False, "dbs_level": 2}, {"dbs_level": 2}, True),
    ("dbs", {"willing_dbs": True, "dbs_level": 0}, {"dbs_level": 4}, True),
    ("dbs", {"willing_dbs": False}, {"dbs_level": 0}, True),
    ("company", {"wants_company": True}, {"welcomes_company": False}, False),
    ("company", {"wants_company": True}, {"welcomes_company": True}, True),
    ("company", {"wants_company": False}, {"welcomes_company": False}, True),
]


@pytest.mark.parametrize(("rule", "person", "role", "passes"), CASES)
def test_rule_lets_and_stops(make_volunteers, make_roles, rule, person, role, passes):
    outcomes = evaluate(make_volunteers(**person), make_roles(**role), Applied.none(1, 1))

    assert outcomes.failed(rule).item() is not passes


def test_every_rule_stops_somebody_in_the_cases():
    stopped = {rule for rule, _, _, passes in CASES if not passes}

    assert stopped | {"not_applied_before", "not_blocked"} == set(RULE_CODES)


def test_the_gates_are_those_that_decide_at_the_door():
    assert [rule.code for rule in RULES if rule.kind is Kind.GATE] == [
        "age",
        "parent_confirmed",
        "group_verified",
        "role_open",
        "not_applied_before",
        "not_blocked",
        "group_answers",
        "pending_cap",
    ]


def test_not_applied_before_stops_that_pair_only(make_volunteers, make_roles):
    people, roles = make_volunteers(ids=[1, 2]), make_roles(ids=[1, 2])

    outcomes = evaluate(people, roles, Applied.of(people, roles, [2], [1]))

    assert outcomes.failed("not_applied_before").tolist() == [[False, False], [True, False]]


def test_silent_person_is_taken_to_speak_the_assumed_language(make_volunteers, make_roles):
    roles = make_roles(languages=[[0], [1], [0, 1], []])
    english = EligibilitySettings(assumed_language=0)

    outcomes = evaluate(make_volunteers(), roles, Applied.none(1, 4), english)

    assert outcomes.failed("language").tolist() == [[False, True, True, False]]


def test_a_block_stops_that_person_and_all_roles_of_that_group_only(make_volunteers, make_roles):
    people = make_volunteers(ids=[1, 2])
    roles = make_roles(ids=[1, 2, 3], organisation_ids=[7, 7, 8])

    outcomes = evaluate(people, roles, Applied.of(people, roles, [], [], [(2, 7), (3, 8), (1, 9)]))

    stopped = [[False, False, False], [True, True, False]]
    assert outcomes.failed("not_blocked").tolist() == stopped
    assert Applied.of(people, roles, [], [], [(2, 7)]).take(
        [1], [2, 0]
    ).blocked.toarray().tolist() == [[False, True]]


def test_pending_cap_always_lets_the_minimum_wait(make_volunteers, make_roles):
    roles = make_roles(places_left=[1, 1], pending=[4, 5])
    settings = EligibilitySettings(pending_multiple=1.0, pending_minimum=5)

    outcomes = evaluate(make_volunteers(), roles, Applied.none(1, 2), settings)

    assert outcomes.failed("pending_cap").tolist() == [[False, True]]


def test_failed_codes_name_all_rules_of_a_pair_gates_first(make_volunteers, make_roles):
    person = make_volunteers(availability=MONDAY_MORNING, one_off=False)
    role = make_roles(slots=MONDAY_EVENING, one_off=True, verified=False)

    outcomes = evaluate(person, role, Applied.none(1, 1))

    assert outcomes.failed_codes() == ("group_verified", "time_overlap", "commitment")


def test_failed_rejects_a_code_that_is_no_rule(make_volunteers, make_roles):
    outcomes = evaluate(make_volunteers(), make_roles(), Applied.none(1, 1))

    with pytest.raises(KeyError):
        outcomes.failed("shoe_size")


def test_sole_blockers_count_pairs_that_one_rule_alone_keeps_apart(make_borough):
    people, roles = make_borough(3)
    applied = Applied.of(people, roles, [1, 2, 3], [100, 101, 102])
    outcomes = evaluate(people, roles, applied)

    of_people, of_roles = (outcomes.sole_blockers(axis).sum(axis=0).tolist() for axis in (1, 0))

    # As the name says, the slow way: relax one rule and see how many pairs become possible.
    each = {code: outcomes.failed(code) for code in RULE_CODES}
    relaxed = []
    for code in RULE_CODES:
        others = np.any([failed for other, failed in each.items() if other != code], axis=0)
        relaxed.append(int((~others).sum() - outcomes.eligible.sum()))
    assert sum(relaxed) > 0
    assert of_people == of_roles == relaxed


@settings(deadline=None, max_examples=15)
@given(seed=st.integers(0, 10_000))
def test_each_pair_alone_gives_what_it_gives_in_a_block(make_borough, seed):
    people, roles = make_borough(seed, 8, 6)
    applied = Applied.of(people, roles, [1, 2], [100, 101])
    block = evaluate(people, roles, applied)

    for row in range(len(people)):
        for column in range(len(roles)):
            pair = evaluate(people.take([row]), roles.take([column]), applied.take([row], [column]))
            assert pair.failed_bits.item() == block.failed_bits[row, column]


def test_evaluate_rejects_applications_of_others(make_volunteers, make_roles):
    with pytest.raises(ColumnsError, match=r"applied must have shape \(1, 2\), not \(1, 1\)"):
        evaluate(make_volunteers(), make_roles(n=2), Applied.none(1, 1))


def test_evaluate_rejects_two_vocabularies(make_volunteers, make_roles):
    roles = make_roles()
    columns = {name: getattr(roles, name) for name in roles.__dataclass_fields__}
    others = type(roles)(**(columns | {"causes": tag_matrix([[0]], 99)}))

    with pytest.raises(ColumnsError, match="causes: people count in 4 tags, roles in 99"):
        evaluate(make_volunteers(), others, Applied.none(1, 1))


def test_evaluate_nobody_gives_an_empty_block(make_volunteers, make_roles):
    outcomes = evaluate(make_volunteers().take([]), make_roles(), Applied.none(0, 1))

    assert outcomes.eligible.shape == (0, 1)
    assert outcomes.sole_blockers(axis=0).sum() == 0


def test_rules_and_parts_load_no_scikit_learn():
    modules = ("columns", "eligibility", "evaluation", "geography", "pairs", "parts", "list_order")
    imports = "; ".join(f"import matching.ranking.{name}" for name in modules)
    check = "import sys; assert 'sklearn' not in sys.modules, 'scikit-learn was loaded'"

    subprocess.run([sys.executable, "-c", f"{imports}; {check}"], check=True)
