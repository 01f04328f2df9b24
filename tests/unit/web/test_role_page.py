import pytest
from django.urls import reverse

from core.clock import now
from matching import recommender
from matching.models import Impression
from matching.services import waiting_places
from placements.models import WaitingListEntry
from tests.factories.accounts import UserFactory
from tests.factories.core import lease_on
from tests.factories.matching import RecommendationFactory
from tests.factories.opportunities import (
    MembershipFactory,
    OpportunityFactory,
    OrganisationFactory,
    SessionFactory,
)
from tests.factories.placements import ApplicationFactory
from tests.factories.volunteers import VolunteerFactory
from tests.factories.waiting import WaitingListEntryFactory
from tests.unit.web.pages import text_of

pytestmark = pytest.mark.django_db

ASK = "Tell them you’re interested"


def page_of(client, role):
    return client.get(reverse("web:role", args=[role.pk]))


def test_anyone_reads_a_public_role(client):
    role = OpportunityFactory(
        title="Zinnia grower",
        description="You water the zinnias.",
        gains="Green fingers.",
        supervision="Rosa meets you.",
        expenses="Bus fares",
        access=["step_free"],
        skills_needed=["patience"],
        skills_useful=["teamwork"],
        skills_gained=["cooking"],
        offers=["outdoors"],
        languages=["gu"],
        dbs_level="basic",
        minimum_age=18,
        organisation__name="Example Growers",
    )
    SessionFactory(opportunity=role)

    words = text_of(page_of(client, role))

    for expected in (
        "Zinnia grower",
        "Example Growers",
        "You water the zinnias.",
        "Green fingers.",
        "Rosa meets you.",
        "Bus fares",
        "Step-free entrance",
        "Patience and kindness",
        "Useful, and not needed: Working in a team",
        "To speak Gujarati",
        "A DBS check: Basic check.",
        "To be 18 or over",
        "You can: learn something new be outdoors",
        "Nobody has asked this group yet. Groups here answer about 8 in 10 people",
        "2 of 2 left",
        ASK,
        "You register on the way, or sign in.",
    ):
        assert expected in words
    assert "How it fits you" not in words


def test_the_address_of_the_group_is_not_given_away(client):
    role = OpportunityFactory(organisation__contact_email="hidden@example.org")

    assert "hidden@example.org" not in page_of(client, role).content.decode()


@pytest.mark.parametrize(
    "fields",
    [
        {"draft": True},
        {"in_review": True},
        {"closed": True, "organisation__suspended": True},
        {"organisation__unverified": True},
        {"organisation__suspended": True},
    ],
)
def test_a_role_that_is_not_public_is_not_there(client, fields):
    role = OpportunityFactory(**fields)

    assert page_of(client, role).status_code == 404
    client.force_login(VolunteerFactory().user)
    assert page_of(client, role).status_code == 404


def test_whoever_asked_for_it_goes_on_seeing_a_closed_role(client):
    application = ApplicationFactory(opportunity=OpportunityFactory(closed=True))
    client.force_login(application.volunteer.user)

    words = text_of(page_of(client, application.opportunity))

    assert "This page is not public." in words
    assert "You asked for this role" in words


def test_its_group_sees_a_draft_as_it_will_be(client):
    membership = MembershipFactory()
    client.force_login(membership.user)

    words = text_of(
        page_of(client, OpportunityFactory(draft=True, organisation=membership.organisation))
    )

    assert "This is how people will see it" in words
    assert "“draft”" in words
    assert ASK not in words


def test_the_volunteer_centre_sees_every_role(client):
    client.force_login(UserFactory(broker=True))

    assert page_of(client, OpportunityFactory(in_review=True)).status_code == 200


@pytest.fixture
def volunteer(client):
    volunteer = VolunteerFactory(activities=["gardening"], travel_miles=1, causes=["environment"])
    client.force_login(volunteer.user)
    return volunteer


def test_a_volunteer_reads_how_it_fits_part_by_part(client, volunteer):
    page = page_of(client, OpportunityFactory(activities=["gardening"], causes=["environment"]))

    words = text_of(page)
    assert "How it fits you" in words
    assert "You said you care about environment and like gardening" in words
    html = page.content.decode()
    assert html.count('class="hv-meter') == len(page.context["fit"].parts) > 0
    assert html.count('<th scope="row">') == len(page.context["fit"].parts)


def test_what_does_not_fit_warns_and_refuses_nobody(client, volunteer):
    words = text_of(page_of(client, OpportunityFactory(postcode="HA8 7AA")))

    assert "Before you ask" in words
    assert "you said up to 1 mile." in words
    assert ASK in words


