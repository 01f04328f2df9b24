"""What does not fit, what would change it, what to expect."""

import pytest

from core.week import SLOTS_BY_CODE, mask_of
from matching.ranking.suitability import PART_NAMES
from matching.recommender.odds import Expected, Odds
from matching.recommender.rules import FIT_RULES
from matching.wording import (
    LABELS,
    chance_of_a_place,
    chance_of_an_answer,
    leaves_out,
    odds,
    sentence_of_part,
    warning,
    warning_about,
    what_would_change,
    who_could,
)
from matching.wording.parts import _CODES
from opportunities.models import Opportunity, Organisation
from volunteers.models import Volunteer

MONDAY = mask_of([SLOTS_BY_CODE["mon_evening"]])


@pytest.mark.parametrize(
    ("code", "role", "km", "expected"),
    [
        ("distance", {}, 9.66, "It is 6 miles away; you said up to 3 miles."),
        ("distance", {}, None, "It is farther away than you said you can go."),
        (
            "way_of_helping",
            {"from_home": True},
            None,
            "It is done from home; you asked for roles where you meet people.",
        ),
        ("way_of_helping", {}, None, "It is done in person; you asked for roles from home."),
        (
            "time_overlap",
            {"weekly_slots": MONDAY},
            None,
            "It is at other times than you said you are free: Monday evenings.",
        ),
        ("time_overlap", {}, None, "It is on dates when you said you are not free."),
        (
            "commitment",
            {"commitment": "one_off"},
            None,
            "It is a one-off; you asked for regular roles.",
        ),
        ("commitment", {}, None, "It is a regular role; you asked for one-off roles."),
        ("language", {}, None, "It asks for a language that you did not list."),
        ("dbs", {}, None, "It needs a DBS check; you said you would rather not have one."),
        (
            "company",
            {},
            None,
            "The group does not say that you can bring somebody with you. Ask them.",
        ),
        ("another_rule", {}, None, ""),
    ],
)
def test_warning(code: str, role: dict, km: float | None, expected: str) -> None:
    assert warning(code, Volunteer(travel_miles=3), Opportunity(**role), km) == expected


def test_every_fit_rule_has_its_words_in_both_forms() -> None:
    assert FIT_RULES
    for code in FIT_RULES:
        assert warning(code, Volunteer(), Opportunity()), code
        # Whether somebody comes along is theirs to tell.
        assert bool(warning_about(code)) == (code != "company"), code


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (
            ["distance", 5, 6, 14],
            "If you could travel up to 5 miles, 6 more roles would be open to you, with 14 places.",
        ),
        (
            ["distance", 0, 1, 1],
            "If you could travel any distance, 1 more role would be open to you, with 1 place.",
        ),
        (
            ["slot", SLOTS_BY_CODE["sat_morning"].bit, 2, 3],
            "If you were also free on Saturday mornings, "
            "2 more roles would be open to you, with 3 places.",
        ),
        (
            ["language", "gu", 2, 3],
            "If you speak Gujarati and tell us, 2 more roles would be open to you, with 3 places.",
        ),
        (
            ["dbs", -1, 2, 3],
            "If you would have a DBS check, 2 more roles would be open to you, with 3 places.",
        ),
        (
            ["age", -1, 2, 3],
            "If you tell us your date of birth, "
            "up to 2 more roles would be open to you, with 3 places.",
        ),
    ],
)
def test_what_would_change_it(change: list, expected: str) -> None:
    (found,) = what_would_change({"changes": [change]})
    assert (found.code, found.roles, found.places) == (change[0], *change[2:])
    assert found.sentence == expected


def test_the_changes_that_open_most_places_and_no_more_than_are_worth_reading() -> None:
    changes = [["dbs", -1, 9, 9], ["one_off", -1, 1, 30], ["distance", 5, 2, 4], ["slot", 0, 9, 8]]
    found = what_would_change({"changes": changes})
    assert [change.code for change in found] == ["one_off", "dbs", "slot"]


def test_every_change_has_its_words() -> None:
    from matching.ranking import changes

    said = {
        line.split()[0]
        for line in changes.__doc__.split("Codes and their details:")[1].splitlines()
        if line
    }
    assert len(said) == 11
    for code in said:
        (found,) = what_would_change({"changes": [[code, "gu" if code == "language" else 1, 1, 1]]})
        assert found.sentence.endswith("1 more role would be open to you, with 1 place.")


