"""The question comes again by itself: once a year, on its day, whatever happens."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from accounts.models import AuditEntry
from core.models import Fact
from insights.models import YearlyQuestion
from insights.periods import Period
from insights.selectors.yearly_question import asked_again_on
from insights.services import yearly_question
from tests.factories.opportunities import OrganisationFactory
from worker.handlers import HANDLERS
from worker.timetable import TIMETABLE

pytestmark = pytest.mark.django_db


@pytest.fixture
def last_year() -> YearlyQuestion:
    return YearlyQuestion.objects.create(
        year="2026-27", opens=date(2026, 10, 12), closes=date(2026, 11, 23), asked=3
    )


def due(*days: tuple[int, int, int]) -> list[bool]:
    """Whether the question was put, run at nine on each of these days."""
    put = []
    for day in days:
        with time_machine.travel(datetime(*day, 9, tzinfo=UTC), tick=False):
            put.append(yearly_question.ask_due())
    return put


def test_it_opens_on_its_day_and_once(last_year: YearlyQuestion) -> None:
    OrganisationFactory()
    days = ((2027, 10, 11), (2027, 10, 12), (2027, 10, 12), (2027, 10, 13), (2028, 3, 31))
    assert due(*days) == [False, True, False, False, False]

    question = YearlyQuestion.objects.get(year="2027-28")
    assert (question.opens, question.asked) == (date(2027, 10, 12), 1)
    assert Fact.objects.filter(kind="yearly_question.opened", subject_id=question.pk).count() == 1
    noted = AuditEntry.objects.get(action="yearly_question.asked")
    assert noted.actor is None
    assert due((2028, 4, 1), (2028, 10, 12)) == [False, True]


def test_it_does_not_begin_by_itself() -> None:
    assert due((2027, 10, 12)) == [False]
    assert asked_again_on() is None


def test_what_was_missed_is_put_within_the_year_and_no_year_is_put_late(
    last_year: YearlyQuestion,
) -> None:
    assert due((2028, 2, 1)) == [True]
    # Its day is that of the last time.
    assert due((2028, 10, 12), (2029, 2, 1)) == [False, True]
    assert due((2030, 4, 2)) == [False]


def test_two_workers_at_once_put_it_once(
    last_year: YearlyQuestion, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other worker's question is there when this one writes."""
    create = YearlyQuestion.objects.create

    def twice(**fields: object) -> YearlyQuestion:
        create(**fields)
        return create(**fields)

    monkeypatch.setattr(YearlyQuestion.objects, "create", twice)
    assert due((2027, 10, 12)) == [False]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ((2026, 10, 13), date(2027, 10, 12)),
        ((2027, 3, 31), date(2027, 10, 12)),
        ((2027, 4, 1), date(2027, 10, 12)),
        # Missed: as soon as can be.
        ((2027, 12, 1), date(2027, 12, 1)),
    ],
)
def test_the_page_can_say_when_it_comes_again(
    last_year: YearlyQuestion, day: tuple[int, int, int], expected: date
) -> None:
    with time_machine.travel(datetime(*day, 12, tzinfo=UTC), tick=False):
        assert asked_again_on() == expected


def test_a_question_of_29_february_comes_on_the_last_day_of_february() -> None:
    question = YearlyQuestion(year="2027-28", opens=date(2028, 2, 29), closes=date(2028, 4, 11))
    assert question.day_in(Period.of_code("2028-29")) == date(2029, 2, 28)
    assert question.day_in(Period.of_code("2031-32")) == date(2032, 2, 29)


def test_the_clock_looks_every_day() -> None:
    assert "day.yearly_question" in {entry.kind for entry in TIMETABLE}
    assert "day.yearly_question" in HANDLERS
