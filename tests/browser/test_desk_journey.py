"""The volunteer centre's round: groups, roles, a ranking, a job; and each page of the desk."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from core.clock import now
from core.models import Fact
from matching.models import RankingRun, Shortlist
from opportunities.models import Opportunity, Organisation
from placements.models import Application
from tests.browser.looks import DESK, PHONE, faults_of, sign_in
from tests.factories.accounts import UserFactory
from tests.factories.core import FactFactory
from tests.factories.desk import LetterWriterFactory, message_to, suggested
from tests.factories.opportunities import MembershipFactory, OpportunityFactory
from tests.factories.volunteers import VolunteerFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def desk() -> Opportunity:
    """A full desk; gives the role of a new group that waits to be looked at."""
    membership = MembershipFactory(
        organisation__unverified=True, organisation__name="Example Newcomers 3"
    )
    MembershipFactory(organisation__unverified=True, organisation__name="Example Newcomer 3")
    waiting = OpportunityFactory(
        organisation=membership.organisation,
        title="Pour tea for newcomers",
        in_review=True,
        causes=["loneliness"],
    )
    OpportunityFactory(title="A role without a place", in_review=True, postcode="")
    suited = VolunteerFactory(user__phone="07700 900123")
    item = {"volunteer": suited.pk, "score": 0.5, "parts": {}, "reasons": [], "km": 1.0}
    Shortlist.objects.create(
        opportunity=OpportunityFactory(title="Carry boxes"),
        items=[item],
        policy="test",
        model_version="test",
        computed_at=now(),
    )
    FactFactory(
        kind="profile.changed",
        state=Fact.State.SET_ASIDE,
        attempts=3,
        finished_at=now(),
        last_error="ValueError in fold (matching/somewhere_with_a_long_name/runs.py:41)",
    )
    RankingRun.objects.create(
        state="running", started_at=now(), people=3000, people_done=1250, roles=500
    )
    return waiting


@pytest.fixture(params=[PHONE, DESK], ids=["phone", "desk"])
def page_of_broker(
    request: pytest.FixtureRequest,
    browser: Browser,
    browser_context_args: dict[str, Any],
    live_server: LiveServer,
) -> Iterator[Page]:
    context = browser.new_context(
        **{**browser_context_args, "viewport": request.param, "java_script_enabled": True}
    )
    sign_in(context, UserFactory(broker=True), live_server.url)
    yield context.new_page()
    context.close()


def press(page: Page, words: str) -> None:
    page.locator("main").get_by_role("button", name=words).first.click()


def test_the_round_of_the_volunteer_centre(
    page_of_broker: Page, live_server: LiveServer, desk: Opportunity
) -> None:
    page, main = page_of_broker, page_of_broker.get_by_role("main")
    page.goto(f"{live_server.url}/desk/")
    page.get_by_role("link", name="Roles to look at").click()
    page.get_by_role("link", name="Pour tea for newcomers").click()
    expect(main).to_contain_text("The group comes first")
    page.get_by_role("link", name="Look at the group").click()
    expect(main).to_contain_text("Example Newcomer 3")
    press(page, "Check this group")
    press(page, "Yes, its roles can be shown")
    expect(main).to_contain_text("Example Newcomers 3 is checked.")

    page.goto(f"{live_server.url}/desk/queues/roles-to-check/")
    page.get_by_role("link", name="Pour tea for newcomers").click()
    press(page, "Show it to people")
    expect(main).to_contain_text("People can see the role now.")
    desk.refresh_from_db()
    assert desk.status == Opportunity.Status.OPEN

    page.goto(f"{live_server.url}/desk/queues/roles-to-check/")
    page.get_by_role("link", name="A role without a place").click()
    press(page, "Show it to people")
    expect(main).to_contain_text("Some things are still missing.")
    page.get_by_role("link", name="Send it back with words").click()
    page.get_by_label("What should the group change?").fill("Where is it?")
    press(page, "Send back")
    expect(main).to_contain_text("The group has the role back, with your words.")

    page.goto(f"{live_server.url}/desk/jobs/")
    expect(main).to_contain_text("1,250 of 3,000 people")
    page.get_by_role("link", name="1 job has failed").click()
    page.get_by_role("button", name="Note, or later").click()
    page.get_by_label("What should be known?").fill("Mended on Friday.")
    page.get_by_label("In a week").check()
    press(page, "Save")
    expect(main).to_contain_text("No job has failed.")
    page.get_by_role("link", name="Show what is put aside").click()
    expect(main).to_contain_text("Mended on Friday.")
    press(page, "Back on the list")
    page.goto(f"{live_server.url}/desk/queues/jobs/")
    press(page, "Try again")
    expect(main).to_contain_text("The job is tried again.")
    assert Fact.objects.get(kind="profile.changed").state == Fact.State.WAITING


def test_a_group_is_found_and_stopped(
    page_of_broker: Page, live_server: LiveServer, desk: Opportunity
) -> None:
    page = page_of_broker
    page.goto(f"{live_server.url}/desk/groups/")
    page.get_by_label("Name, number, phone").fill("newcomers")
    press(page, "Find")
    page.get_by_role("link", name="Example Newcomers 3").click()
    press(page, "Stop this group")
    page.get_by_label("Somebody may come to harm").check()
    press(page, "Stop the group")

    expect(page.get_by_role("main")).to_contain_text("People cannot see its roles any more.")
    assert Organisation.objects.get(name="Example Newcomers 3").suspended_at is not None


def test_letters_are_put_together_posted_and_taken_back(
    page_of_broker: Page, live_server: LiveServer
) -> None:
    page, main = page_of_broker, page_of_broker.get_by_role("main")
    person = LetterWriterFactory().user
    message_to(person, "a")
    page.goto(f"{live_server.url}/desk/")
    page.get_by_role("link", name="Letters to print").click()
    press(page, "Put today’s letters together")
    expect(main).to_contain_text("Until then these people count as not told.")
    faults = faults_of(page)
    page.goto(f"{live_server.url}/desk/")
    page.get_by_role("link", name="Letters to post").click()
    page.get_by_role("link", name="Letters put together").click()
    press(page, "They are posted")
    expect(main).to_contain_text("Noted: the letters are posted")
    press(page, "They are not posted after all")
    press(page, "Take them apart")
    expect(main).to_contain_text("on the lists again")
    expect(main).to_contain_text(str(person))
    assert not faults, "\n".join(faults)


def test_somebody_on_the_phone_says_yes_to_a_suggestion(
    page_of_broker: Page, live_server: LiveServer
) -> None:
    page, main = page_of_broker, page_of_broker.get_by_role("main")
    caller = VolunteerFactory(user__email=None, user__phone="07700 900123")
    suggested(caller, opportunity=OpportunityFactory(title="Pour tea"))
    page.goto(f"{live_server.url}/desk/")
    page.get_by_label("Somebody on the phone?").fill("900123")
    press(page, "Find them")
    page.get_by_role("link", name=str(caller.user)).click()
    expect(main).to_contain_text("You suggested this role")
    faults = faults_of(page)
    press(page, "Say yes for them")
    expect(main).to_contain_text("The group has their name now.")
    assert Application.objects.get().volunteer == caller
    assert not faults, "\n".join(faults)


def test_pages_of_the_desk_are_for_everybody(
    page_of_broker: Page, live_server: LiveServer, desk: Opportunity
) -> None:
    group, shown = f"/desk/groups/{desk.organisation_id}", Opportunity.objects.get(status="open")
    addresses = [
        "/desk/",
        "/desk/jobs/",
        "/desk/queues/jobs/",
        "/desk/letters/",
        "/desk/concerns/",
        "/desk/queues/groups-to-verify/",
        "/desk/queues/roles-to-check/?show=aside",
        f"/desk/queues/groups-to-verify/{desk.organisation_id}/note/",
        "/desk/groups/",
        "/desk/groups/?q=nothing-is-called-that",
        f"{group}/",
        f"{group}/verify/",
        f"{group}/suspend/",
        "/desk/roles/",
        f"/desk/roles/{desk.pk}/",
        f"/desk/roles/{desk.pk}/send-back/",
        f"/desk/roles/{shown.pk}/",
        f"/desk/roles/{shown.pk}/people/",
        f"/desk/roles/{desk.pk}/people/",
    ]
    faults = []
    for address in addresses:
        page_of_broker.goto(f"{live_server.url}{address}")
        faults += faults_of(page_of_broker)
    assert not faults, "\n".join(faults)
