import pytest
from django.core.mail import EmailMessage

from notifications.mail import LocalOutboxBackend
from notifications.models import SentMail, SentText
from tests.unit.web.pages import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept(settings):
    settings.LOCAL_OUTBOX = True
    message = EmailMessage(
        "Hello & welcome", "Open http://testserver/me/ <now>", "a@example.org", ["b@example.org"]
    )
    LocalOutboxBackend().send_messages([message])
    return SentMail.objects.get()


def test_mail_is_listed_and_read_with_its_links(client, kept):
    assert "Hello & welcome To b@example.org" in text_of(client.get("/outbox/"))

    page = client.get(f"/outbox/{kept.pk}/").content.decode()
    assert '<a href="http://testserver/me/" rel="nofollow">' in page
    assert "&lt;now&gt;" in page


def test_there_is_no_outbox_where_mail_is_really_sent(client, kept, settings):
    settings.LOCAL_OUTBOX = False

    assert client.get("/outbox/").status_code == 404
    assert client.get(f"/outbox/{kept.pk}/").status_code == 404
    assert "/outbox/" not in client.get("/about/").content.decode()


def test_an_empty_outbox(client, settings):
    settings.LOCAL_OUTBOX = True

    assert "No email yet." in text_of(client.get("/outbox/"))


def test_text_messages_are_kept_too(client):
    assert "No text message yet." in text_of(client.get("/outbox/texts/"))
    SentText.objects.create(reference="r", number="+447700900123", text="Hello\nhttp://x.test/")
    assert "To +447700900123" in text_of(client.get("/outbox/texts/"))
    assert "Hello" in text_of(client.get("/outbox/texts/"))
