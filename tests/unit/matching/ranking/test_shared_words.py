import numpy as np
import pytest

from matching.ranking.shared_words import SharedWords
from matching.ranking.text import TextVectors
from matching.ranking.text_memory import RoleVectors

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
    return TextVectors(topics=0).fit(ROLES)


@pytest.fixture(scope="module")
def shared(vectors):
    words = SharedWords(vectors)

    def of(person, role):
        people, roles = vectors.transform([person]), RoleVectors(vectors.transform([role]), FIRST)
        whole = words.whole(people, FIRST, roles, FIRST)[0]
        return whole or words.parts(people, 0, person, roles.row(0))

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
    """Taking the products apart loses nothing: whole words are what the words' block adds, and with
    one word the parts are what the fragments' block adds.
    """
    people = vectors.transform(["plant trees and cook meals", "bicycle"])
    roles = RoleVectors(vectors.transform(ROLES), np.arange(len(ROLES)))
    words, fragments = vectors.columns_["words"], vectors.columns_["fragments"]
    shared = SharedWords(vectors)
    rows, columns = np.array([0, 0]), np.array([0, 2])

    def added(person, role, block):
        return (people[[person]][:, block] @ roles.matrix[[role]][:, block].T).toarray()[0, 0]

    shares, names = shared._shares(people, rows, roles, columns)
    assert names.tolist() == ["cook", "meals", "plant", "trees"]
    assert shares.sum(axis=1) == pytest.approx([added(0, 0, words), added(0, 2, words)], abs=1e-6)

    shared._person.become(people, 1)
    named, parts = shared._part_words(shared._person, "bicycle", roles.row(3))
    assert named == ["bicycle"]
    assert parts.tolist() == pytest.approx([added(1, 3, fragments)], abs=1e-6)


def test_pairs_are_told_apart(vectors):
    words = SharedWords(vectors)
    texts = ["plant trees", "cook meals", "tree planting", "swim"]
    people = vectors.transform(texts)
    roles = RoleVectors(vectors.transform(ROLES), np.arange(len(ROLES))[::-1])

    rows, columns = np.array([1, 0, 3, 0, 1]), np.array([2, 4, 4, 2, 4])
    assert words.whole(people, rows, roles, columns) == [
        ("cook", "meals"),
        ("plant", "trees"),
        (),
        (),
        (),
    ]
    for _ in range(2):  # there and back: nothing of the person before is left
        assert words.parts(people, 2, texts[2], roles.row(4)) == ("planting", "tree")
        assert words.parts(people, 1, texts[1], roles.row(4)) == ()


def test_no_pairs_share_no_words(vectors):
    nobody = np.array([], np.intp)
    roles = RoleVectors(vectors.transform(ROLES), np.arange(len(ROLES)))

    assert SharedWords(vectors).whole(vectors.transform([""]), nobody, roles, nobody) == []


def _named(texts, person, role):
    vectors = TextVectors(topics=0).fit(texts)
    people, roles = vectors.transform([person]), RoleVectors(vectors.transform([role]), FIRST)
    return SharedWords(vectors).whole(people, FIRST, roles, FIRST)[0]


def test_leaves_out_what_adds_little_beside_the_strongest():
    texts = [*(f"help with subject{number}" for number in range(40)), "help repair bicycles"]

    assert _named(texts, "help, bicycles", texts[-1]) == ("bicycles",)
    assert _named(texts, "help", texts[-1]) == ("help",)


def test_names_words_of_a_page_of_which_each_adds_little():
    others = " ".join(f"word{number}" for number in range(150))

    assert _named([*ROLES, others], f"{others} soup kitchen", ROLES[2]) == ("kitchen", "soup")
