import numpy as np
import pytest
from scipy.sparse import csr_array

from matching.ranking.shared_words import SharedWords
from matching.ranking.text import TextVectors, words_and_fragments

FIRST = np.array([0])

ROLES = [
    "Plant trees in the park",
    "Reading with children in the park",
    "Soup kitchen: cook meals",
    "Repair bicycles",
    "Keep accounts",
]


@pytest.fixture(scope="module")
def vectors():
    return TextVectors(words_and_fragments()).fit(ROLES)


def _whole(words, vectors, people, rows, roles, columns):
    """Whole words of each pair, in words."""
    ours, theirs = vectors.people(people).sparse, vectors.roles(roles).sparse
    named = words.whole(words.words_in(ours), rows, words.words_in(theirs), columns)
    found = iter(words.names[named.words].tolist())
    return [tuple(next(found) for _ in range(count)) for count in named.counts.tolist()]


def _parts(words, vectors, person, role):
    ours, theirs = vectors.people([person]).sparse, vectors.roles([role]).sparse
    both = words.fragments_in(ours).multiply(words.fragments_in(theirs))
    return tuple(words.parts(csr_array(both), [person])[0])


@pytest.fixture(scope="module")
def shared(vectors):
    words = SharedWords(vectors)

    def of(person, role):
        whole = _whole(words, vectors, [person], FIRST, [role], FIRST)[0]
        return whole or _parts(words, vectors, person, role)

    return of


def test_names_shared_words_strongest_first(shared):
    assert shared("I like the park, and to plant trees", ROLES[0]) == ("plant", "trees", "park")


def test_names_no_more_than_three(shared):
    assert len(shared("soup kitchen cook meals", ROLES[2])) == 3


def test_names_whole_words_where_only_parts_are_shared(shared):
    assert shared("bicycle repairs", ROLES[3]) == ("bicycle", "repairs")


def test_prefers_shared_words_to_stronger_parts(shared):
    assert shared("readings and parks and children", ROLES[1]) == ("children",)


def test_names_nothing_where_nothing_is_shared(shared):
    assert shared("swimming", ROLES[4]) == ()
    assert shared("", ROLES[4]) == ()


def test_shares_add_up_to_the_products_of_the_vectors(vectors):
    """Taking the products apart loses nothing: whole words are what the words' block adds."""
    people = vectors.people(["plant trees and cook meals", "bicycle"]).sparse
    roles = vectors.roles(ROLES).sparse
    words = SharedWords(vectors)
    ours, theirs = words.words_in(people), words.words_in(roles)

    shares = words.shares(ours, np.array([0, 0]), theirs, np.array([0, 2]))

    assert words.names[np.unique(shares.indices)].tolist() == ["cook", "meals", "plant", "trees"]
    expected = (ours[[0]] @ theirs[[0, 2]].T).toarray()[0]
    assert shares.sum(axis=1) == pytest.approx(expected, abs=1e-6)


def test_pairs_are_told_apart(vectors):
    words = SharedWords(vectors)
    texts = ["plant trees", "cook meals", "tree planting", "swim"]
    roles = ROLES[::-1]

    rows, columns = np.array([1, 0, 3, 0, 1]), np.array([2, 4, 4, 2, 4])
    assert _whole(words, vectors, texts, rows, roles, columns) == [
        ("cook", "meals"),
        ("plant", "trees"),
        (),
        (),
        (),
    ]
    assert _parts(words, vectors, texts[2], roles[4]) == ("planting", "tree")
    assert _parts(words, vectors, texts[1], roles[4]) == ()


def test_no_pairs_share_no_words(vectors):
    nobody = np.array([], np.intp)

    assert _whole(SharedWords(vectors), vectors, [""], nobody, ROLES, nobody) == []


def _named(texts, person, role):
    vectors = TextVectors(words_and_fragments()).fit(texts)
    return _whole(SharedWords(vectors), vectors, [person], FIRST, [role], FIRST)[0]


def test_leaves_out_what_adds_little_beside_the_strongest():
    texts = [*(f"help with subject{number}" for number in range(40)), "help repair bicycles"]

    assert _named(texts, "help, bicycles", texts[-1]) == ("bicycles",)
    assert _named(texts, "help", texts[-1]) == ("help",)


def test_names_words_of_a_page_of_which_each_adds_little():
    others = " ".join(f"word{number}" for number in range(150))

    assert _named([*ROLES, others], f"{others} soup kitchen", ROLES[2]) == ("kitchen", "soup")
