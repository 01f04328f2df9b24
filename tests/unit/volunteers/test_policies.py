"""Ages."""

from datetime import date

import pytest

from core.errors import NotAllowed
from volunteers.policies import age_on, check_can_register


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        (date(2000, 6, 15), date(2026, 6, 14), 25),
        (date(2000, 6, 15), date(2026, 6, 15), 26),
        (date(2008, 2, 29), date(2026, 2, 28), 17),
        (date(2008, 2, 29), date(2026, 3, 1), 18),
        (date(2026, 1, 2), date(2026, 1, 1), -1),
    ],
)
def test_age_on(born: date, day: date, age: int) -> None:
    assert age_on(born, day) == age


def test_under_13_cannot_register() -> None:
    day = date(2026, 6, 15)
    with pytest.raises(NotAllowed):
        check_can_register(date(2013, 6, 16), day)
    check_can_register(date(2013, 6, 15), day)
    check_can_register(None, day)
