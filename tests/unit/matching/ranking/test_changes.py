"""What would change it: exact for every person and every change."""

from dataclasses import fields, replace

import numpy as np
import pytest

from matching.ranking.changes import KM_PER_MILE, RINGS, Change, changes_for
from matching.ranking.columns import Applied, VolunteerColumns, tag_matrix
from matching.ranking.eligibility import EligibilitySettings, evaluate

#: As lists are made: the cap on people who wait is looked at when they are read.
SETTINGS = EligibilitySettings(pending_multiple=1e9, assumed_language=0)


def nobody(people, roles) -> Applied:
    return Applied.none(len(people), len(roles))


def changes(people, roles) -> list[list[Change]]:
    return changes_for(people, roles, nobody(people, roles), SETTINGS)


def test_each_change_with_its_places(make_volunteers, make_roles):
    person = make_volunteers(
        latitude=51.58,
        longitude=-0.33,
        travel_km=2 * KM_PER_MILE,
        availability=0b001,
        regular=True,
        one_off=False,
        willing_dbs=False,
        helps_from_home=False,
        helps_in_person=True,
        age=40,
        languages=[[0]],
    )
    roles = make_roles(
        n=7,
        latitude=[51.63, 51.58, 51.58, 51.58, 51.58, 51.58, 51.9],
        longitude=-0.33,
        slots=[0, 0b010, 0b110, 0, 0, 0, 0],
        one_off=[False, False, False, True, False, False, False],
        dbs_level=[0, 0, 0, 0, 2, 0, 0],
        languages=[[], [], [], [], [], [1], []],
        places_left=[3, 2, 4, 1, 5, 7, 9],
    )

    assert changes(person, roles) == [
        [
            Change("language", 1, 1, 7),
            Change("slot", 1, 2, 6),
            Change("dbs", -1, 1, 5),
            Change("distance", 5, 1, 3),
            Change("one_off", -1, 1, 1),
        ]
    ]


def test_any_distance_is_named_where_nothing_else_opens_anything(make_volunteers, make_roles):
    person = make_volunteers(latitude=51.58, longitude=-0.33, travel_km=2.0)
    roles = make_roles(n=2, latitude=[51.58, 52.5], longitude=-0.33, places_left=[1, 4])

    assert changes(person, roles) == [[Change("distance", 0, 1, 4)]]


def test_the_nearest_ring_that_is_worth_while(make_volunteers, make_roles):
    """1.5 miles opens 5 places of 8 within 5 miles: nobody is sent farther than that is worth."""
    person = make_volunteers(latitude=51.58, longitude=-0.33, travel_km=KM_PER_MILE)
    north = [51.58 + miles / 69.1 for miles in (1.5, 2.5, 4.5, 9)]
    roles = make_roles(n=4, latitude=north, longitude=-0.33, places_left=[5, 1, 2, 1])
    assert changes(person, roles) == [[Change("distance", 2, 1, 5)]]

    far = make_roles(n=4, latitude=north, longitude=-0.33, places_left=[1, 1, 6, 1])
    assert changes(person, far) == [[Change("distance", 5, 3, 8)]]


def test_age_and_parent(make_volunteers, make_roles):
    people = make_volunteers(n=2, age=[np.nan, 15], parent_confirmed=False)
    roles = make_roles(n=2, minimum_age=[18, 13], places_left=[2, 3])

    unknown, young = changes(people, roles)

    assert unknown == [Change("age", -1, 1, 2)]
    assert young == [Change("parent", -1, 1, 3)]


def test_nothing_where_two_rules_keep_a_pair_apart(make_volunteers, make_roles):
    person = make_volunteers(regular=True, one_off=False, willing_dbs=False)
    roles = make_roles(one_off=True, dbs_level=2)
    assert changes(person, roles) == [[]]


