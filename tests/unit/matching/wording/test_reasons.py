"""Reasons as plain sentences, to the person and about them."""

import pytest

from core.week import ALL_SLOTS, SLOTS, SLOTS_BY_CODE, mask_of
from matching.ranking import explanation
from matching.recommender.inferred import _WRITTEN
from matching.wording import reasons, reasons_about, summary
from matching.wording.reasons import _FORMS

SATURDAY_MORNING = mask_of([SLOTS_BY_CODE["sat_morning"]])
WEEKEND = mask_of([slot for slot in SLOTS if slot.day >= 5])
MORNINGS = mask_of([slot for slot in SLOTS if slot.part == 0])


def reason(code: str, *detail: object) -> dict:
    return {"code": code, "value": 0.1, "detail": list(detail)}


SENTENCES = [
    (
        reason("shared_causes", "dementia", "parks-and-green-spaces"),
        "You said you care about dementia and memory loss and parks and green spaces.",
        "Cares about dementia and memory loss and parks and green spaces.",
    ),
    (
        reason("related_causes", "older-people", "dementia"),
        "You said you care about older people, which is close to dementia and memory loss.",
        "Cares about older people.",
    ),
    (reason("shared_activities", "gardening"), "You said you like gardening.", "Likes gardening."),
    (
        reason("shared_activities", "english-conversation"),
        "You said you like English conversation.",
        "Likes English conversation.",
    ),
    (
        reason("skills_match", "it-support", "cooking", "sign-language"),
        "You have skills that it needs: IT support, cooking and British Sign Language.",
        "Has skills that the role needs: IT support, cooking and British Sign Language.",
    ),
    (
        reason("skills_useful", "diy"),
        "You have skills that it can use: DIY and repairs.",
        "Has skills that the role can use: DIY and repairs.",
    ),
    (
        reason("skill_gained", "teaching"),
        "It helps you get better at teaching.",
        "Can get better at teaching.",
    ),
    (
        reason("near_skill", "it-support", "cooking"),
        "You know about IT support, which is close to cooking.",
        "Knows about IT support, which is close to cooking.",
    ),
    (
        reason("written_causes", "older-people"),
        "You wrote about older people.",
        "Wrote about older people.",
    ),
    (
        reason("written_related_causes", "older-people", "dementia"),
        "You wrote about older people, which is close to dementia and memory loss.",
        "Wrote about older people.",
    ),
    (
        reason("written_activities", "gardening"),
        "You wrote about gardening.",
        "Wrote about gardening.",
    ),
    (
        reason("written_skills_match", "cooking"),
        "You wrote about skills that it needs: cooking.",
        "Wrote about skills that the role needs: cooking.",
    ),
    (
        reason("written_skills_useful", "diy"),
        "You wrote about skills that it can use: DIY and repairs.",
        "Wrote about skills that the role can use: DIY and repairs.",
    ),
    (
        reason("written_near_skill", "it-support", "cooking"),
        "You wrote about IT support, which is close to cooking.",
        "Wrote about IT support, which is close to cooking.",
    ),
    (
        reason("motive", "people", "outdoors"),
        "It lets you meet people and be outdoors, as you wished.",
        None,
    ),
    (
        reason("shared_language", "gu", "ta"),
        "You speak Gujarati and Tamil.",
        "Speaks Gujarati and Tamil.",
    ),
    (
        reason("free_on", SATURDAY_MORNING),
        "You are free on Saturday mornings.",
        "Free Saturday mornings.",
    ),
    (
        reason("free_on", WEEKEND),
        "You are free any time at weekends.",
        "Free any time at weekends.",
    ),
    (reason("free_on", MORNINGS), "You are free mornings all week.", "Free mornings all week."),
    (reason("free_on", ALL_SLOTS), "You are free any time.", "Free any time."),
    (reason("distance", 0.8), "It is about half a mile away.", "Lives less than a mile away."),
    (reason("distance", 3.0), "It is 1.9 miles away.", "Lives about 2 miles away."),
    (reason("from_home"), "It can be done from home.", None),
    (
        reason("commitment", "one_off"),
        "It is a one-off, as you asked.",
        "Asked for a one-off role.",
    ),
    (
        reason("commitment", "regular"),
        "It is a regular role, as you asked.",
        "Asked for a regular role.",
    ),
    (reason("hours", 1.0), "It takes about 1 hour a week.", None),
    (reason("hours", 3.0), "It takes about 3 hours a week.", None),
    (
        reason("shared_words", "phonics", "reading"),
        "Your words and this role both mention: phonics, reading.",
        "Their words and the role both mention: phonics, reading.",
    ),
    (
        reason("alike_text"),
        "What you wrote is close to what this role is about.",
        "What they wrote is close to what the role is about.",
    ),
    (
        reason("alike_experience"),
        "Your experience is close to what this role is about.",
        "Their experience is close to what the role is about.",
    ),
    (
        reason("experience_words", "van"),
        "Your experience and this role both mention: van.",
        "Their experience and the role both mention: van.",
    ),
]


