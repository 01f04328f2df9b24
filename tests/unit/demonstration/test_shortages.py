"""What is planted, and that kinds of role leave it open."""

from datetime import date

import pytest

from core.models import Activity, Cause, Skill
from core.places.wards import WARDS_BY_CODE
from demonstration import shortages
from demonstration.kinds import role_kinds
from demonstration.plan import Plan
from demonstration.shortages import SHARE, planted

DAY = date(2026, 10, 30)


def plan(volunteers: int = 3000, seed: int = 1) -> Plan:
    return Plan(volunteers, 400, 500, seed, DAY)


def test_a_borough_of_the_usual_size_has_twelve_in_places_of_their_own() -> None:
    found = planted(1)
    assert len(found) == 12
    assert all(12 <= len(one.members) <= 30 for one in found)
    everybody = [number for one in found for number in one.members]
    assert len(everybody) == len(set(everybody)) <= 3000 * 0.12
    assert all(set(one.wards) <= WARDS_BY_CODE.keys() for one in found)


def test_the_same_seed_plants_the_same_and_another_one_something_else() -> None:
    assert planted(5) == planted(5)
    assert planted(5) != planted(6)


@pytest.mark.parametrize(("volunteers", "number"), [(20, 0), (240, 1), (1200, 5)])
def test_a_small_borough_has_fewer(volunteers: int, number: int) -> None:
    found = planted(1, volunteers)
    assert len(found) == number
    assert sum(len(one.members) for one in found) <= volunteers * SHARE * 2
    assert all(0 < member <= volunteers - 4 for one in found for member in one.members)


@pytest.mark.parametrize("one", planted(1), ids=lambda one: one.code)
def test_no_kind_of_role_has_such_work_at_such_a_time(one: shortages.Shortage) -> None:
    for kind in role_kinds().values():
        if set(kind.activities) & set(one.activities):
            assert kind.slots, f"{kind.code} is done at any time"
            assert not any(slots & one.slots for slots in kind.slots), kind.code


@pytest.mark.django_db
def test_its_people_say_what_the_lists_of_the_service_have() -> None:
    people = shortages.members(plan())
    ticked = {
        name: {code for one in people.values() for code in one.fields[name]}
        for name in ("activities", "causes", "skills")
    }
    for name, kind in {"activities": Activity, "causes": Cause, "skills": Skill}.items():
        assert ticked[name] <= set(kind._default_manager.values_list("code", flat=True))


def test_finding_them_takes_more_than_one_tag_or_one_sentence() -> None:
    people = shortages.members(plan())
    for one in planted(1):
        its = [people[number].fields for number in one.members]
        alike = [set(fields["activities"]) & set(one.activities) for fields in its]
        assert 0.2 < sum(map(bool, alike)) / len(its) < 0.9, one.code
        assert len({fields["about"] for fields in its}) > len(its) / 2
        free = [bool(fields["availability"] & one.slots) for fields in its]
        assert sum(free) > 0.7 * len(its)


def test_nobody_can_read_it_from_their_name_or_when_they_came() -> None:
    people = shortages.members(plan())
    assert {one.last_name for one in people.values()} == {"(demo)"}
    assert all(one.first_name == f"Volunteer {number:04}" for number, one in people.items())
    assert all(one.registered_at < plan().end for one in people.values())
