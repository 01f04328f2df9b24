import pytest

from accounts.models import AuditEntry
from tests.factories.volunteers import VolunteerFactory
from tests.unit.web.pages import error_links, text_of

pytestmark = pytest.mark.django_db

PASTE, FOUND = "/me/profile/skills/import/", "/me/profile/skills/found/"
TEXT = "I grow vegetables on my allotment, hold a first aid certificate and speak Gujarati."


@pytest.fixture
def volunteer(client):
    volunteer = VolunteerFactory(skills=["bookkeeping"])
    client.force_login(volunteer.user)
    return volunteer


def codes(items):
    return {item.code for item in items.all()}


def test_what_was_found_is_shown_and_saved_only_when_it_is_confirmed(client, volunteer):
    page = client.post(PASTE, {"text": TEXT})
    words = text_of(page)
    assert "First aid" in words
    assert "Gujarati" in words
    assert "allotment" not in page.content.decode()
    assert "checked" not in page.content.decode()  # a mistake costs nothing until it is ticked
    assert codes(volunteer.skills) == {"bookkeeping"}
    assert not AuditEntry.objects.exists()

    answers = {"skills": ["first-aid"], "languages": ["gu"]}
    assert client.post(FOUND, answers)["Location"] == "/me/profile/check/"
    assert codes(volunteer.skills) == {"bookkeeping", "first-aid"}
    assert codes(volunteer.languages) == {"gu"}
    assert codes(volunteer.activities) == set()


def test_nothing_is_added_where_nothing_is_ticked(client, volunteer):
    page = client.post(FOUND, {}, follow=True)

    assert "You ticked nothing, so nothing was added." in page.content.decode()
    assert "Added to your profile." not in page.content.decode()
    assert codes(volunteer.skills) == {"bookkeeping"}
    assert not AuditEntry.objects.exists()


def test_what_cannot_be_read_is_said_beside_the_text(client, volunteer):
    for text, sentence in (
        ("", "Paste some text."),
        ("x" * 20_001, "The text is too long. Paste up to 20,000 characters."),
        ("nothing at all", "We found nothing in this text. You can tick skills yourself."),
    ):
        assert error_links(client.post(PASTE, {"text": text})) == {sentence: "id_text"}


def test_what_was_not_in_the_list_is_not_added(client, volunteer):
    assert client.post(FOUND, {"skills": ["made-up"]})["Location"] == PASTE
    assert codes(volunteer.skills) == {"bookkeeping"}
