"""Who sees what, said at each question: as the rules of disclosure have it."""

from dataclasses import fields

import pytest

from placements.disclosure import SEEN, SeenPerson, Stage
from web.profile_questions import QUESTIONS, QUESTIONS_BY_SLUG

#: What groups see and no question of the profile asks.
ASKED_ELSEWHERE = {"name", "message", "email", "phone"}


def test_all_that_groups_see_of_a_profile_is_said_with_the_question_that_asks_it():
    seen = {field.name for field in fields(SeenPerson)} - ASKED_ELSEWHERE
    assert {question.seen_as for question in QUESTIONS} - {""} == seen
    assert all(question.who_sees for question in QUESTIONS)


@pytest.mark.parametrize(
    ("stages", "sentence"),
    [
        (set(Stage), "A group that you apply to sees this."),
        (
            {Stage.ASKING, Stage.PLACED},
            "A group that you apply to sees this. Once it is over, the group no longer sees it.",
        ),
        (
            {Stage.PLACED},
            "A group sees this only when it gives you a place. "
            "Once it is over, the group no longer sees it.",
        ),
        (set(), "No group sees this."),
    ],
)
def test_the_sentence_follows_the_rule(monkeypatch, stages, sentence):
    for stage in Stage:
        shown = SEEN[stage] - {"availability"}
        monkeypatch.setitem(SEEN, stage, shown | {"availability"} if stage in stages else shown)
    assert QUESTIONS_BY_SLUG["time"].who_sees == sentence
