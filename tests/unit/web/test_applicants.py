from datetime import timedelta

import pytest

from accounts.models import AuditEntry
from core import clock
from notifications.models import Notification
from placements.models import Application
from placements.services import applications, conversations, held
from placements.states import FINAL, Move, Mover
from tests.factories.accounts import UserFactory
from tests.factories.opportunities import OpportunityFactory
from tests.factories.placements import ApplicationFactory
from tests.unit.web.pages import text_of
from web.dates import clock_time

pytestmark = pytest.mark.django_db

State = Application.State
#: One person who told us everything, each thing a word that stands nowhere else.
CANARY = {
    "volunteer__user__first_name": "Firstcanary",
    "volunteer__user__last_name": "Lastcanary",
    "volunteer__user__email": "mailcanary@example.org",
    "volunteer__user__phone": "020 7946 0987",
    "volunteer__about": "aboutcanary",
    "volunteer__experience": "experiencecanary",
    "volunteer__support_needs": "needscanary",
    "volunteer__postcode": "HA1 2XY",
    "message": "messagecanary",
}


@pytest.fixture
def role(membership):
    return OpportunityFactory(organisation=membership.organisation, places=2)


def people(role):
    return f"/groups/{role.organisation_id}/roles/{role.pk}/applicants/"


def answer(application, move):
    return f"{people(application.opportunity)}{application.pk}/{move}/"


#: Which canaries the group's page shows, by the state of the application.
ASKING = {"Firstcanary", "messagecanary"}
PLACED = ASKING | {"Lastcanary"}
SHARED = {"mailcanary", "020 7946 0987"}
OVER = {"Firstcanary"}
PAGE_SHOWS = {
    State.SUBMITTED: ASKING,
    State.ACKNOWLEDGED: ASKING,
    State.INVITED: ASKING,
    State.OFFERED: ASKING,
    State.ACCEPTED: PLACED,
    State.STARTED: PLACED,
    State.ENDED: OVER,
    State.DECLINED: OVER,
    State.WITHDRAWN: OVER,
    State.LAPSED: OVER,
}
CANARIES = PLACED | SHARED | {"aboutcanary", "experiencecanary", "needscanary", "HA1 2XY"}


@pytest.mark.parametrize("state", State.values)
def test_what_the_page_shows_of_a_person_in_each_state(client, role, state):
    ApplicationFactory(opportunity=role, state=state, **CANARY)

    page = client.get(f"{people(role)}over/" if state in FINAL else people(role)).text

    assert {word for word in CANARIES if word in page} == PAGE_SHOWS[state]


def test_what_somebody_shares_is_shown(client, role):
    ApplicationFactory(opportunity=role, share_phone=True, **CANARY)

    page = client.get(people(role)).text

    assert {word for word in SHARED if word in page} == {"020 7946 0987"}


def test_support_needs_are_shown_when_the_person_wants_that(client, role):
    ApplicationFactory(opportunity=role, **CANARY, volunteer__share_support_needs=True)

    assert "needscanary" in client.get(people(role)).text


def test_somebody_who_only_suits_the_role_is_not_shown(client, role):
    ApplicationFactory(**CANARY)

    page = client.get(people(role)).text

    assert not {word for word in CANARIES if word in page}
    assert "Nobody has asked yet." in page


def test_a_row_says_who_since_when_and_when_they_are_free(client, role):
    application = ApplicationFactory(opportunity=role, volunteer__availability=7)
    Application.objects.update(created_at=clock.now() - timedelta(days=5))

    page = client.get(people(role)).text

    assert "asked 5 days ago" in page
    assert "Usually free any time on Mondays" in page
    assert application.volunteer.user.first_name in page


def test_as_many_queries_for_many_people(client, role, django_assert_max_num_queries):
    for state in (*State.values, *State.values):
        ApplicationFactory(opportunity=role, state=state if state not in PLACES else "submitted")
    for application in Application.objects.all():
        conversations.write(application=application, side=Mover.VOLUNTEER, words="Hi", by=None)

    with django_assert_max_num_queries(11):
        client.get(people(role))
    with django_assert_max_num_queries(9):
        client.get(f"{people(role)}over/")


def test_people_come_page_by_page_who_waits_first(client, role, monkeypatch):
    monkeypatch.setattr("web.views.applicants.PER_PAGE", 2)
    placed, offered, talking, waits, held_one = (
        ApplicationFactory(opportunity=role, state=state)
        for state in ("started", "offered", "invited", "submitted", "submitted")
    )
    held.hold(application=held_one, move=Move.INVITE, by=None)

    first = client.get(people(role))
    assert [row.application for row in first.context["waiting"]] == [waits]
    assert [row.application for row in first.context["invited"]] == [talking]
    assert not first.context["offered"] + first.context["placed"]
    assert 'href="?page=2"' in first.text
    second = client.get(f"{people(role)}?page=2")
    assert [row.application for row in second.context["offered"]] == [offered]
    assert [row.application for row in second.context["placed"]] == [placed]
    assert "Nobody is waiting for your answer." not in second.text
    for page in (first, second):
        assert [row.application for row in page.context["on_their_way"]] == [held_one]


