import pytest

from accounts.models import AuditEntry
from core.errors import InvalidInput
from equality.models import EqualityAnswers
from equality.selectors import answers_of
from equality.services import answers
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


def test_answer_keeps_what_was_said_and_nothing_else():
    person = UserFactory()

    answers.answer(user=person, by=person, age_band="25_44", religion="jain")

    kept = EqualityAnswers.objects.get(user=person)
    assert (kept.age_band, kept.religion, kept.sex) == ("25_44", "jain", "")


def test_answer_replaces_only_the_questions_that_were_asked():
    person = UserFactory()
    answers.answer(user=person, by=person, age_band="25_44", religion="jain")

    answers.answer(user=person, by=person, religion="")

    kept = EqualityAnswers.objects.get(user=person)
    assert (kept.age_band, kept.religion) == ("25_44", "")
    assert EqualityAnswers.objects.count() == 1


def test_answer_refuses_what_is_not_in_the_list():
    person = UserFactory()

    with pytest.raises(InvalidInput) as refused:
        answers.answer(user=person, by=person, sex="invented")

    assert list(refused.value.fields) == ["sex"]
    assert answers_of(person) is None
    assert not AuditEntry.objects.exists()


def test_the_audit_trail_names_no_answer_and_no_question():
    person = UserFactory()

    answers.answer(user=person, by=person, religion="jain")
    answers.delete(user=person, by=person)

    entries = AuditEntry.objects.order_by("pk")
    assert [(entry.action, entry.details) for entry in entries] == [
        ("equality.answered", {}),
        ("equality.deleted", {}),
    ]
    assert {entry.actor for entry in entries} == {person}


def test_answering_the_same_again_is_no_event():
    person = UserFactory()
    for _ in range(2):
        answers.answer(user=person, by=person, religion="jain")

    assert AuditEntry.objects.count() == 1


def test_delete_takes_one_persons_answers_and_says_whether_there_were_any():
    person, other = UserFactory(), UserFactory()
    for somebody in (person, other):
        answers.answer(user=somebody, by=somebody, religion="jain")

    assert answers.delete(user=person, by=person) is True
    assert answers.delete(user=person, by=person) is False
    assert answers_of(person) is None
    assert answers_of(other) is not None