@pytest.mark.parametrize(("stored", "to_them", "about_them"), SENTENCES)
def test_reason_in_both_forms(stored: dict, to_them: str, about_them: str | None) -> None:
    assert reasons([stored]) == [to_them]
    assert reasons_about([stored]) == ([about_them] if about_them else [])


def test_every_code_of_the_ranking_has_its_words() -> None:
    documented = {
        line.split()[0]
        for line in (explanation.__doc__ or "")
        .partition("Codes and their details:")[2]
        .splitlines()
        if line[:1].isalpha()
    }
    assert len(documented) >= 13
    assert documented - {"commitment"} <= _FORMS.keys()
    written = {code for codes in _WRITTEN.values() for code in codes.values()}
    assert {stored["code"] for stored, _, _ in SENTENCES} == documented | written
    assert {code for codes in _WRITTEN.values() for code in codes} <= documented


def test_code_of_another_version_is_left_out() -> None:
    assert reasons([reason("something_new", 1)]) == []
    assert summary([reason("something_new", 1)]) == ""
    assert reasons_about([reason("something_new", 1)]) == []


def test_code_that_no_list_has_any_more_is_readable() -> None:
    assert reasons([reason("shared_activities", "old-thing")]) == ["You said you like old thing."]


def test_walkers_hear_minutes() -> None:
    near = [reason("distance", 0.8)]
    assert reasons(near, travel_mode="walk") == ["It is about 12 minutes’ walk away."]
    assert reasons(near, travel_mode="car") == ["It is about half a mile away."]
    assert reasons([reason("distance", 2.5)], travel_mode="walk") == ["It is 1.6 miles away."]


def test_times_that_take_long_to_say_are_counted() -> None:
    scattered = mask_of([slot for slot in SLOTS if (slot.day + slot.part) % 2])
    assert reasons([reason("free_on", scattered)]) == ["You are free at 10 of its times."]
    assert reasons_about([reason("free_on", scattered)]) == ["Free at 10 of its times."]


def test_summary_is_the_sentence_of_the_page() -> None:
    stored = [
        reason("distance", 0.8),
        reason("shared_activities", "gardening"),
        reason("free_on", SATURDAY_MORNING),
    ]
    assert summary(stored, travel_mode="walk") == (
        "You said you like gardening, and are free on Saturday mornings; "
        "it is about 12 minutes’ walk away."
    )


def test_summary_puts_words_at_the_end() -> None:
    stored = [
        reason("shared_words", "trees"),
        reason("shared_causes", "climate"),
        reason("shared_activities", "gardening"),
        reason("from_home"),
    ]
    assert summary(stored) == (
        "You said you care about climate change and like gardening; it can be done from home. "
        "Your words and this role both mention: trees."
    )


def test_what_was_written_is_not_said_to_have_been_ticked() -> None:
    stored = [
        reason("written_causes", "older-people"),
        reason("shared_activities", "gardening"),
        reason("written_skills_match", "cooking"),
        reason("distance", 0.8),
    ]
    assert summary(stored) == (
        "You said you like gardening, and wrote about older people and skills that it needs: "
        "cooking; it is about half a mile away."
    )


@pytest.mark.parametrize(
    ("stored", "expected"),
    [
        ([], ""),
        ([reason("from_home")], "It can be done from home."),
        ([reason("shared_language", "gu")], "You speak Gujarati."),
        (
            [reason("shared_words", "trees")],
            "Your words and this role both mention: trees.",
        ),
    ],
)
def test_summary_of_little(stored: list[dict], expected: str) -> None:
    assert summary(stored) == expected
