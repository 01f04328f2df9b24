from datetime import timedelta

import pytest

from core.clock import now, today
from core.week import SLOTS_BY_CODE, mask_of
from opportunities.services import search_index
from tests.factories.opportunities import OpportunityFactory, OrganisationFactory, SessionFactory
from tests.factories.volunteers import VolunteerFactory
from tests.unit.web.pages import error_links, ids_of, text_of, title_of

pytestmark = pytest.mark.django_db

HERE, FAR = "HA1 1AA", "HA8 7AA"


def search(client, **words):
    if words.get("q"):
        search_index.rebuild()
    return client.get("/roles/", words)


def found(client, **words):
    return [role.title for role in search(client, **words).context["page"]]


def slots(*codes):
    return mask_of(SLOTS_BY_CODE[code] for code in codes)


def test_without_words_all_roles_with_places_are_shown_newest_first(client):
    OpportunityFactory(title="old", published_at=now() - timedelta(days=2))
    OpportunityFactory(title="new")
    OpportunityFactory(title="full", full=True)
    OpportunityFactory(draft=True)

    assert found(client) == ["new", "old"]
    assert set(found(client, full="on")) == {"new", "old", "full"}


def test_every_word_has_to_be_found_somewhere(client):
    OpportunityFactory(title="Water plants", organisation__name="Example Growers")
    OpportunityFactory(title="Water slides")

    assert found(client, q="water growers") == ["Water plants"]
    assert found(client, q="water nothing") == []


@pytest.mark.parametrize(
    ("words", "fields"),
    [
        ({"cause": "environment"}, {"causes": ["community-gardens"]}),
        ({"activity": "gardening"}, {"activities": ["gardening"]}),
        ({"place": "home"}, {"at_home": True}),
        ({"commitment": "one_off"}, {"commitment": "one_off"}),
        ({"day": ["sat"]}, {"weekly_slots": slots("sat_morning")}),
        ({"day": ["sat"], "part": ["morning"]}, {"weekly_slots": slots("sat_morning")}),
        ({"part": ["morning"]}, {"weekly_slots": slots("mon_morning")}),
        ({"age": "14"}, {"minimum_age": 13}),
        ({"access": ["quiet", "step_free"]}, {"access": ["quiet", "step_free", "toilet"]}),
    ],
)
def test_each_filter_keeps_what_it_says(client, words, fields):
    other = {"weekly_slots": slots("tue_evening")}
    OpportunityFactory(title="wanted", **{**other, **fields})
    OpportunityFactory(title="other", **other)

    assert found(client, **words) == ["wanted"]


def test_in_person_leaves_out_roles_from_home(client):
    OpportunityFactory(title="there")
    OpportunityFactory(title="home", at_home=True)

    assert found(client, place="there") == ["there"]


def test_within_a_distance_of_a_postcode_in_any_spacing(client):
    OpportunityFactory(title="near", postcode=HERE)
    OpportunityFactory(title="far", postcode=FAR)

    assert found(client, postcode="ha11aa", miles="1") == ["near"]
    assert found(client, postcode="ha1 1aa", order="nearest") == ["near", "far"]


def test_distances_count_from_the_postcode(client):
    OpportunityFactory(postcode=FAR)

    assert "miles away" in text_of(search(client, postcode=HERE))
    assert "miles away" not in text_of(search(client))


def test_for_a_volunteer_distances_count_from_home(client):
    OpportunityFactory(postcode=FAR)
    client.force_login(VolunteerFactory(postcode=HERE).user)

    assert "miles away" in text_of(search(client))
    assert error_links(search(client, order="nearest")) == {}


@pytest.mark.parametrize(
    ("asked", "first"),
    [
        ({}, ("", "Newest first")),
        ({"order": "newest"}, ("newest", "Newest first")),
        ({"q": "garden"}, ("", "Best match first")),
    ],
)
def test_the_best_match_comes_first_only_where_there_are_words(client, asked, first):
    form = search(client, **asked).context["form"]
    names = [str(name) for __, name in form.fields["order"].choices]
    assert form.fields["order"].choices[0] == first
    assert names.count("Newest first") == 1
    assert not form.errors


