"""The question that groups are asked once a year: asked, answered, changed, closed."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine

from accounts.models import AuditEntry
from core.clock import now, today
from core.models import Fact
from insights.models import YearlyAnswer, YearlyQuestion
from insights.periods import Period
from insights.selectors.yearly_question import put_to
from insights.services import yearly_question
from notifications.models import Notification
from opportunities.models import Organisation
from tests.factories.accounts import UserFactory
from tests.factories.core import lease_on
from tests.factories.opportunities import OrganisationFactory
from tests.unit.web.pages import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def group(membership) -> Organisation:
    Organisation.objects.update(verified_at=now() - timedelta(days=30))
    return Organisation.objects.get(pk=membership.organisation_id)


@pytest.fixture
def question(group) -> YearlyQuestion:
    return YearlyQuestion.objects.create(
        year=Period.year_of(today()).code,
        opens=today(),
        closes=today() + timedelta(days=3),
        asked=1,
    )


def home(client, group):
    return text_of(client.get(f"/groups/{group.pk}/"))


def test_the_groups_home_leads_to_it_until_it_is_answered(client, group, question):
    assert "Answer one question about public bodies" in home(client, group)

    response = client.post(f"/groups/{group.pk}/question/", {"answer": "positive"})

    assert response["Location"] == f"/groups/{group.pk}/"
    assert "Answer one question" not in home(client, group)
    assert YearlyAnswer.objects.get().answer == "positive"


def test_who_has_answered_finds_the_question_again_while_it_is_open(client, group, question):
    link = f'href="/groups/{group.pk}/question/"'
    client.post(f"/groups/{group.pk}/question/", {"answer": "positive"})
    assert client.get(f"/groups/{group.pk}/").content.decode().count(link) == 1

    YearlyQuestion.objects.update(
        closes=today() - timedelta(days=1), opens=today() - timedelta(days=9)
    )
    assert link not in client.get(f"/groups/{group.pk}/").content.decode()


@pytest.mark.parametrize(("verified", "asked"), [(time(22, 59), True), (time(23, 1), False)])
def test_who_is_verified_after_midnight_in_london_was_not_asked_the_day_before(
    group, verified, asked
):
    question = YearlyQuestion.objects.create(
        year="2026-27", opens=date(2026, 6, 30), closes=date(2026, 8, 1), asked=1
    )
    group.verified_at = datetime.combine(date(2026, 6, 30), verified, UTC)

    with time_machine.travel(datetime(2026, 7, 2, 12, tzinfo=UTC)):
        assert yearly_question.was_asked(question, group) == asked
        assert (put_to(group) == question) == asked


def test_a_group_may_change_its_mind_and_the_trail_does_not_say_what_it_said(
    client, group, question
):
    for answer in ("positive", "negative"):
        client.post(f"/groups/{group.pk}/question/", {"answer": answer})

    assert YearlyAnswer.objects.get().answer == "negative"
    trail = AuditEntry.objects.filter(action="yearly_question.answered")
    assert trail.count() == 2
    assert "negative" not in str(list(trail.values()))
    page = client.get(f"/groups/{group.pk}/question/").content.decode()
    assert 'value="negative"' in page
    assert page.count("checked") == 1


def test_an_answer_has_to_be_chosen(client, group, question):
    for given in ({}, {"answer": "splendid"}):
        response = client.post(f"/groups/{group.pk}/question/", given)
        assert response.status_code == 200
    assert not YearlyAnswer.objects.exists()


@pytest.mark.parametrize(
    "change",
    [
        {"closes": today() - timedelta(days=1), "opens": today() - timedelta(days=9)},
        # The group was verified 30 days ago: after this question opened.
        {"opens": today() - timedelta(days=40)},
    ],
)
def test_a_question_that_is_closed_or_was_not_put_to_the_group_is_not_there(
    client, group, question, change
):
    YearlyQuestion.objects.update(**change)

    assert client.get(f"/groups/{group.pk}/question/").status_code == 404
    assert "Answer one question" not in home(client, group)


def test_the_delivery_group_asks_all_verified_groups_once_a_year(client):
    OrganisationFactory()
    OrganisationFactory(unverified=True)
    client.force_login(UserFactory(delivery_group=True))
    assert "Ask all groups" in text_of(client.get("/insights/regular-volunteering/"))
    assert "cannot be taken back" in text_of(client.get("/insights/regular-volunteering/ask/"))
    assert not YearlyQuestion.objects.exists()

    client.post("/insights/regular-volunteering/ask/")
    again = client.post("/insights/regular-volunteering/ask/", follow=True)

    assert "Groups have been asked this year already." in text_of(again)
    assert "Ask all groups now" not in text_of(again)
    question = YearlyQuestion.objects.get()
    assert (question.asked, question.closes) == (1, today() + timedelta(weeks=6))


def test_who_only_reads_does_not_ask(client):
    client.force_login(UserFactory(broker=True))
    assert "Ask all groups now" not in text_of(client.get("/insights/regular-volunteering/"))
    assert client.post("/insights/regular-volunteering/ask/").status_code == 404
    assert not YearlyQuestion.objects.exists()


def test_whoever_acts_for_a_group_is_told_once(client, group, question):
    for _ in range(2):
        lease = lease_on("yearly_question.opened", question.pk)
        assert yearly_question.tell_groups(question.pk, lease) == 1

    told = Notification.objects.get(kind="yearly_question.asked")
    assert told.recipient == group.memberships.get().user
    assert told.link == f"/groups/{group.pk}/question/"


def test_asking_states_the_fact_that_tells_groups(client):
    asked = yearly_question.ask(by=UserFactory(delivery_group=True))
    assert Fact.objects.filter(kind="yearly_question.opened", subject_id=asked.pk).exists()