def test_where_enough_people_have_asked_one_more_may_and_is_told(client, volunteer):
    busy, free = (OpportunityFactory(places=2, applications_pending=n) for n in (2, 1))
    told = "Enough people have asked for this role for now."

    assert told in text_of(page_of(client, busy))
    assert ASK in text_of(page_of(client, busy))
    assert told not in text_of(page_of(client, free))


def test_a_closed_gate_says_why_and_offers_no_button(client, volunteer):
    words = text_of(page_of(client, OpportunityFactory(minimum_age=70)))

    assert "You cannot ask for this role now" in words
    assert "This role is for people of 70 or over." in words
    assert ASK not in words


def test_who_asked_already_is_led_to_their_application(client, volunteer):
    application = ApplicationFactory(volunteer=volunteer)

    page = page_of(client, application.opportunity)

    assert "You asked for this role" in text_of(page)
    assert reverse("web:application", args=[application.pk]) in page.content.decode()
    assert ASK not in text_of(page)


def test_opening_a_role_is_recorded(client, volunteer):
    role = OpportunityFactory()

    page_of(client, role)

    opened = Impression.objects.get()
    assert (opened.event, opened.surface) == ("opened", "page")
    assert (opened.volunteer, opened.opportunity) == (volunteer, role)


def test_a_group_without_a_record_claims_no_speed(client):
    role = OpportunityFactory(organisation=OrganisationFactory(median_answer_days=None))

    assert "usually answers" not in text_of(page_of(client, role))


def test_many_skills_and_dates_ask_no_more_questions(client, django_assert_num_queries):
    plain, full = (
        OpportunityFactory(),
        OpportunityFactory(
            skills_needed=["patience", "teamwork"],
            skills_useful=["listening"],
            causes=["environment", "health"],
            activities=["gardening", "befriending"],
            languages=["gu", "en"],
        ),
    )
    for role in (plain, full):
        with django_assert_num_queries(6):
            page_of(client, role)


def test_a_role_that_is_not_on_the_list_says_why(client):
    volunteer = VolunteerFactory(willing_dbs=False)
    RecommendationFactory(volunteer=volunteer)
    role = OpportunityFactory(dbs_level="basic", postcode="TW1 1AA")
    client.force_login(volunteer.user)

    words = text_of(page_of(client, role))

    assert "Why is this not on my list?" in words
    why = words.split("Why is this not on my list?")[1]
    assert "you said up to 3 miles." in why
    assert "It needs a DBS check; you said you would rather not have one." in why


def test_a_role_on_the_list_says_its_place(client):
    volunteer = VolunteerFactory()
    role = OpportunityFactory()
    recommender.refresh_volunteer(volunteer.pk, lease_on("profile.changed", volunteer.pk))
    client.force_login(volunteer.user)

    words = text_of(page_of(client, role))

    assert "It is number 1 on your list" in words
    assert "Why is this not on my list?" not in words


def test_a_role_that_is_not_public_is_on_no_list_and_says_nothing_of_it(client):
    application = ApplicationFactory(opportunity__closed=True)
    client.force_login(application.volunteer.user)

    words = text_of(page_of(client, application.opportunity))

    assert "How it fits you" in words
    assert "on my list" not in words


def test_a_closed_role_says_so_with_open_ones_like_it(client, django_assert_max_num_queries):
    closed = OpportunityFactory(closed=True, activities=["gardening"], published_at=now())
    like = OpportunityFactory(title="Rose pruner", activities=["gardening"])
    OpportunityFactory(title="Choir", activities=["cooking"])
    with django_assert_max_num_queries(14):
        answer = page_of(client, closed)
    assert answer.status_code == 410
    words = text_of(answer)
    assert closed.title in words
    assert "This role takes nobody any more." in words
    assert like.title in words
    assert "Choir" not in words
    assert 'content="noindex"' in answer.content.decode()


def test_who_withdrew_can_ask_again_and_who_was_told_no_reads_why_not(client):
    left = ApplicationFactory(state="withdrawn", opportunity__places=2)
    client.force_login(left.volunteer.user)
    words = text_of(page_of(client, left.opportunity))
    assert "You have asked for this role before." in words
    assert ASK in words

    told_no = ApplicationFactory(state="declined", opportunity__places=2)
    client.force_login(told_no.volunteer.user)
    words = text_of(page_of(client, told_no.opportunity))
    assert "so you cannot ask for this role again" in words
    assert ASK not in words


def test_the_page_says_how_many_places_are_kept(client):
    role = OpportunityFactory(places=4, activities=["gardening"])
    WaitingListEntryFactory.create_batch(3, activity="gardening")
    waiting_places.offer_to(WaitingListEntry.objects.first().pk, lease_on("waiting.joined", 1))
    assert "2 places are kept for people who have waited" in text_of(page_of(client, role))
