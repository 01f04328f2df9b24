"""Saved searches: each new role that fits is told once, as often as the person chose."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import AuditEntry
from core.clock import now, today
from core.errors import Conflict, InvalidInput, NotFound
from core.models.fact import Fact
from core.places import postcodes
from notifications.models import Notification
from opportunities.models import SavedSearch, SavedSearchRole
from opportunities.search.criteria import SearchCriteria
from opportunities.services import roles, saved_searches, search_index
from tests.factories.accounts import UserFactory
from tests.factories.opportunities import OpportunityFactory, SavedSearchFactory

pytestmark = pytest.mark.django_db
NOW, DAILY, WEEKLY, NEVER = SavedSearch.Alerts.values


def role(**fields):
    made = OpportunityFactory(**fields)
    search_index.write([made.pk])
    return made


def alerts_due() -> list[int]:
    return list(Fact.objects.filter(kind="search.alert").values_list("subject_id", flat=True))


def test_search_is_kept_with_its_words_read_and_written_to_the_audit_trail():
    person = UserFactory()
    search = saved_searches.save(
        user=person,
        name="  Gardens ",
        criteria=SearchCriteria(
            text="garden", near=postcodes.locate("HA1 1AA"), within_miles=3, age=17
        ),
        address="q=garden",
        alerts=NOW,
        by=person,
    )

    assert search.name == "Gardens"
    assert "garden" in search.asked["words"][0]
    assert (search.asked["age"], search.asked["within_miles"]) == (17, 3)
    assert AuditEntry.objects.get(action="search.saved").details == {"alerts": "now"}


@pytest.mark.parametrize(
    ("fields", "field"), [({"name": " "}, "name"), ({"alerts": "hourly"}, "alerts")]
)
def test_what_is_wrong_is_said_by_field(fields, field):
    person = UserFactory()
    answers = {"name": "x", "alerts": NOW, "address": "", "criteria": SearchCriteria()} | fields
    with pytest.raises(InvalidInput) as refused:
        saved_searches.save(user=person, by=person, **answers)
    assert set(refused.value.fields) == {field}


def test_nobody_keeps_more_than_a_few(monkeypatch):
    monkeypatch.setattr(saved_searches, "MOST_EACH", 1)
    person = SavedSearchFactory().user
    with pytest.raises(Conflict):
        saved_searches.save(
            user=person, by=person, name="x", criteria=SearchCriteria(), address="", alerts=NOW
        )


def test_new_role_that_fits_is_told_once_however_often_the_work_is_done():
    search = SavedSearchFactory(alerts=NOW, name="Digging")
    new = role(title="Dig")

    assert saved_searches.follow_role(new.pk) == 1
    saved_searches.follow_role(new.pk)
    assert alerts_due() == [search.pk]
    assert saved_searches.tell(search.pk) == 1
    assert saved_searches.tell(search.pk) == 0
    saved_searches.follow_role(new.pk)
    assert saved_searches.tell(search.pk) == 0

    told = Notification.objects.get()
    assert told.subject == "1 new role: Digging"
    assert f"/roles/{new.pk}/" in told.body
    assert f"/searches/{saved_searches.token_for(search)}/" in told.body


def test_roles_found_between_two_alerts_are_told_together():
    search = SavedSearchFactory()
    for _ in range(12):
        saved_searches.follow_role(role().pk)

    assert saved_searches.tell(search.pk) == 12

    told = Notification.objects.get()
    assert told.subject.startswith("12 new roles: ")
    assert told.body.count("/roles/") == saved_searches.MOST_LISTED


@pytest.mark.parametrize(
    ("search", "fields"),
    [
        ({"alerts": NEVER}, {}),
        ({"since": now() + timedelta(days=1)}, {}),  # it was there when the search was saved
        ({"user__is_active": False}, {}),
        ({"asked": {"activities": ["gardening"]}}, {}),
        ({}, {"full": True}),
        ({}, {"closed": True}),
        ({}, {"closes_on": today() - timedelta(days=1)}),
        ({}, {"organisation__suspended": True}),
    ],
)
def test_nobody_is_told_of_what_is_no_news_for_them(search, fields):
    SavedSearchFactory(**search)

    assert saved_searches.follow_role(role(**fields).pk) == 0
    assert saved_searches.follow_role(10_000_000) == 0


def test_role_that_closed_before_the_alert_is_left_out():
    search = SavedSearchFactory()
    gone = role()
    saved_searches.follow_role(gone.pk)
    roles.close(opportunity=gone, by=None)

    assert saved_searches.tell(search.pk) == 0
    assert not Notification.objects.exists()


def test_daily_alerts_are_due_each_day_and_weekly_ones_a_week_after_the_last():
    daily = SavedSearchFactory(alerts=DAILY)
    young = SavedSearchFactory(alerts=WEEKLY)
    told = SavedSearchFactory(alerts=WEEKLY, told_at=now() - timedelta(days=3))
    old = SavedSearchFactory(
        alerts=WEEKLY, since=now() - timedelta(days=30), told_at=now() - timedelta(days=7)
    )
    assert saved_searches.state_due() == 0
    assert saved_searches.follow_role(role().pk) == 4
    assert alerts_due() == []

    assert saved_searches.state_due() == 2
    assert set(alerts_due()) == {daily.pk, old.pk}
    SavedSearch.objects.filter(pk__in=[young.pk, told.pk]).update(
        since=now() - timedelta(days=8), told_at=None
    )
    assert saved_searches.state_due() == 4


def test_starting_again_does_not_bring_what_came_meanwhile():
    search = SavedSearchFactory(alerts=NEVER)
    old = role()

    saved_searches.change(search=search, name="x", alerts=NOW, by=search.user)

    assert saved_searches.follow_role(old.pk) == 0
    assert saved_searches.follow_role(role().pk) == 1


def test_deleted_search_tells_nothing():
    search = SavedSearchFactory(alerts=NOW)
    saved_searches.follow_role(role().pk)
    pk = search.pk

    saved_searches.delete(search=search, by=search.user)

    assert saved_searches.tell(pk) == 0
    assert not SavedSearchRole.objects.exists()
    with pytest.raises(NotFound):
        saved_searches.search_of(saved_searches.token_for(SavedSearch(pk=pk)))


@pytest.mark.parametrize("token", ["", "1", "1:x", "x:y:z"])
def test_links_that_are_not_ours_lead_nowhere(token):
    with pytest.raises(NotFound):
        saved_searches.search_of(token)


def test_questions_do_not_grow_with_the_searches():
    def questions() -> int:
        with CaptureQueriesContext(connection) as asked:
            saved_searches.follow_role(new.pk)
        return len(asked)

    new = role(causes=["health"])
    person = UserFactory()
    SavedSearchFactory(user=person, alerts=NOW)
    of_one = questions()
    SavedSearch.objects.bulk_create(
        SavedSearch(user=person, name="x", since=now() - timedelta(days=1), alerts=NOW)
        for _ in range(50)
    )

    assert questions() == of_one
    assert SavedSearchRole.objects.count() == 51
    assert not mail.outbox
