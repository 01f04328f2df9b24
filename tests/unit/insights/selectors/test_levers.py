"""What would place more people: two simulations of one month, side by side."""

import pytest

from core.clock import now
from insights.models import Simulation
from insights.selectors.levers import levers

pytestmark = pytest.mark.django_db
PLAN = [{"activity": "gardening", "time": "saturday", "ward": "", "places": 10}] * 10


def simulated(
    gain: float, low: float, high: float, *, month: str = "2026-10", soon: bool = False,
    is_finished: bool = True,
) -> Simulation:  # fmt: skip
    return Simulation.objects.create(
        asked_at=now(),
        of_month=month,
        of_plan=not soon,
        answer_soon=soon,
        roles=[] if soon else PLAN,
        seasons_wanted=10,
        gain={"without": 500.0, "with_it": 500.0 + gain, "low": low, "high": high},
        finished_at=now() if is_finished else None,
    )


def said() -> str:
    found = levers()
    return found.sentence if found else ""


def test_what_would_place_most_comes_first(django_assert_num_queries) -> None:
    simulated(52, 34.6, 69.8)
    simulated(121, 111, 129, soon=True)
    with django_assert_num_queries(1):
        sentence = said()
    assert sentence == (
        "Simulated in October 2026: if every group answered within five days, about 120 (between "
        "110 and 130) more people would be placed in a season; with the 10 roles of the month’s "
        "plan, about 50 (between 30 and 70) more."
    )


@pytest.mark.parametrize(("gain", "low", "high"), [(10, -20, 40), (-50, -80, -20), (5, 1, 9)])
def test_what_may_be_chance_or_a_loss_is_not_claimed(gain: float, low: float, high: float) -> None:
    simulated(52, 34.6, 69.8)
    simulated(gain, low, high, soon=True)
    assert said() == (
        "Simulated in October 2026: with the 10 roles of the month’s plan, about 50 (between 30 "
        "and 70) more people would be placed in a season."
    )


def test_months_are_not_mixed() -> None:
    simulated(52, 34.6, 69.8, month="2026-09")
    simulated(121, 111, 129, soon=True)
    simulated(90, 80, 99, month="2026-11", is_finished=False)
    sentence = said()
    assert sentence.startswith("Simulated in October 2026: ")
    assert "plan" not in sentence


def test_what_a_person_asked_is_no_lever() -> None:
    simulated(52, 34.6, 69.8, month="")
    assert levers() is None
