"""Months and years from April."""

from datetime import UTC, date, datetime

import pytest

from insights.periods import Period


@pytest.mark.parametrize("code", ["2026-10", "2026-27", "2029-30", "2099-00"])
def test_a_code_names_one_period_and_back(code: str) -> None:
    assert Period.of_code(code).code == code


@pytest.mark.parametrize(
    "code", ["", "2026", "2026-13", "2026-28", "1999-01", "2026-1", "2026-10x"]
)
def test_other_codes_are_refused(code: str) -> None:
    with pytest.raises(ValueError, match="no month"):
        Period.of_code(code)


def test_a_year_runs_from_april_to_march() -> None:
    year = Period.of_code("2026-27")
    assert (year.first, year.end) == (date(2026, 4, 1), date(2027, 4, 1))
    assert Period.year_of(date(2027, 3, 31)) == year != Period.year_of(date(2027, 4, 1))
    months = year.months_in()
    assert [months[0].code, months[-1].code, len(months)] == ["2026-04", "2027-03", 12]


def test_periods_of_a_kind_touch_and_do_not_overlap() -> None:
    for code in ("2026-01", "2026-27"):
        period = Period.of_code(code)
        assert period.before().end == period.first
        assert period.before().ends_at == period.starts_at
    assert Period.of_code("2026-01").before().code == "2025-12"
    assert Period.of_code("2026-02").a_year_before().code == "2025-02"


def test_a_month_begins_at_midnight_in_london() -> None:
    october = Period.of_code("2026-10")
    assert october.starts_at.astimezone(UTC) == datetime(2026, 9, 30, 23, tzinfo=UTC)
    assert october.ends_at.astimezone(UTC) == datetime(2026, 11, 1, tzinfo=UTC)
    assert not october.is_over(datetime(2026, 10, 31, 23, 59, tzinfo=UTC))
    assert october.is_over(datetime(2026, 11, 1, tzinfo=UTC))
