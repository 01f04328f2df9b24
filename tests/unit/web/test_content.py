"""Pages of words: easy to read, and true to how the service is set."""

import re

import pytest
from django.urls import reverse

from opportunities.role_templates import families
from tests.factories.accounts import UserFactory
from tests.factories.opportunities import OpportunityFactory
from tests.factories.placements import ApplicationFactory
from tests.factories.volunteers import VolunteerFactory
from tests.unit.web.pages import text_of
from tests.unit.web.reading_age import reading_of
from web.forms.registration import STEPS
from web.profile_questions import QUESTIONS

pytestmark = pytest.mark.django_db

#: Pages that a volunteer comes through, from the first one to a place.
JOURNEY = (
    *("/", "/accounts/signup/", "/start/", "/start/volunteer/", "/me/profile/"),
    *(f"/me/profile/{question.slug}/?from=question" for question in QUESTIONS),
    *("/me/profile/check/", "/me/profile/skills/import/", "/me/equality/", "/me/waiting/"),
    *("{role}", "{role}apply/", "{application}", "{application}withdraw/"),
)
PAGES = (
    *("about", "how-matching-works", "for-groups", "privacy", "accessibility"),
    *("contact", "complaints"),
)
HARDEST = 8
#: The grade of whoever is nine or ten.
AT_NINE = 4
#: In fewer words one long one decides.
FEWEST_WORDS = 40


def test_pages_of_words_can_be_read_at_a_reading_age_of_about_thirteen(client):
    found = {name: reading_of(client.get(reverse(f"web:{name}"))) for name in PAGES}
    said = ", ".join(f"{name}: {of.words} words, grade {of.grade}" for name, of in found.items())
    print(said)
    assert max(reading.grade for reading in found.values()) <= HARDEST, said


def test_a_volunteers_pages_can_be_read_at_nine(client):
    application = ApplicationFactory()
    role = f"/roles/{OpportunityFactory().pk}/"
    named = {"role": role, "application": f"/me/applications/{application.pk}/"}
    found = {}
    for page in JOURNEY:
        # Who comes first has no account, who starts no profile.
        if page == "/start/":
            client.force_login(UserFactory())
        elif page == "/me/profile/":
            client.force_login(application.volunteer.user)
        response = client.get(page.format(**named))
        assert response.status_code == 200, page
        found[page] = reading_of(response)
    hard = {
        page: of for page, of in found.items() if of.grade > AT_NINE and of.words >= FEWEST_WORDS
    }
    assert not hard, hard


def test_a_hard_sentence_is_found_to_be_hard(rf):
    class Page:
        content = (
            b"<main><p>Notwithstanding the aforementioned organisational considerations, "
            b"stakeholders are encouraged to operationalise interdisciplinary methodologies.</p>"
            b"</main>"
        )

    assert reading_of(Page()).grade > HARDEST


@pytest.mark.parametrize("name", ["contact", "privacy", "accessibility", "complaints"])
def test_the_centre_is_named_where_it_is_set_and_nothing_is_made_up(client, settings, name):
    address = reverse(f"web:{name}")
    settings.CENTRE = dict.fromkeys(("name", "email", "phone", "address", "hours"), "")
    assert "has not set an address or a phone number yet" in text_of(client.get(address))
    settings.CENTRE = {**settings.CENTRE, "phone": "020 7946 0000", "email": "help@example.org"}
    page = client.get(address)
    assert "020 7946 0000" in text_of(page)
    assert 'href="tel:02079460000"' in page.content.decode()
    assert "has not set" not in text_of(page)


def test_what_pages_count_is_counted(client):
    home = text_of(client.get("/"))
    asked = len([question for question in QUESTIONS if question.is_first])
    assert f"{asked} short questions, then a list of roles" in home
    templates = sum(len(family.templates) for family in families())
    assert f"start from one of {templates} roles that are written out" in home
    groups = text_of(client.get(reverse("web:for-groups")))
    assert f"Register your group on {len(STEPS)} short pages" in groups


@pytest.mark.parametrize(
    "address",
    ["/", "/for-groups/", "/accounts/signup/", "/me/profile/", "/me/equality/", "{role}"],
)
def test_no_page_says_how_long_people_take(client, address):
    """Nobody has timed it."""
    if address.startswith("/me/") or address == "{role}":
        client.force_login(VolunteerFactory().user)
    words = text_of(client.get(address.format(role=f"/roles/{OpportunityFactory().pk}/")))
    assert not re.search(r"takes (about|under) \w+ minutes?|in (about )?\w+ minutes", words)
