from dataclasses import replace

import pytest

from matching.ranking.suitability import PART_NAMES
from matching.ranking.weights import Neutral, Weights


def test_weights_add_up_to_1():
    assert sum(Weights().as_dict().values()) == pytest.approx(1)


def test_every_part_has_a_weight_and_a_neutral_value():
    assert tuple(Weights().as_dict()) == tuple(Neutral().as_dict()) == PART_NAMES


def test_neutral_values_lie_between_0_and_1():
    assert all(0 < value < 1 for value in Neutral().as_dict().values())


def test_weights_that_do_not_add_up_are_refused():
    with pytest.raises(ValueError, match="must add up to 1"):
        replace(Weights(), causes=0.5)


def test_negative_weights_are_refused():
    more = Weights().causes + Weights().time + 0.1
    with pytest.raises(ValueError, match="cannot be negative"):
        replace(Weights(), time=-0.1, causes=more)
