import pytest

from core.clock import now
from notifications.models import Notification
from notifications.services import inbox
from tests.factories.accounts import UserFactory
from tests.factories.messages import notified

pytestmark = pytest.mark.django_db


def test_mark_read_notes_when_and_only_once():
    person = UserFactory()
    first, second = (
        notified(recipient=person, kind="application.invite", key=key, subject=key, body=key)
        for key in "ab"
    )

    assert inbox.mark_read([first]) == 1
    read_at = Notification.objects.get(pk=first.pk).read_at
    assert read_at is not None
    assert read_at <= now()
    assert inbox.mark_read(Notification.objects.all()) == 1
    assert inbox.mark_read(Notification.objects.all()) == 0
    assert Notification.objects.get(pk=first.pk).read_at == read_at
    assert Notification.objects.get(pk=second.pk).read_at is not None


def test_mark_read_leaves_what_another_page_has_marked_meanwhile():
    told = notified(
        recipient=UserFactory(), kind="application.invite", key="a", subject="a", body="a"
    )
    stale = Notification.objects.get(pk=told.pk)
    inbox.mark_read([told])

    assert inbox.mark_read([stale]) == 0