def test_what_is_over_has_its_own_pages_the_latest_first(client, role, monkeypatch):
    monkeypatch.setattr("web.views.applicants.OVER_PER_PAGE", 2)
    assert "application is over" not in client.get(people(role)).text
    assert "is over yet" in client.get(f"{people(role)}over/").text
    over = [ApplicationFactory(opportunity=role, state="withdrawn") for _ in range(3)]
    for days, application in enumerate(over):
        since = clock.now() - timedelta(days=days)
        Application.objects.filter(pk=application.pk).update(state_since=since)
    ApplicationFactory(opportunity=role)
    conversations.write(application=over[2], side=Mover.VOLUNTEER, words="Hi", by=None)

    page = client.get(people(role))
    assert "3 people whose applications are over 1 new message" in text_of(page)
    seen = [client.get(f"{people(role)}over/?page={number}") for number in (1, 2)]
    assert [[row.application for row in one.context["rows"]] for one in seen] == [
        over[:2],
        over[2:],
    ]
    long_ago = clock.now() - conversations.OPEN_AFTER_THE_END - timedelta(days=1)
    Application.objects.filter(pk=over[2].pk).update(state_since=long_ago)
    assert "new message" not in client.get(people(role)).text, "nobody can read it any more"


PLACES = {State.OFFERED, State.ACCEPTED, State.STARTED}


def test_seen_tells_the_person(client, membership, role):
    application = ApplicationFactory(opportunity=role)

    page = client.post(answer(application, "seen"), {"seen_state": "submitted"}, follow=True)

    application.refresh_from_db()
    assert application.state == State.ACKNOWLEDGED
    assert "We told" in page.text
    assert Notification.objects.filter(recipient=application.volunteer.user).exists()
    assert AuditEntry.objects.get(action="application.acknowledged").actor == membership.user


@pytest.mark.parametrize(
    ("move", "state"),
    [("offer", State.OFFERED), ("accept", State.ACCEPTED)],
)
def test_an_answer_starts_from_kind_words_and_sends_those_that_are_left(client, role, move, state):
    application = ApplicationFactory(opportunity=role)

    form = client.get(answer(application, move)).context["form"]
    assert form.initial["words"].startswith("Thank you for offering your time.")
    response = client.post(
        answer(application, move), {"seen_state": "submitted", "words": "Come on Friday."}
    )

    application.refresh_from_db()
    assert response.url == people(role)
    assert (application.state, application.words) == (state, "Come on Friday.")


def test_an_invitation_waits_until_it_cannot_be_taken_back(client, role):
    application = ApplicationFactory(opportunity=role)

    form = client.get(answer(application, "invite")).context["form"]
    assert form.initial["words"].startswith("Thank you for offering your time.")
    page = client.post(
        answer(application, "invite"),
        {"seen_state": "submitted", "words": "Come on Friday."},
        follow=True,
    )

    application.refresh_from_db()
    assert (application.state, application.words) == (State.SUBMITTED, "")
    assert (application.held_move, application.held_words) == ("invite", "Come on Friday.")
    assert f"will be sent at {clock_time(application.held_until)}" in page.text
    assert client.get(answer(application, "accept"), follow=True).redirect_chain


def test_people_who_waited_long_come_first(client, role):
    new, long_ago, longest = ApplicationFactory.create_batch(3, opportunity=role)
    for application, days in ((new, 4), (long_ago, 5), (longest, 9)):
        at = clock.now() - timedelta(days=days)
        Application.objects.filter(pk=application.pk).update(created_at=at)

    response = client.get(people(role))

    order = [row.application for row in response.context["waiting"]]
    assert order == [longest, long_ago, new]
    assert "People who have waited 5 days or more come first" in response.text


def test_a_member_says_that_somebody_has_started(client, role):
    application = ApplicationFactory(opportunity=role, state=State.ACCEPTED)
    assert "They have started" in client.get(people(role)).text

    page = client.post(answer(application, "start"), {"seen_state": "accepted"}, follow=True)

    application.refresh_from_db()
    assert application.state == State.STARTED
    assert "has started" in page.text


def test_a_member_ends_a_place_with_a_reason_and_kind_words(client, role):
    application = ApplicationFactory(opportunity=role, state=State.STARTED)
    page = answer(application, "end")
    assert client.get(page).context["form"].initial["words"].startswith("Thank you for the time")

    refused = client.post(page, {"seen_state": "started", "words": "Bye."})
    assert "Choose a reason." in refused.text
    client.post(page, {"seen_state": "started", "reason": "finished", "words": "Bye."})

    application.refresh_from_db()
    assert (application.state, application.reason) == (State.ENDED, "finished")
    assert "Bye." in Notification.objects.get(recipient=application.volunteer.user).body


