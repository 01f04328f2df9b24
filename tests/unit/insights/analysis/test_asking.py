"""Who would ask for what: the same draw each night, by the chance that was said."""

import numpy as np
import pytest
from scipy.sparse import csc_array

from insights.analysis.asking import who_would_ask

PEOPLE, ROLES = np.arange(1, 401), np.arange(1000, 1050)


def everybody(chance: float) -> csc_array:
    return csc_array(np.full((400, 50), chance))


@pytest.mark.parametrize("share", [0.1, 0.5])
def test_about_the_share_is_kept_of_each_role_and_person(share: float) -> None:
    kept = who_would_ask(everybody(share), PEOPLE, ROLES).toarray()
    assert kept.mean() == pytest.approx(share, abs=0.02)
    assert np.abs(kept.mean(axis=0) - share).max() < 0.12
    assert np.abs(kept.mean(axis=1) - share).max() < 0.3


def test_it_is_the_same_draw_whoever_else_is_there() -> None:
    kept = who_would_ask(everybody(0.3), PEOPLE, ROLES).toarray()
    some = who_would_ask(everybody(0.3)[100:200, 10:20], PEOPLE[100:200], ROLES[10:20])
    assert (some.toarray() == kept[100:200, 10:20]).all()


def test_nobody_asks_for_what_they_could_not_do() -> None:
    could_do = csc_array(np.eye(400, 50))
    kept = who_would_ask(could_do, PEOPLE, ROLES)
    assert (kept.toarray() == could_do.toarray()).all()


def test_another_draw_is_independent_of_the_first() -> None:
    first, second = (
        who_would_ask(everybody(0.5), PEOPLE, ROLES, draw).toarray() for draw in (0, 1)
    )
    assert (first & second).mean() == pytest.approx(0.25, abs=0.02)
