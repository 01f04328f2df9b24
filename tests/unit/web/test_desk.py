from datetime import timedelta

import pytest

from accounts.models import AuditEntry
from core import clock
from core.models import Fact
from desk.queues import QUEUES
from matching.models import RankingRun, Shortlist
from notifications.models import Notification
from opportunities.models import Opportunity
from tests.factories.accounts import UserFactory
from tests.factories.core import FactFactory
from tests.factories.desk import message_to
from tests.factories.opportunities import (
    MembershipFactory,
    OpportunityFactory,
    OrganisationFactory,
)
from tests.factories.placements import ApplicationFactory
from tests.factories.volunteers import VolunteerFactory
from tests.unit.web.pages import text_of

pytestmark = pytest.mark.django_db

DESK = "/desk/"


@pytest.fixture
def broker(client):
    broker = UserFactory(broker=True)
    client.force_login(broker)
    return broker


def test_the_desk_says_what_to_do_first(client, broker):
    OrganisationFactory(name="Example Newcomers", unverified=True)
    OpportunityFactory(title="Pour tea", in_review=True)
    Opportunity.objects.update(updated_at=clock.now() - timedelta(days=4))
    FactFactory(kind="profile.changed", subject_id=77, state="set_aside", finished_at=clock.now())

    page = text_of(client.get(DESK))

    # Four days are too long for a role, so it comes before the group that came today.
    assert "Begin here Roles to look at: 1" in page
    assert page.index("Waits too long") < page.index("Groups to check")
    assert "Failed jobs" in page


def test_an_empty_desk_says_so(client, broker):
    page = text_of(client.get(DESK))

    assert "Nothing waits for you." in page
    assert "Begin here" not in page


def test_as_many_queries_for_a_full_desk(client, broker, django_assert_max_num_queries):
    for _ in range(5):
        OrganisationFactory(unverified=True)
        OpportunityFactory(in_review=True)
        FactFactory(state="set_aside", finished_at=clock.now())

    # One for each list, two for concerns; then session, person, menu.
    with django_assert_max_num_queries(len(QUEUES) + 5):
        client.get(DESK)


@pytest.mark.parametrize(
    "person",
    [{}, {"delivery_group": True}, {"is_staff": True}, {"broker": True, "is_active": False}],
)
def test_the_desk_is_not_there_for_others(client, person):
    client.force_login(UserFactory(**person))
    group = OrganisationFactory(unverified=True)

    response = client.get(DESK)
    client.post(f"/desk/groups/{group.pk}/verify/")

    assert response.status_code == (302 if person.get("is_active") is False else 404)
    group.refresh_from_db()
    assert group.verified_at is None


def test_verifying_asks_first_and_tells_the_group(client, broker):
    membership = MembershipFactory(organisation__unverified=True)
    group = membership.organisation
    page = f"/desk/groups/{group.pk}/verify/"

    asked = client.get(page)
    group.refresh_from_db()
    assert group.verified_at is None
    assert "Before you say yes" in asked.text
    client.post(page)

    group.refresh_from_db()
    assert group.verified_by == broker
    assert Notification.objects.get(recipient=membership.user).kind == "organisation.verified"


def test_suspending_needs_a_reason_and_can_be_undone(client, broker):
    group = OrganisationFactory()
    page = f"/desk/groups/{group.pk}/"

    refused = client.post(f"{page}suspend/", {})
    group.refresh_from_db()
    assert "Choose why you stop the group." in refused.text
    assert group.suspended_at is None
    client.post(f"{page}suspend/", {"reason": "safeguarding"})
    group.refresh_from_db()
    assert group.suspended_at is not None
    assert AuditEntry.objects.get(action="organisation.suspended").details["reason"] == (
        "safeguarding"
    )
    client.post(f"{page}reinstate/")
    group.refresh_from_db()
    assert group.suspended_at is None


def test_a_group_is_shown_with_those_called_alike(client, broker):
    group = MembershipFactory(organisation__name="Example Chess Club").organisation
    OrganisationFactory(name="Example Chess-Club")

    page = client.get(f"/desk/groups/{group.pk}/").text

    assert "Groups with nearly the same name" in page
    assert "Example Chess-Club" in page
    assert group.memberships.get().user.email in page


def test_groups_are_found_by_a_part_of_the_name(client, broker):
    OrganisationFactory(name="Example Chess Club")
    OrganisationFactory(name="Example Choir")

    page = client.get("/desk/groups/", {"q": "chess"}).text

    assert "Example Chess Club" in page
    assert "Example Choir" not in page
    assert "No group is found by that." in client.get("/desk/groups/", {"q": "zoo"}).text