def test_saying_no_asks_why_and_then_offers_words_that_fit(client, role):
    application = ApplicationFactory(opportunity=role)
    page = answer(application, "decline")

    asked = client.get(page)
    assert "Why can you not give them a place?" in asked.text
    unanswered = client.get(page, {"reason": ""})
    assert "Choose a reason." in unanswered.text
    form = client.get(page, {"reason": "too_far"}).context["form"]
    assert "long way" in form.initial["words"]
    client.post(page, {"seen_state": "submitted", "reason": "too_far", "words": "Sorry."})

    application.refresh_from_db()
    assert (application.state, application.reason) == (State.SUBMITTED, "")
    held = application.held_move, application.held_reason, application.held_words
    assert held == ("decline", "too_far", "Sorry.")


def test_saying_no_needs_a_reason_from_the_list(client, role):
    application = ApplicationFactory(opportunity=role)

    for reason in ("", "found_other", "because"):
        response = client.post(
            answer(application, "decline"), {"seen_state": "submitted", "reason": reason}
        )
        assert response.status_code == 200
        assert "There is a problem" in response.text

    application.refresh_from_db()
    assert application.state == State.SUBMITTED


def test_when_no_place_is_left_the_page_says_so_and_nothing_changes(client, membership):
    role = OpportunityFactory(organisation=membership.organisation, places=1)
    waiting = ApplicationFactory(opportunity=role)
    page = client.get(answer(waiting, "accept"))
    quicker = ApplicationFactory(opportunity=role)
    applications.accept(application=quicker, by=None)

    response = client.post(answer(waiting, "accept"), {"seen_state": "submitted", "words": ""})

    assert page.status_code == 200
    assert "All places of this role are taken." in response.text
    waiting.refresh_from_db()
    assert waiting.state == State.SUBMITTED
    assert "Offer a place" not in client.get(people(role)).text


@pytest.mark.parametrize("move", ["seen", "invite", "offer", "accept", "decline"])
def test_when_somebody_answered_meanwhile_the_page_says_so_and_nothing_changes(client, role, move):
    application = ApplicationFactory(opportunity=role)
    applications.invite(application=application, by=None, words="Let us talk.")

    response = client.post(
        answer(application, move),
        {"seen_state": "submitted", "words": "Other words", "reason": "too_far"},
        follow=True,
    )

    assert "it now says “Invited to talk”" in response.text
    application.refresh_from_db()
    assert (application.state, application.words) == (State.INVITED, "Let us talk.")


@pytest.mark.parametrize("seen", ["", "nonsense", "accepted"])
def test_a_forged_state_changes_nothing(client, role, seen):
    application = ApplicationFactory(opportunity=role)

    for move in ("seen", "accept", "decline"):
        client.post(answer(application, move), {"seen_state": seen, "reason": "too_far"})

    application.refresh_from_db()
    assert application.state == State.SUBMITTED


def test_an_answer_that_cannot_be_given_any_more_leads_back(client, role):
    application = ApplicationFactory(opportunity=role, state=State.WITHDRAWN)

    response = client.get(answer(application, "accept"), follow=True)

    assert response.redirect_chain == [(people(role), 302)]
    assert "it now says “Withdrawn”" in response.text


def test_an_application_for_another_role_is_not_there(client, role):
    elsewhere = ApplicationFactory()
    same_group = ApplicationFactory(opportunity__organisation=role.organisation)

    for application in (elsewhere, same_group):
        assert client.get(f"{people(role)}{application.pk}/accept/").status_code == 404
        response = client.post(f"{people(role)}{application.pk}/seen/", {"seen_state": "submitted"})
        assert response.status_code == 404
        application.refresh_from_db()
        assert application.state == State.SUBMITTED


@pytest.mark.parametrize("staff", [{}, {"delivery_group": True}])
def test_others_do_not_see_who_asked(client, staff):
    application = ApplicationFactory(**CANARY)
    client.force_login(UserFactory(**staff))

    assert client.get(people(application.opportunity)).status_code == 404
    assert client.get(answer(application, "accept")).status_code == 404


def test_the_person_themselves_cannot_answer_for_the_group(client):
    application = ApplicationFactory()
    client.force_login(application.volunteer.user)

    response = client.post(answer(application, "accept"), {"seen_state": "submitted"})

    assert response.status_code == 404
    application.refresh_from_db()
    assert application.state == State.SUBMITTED


def test_the_centre_answers_for_a_group(client):
    application = ApplicationFactory()
    broker = UserFactory(broker=True)
    client.force_login(broker)

    client.post(answer(application, "accept"), {"seen_state": "submitted", "words": ""})

    application.refresh_from_db()
    assert application.state == State.ACCEPTED
    assert AuditEntry.objects.get(action="application.accepted").actor == broker


def test_long_after_the_end_a_group_can_still_block_report_and_undo_it(client, role):
    ended = clock.now() - conversations.OPEN_AFTER_THE_END - timedelta(days=1)
    over = ApplicationFactory(opportunity=role, state="withdrawn")
    Application.objects.update(state_since=ended)

    page = client.get(f"{people(role)}over/")

    assert f"/applicants/{over.pk}/messages/" in page.text
    assert "Block or report" in page.text