def test_orders(client):
    OpportunityFactory(title="soon", closes_on=today() + timedelta(days=1), places=1)
    OpportunityFactory(title="later", closes_on=today() + timedelta(days=9), places=9)

    assert found(client, order="closing") == ["soon", "later"]
    assert found(client, order="places") == ["later", "soon"]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (
            {"postcode": "ZZ1 1ZZ"},
            "We cannot find this postcode. Check it, for example HA1 2XY.",
        ),
        ({"miles": "3"}, "Enter a postcode to search by distance."),
        ({"order": "nearest"}, "Enter a postcode to see the nearest first."),
    ],
)
def test_a_place_that_is_missing_or_wrong_is_said_and_the_rest_still_works(client, words, sentence):
    OpportunityFactory(title="Water plants")
    OpportunityFactory(title="Walk dogs")

    page = search(client, q="water", **words)

    assert error_links(page) == {sentence: "id_postcode"}
    assert "id_postcode" in ids_of(page)
    assert title_of(page).startswith("Error: ")
    assert [role.title for role in page.context["page"]] == ["Water plants"]


@pytest.mark.parametrize(
    "words",
    [
        {"q": "a\x00b"},
        {"cause": "nonsense"},
        {"miles": "1e9"},
        {"day": "someday"},
        {"order": "random"},
        {"page": "-3"},
        {"page": "x"},
        {"age": "-1"},
        {"age": "old"},
        {"access": "stairs"},
        {"view": "globe"},
        {"exact": "?", "q": "?!"},
        {"q": "x" * 300},
    ],
)
def test_nonsense_in_the_address_is_no_server_error(client, words):
    OpportunityFactory()

    assert search(client, **words).status_code == 200


def test_the_address_holds_the_search_from_page_to_page(client):
    for number in range(12):
        OpportunityFactory(title=f"Water plants {number}")
    OpportunityFactory(title="Walk dogs")

    page = search(client, q="water", day=["mon", "tue"])

    html = page.content.decode()
    assert "12 roles" in text_of(page)
    assert "?q=water&amp;day=mon&amp;day=tue&amp;page=2" in html
    assert 'value="water"' in html
    second = search(client, q="water", day=["mon", "tue"], page=2)
    assert len(second.context["page"].object_list) == 2


def test_nothing_found_says_what_often_helps(client):
    page = search(client, q="unicorns")

    assert "0 roles" in text_of(page)
    assert "Nothing fits all of what you are looking for: “unicorns”." in text_of(page)
    assert "?q=unicorns&amp;full=on" in page.content.decode()


def test_filters_are_folded_away_and_say_how_many_are_in_use(client):
    assert "in use" not in text_of(search(client, q="water"))
    page = search(client, commitment="one_off", day=["mon", "tue"])
    assert "More ways to narrow it down (2 in use)" in text_of(page)
    assert '<details class="govuk-details" >' in page.content.decode()


def test_a_mistake_in_a_filter_unfolds_them(client):
    page = search(client, cause="nonsense")

    assert '<details class="govuk-details" open>' in page.content.decode()
    assert list(error_links(page).values()) == ["id_cause"]


def test_search_asks_the_same_number_of_questions_for_one_role_as_for_ten(
    client, django_assert_num_queries
):
    def questions():
        # Roles counted and read, their causes, activities and sessions; both lists of choices.
        # With a text, how many roles have its words.
        with django_assert_num_queries(7):
            search(client)

    SessionFactory(opportunity=OpportunityFactory(causes=["health"], activities=["gardening"]))
    questions()
    for _ in range(9):
        role = OpportunityFactory(causes=["animals"], organisation=OrganisationFactory())
        SessionFactory(opportunity=role)
    questions()


def test_closed_roles_are_shown_when_asked_for_and_lead_nowhere(client):
    OpportunityFactory(title="open")
    closed = OpportunityFactory(title="closed", closed=True, activities=["gardening"])
    OpportunityFactory(title="over", closes_on=today() - timedelta(days=1))
    OpportunityFactory(title="stopped", closed=True, organisation__suspended=True)
    OpportunityFactory(title="never public", closed=True, published_at=None)

    page = search(client, closed="on")

    assert {role.title for role in page.context["page"]} == {"open", "closed", "over"}
    html = page.content.decode()
    assert f'href="/roles/{closed.pk}/"' not in html
    assert text_of(page).count("This role takes nobody any more.") == 2
    assert "/roles/?activity=gardening" in html


