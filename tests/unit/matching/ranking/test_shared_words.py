import pytest

from matching.ranking.shared_words import SharedWords
from matching.ranking.text import TextVectors

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
        theirs = vectors.transform([role])
        return words.of(vectors.transform([person]), 0, person, (theirs.indices, theirs.data))

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
    both = vectors.transform(["plant trees and cook meals", "bicycle", ROLES[0], ROLES[3]])
    words, fragments = vectors.columns_["words"], vectors.columns_["fragments"]
    shared = SharedWords(vectors)

    def added(person, role, block):
        return (both[[person]][:, block] @ both[[role]][:, block].T).toarray()[0, 0]

    shared._person.become(both, 0)
    whole = shared._whole_words(shared._person, (both[[2]].indices, both[[2]].data))
    assert whole.keys() == {"plant", "trees"}
    assert sum(whole.values()) == pytest.approx(added(0, 2, words), abs=1e-6)

    shared._person.become(both, 1)
    parts = shared._part_words(shared._person, "bicycle", (both[[3]].indices, both[[3]].data))
    assert parts == {"bicycle": pytest.approx(added(1, 3, fragments), abs=1e-6)}


def test_one_person_after_another_is_told_apart(vectors):
    words = SharedWords(vectors)
    texts = ["plant trees", "cook meals", "plant trees"]
    people, roles = vectors.transform(texts), vectors.transform(ROLES)

    def of(row, role):
        theirs = roles[[role]]
        return words.of(people, row, texts[row], (theirs.indices, theirs.data))

    assert [of(0, 0), of(1, 2), of(2, 0)] == [
        ("plant", "trees"),
        ("cook", "meals"),
        ("plant", "trees"),
    ]
    assert of(1, 0) == ()