def _with_each(people: VolunteerColumns, row: int, code: str) -> VolunteerColumns:
    """One person, as they would be with each slot of the week, or with each language."""
    width = people.languages.shape[1]
    details = range(21) if code == "slot" else range(width)
    one, times = people.take([row]), len(details)
    columns = {field.name: _repeated(getattr(one, field.name), times) for field in fields(one)}
    persons = VolunteerColumns(**columns | {"ids": np.arange(times)})
    if code == "slot":
        more = np.uint32(1) << np.arange(21, dtype=np.uint32)
        return replace(persons, availability=persons.availability | more)
    spoken = one.languages.indices.tolist() or [SETTINGS.assumed_language]
    return replace(persons, languages=tag_matrix([[*spoken, d] for d in details], width))


def _repeated(column, times: int):
    is_sequence = isinstance(column, list | tuple)
    return column * times if is_sequence else column[np.zeros(times, int)]


def _changed(people: VolunteerColumns, row: int, change: Change) -> VolunteerColumns:
    """One person, as they would be."""
    person = people.take([row])
    yes = np.array([True])
    plain = {
        "from_home": {"helps_from_home": yes},
        "in_person": {"helps_in_person": yes},
        "one_off": {"one_off": yes},
        "regular": {"regular": yes},
        "dbs": {"willing_dbs": yes},
        "company": {"wants_company": ~yes},
        "parent": {"parent_confirmed": yes},
    }
    if change.code in plain:
        return replace(person, **plain[change.code])
    if change.code == "distance":
        miles = change.detail * KM_PER_MILE or np.inf
        return replace(person, travel_km=np.array([miles], np.float32))
    if change.code == "slot":
        more = np.array([1 << change.detail], np.uint32)
        return replace(person, availability=person.availability | more)
    assert change.code == "language"
    spoken = person.languages.indices.tolist() or [SETTINGS.assumed_language]
    width = person.languages.shape[1]
    return replace(person, languages=tag_matrix([[*spoken, change.detail]], width))


@pytest.mark.parametrize("seed", range(6))
def test_every_change_opens_just_what_it_says(make_borough, seed):
    people, roles = make_borough(seed)
    before = evaluate(people, roles, nobody(people, roles), SETTINGS).eligible
    seen = set()
    for row, of_person in enumerate(changes(people, roles)):
        for change in of_person:
            seen.add(change.code)
            if change.code == "age":
                continue
            person = _changed(people, row, change)
            after = evaluate(person, roles, nobody(person, roles), SETTINGS).eligible[0]
            opened = after & ~before[row]
            assert (before[row] <= after).all()
            assert opened.sum() == change.roles, change
            assert roles.places_left[opened].sum() == change.places, change
    assert len(seen) > 7


@pytest.mark.parametrize("seed", range(3))
def test_no_other_slot_or_language_opens_more(make_borough, seed):
    people, roles = make_borough(seed)
    before = evaluate(people, roles, nobody(people, roles), SETTINGS).eligible
    for row, of_person in enumerate(changes(people, roles)):
        found = {change.code: change for change in of_person}
        for code in ("slot", "language"):
            if code == "slot" and not people.availability[row]:
                continue
            persons = _with_each(people, row, code)
            after = evaluate(persons, roles, nobody(persons, roles), SETTINGS).eligible
            best = int(((after & ~before[row]) @ roles.places_left).max())
            assert best == (found[code].places if code in found else 0)


def test_blocks_do_not_change_it(make_borough, monkeypatch):
    people, roles = make_borough(3)
    whole = changes(people, roles)
    monkeypatch.setattr("matching.ranking.changes.BLOCK_SIZE", 3)
    assert changes(people, roles) == whole


def test_rings_are_the_distances_that_the_profile_asks_for():
    from core.places import distance
    from web.forms.profile.place import MILES

    assert (*MILES, 0) == RINGS
    assert KM_PER_MILE == distance.KM_PER_MILE


def test_a_language_opens_nothing_where_two_are_missing(make_volunteers, make_roles):
    people = make_volunteers(n=2, languages=[[0], [1]])
    roles = make_roles(languages=[[1, 2]], places_left=[2])
    assert changes(people, roles) == [[], [Change("language", 2, 1, 2)]]