def test_what_is_in_force_is_said_with_a_way_to_take_each_part_out(client):
    page = search(
        client, q="water", miles="3", postcode="ha11aa", day=["mon", "tue"], cause="health",
        age="40", access="quiet", closed="on", order="nearest", page="2",
    )  # fmt: skip

    parts = {part.words: part.address for part in page.context["parts"]}
    assert list(parts) == [
        "“water”", "Up to 3 miles", "From HA1 1AA", "Health: all", "For age 40", "Monday",
        "Tuesday", "A quiet space", "Closed roles too",
    ]  # fmt: skip
    assert "day=tue" in parts["Monday"]
    assert "day=mon" not in parts["Monday"]
    assert not {"q=", "page="} & set(parts["“water”"].replace("&", " ").replace("?", " ").split())
    assert "miles" not in parts["From HA1 1AA"]
    assert "Take out: “water”" in text_of(page)


def test_typing_error_is_said_and_can_be_insisted_on(client):
    OpportunityFactory(title="Gardening with us")

    page = search(client, q="gardning")

    assert "Showing results for “gardening”. Search instead for “gardning”" in text_of(page)
    assert "?q=gardning&amp;exact=on" in page.content.decode()
    assert found(client, q="gardning") == ["Gardening with us"]
    assert found(client, q="gardning", exact="on") == []


def test_nothing_found_says_what_could_go_and_how_many_roles_there_would_be(
    client, django_assert_max_num_queries
):
    OpportunityFactory(title="Water plants", postcode=FAR)
    OpportunityFactory(title="Water slides", postcode=FAR, minimum_age=60)
    search_index.rebuild()

    with django_assert_max_num_queries(8):
        page = client.get("/roles/", {"q": "water tuba", "age": "30"})
    ways = {way.words: (way.roles, way.address) for way in page.context["ways_on"]}
    assert ways == {"without the word “tuba”": (1, "?q=water&age=30")}

    page = search(client, q="water", postcode=HERE, miles="1")
    assert [(way.words, way.roles) for way in page.context["ways_on"]] == [("at any distance", 2)]


def test_htmx_gets_the_part_that_changes_and_a_browser_that_goes_back_the_page(client):
    OpportunityFactory()
    part = client.get("/roles/", headers={"HX-Request": "true"})
    back = client.get(
        "/roles/", headers={"HX-Request": "true", "HX-History-Restore-Request": "true"}
    )

    assert part.content.decode().lstrip().startswith("<title>Find a role – ")
    assert 'hx-swap-oob="innerHTML">1 role' in part.content.decode()
    assert back.content.decode().startswith("<!DOCTYPE html>")
    assert "HX-Request" in part.headers["Vary"]


def test_a_mistake_is_said_to_htmx_too(client):
    part = client.get("/roles/", {"miles": "3"}, headers={"HX-Request": "true"})

    assert part.content.decode().lstrip().startswith("<title>Error: Find a role")
    assert "Enter a postcode to search by distance." in part.content.decode()


# -- map -------------------------------------------------------------------------------------------


def test_map_has_a_dot_for_each_place_and_a_table_that_says_the_same(client):
    for title in ("Cook", "Wash up"):
        OpportunityFactory(title=title, postcode=HERE, place_name="Example Hall")
    OpportunityFactory(title="Dig", postcode=FAR)
    OpportunityFactory(title="Write", at_home=True)
    OpportunityFactory(title="Swim", postcode="BN1 1AA")

    page = search(client, view="map", postcode=HERE, order="nearest")

    drawn = page.context["map"]
    assert [[role.title for role in dot.roles] for dot in drawn.dots] == [
        ["Wash up", "Cook"],
        ["Dig"],
    ]
    assert [role.title for role in drawn.from_home] == ["Write"]
    assert [role.title for role in drawn.elsewhere] == ["Swim"]
    for number in (1, 2):
        assert f"place-{number}" in ids_of(page)
        assert f'href="#place-{number}"' in page.content.decode()
    assert "Place 1: Example Hall, Marlborough, 2 roles" in page.content.decode()
    assert "Outside Harrow, or the place is not known Swim" in text_of(page)
    assert drawn.dots[0].x < drawn.dots[1].x  # Edgware lies in the east
    assert ' style="' not in page.content.decode()


def test_map_asks_as_many_questions_for_one_role_as_for_ten(client, django_assert_num_queries):
    for number in (1, 9):
        for _ in range(number):
            OpportunityFactory(causes=["health"], organisation=OrganisationFactory())
        with django_assert_num_queries(7):
            search(client, view="map")


def test_a_map_of_nothing_says_so(client):
    page = search(client, view="map", cause="health")

    assert page.context["map"] is None
    assert "Nothing fits all of what you chose." in text_of(page)
    assert 'name="view" value="map"' in page.content.decode()