@pytest.mark.parametrize(
    "words", ["1234567", "02079460001", "9460001", "choir@example.org", "Zelda", "07700 900 555"]
)
def test_a_group_is_found_by_what_a_caller_says(client, broker, words):
    MembershipFactory(
        organisation__name="Example Choir",
        organisation__identifier="GB-CHC-1234567",
        organisation__phone="020 7946 0001",
        organisation__contact_email="choir@example.org",
        user__first_name="Zelda",
        user__phone="07700 900555",
    )
    MembershipFactory(organisation__name="Example Other", user__first_name="Somebody")

    page = client.get("/desk/groups/", {"q": words}).text

    assert "Example Choir" in page
    assert "Example Other" not in page


def test_every_role_is_found_by_its_name_or_its_groups(client, broker):
    OpportunityFactory(title="Pour tea", organisation__name="Example Choir", closed=True)
    OpportunityFactory(title="Carry boxes", organisation__name="Example Pantry")

    def shown(**words):
        page = text_of(client.get("/desk/roles/", words))
        return ("Pour tea" in page, "Carry boxes" in page)

    assert shown() == (False, True)
    assert shown(show="all") == (True, True)
    assert shown(show="all", q="choir") == (True, False)
    assert shown(q="pantry") == (False, True)
    assert "No role is called that." in client.get("/desk/roles/", {"q": "zoo"}).text


def test_a_groups_page_says_when_it_was_stopped_by_whom_and_why(client, broker):
    group = OrganisationFactory()
    page = f"/desk/groups/{group.pk}/"
    client.post(f"{page}suspend/", {"reason": "gone"})
    client.post(f"{page}reinstate/")

    shown = text_of(client.get(page))

    assert f"stopped (It no longer exists), {broker}" in shown
    assert f"no longer stopped, {broker}" in shown


def test_publishing_opens_a_role_of_a_verified_group(client, broker):
    role = OpportunityFactory(in_review=True, causes=["loneliness"])

    client.post(f"/desk/roles/{role.pk}/publish/")

    role.refresh_from_db()
    assert role.status == Opportunity.Status.OPEN
    assert AuditEntry.objects.get(action="opportunity.published").actor == broker


def test_a_role_of_a_group_that_is_not_verified_cannot_be_published(client, broker):
    role = OpportunityFactory(in_review=True, causes=["loneliness"], organisation__unverified=True)

    shown = client.get(f"/desk/roles/{role.pk}/").text
    refused = client.post(f"/desk/roles/{role.pk}/publish/", follow=True).text

    assert "The group comes first" in shown
    assert "has to verify the group before" in refused
    role.refresh_from_db()
    assert role.status == Opportunity.Status.IN_REVIEW


def test_sending_back_needs_words_and_gives_them_to_the_group(client, broker):
    membership = MembershipFactory()
    role = OpportunityFactory(organisation=membership.organisation, in_review=True)
    page = f"/desk/roles/{role.pk}/send-back/"

    refused = client.post(page, {"words": " "})
    assert "Say what the group should change." in refused.text
    client.post(page, {"words": "Please say where it is."})

    role.refresh_from_db()
    assert role.status == Opportunity.Status.DRAFT
    assert "Please say where it is." in Notification.objects.get(recipient=membership.user).body


def test_a_role_that_people_see_is_hidden_with_a_reason_and_shown_again(client, broker):
    membership = MembershipFactory(user__preferred_language="en")
    role = OpportunityFactory(organisation=membership.organisation, causes=["loneliness"])
    page = f"/desk/roles/{role.pk}/hide/"

    assert page in client.get(f"/desk/roles/{role.pk}/").text
    assert "You can show the role to people again." in client.get(page).text
    assert "Say why you hide the role." in client.post(page, {"words": " "}).text
    done = client.post(page, {"words": "The address is wrong."}, follow=True).text

    assert "The role is hidden, and the group has your words." in done
    assert page not in done
    role.refresh_from_db()
    assert role.status == Opportunity.Status.IN_REVIEW
    assert "The address is wrong." in Notification.objects.get(recipient=membership.user).body
    client.post(f"/desk/roles/{role.pk}/publish/")
    role.refresh_from_db()
    assert role.status == Opportunity.Status.OPEN


def test_a_role_that_people_do_not_see_cannot_be_hidden(client, broker):
    role = OpportunityFactory(in_review=True)
    refused = client.post(f"/desk/roles/{role.pk}/hide/", {"words": "x"})
    assert "This cannot be done: the role is now" in refused.text


