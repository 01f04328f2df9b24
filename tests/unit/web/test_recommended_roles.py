import pytest
from django.urls import reverse

from core.clock import now
from matching.models import Impression
from tests.factories.matching import RecommendationFactory
from tests.factories.opportunities import OpportunityFactory, OrganisationFactory
from tests.factories.volunteers import VolunteerFactory
from tests.unit.web.pages import text_of, title_of

pytestmark = pytest.mark.django_db

PAGE = "/me/"


def item(role, **changes):
    reason = {"code": "shared_activities", "value": 0.2, "detail": ["gardening"]}
    stored = {"role": role.pk, "score": 0.5, "km": 1.0, "parts": {}, "reasons": [reason]}
    return stored | changes


@pytest.fixture
def volunteer(client):
    volunteer = VolunteerFactory(last_used_at=now())
    client.force_login(volunteer.user)
    return volunteer


def prepare(volunteer, roles, **fields):
    return RecommendationFactory(
        volunteer=volunteer, items=[item(role) for role in roles], computed_at=now(), **fields
    )


def test_roles_come_in_the_prepared_order_with_reasons_and_odds(client, volunteer):
    group = OrganisationFactory(name="Example Growers", median_answer_days=4.0)
    first, second = (
        OpportunityFactory(title=title, organisation=group, places=2)
        for title in ("Zinnia grower", "Apple picker")
    )
    prepare(volunteer, [first, second])

    words = text_of(client.get(PAGE))

    assert words.index("Zinnia grower") < words.index("Apple picker")
    assert "Example Growers" in words
    assert "You said you like gardening." in words
    assert "2 places left, nobody waiting for an answer." in words
    assert "This group usually answers in 4 days." in words


def test_what_is_shown_is_recorded_at_its_rank(client, volunteer):
    roles = OpportunityFactory.create_batch(12)
    prepare(volunteer, roles)

    client.get(PAGE)
    assert list(Impression.objects.values_list("opportunity", "rank").order_by("rank")) == [
        (role.pk, rank) for rank, role in enumerate(roles[:10], start=1)
    ]

    page = client.get(PAGE, {"page": 2})
    assert list(
        Impression.objects.filter(rank__gt=10).values_list("opportunity", "rank").order_by("rank")
    ) == [(roles[10].pk, 11), (roles[11].pk, 12)]
    assert 'start="11"' in page.content.decode()
    assert "page 2 of 2" in title_of(page)


def test_a_list_that_was_never_made_says_that_it_is_being_made(client, volunteer):
    words = text_of(client.get(PAGE))

    assert "We are putting your list together" in words
    assert not Impression.objects.exists()


def test_a_list_older_than_the_profile_says_so(client, volunteer):
    prepare(volunteer, [OpportunityFactory()])
    volunteer.save()  # changed after the list was made

    assert "Your profile has changed since this list was made." in text_of(client.get(PAGE))


def test_an_empty_list_says_what_would_change_it_and_where(client, volunteer):
    prepare(
        volunteer, [], counts={"possible": 0, "changes": [["distance", 5, 3, 7], ["dbs", -1, 1, 2]]}
    )

    page = client.get(PAGE)

    words = text_of(page)
    assert "No role fits all of what you told us" in words
    assert "up to 5 miles, 3 more roles would be open to you, with 7 places." in words
    assert reverse("web:profile-question", args=["distance"]) in page.content.decode()


def test_roles_that_many_people_wait_for_are_counted_when_nothing_is_left(client, volunteer):
    prepare(volunteer, [OpportunityFactory(places=1, applications_pending=3)])

    words = text_of(client.get(PAGE))

    assert "1 role would suit you, but very many people are waiting for it already." in words


def test_who_paused_is_offered_to_come_back_and_shown_nothing(client):
    volunteer = VolunteerFactory(paused_at=now())
    client.force_login(volunteer.user)
    prepare(volunteer, [OpportunityFactory(title="Zinnia grower")])

    words = text_of(client.get(PAGE))

    assert "Your search is paused" in words
    assert "Zinnia grower" not in words
    assert not Impression.objects.exists()


def test_titles_are_not_taken_for_markup(client, volunteer):
    prepare(volunteer, [OpportunityFactory(title="<script>alert(1)</script>")])

    assert "<script>alert" not in client.get(PAGE).content.decode()


@pytest.mark.parametrize("count", [1, 10])
def test_the_page_asks_the_same_few_questions_for_one_role_as_for_ten(
    client, volunteer, django_assert_num_queries, count
):
    prepare(volunteer, OpportunityFactory.create_batch(count))

    # Session and person, profile, the list and its roles, what was seen and what is shown now
    # (on SQLite in a transaction of their own), whether something is hidden, the menu; three for
    # what waits for an answer.
    with django_assert_num_queries(12):
        client.get(PAGE)
