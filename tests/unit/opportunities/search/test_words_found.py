"""What a text finds: other forms, other words for the same thing, typing errors, any script."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from opportunities.search.criteria import SearchCriteria
from opportunities.search.finding import search
from opportunities.services import search_index
from tests.factories.opportunities import OpportunityFactory

pytestmark = pytest.mark.django_db


def found(text: str, **criteria) -> list[str]:
    return [role.title for role in search(SearchCriteria(text=text, **criteria)).roles]


@pytest.fixture
def roles() -> None:
    OpportunityFactory(
        title="Dig with us",
        description="We look after an allotment.",
        activities=["gardening"],
        organisation__name="Example Greenhouse",
    )
    OpportunityFactory(title="Gardener for a school", description="Keep the flower beds tidy.")
    OpportunityFactory(title="Reading with children", activities=["reading-with-children"])
    OpportunityFactory(title="தோட்டம் உதவி", description="செடிகள்")
    OpportunityFactory(title="مساعدة في المكتبة", description="ترتيب الكتب")
    search_index.rebuild()


@pytest.mark.usefixtures("roles")
@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("gardener", "Gardener for a school"),
        ("Gardening!", "Gardener for a school"),
        ("dig", "Dig with us"),
        ("digging", "Dig with us"),
        ("allotments", "Dig with us"),
        ("greenhous", "Dig with us"),  # a beginning
        ("reader child", "Reading with children"),
        ("bücher", "مساعدة في المكتبة"),  # books, in German
        ("தோட்டம்", "தோட்டம் உதவி"),
        ("مكتبة", "مساعدة في المكتبة"),  # without the article that the role has
    ],
)
def test_words_find_roles_in_other_forms(text, first):
    assert (found(text) or [""])[0] == first


@pytest.mark.usefixtures("roles")
@pytest.mark.parametrize("text", ["બાગકામ", "बागवानी", "ogrodnictwo", "grădinărit", "بستنة"])
def test_words_of_other_languages_find_roles_through_the_taxonomy(text):
    assert set(found(text)) >= {"Dig with us", "Gardener for a school"}


@pytest.mark.usefixtures("roles")
@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("gardning", "gardening"),
        ("Allotmetn work", ""),  # "work" is nowhere: two words, one of them wrong
        ("chidlren", "children"),
        ("raeding with chidlren", "reading with children"),
    ],
)
def test_typing_errors_are_forgiven_and_said(text, read):
    result = search(SearchCriteria(text=text))

    assert bool(result.roles) == bool(read)
    if read:
        assert result.reading.corrected == read
        assert not search(SearchCriteria(text=text, exact=True)).roles


@pytest.mark.usefixtures("roles")
def test_words_that_are_there_are_not_read_otherwise():
    assert search(SearchCriteria(text="flower bed")).reading.corrected == ""


@pytest.mark.usefixtures("roles")
@pytest.mark.parametrize("text", ["dog", "tuba", "xx", "the", "?!"])
def test_short_words_and_none_are_not_guessed(text):
    assert found(text) == []


def test_title_counts_more_than_description_and_rare_words_more_than_common_ones():
    for number in range(4):
        OpportunityFactory(title=f"Tea {number}")
    OpportunityFactory(title="Cups", description="Wash up after tea in the library.")
    OpportunityFactory(title="Library", description="Make the tea.")
    search_index.rebuild()

    assert found("tea library") == ["Library", "Cups"]
    assert found("tea")[-2:] == ["Library", "Cups"]
    assert found("tea", order="newest")[0] == "Library"


def test_questions_for_a_text_are_few(django_assert_max_num_queries):
    OpportunityFactory(title="Walk dogs")
    search_index.rebuild()
    for text in ("walk dog", "wlak dosg zzzzzzz"):
        with CaptureQueriesContext(connection) as asked:
            search(SearchCriteria(text=text)).roles.count()
        assert len(asked) <= 5


def test_what_each_part_of_a_search_costs():
    OpportunityFactory(title="Walk dogs", minimum_age=18)
    OpportunityFactory(title="Walk cats", access=["quiet"])
    search_index.rebuild()

    nothing = search(SearchCriteria(text="walk tuba", age=17, access=("quiet",)))
    with CaptureQueriesContext(connection) as asked:
        costs = nothing.without_each()

    assert not nothing.roles
    assert costs == {"text:walk": 0, "text:tuba": 1, "age": 0, "access": 0}
    assert len(asked) == 1
    assert search(SearchCriteria()).without_each() == {}
    assert search(SearchCriteria(text="tuba")).without_each() == {"text:tuba": 2}