def test_every_rule_that_a_group_can_change_has_its_words() -> None:
    for code in (*FIT_RULES, "age"):
        assert leaves_out(code, Opportunity(), 3).endswith(" fewer than 8 people."), code
    assert leaves_out("not_applied_before", Opportunity(), 3) == ""
    role = Opportunity(from_home=True, commitment="one_off")
    assert (
        leaves_out("way_of_helping", role, 40) == "Doing it from home leaves out about 40 people."
    )
    assert leaves_out("commitment", role, 8) == "Being a one-off leaves out about 10 people."
    assert who_could(0) == "Nobody who is waiting could do this."


def test_nothing_is_said_without_counts() -> None:
    assert what_would_change({}) == []


@pytest.mark.parametrize(
    ("places", "taken", "pending", "expected"),
    [
        (2, 0, 3, "2 places left, 3 people waiting for an answer."),
        (2, 1, 1, "1 place left, 1 person waiting for an answer."),
        (5, 0, 0, "5 places left, nobody waiting for an answer."),
    ],
)
@pytest.mark.parametrize(
    ("days", "answers"),
    [
        (None, ""),
        (0.3, " This group usually answers on the same day."),
        (1.0, " This group usually answers in 1 day."),
        (4.2, " This group usually answers in 4 days."),
    ],
)
def test_odds(
    places: int, taken: int, pending: int, expected: str, days: float | None, answers: str
) -> None:
    role = Opportunity(
        organisation=Organisation(median_answer_days=days),
        places=places,
        places_taken=taken,
        applications_pending=pending,
    )
    chance = " About 5 in 10 people who ask now get a place; it may well be more or fewer."
    sure = Odds(Expected(0.5, 0.3, 0.7), Expected(0.8, 0.7, 0.9), answers=20)
    assert odds(role, sure) == expected + chance + answers


@pytest.mark.parametrize(
    ("place", "answers", "expected"),
    [
        ((0.02, 0.0, 0.05), 40, "Fewer than 1 in 10 people who ask now get a place."),
        ((0.13, 0.1, 0.2), 40, "About 1 in 10 people who ask now get a place."),
        ((0.98, 0.9, 1.0), 40, "Nearly everybody who asks now gets a place."),
        (
            (0.6, 0.3, 0.9),
            3,
            "About 6 in 10 people who ask now get a place; we are not sure, since few people have "
            "asked this group so far.",
        ),
    ],
)
def test_chance_of_a_place_is_said_no_more_exactly_than_it_is_known(
    place: tuple[float, float, float], answers: int, expected: str
) -> None:
    answer = Expected(0.8, 0.7, 0.9)
    assert chance_of_a_place(Odds(Expected(*place), answer, answers)) == expected


@pytest.mark.parametrize(
    ("share", "answers", "expected"),
    [
        (0.81, 40, "This group answers about 8 in 10 people within 10 days."),
        (0.99, 40, "This group answers nearly everybody within 10 days."),
        (0.01, 40, "This group answers hardly anybody within 10 days."),
        (
            0.7,
            0,
            "Nobody has asked this group yet. Groups here answer about 7 in 10 people within 10 "
            "days.",
        ),
        (
            0.7,
            2,
            "Few people have asked this group so far. We expect it to answer about 7 in 10 people "
            "within 10 days.",
        ),
    ],
)
def test_chance_of_an_answer(share: float, answers: int, expected: str) -> None:
    assert chance_of_an_answer(Expected(share, 0, 1), answers) == expected


def test_a_full_role_says_nothing_of_chances() -> None:
    role = Opportunity(organisation=Organisation(), places=1, places_taken=1)
    assert odds(role) == "0 places left, nobody waiting for an answer."


def test_every_part_of_the_score_has_a_name_and_its_reasons() -> None:
    assert LABELS.keys() == _CODES.keys() == set(PART_NAMES)


@pytest.mark.parametrize(
    ("share", "expected"),
    [
        (1.0, "This fits what you told us."),
        (0.3, "This fits some of what you told us."),
        (0.05, "This fits little of what you told us."),
    ],
)
def test_part_without_a_reason_says_how_well_it_fits(share: float, expected: str) -> None:
    others = [{"code": "shared_causes", "value": 0.1, "detail": ["climate"]}]
    assert sentence_of_part("activities", share, others) == expected
    assert sentence_of_part("causes", share, others) == "You said you care about climate change."
