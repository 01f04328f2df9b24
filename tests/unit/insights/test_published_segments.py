"""Nobody can be worked out from what is published of a segment, even knowing how many they are."""

from collections import Counter
from typing import Any

import numpy as np
import pytest

from core.clock import today
from core.disclosure import FEWEST, STEP
from core.places.wards import WARDS
from insights.analysis.protection import MARGIN
from insights.disclosure import Shown, Why
from insights.periods import Period
from insights.selectors.unmet import published_segments
from tests.factories.insights import SEGMENT_FIGURES, SegmentFactory

pytestmark = pytest.mark.django_db

CODES = [*(ward.code for ward in WARDS), ""]


def bounds(shown: Shown) -> tuple[float, float]:
    """The least and the most that a count can be by what is said of it."""
    if shown.why == Why.FEW:
        return 1, FEWEST - 1
    if shown.value is None:
        return 0, np.inf
    half = STEP // 2
    if not shown.value:
        return 0, 0
    return max(shown.value - half, FEWEST), shown.value + half


@pytest.mark.parametrize("seed", range(40))
def test_small_wards_stay_hidden_from_who_knows_the_total(seed: int) -> None:
    chance = np.random.default_rng(seed)
    people = int(chance.integers(FEWEST, 60))
    likely = chance.dirichlet(np.full(len(CODES), 0.15))
    wards = Counter(np.array(CODES)[chance.choice(len(CODES), people, p=likely)].tolist())
    figures: dict[str, Any] = {**SEGMENT_FIGURES, "people": people, "wards": dict(wards)}
    month = Period.month_of(today()).code
    SegmentFactory(people=people, published=figures, published_month=month)
    (found,) = published_segments()
    low, high = (
        np.array(ends) for ends in zip(*(bounds(row.shown) for row in found.wards), strict=True)
    )
    for place, row in enumerate(found.wards):
        if row.shown.why == Why.FEW:
            least = max(low[place], people - np.delete(high, place).sum())
            most = min(high[place], people - np.delete(low, place).sum())
            assert least <= wards[row.code] <= most
            assert most - least + 1 >= MARGIN


def test_the_place_of_a_ward_does_not_say_how_many_there_are() -> None:
    def order(*counts: int) -> list[tuple[str, Why]]:
        wards = dict(zip(CODES, counts, strict=False))
        figures = {**SEGMENT_FIGURES, "people": sum(counts), "wards": wards}
        segment = SegmentFactory(published=figures)
        (found,) = published_segments()
        segment.delete()
        return [(row.code, row.shown.why) for row in found.wards]

    assert order(2, 6, 30, 0) == order(6, 2, 30, 0)


def test_tags_of_few_people_are_not_spoken_of() -> None:
    month = Period.month_of(today()).code
    SegmentFactory(published=SEGMENT_FIGURES, published_month=month)
    (found,) = published_segments()
    assert [row.code for row in found.skills] == ["listening"]
    assert [row.code for row in found.kinds] == ["befriending", "home-visits"]
    assert [shown.value for shown in found.free[:3]] == [0, None, 20]
