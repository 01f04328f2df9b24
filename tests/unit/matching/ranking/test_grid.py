import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from matching.ranking.grid import PERSON_TEXT_BITS, ROLE_TEXT_BITS, on_grid


def _unit(rng, rows, columns):
    drawn = rng.standard_normal((rows, columns)).astype(np.float32)
    return drawn / np.linalg.norm(drawn, axis=1, keepdims=True)


@given(seed=st.integers(0, 1000), columns=st.integers(1, 1500))
def test_sums_are_the_same_whatever_the_order_and_the_size_of_a_block(seed, columns):
    rng = np.random.default_rng(seed)
    people = on_grid(_unit(rng, 9, columns), PERSON_TEXT_BITS)
    roles = on_grid(_unit(rng, 5, columns), ROLE_TEXT_BITS)
    order = rng.permutation(columns)

    whole = people @ roles.T

    assert np.array_equal(people[:, order] @ roles[:, order].T, whole)
    one_by_one = [[np.float32(0) + person @ role for role in roles] for person in people]
    assert np.array_equal(whole, np.array(one_by_one, np.float32))
    exact = people.astype(np.float64) @ roles.T.astype(np.float64)
    assert np.array_equal(whole, exact)


@given(seed=st.integers(0, 1000))
def test_cosines_of_rounded_vectors_are_hardly_off(seed):
    rng = np.random.default_rng(seed)
    people, roles = _unit(rng, 20, 700), _unit(rng, 20, 700)

    rounded = on_grid(people, PERSON_TEXT_BITS) @ on_grid(roles, ROLE_TEXT_BITS).T

    assert np.abs(rounded - people @ roles.T).max() < 0.002
