import pytest

from accounts.models import AuditEntry
from notifications.models import Notification
from placements.models import Concern
from placements.services import concerns
from placements.services.concerns import Subject
from tests.factories.accounts import UserFactory
from tests.factories.opportunities import MembershipFactory
from tests.factories.placements import ApplicationFactory
from tests.unit.web.pages import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def broker(client):
    broker = UserFactory(broker=True)
    client.force_login(broker)
    return broker


@pytest.fixture
def concern():
    about = Subject.applicant(ApplicationFactory())
    return concerns.report(about=about, kind="safety", words="wordcanary", reporter=None)


def page_of(concern):
    return f"/desk/concerns/{concern.pk}/"


def act(client, concern, what):
    return client.post(f"{page_of(concern)}act/", {"act": what}, follow=True).text


def test_the_desk_shows_urgent_ones_first(client, broker, concern):
    later = concerns.report(about=Subject(), kind="money", words="x", reporter=None)
    desk = client.get("/desk/").text
    assert "2 concerns are open" in desk
    assert desk.index(page_of(concern)) < desk.index(page_of(later))
    listed = client.get("/desk/concerns/").text
    assert listed.index(page_of(concern)) < listed.index(page_of(later))
    assert "None has been closed yet." in client.get("/desk/concerns/?closed=1").text


def test_everything_about_it_is_on_its_page(client, broker, concern, settings):
    assert "Nobody is named" in client.get(page_of(concern)).text
    settings.SAFEGUARDING_LEAD_NAME = "Demo Lead"
    settings.SAFEGUARDING_LEAD_PHONE = "020 7946 0111"
    page = client.get(page_of(concern)).text
    for word in ("wordcanary", concern.organisation.name, concern.opportunity.title, "Demo Lead"):
        assert word in page


def test_a_group_a_role_and_a_person_are_stopped_from_there(client, broker, concern):
    of_group = client.post(f"{page_of(concern)}suspend-group/", follow=True)
    assert "The group is stopped" in of_group.text
    hidden = client.post(f"{page_of(concern)}hide-role/", {"tell": "not_now"}, follow=True)
    assert "The role is hidden" in hidden.text
    stopped = client.post(f"{page_of(concern)}suspend-person/", follow=True)
    assert "The account is stopped" in stopped.text
    concern = Concern.objects.get()
    assert concern.organisation.suspended_at is not None
    assert concern.opportunity.status == "in_review"
    assert not concern.person.is_active
    assert "The account goes on" in act(client, concern, "reinstate-person")
    done = AuditEntry.objects.filter(actor=broker).values_list("action", flat=True)
    assert set(done) == {
        "organisation.suspended",
        "opportunity.held_back",
        "application.withdrawn",
        "user.suspended",
        "user.reinstated",
        "concern.acted",
    }
    page = text_of(client.get(page_of(concern)))
    assert "The group was stopped, and its people were told" in page
    assert "The person’s account was stopped" in page
    assert concern.state == "looked_at"
    assert "The group is no longer stopped." in act(client, concern, "reinstate-group")


def test_the_group_of_a_role_hears_why_it_is_hidden_if_that_is_chosen(client, broker, concern):
    member = MembershipFactory(organisation=concern.organisation)
    page = f"{page_of(concern)}hide-role/"

    assert page in client.get(page_of(concern)).text
    assert "Choose whether to tell the group now." in client.post(page, {"words": "x"}).text
    assert "Say why the role is hidden." in client.post(page, {"tell": "now"}).text
    assert not AuditEntry.objects.filter(action="concern.acted").exists()
    client.post(page, {"tell": "now", "words": "The stairs are broken."})

    told = Notification.objects.get(recipient=member.user)
    assert "The stairs are broken." in told.body
    assert "The role was hidden" in client.get(page_of(concern)).text


def test_words_are_not_sent_while_the_group_is_not_to_be_told(client, broker, concern):
    member = MembershipFactory(organisation=concern.organisation)
    client.post(f"{page_of(concern)}hide-role/", {"tell": "not_now", "words": "Not yet."})
    assert Concern.objects.get().opportunity.status == "in_review"
    assert not Notification.objects.filter(recipient=member.user).exists()


def test_a_group_is_stopped_only_after_it_is_said_what_that_does(client, broker, concern):
    page = f"{page_of(concern)}suspend-group/"

    assert page in client.get(page_of(concern)).text
    assert "Its roles are hidden at once and nobody can ask for them." in client.get(page).text
    assert "asked on a page of its own" in act(client, concern, "suspend-group")
    assert Concern.objects.get().organisation.suspended_at is None
    client.post(page)
    assert Concern.objects.get().organisation.suspended_at is not None
    assert page not in client.get(page_of(concern)).text


def test_an_account_is_stopped_only_after_it_is_said_what_that_does(client, broker, concern):
    page = f"{page_of(concern)}suspend-person/"

    assert page in client.get(page_of(concern)).text
    assert "They are signed out at once and cannot come back." in client.get(page).text
    assert "asked on a page of its own" in act(client, concern, "suspend-person")
    assert Concern.objects.get().person.is_active
    client.post(page)
    assert not Concern.objects.get().person.is_active


def test_who_was_told_when_is_written_down_and_shown(client, broker, concern):
    act(client, concern, "look-at")
    saved = client.post(page_of(concern), {"told": "lead", "words": "Rang the MASH."}, follow=True)
    assert "Told: The borough’s safeguarding lead" in saved.text
    assert "Rang the MASH." in saved.text
    client.post(f"{page_of(concern)}close/", {"outcome": "passed_on"})
    page = client.get(page_of(concern)).text
    assert "Closed: Passed on to somebody who acts on it" in page
    assert page_of(concern) in client.get("/desk/concerns/?closed=1").text


def test_nothing_happens_for_a_button_that_is_not_there(client, broker, concern):
    assert "Something was missing" in act(client, concern, "delete-everything")
    assert "cannot be done any more" in (
        act(client, concern, "look-at") and act(client, concern, "look-at")
    )


def test_what_is_gone_cannot_be_stopped(client, broker):
    nothing = concerns.report(about=Subject(), kind="other", words="x", reporter=None)
    for stop in ("suspend-group/", "suspend-person/"):
        answer = client.post(f"{page_of(nothing)}{stop}", follow=True)
        assert "It is not there any more." in answer.text
    assert not AuditEntry.objects.filter(action="concern.acted").exists()


def test_a_closed_concern_can_be_taken_up_again(client, broker, concern):
    assert "cannot be done any more" in act(client, concern, "reopen")
    client.post(f"{page_of(concern)}close/", {"outcome": "mistake"})

    assert "The concern is open again." in act(client, concern, "reopen")

    concern.refresh_from_db()
    assert (concern.state, concern.outcome, concern.closed_at) == ("looked_at", "", None)
    assert "Taken up again" in client.get(page_of(concern)).text


def test_concerns_are_found_by_whom_they_are_about(client, broker, concern):
    other = concerns.report(about=Subject(), kind="money", words="x", reporter=None)
    words = {"q": concern.organisation.name.split()[-1]}

    found = client.get("/desk/concerns/", words).text

    assert page_of(concern) in found
    assert page_of(other) not in found
    assert "None of these is about that." in client.get("/desk/concerns/", {"q": "zoo"}).text
    assert page_of(concern) not in client.get("/desk/concerns/", words | {"closed": "1"}).text
