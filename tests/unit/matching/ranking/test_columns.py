import numpy as np
import pytest
from scipy.sparse import csc_array

from matching.ranking.columns import Applied, ColumnsError, Vocabulary, tag_matrix


def test_tag_matrix_sets_each_tag_once():
    matrix = tag_matrix([[2, 0, 2], [], [1]], 4)

    assert matrix.toarray().tolist() == [[1, 0, 1, 0], [0, 0, 0, 0], [0, 1, 0, 0]]
    assert matrix.dtype == np.float32


@pytest.mark.parametrize("tag", [-1, 4])
def test_tag_matrix_rejects_tag_outside_vocabulary(tag):
    with pytest.raises(ColumnsError, match="outside the vocabulary of 4"):
        tag_matrix([[0], [tag]], 4)


def test_take_picks_rows_of_every_column_in_the_order_asked(make_volunteers):
    people = make_volunteers(
        ids=[5, 6, 7], age=[20, 30, 40], causes=[[0], [1], [2]], about=["a", "b", "c"]
    )

    picked = people.take([2, 0])

    assert picked.ids.tolist() == [7, 5]
    assert picked.age.tolist() == [40, 20]
    assert picked.causes.toarray().argmax(axis=1).tolist() == [2, 0]
    assert picked.about == ["c", "a"]


def test_take_slice_gives_the_same_as_take_indices(make_borough):
    people, roles = make_borough(1)

    for columns in (people, roles):
        by_slice, by_index = columns.take(slice(3, 9)), columns.take(np.arange(3, 9))
        assert by_slice.ids.tolist() == by_index.ids.tolist()
        assert (by_slice.causes != by_index.causes).nnz == 0


def test_take_nothing_gives_empty_columns(make_roles):
    assert len(make_roles(n=3).take([])) == 0


@pytest.mark.parametrize(
    ("column", "wrong", "message"),
    [
        ("age", np.zeros(3, np.float32), r"age must have shape \(2,\), not \(3,\)"),
        ("age", np.zeros(2), "age must be of type float32, not float64"),
        ("age", [1.0, 2.0], "age must be a numpy array, not list"),
        ("availability", np.array([0, 2**21], np.uint32), "availability must lie between 0 and"),
        ("travel_mode", np.array([0, 4], np.int8), "travel_mode must lie between 0 and 3"),
        ("dbs_level", np.array([-1, 0], np.int8), "dbs_level must lie between 0 and 4"),
        ("causes", csc_array((2, 4)), "causes must be a CSR matrix"),
        ("causes", tag_matrix([[0]], 4), "causes must have 2 rows, not 1"),
        ("about", ["one"], "about must have 2 texts, not 1"),
        ("about", ["one", None], "about must be a list of str"),
        ("ids", np.array([3, 3]), "ids holds an id twice"),
    ],
)
def test_volunteer_columns_reject_a_wrong_column(make_volunteers, column, wrong, message):
    right = make_volunteers(n=2)
    columns = {name: getattr(right, name) for name in right.__dataclass_fields__}

    with pytest.raises(ColumnsError, match=message):
        type(right)(**(columns | {column: wrong}))


def test_role_columns_reject_skills_of_different_vocabularies(make_roles):
    right = make_roles(n=1)
    columns = {name: getattr(right, name) for name in right.__dataclass_fields__}

    with pytest.raises(ColumnsError, match="differ in width"):
        type(right)(**(columns | {"skills_gained": tag_matrix([[0]], 9)}))


@pytest.mark.parametrize(
    ("parents", "message"),
    [
        ([-1], "one entry for each of the 2 causes"),
        ([-1, 2], "points outside the causes"),
        ([-1, 1], "its own parent"),
    ],
)
def test_vocabulary_rejects_wrong_parents(parents, message):
    with pytest.raises(ColumnsError, match=message):
        Vocabulary(("a", "b"), np.array(parents, np.int32), (), (), ())


def test_applied_of_finds_pairs_by_id_and_leaves_out_strangers(make_volunteers, make_roles):
    people, roles = make_volunteers(ids=[9, 4, 7]), make_roles(ids=[30, 10])

    applied = Applied.of(people, roles, [4, 7, 99, 9], [30, 11, 10, 10])

    assert applied.pairs.toarray().tolist() == [[False, True], [True, False], [False, False]]


def test_applied_of_rejects_lists_of_different_length(make_volunteers, make_roles):
    with pytest.raises(ColumnsError, match="2 volunteer ids for 1 role ids"):
        Applied.of(make_volunteers(), make_roles(), [1, 2], [1])


def test_applied_of_nobody_is_empty(make_volunteers, make_roles):
    nobody = make_volunteers(n=2).take([])

    assert Applied.of(nobody, make_roles(), [1], [1]).pairs.shape == (0, 1)


def test_applied_take_picks_people_and_roles(make_volunteers, make_roles):
    people, roles = make_volunteers(ids=[1, 2]), make_roles(ids=[1, 2, 3])
    applied = Applied.of(people, roles, [2, 1], [3, 1])

    assert applied.take([1], [2, 0]).pairs.toarray().tolist() == [[True, False]]
    assert applied.take(slice(0, 1)).pairs.toarray().tolist() == [[True, False, False]]
