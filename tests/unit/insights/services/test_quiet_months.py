"""A month in which few people came and went keeps back what it would say beside the one before."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from core.places import postcodes
from core.places.wards import WARDS
from insights.disclosure import FEW, KEPT_BACK, Shown
from insights.models import PeriodFigures
from insights.periods import Period
from insights.selectors.published import published
from insights.services import figures, quiet_months
from placements.services import applications
from tests.factories.opportunities import OpportunityFactory
from tests.factories.placements import ApplicationFactory
from tests.factories.volunteers import VolunteerFactory
from volunteers.models import Volunteer
from volunteers.services import profiles

pytestmark = pytest.mark.django_db

MONTHS = [Period.of_code(code) for code in ("2026-10", "2026-11")]
#: In the middle of the table, with others before and after.
WARD = WARDS[5].code
CAME = datetime(2026, 10, 5, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def borough() -> Iterator[time_machine.Traveller]:
    """Eight people wait in one ward, and four in each of ten others."""
    with time_machine.travel(CAME, tick=False) as clock:
        people(8, WARD)
        for ward in WARDS[8:18]:
            people(4, ward.code)
        yield clock


def people(number: int, ward: str) -> list[Volunteer]:
    place = postcodes.in_ward(ward)[0].postcode
    return VolunteerFactory.create_batch(number, postcode=place, last_used_at=CAME)


def leave(number: int, ward: str) -> None:
    here = Volunteer.objects.filter(ward_code=ward, paused_at=None).order_by("pk")
    for person in here[:number]:
        profiles.pause(volunteer=person, by=None)


def close(clock: time_machine.Traveller, month: Period) -> dict[str, Shown]:
    clock.move_to(month.ends_at + timedelta(days=3, hours=2))
    assert figures.refresh(month)
    return said(month)


def said(period: Period) -> dict[str, Shown]:
    rows = published([period])[period].split("people_waiting", "ward")
    return {row.code: row.shown for row in rows}


def november(clock: time_machine.Traveller) -> None:
    clock.move_to(datetime(2026, 11, 10, 12, tzinfo=UTC))


def test_a_ward_of_eight_that_one_person_left_is_not_told_to_have_seven(
    borough: time_machine.Traveller,
) -> None:
    october = close(borough, MONTHS[0])
    assert october[WARD] == Shown(10)
    november(borough)
    leave(1, WARD)
    after = close(borough, MONTHS[1])
    assert after[WARD] == KEPT_BACK
    assert after[WARDS[8].code] == FEW
    shown = published([MONTHS[1]])[MONTHS[1]].split("people_for_each_place", "ward")
    assert {row.code: row.shown for row in shown}[WARD] == KEPT_BACK


def test_it_is_told_where_many_came_and_went(borough: time_machine.Traveller) -> None:
    close(borough, MONTHS[0])
    november(borough)
    leave(3, WARD)
    leave(4, WARDS[8].code)
    people(9, WARDS[0].code)
    assert close(borough, MONTHS[1])[WARD] == FEW


def test_control_each_month_by_itself_would_tell(
    borough: time_machine.Traveller, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quiet_months, "beside_the_month_before", lambda _, found, __: found)
    close(borough, MONTHS[0])
    november(borough)
    leave(1, WARD)
    assert close(borough, MONTHS[1])[WARD] == FEW


def test_how_long_people_wait_is_not_held_against_a_month_before(
    borough: time_machine.Traveller,
) -> None:
    """By the end of November everybody of October has waited longer, and nobody has come for it."""
    close(borough, MONTHS[0])
    november(borough)
    people(3, WARD)
    leave(1, WARD)
    close(borough, MONTHS[1])
    rows = published([MONTHS[1]])[MONTHS[1]].split("people_waiting", "wait")
    assert [row.shown for row in rows].count(Shown(45)) == 1
    assert KEPT_BACK not in [row.shown for row in rows]


def test_the_year_keeps_back_what_its_last_month_does(borough: time_machine.Traveller) -> None:
    close(borough, MONTHS[0])
    november(borough)
    leave(1, WARD)
    close(borough, MONTHS[1])
    # As if November were the year's last month.
    row = PeriodFigures.objects.get(period=MONTHS[1].code)
    PeriodFigures.objects.filter(pk=row.pk).update(period="2027-03", first_day="2027-03-01")
    year = Period.of_code("2026-27")
    borough.move_to(year.ends_at + timedelta(days=3, hours=2))
    assert figures.refresh(year)
    assert said(year)[WARD] == KEPT_BACK


def test_the_first_month_that_is_closed_is_told_by_itself(borough: time_machine.Traveller) -> None:
    assert close(borough, MONTHS[0])[WARD] == Shown(10)


class TestShares:
    """Who registered in the year before: of one ward 8 of 20 had an offer, until the one of them
    who came first is longer here than that."""

    FIRST, SECOND = (ward.code for ward in WARDS[:2])

    def come(self, clock: time_machine.Traveller) -> None:
        role = OpportunityFactory(places=40)
        for day, ward, offered, number in (
            (datetime(2025, 10, 15, 12, tzinfo=UTC), self.FIRST, 1, 1),
            (datetime(2026, 8, 5, 12, tzinfo=UTC), self.FIRST, 7, 19),
            (datetime(2026, 8, 5, 12, tzinfo=UTC), self.SECOND, 20, 40),
        ):
            clock.move_to(day)
            for person in people(number, ward)[:offered]:
                asked = ApplicationFactory(volunteer=person, opportunity=role)
                applications.accept(application=asked, by=None)

    def months(self, clock: time_machine.Traveller) -> list[Shown]:
        self.come(clock)
        found = []
        for month in MONTHS:
            close(clock, month)
            rows = published([month])[month].split("offered_within_30_days", "ward")
            found.append({row.code: row.shown for row in rows}[self.FIRST])
        return found

    def test_a_share_that_would_tell_of_eight_and_seven_is_kept_back(
        self, borough: time_machine.Traveller
    ) -> None:
        assert self.months(borough) == [Shown(50), KEPT_BACK]

    def test_control_each_month_by_itself_would_tell(
        self, borough: time_machine.Traveller, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(quiet_months, "beside_the_month_before", lambda _, found, __: found)
        assert self.months(borough) == [Shown(50), FEW]


class TestApplications:
    """Of those told 3 in 10, 8 of 20 got a place, until the first of these was sent longer ago than
    the twelve months that are looked at."""

    def come(self, clock: time_machine.Traveller) -> None:
        role = OpportunityFactory(places=40)
        for day, chance, placed, number in (
            (datetime(2025, 9, 25, 12, tzinfo=UTC), 0.3, 1, 1),
            (datetime(2026, 8, 5, 12, tzinfo=UTC), 0.3, 7, 19),
            (datetime(2026, 8, 5, 12, tzinfo=UTC), 0.5, 20, 40),
        ):
            clock.move_to(day)
            told = {"told_place": chance, "told_answer": chance}
            rows = ApplicationFactory.create_batch(number, opportunity=role, **told)
            for row in rows[:placed]:
                applications.accept(application=row, by=None)

    def months(self, clock: time_machine.Traveller) -> list[Shown]:
        self.come(clock)
        found = []
        for month in MONTHS:
            close(clock, month)
            rows = published([month])[month].split("placed_as_told", "place-told")
            found.append({row.code: row.shown for row in rows}["3"])
        return found

    def test_a_share_that_would_tell_of_eight_and_seven_is_kept_back(
        self, borough: time_machine.Traveller
    ) -> None:
        assert self.months(borough) == [Shown(50), KEPT_BACK]

    def test_control_each_month_by_itself_would_tell(
        self, borough: time_machine.Traveller, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(quiet_months, "beside_the_month_before", lambda _, found, __: found)
        assert self.months(borough) == [Shown(50), FEW]
