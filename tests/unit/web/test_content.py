"""Pages of words: easy to read, and true to how the service is set."""

import pytest
from django.urls import reverse

from tests.unit.web.pages import text_of
from tests.unit.web.reading_age import reading_of

pytestmark = pytest.mark.django_db

PAGES = (
    *("about", "how-matching-works", "for-groups", "privacy", "accessibility"),
    *("contact", "complaints"),
)
HARDEST = 8


def test_pages_of_words_can_be_read_at_a_reading_age_of_about_thirteen(client):
    found = {name: reading_of(client.get(reverse(f"web:{name}"))) for name in PAGES}
    said = ", ".join(f"{name}: {of.words} words, grade {of.grade}" for name, of in found.items())
    print(said)
    assert max(reading.grade for reading in found.values()) <= HARDEST, said


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
