import pytest

from opportunities.duplicates import groups_called_like
from tests.factories.opportunities import OrganisationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _groups():
    for name in (
        "Example Foodbank of Harrow",
        "Example Allotment Club",
        "Example Chess Club",
        "The Ltd",
    ):
        OrganisationFactory(name=name)


@pytest.mark.parametrize(
    "name",
    [
        "Example Foodbank of Harrow",
        "EXAMPLE FOODBANK HARROW",
        "The Example Food-bank of Harrow",
        "Example Foodbank, Harrow Ltd",
        "Exampel Foodbank of Harrow",
    ],
)
def test_case_marks_small_words_and_slips_do_not_hide_a_group(name):
    assert [group.name for group in groups_called_like(name)] == ["Example Foodbank of Harrow"]


@pytest.mark.parametrize(
    "name", ["Example Foodbank of Wembley", "Example Choir", "Harrow", "", "The", "&!?"]
)
def test_other_names_are_other_groups(name):
    assert groups_called_like(name) == []


def test_the_likest_comes_first_and_the_list_is_short():
    OrganisationFactory(name="Example Chess Clubs")
    OrganisationFactory(name="Example Chess Clubb")

    found = groups_called_like("Example Chess Club", limit=2)

    assert len(found) == 2
    assert found[0].name == "Example Chess Club"


def test_it_takes_two_queries(django_assert_num_queries):
    with django_assert_num_queries(2):
        groups_called_like("Example Chess Club")