def test_roles_that_nobody_asked_for_come_first(client, broker):
    OpportunityFactory(title="Wanted by many", places=3, applications_pending=9)
    OpportunityFactory(title="Wanted by none", places=3)

    page = client.get("/desk/roles/").text

    assert page.index("Wanted by none") < page.index("Wanted by many")


def test_the_people_whom_a_role_suits_are_shown_with_their_names(client, broker):
    role = OpportunityFactory()
    person = VolunteerFactory(causes=["loneliness"])
    item = {"volunteer": person.pk, "score": 0.5, "parts": {}, "reasons": [], "km": 1.0}
    Shortlist.objects.create(
        opportunity=role, items=[item], policy="t", model_version="t", computed_at=clock.now()
    )

    page = client.get(f"/desk/roles/{role.pk}/people/").text

    assert str(person.user) in page
    assert person.user.email in page


def test_a_ranking_is_asked_for_and_its_progress_shown(client, broker):
    client.post("/desk/rankings/new/")
    run = RankingRun.objects.get()
    assert run.requested_by == broker
    assert Fact.objects.filter(kind="ranking.requested", subject_id=run.pk).exists()
    RankingRun.objects.update(
        state="running", started_at=clock.now(), people=3000, people_done=1250
    )

    page = client.get("/desk/jobs/").text

    assert "1,250 of 3,000 people" in page
    assert '<progress class="hv-progress" value="1250" max="3000"' in page


def test_a_ranking_that_goes_on_is_not_asked_for_twice(client, broker):
    for _ in range(2):
        client.post("/desk/rankings/new/")

    assert RankingRun.objects.count() == 1


def test_a_job_set_aside_is_tried_again_once(client, broker):
    job = FactFactory(state="set_aside", attempts=3, finished_at=clock.now() - timedelta(hours=1))

    done = client.post(f"/desk/jobs/{job.pk}/retry/", follow=True).text
    again = client.post(f"/desk/jobs/{job.pk}/retry/", follow=True).text
    entry = AuditEntry.objects.get(action="job.retried")
    assert entry.details == {"kind": job.kind, "about": job.subject_id}

    job.refresh_from_db()
    assert (job.state, job.attempts) == ("waiting", 0)
    assert "The job is tried again." in done
    assert "not set aside any more" in again


def test_failed_jobs_are_listed_with_what_they_were_to_do(client, broker):
    FactFactory(kind="profile.changed", subject_id=77, state="set_aside", finished_at=clock.now())

    page = client.get("/desk/queues/jobs/").text

    assert "Find roles for a volunteer (number 77)" in page
    assert "1 job has failed" in text_of(client.get("/desk/jobs/"))


def test_a_failed_job_names_and_links_whom_it_is_about(client, broker):
    person = VolunteerFactory(user__first_name="Asha").user
    message = message_to(person, "a")
    job = FactFactory(
        kind="notification.created",
        subject_id=message.pk,
        state="set_aside",
        finished_at=clock.now(),
    )

    assert f'href="/desk/people/{person.pk}/">{person}</a>' in client.get("/desk/queues/jobs/").text
    Notification.objects.update(email_state="failed")
    client.post(f"/desk/jobs/{job.pk}/retry/")
    message.refresh_from_db()
    assert message.email_state == "waiting"


def test_all_failed_jobs_are_tried_again_but_those_put_aside(client, broker):
    jobs = [FactFactory(state="set_aside", finished_at=clock.now()) for _ in range(3)]
    note = f"/desk/queues/jobs/{jobs[0].pk}/note/"
    client.post(note, {"days": "7", "words": "The mail server is down."})

    done = client.post("/desk/jobs/retry/", follow=True).text

    assert "2 jobs are tried again." in done
    assert list(Fact.objects.set_aside()) == [jobs[0]]
    aside = text_of(client.get("/desk/queues/jobs/?show=aside"))
    assert "The mail server is down." in aside


def test_a_job_that_is_not_there(client, broker):
    assert client.post("/desk/jobs/999/retry/").status_code == 404


def test_a_groups_page_says_how_it_answers_and_keeps_calls(client, broker):
    membership = MembershipFactory(organisation__answered_share=0.25)
    group = membership.organisation
    ApplicationFactory(opportunity__organisation=group, created_at=clock.now() - timedelta(days=12))
    page = f"/desk/groups/{group.pk}/"

    client.post(f"{page}note/", {"outcome": "reached", "words": "They answer tonight."})
    shown = text_of(client.get(page))

    assert "1 person waits beyond 10 days" in shown
    assert "25% answered within 10 days" in shown
    assert "Spoke with somebody" in shown
    assert "They answer tonight." in shown
    assert "1 person waits, asked" in shown
