"""A group posts a role from a template and sees who could do it while it writes: on a phone and on
a desk, with and without JavaScript.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from opportunities.models import Membership, Opportunity
from opportunities.services import limits, people
from tests.browser.looks import DESK, NARROW, PHONE, faults_of, sign_in
from tests.factories.accounts import UserFactory
from tests.factories.opportunities import MembershipFactory, OpportunityFactory
from tests.factories.volunteers import VolunteerFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(params=[(PHONE, True), (DESK, True), (PHONE, False)], ids=["phone", "desk", "bare"])
def window(
    request: pytest.FixtureRequest, browser: Browser, browser_context_args: dict[str, Any]
) -> Iterator[BrowserContext]:
    size, script = request.param
    context = browser.new_context(
        **{**browser_context_args, "viewport": size, "java_script_enabled": script}
    )
    yield context
    context.close()


@pytest.fixture
def owner() -> Membership:
    return MembershipFactory()


def page_of(window: BrowserContext, owner: Membership, live_server: LiveServer) -> Page:
    sign_in(window, owner.user, live_server.url)
    return window.new_page()


def test_a_role_is_posted_from_a_template(
    window: BrowserContext,
    owner: Membership,
    live_server: LiveServer,
    request: pytest.FixtureRequest,
) -> None:
    has_script = "bare" not in request.node.name
    VolunteerFactory.create_batch(12)
    VolunteerFactory.create_batch(20, open_to_regular=False)
    page = page_of(window, owner, live_server)
    page.goto(f"{live_server.url}/groups/{owner.organisation_id}/")
    page.get_by_role("main").get_by_role("button", name="Write your first role").click()
    page.get_by_role("button", name="Garden with us").click()
    main = page.get_by_role("main")
    expect(main).to_contain_text("About 10 people within 3 miles could do this.")

    page.get_by_label("Once").check()
    page.get_by_label("What will people do?").fill("You must have your own car to come and dig.")
    if has_script:
        expect(page.get_by_role("button", name="See how many people")).to_be_hidden()
    else:
        page.get_by_role("button", name="See how many people").click()
    expect(main).to_contain_text("About 30 people within 3 miles could do this.")
    expect(main).to_contain_text("Asking for a car or a licence leaves out everybody who has none.")
    if has_script:
        assert not faults_of(page)

    page.get_by_label("What will people do?").fill("You will dig, plant and water with us.")
    page.get_by_role("button", name="Save and continue").click()
    expect(main).to_contain_text("Is everything right?")
    page.get_by_role("button", name="Send to the volunteer centre").click()

    expect(main).to_contain_text("is with the volunteer centre")
    assert Opportunity.objects.get().commitment == "one_off"


def test_pages_of_writing_and_people_are_faultless(
    browser: Browser, owner: Membership, live_server: LiveServer
) -> None:
    group = owner.organisation
    other = MembershipFactory(organisation=group, role="member")
    role = OpportunityFactory(
        organisation=group,
        draft=True,
        title="Young volunteers wanted",
        description="You must be fit and have your own car.",
        maximum_age=30,
    )
    limit = limits.say(
        organisation=group, by=None, reason="premises", cost_pounds=5, words="x" * 90
    )
    people.invite(organisation=group, by=owner.user, email=f"{'long' * 12}@example.org")
    people.ask_to_join(organisation=group, user=UserFactory(first_name="A" * 60))
    begin = f"/groups/{group.pk}"
    addresses = [
        f"{begin}/",
        f"{begin}/roles/new/",
        f"{begin}/roles/new/?q=astronaut",
        f"{begin}/roles/{role.pk}/edit/",
        f"{begin}/roles/{role.pk}/edit/essentials/",
        f"{begin}/roles/{role.pk}/edit/dates/",
        f"{begin}/roles/{role.pk}/close/",
        f"/roles/{role.pk}/",
        f"{begin}/limits/",
        f"{begin}/limits/new/",
        f"{begin}/limits/{limit.pk}/",
        f"{begin}/people/",
        f"{begin}/people/invite/",
        f"{begin}/people/leave/",
        f"{begin}/people/{other.pk}/",
        f"{begin}/people/{other.pk}/remove/",
        "/groups/register/",
    ]
    faults = []
    for size in (NARROW, DESK):
        context = browser.new_context(viewport=size, locale="en-GB")
        page = page_of(context, owner, live_server)
        for address in addresses:
            page.goto(f"{live_server.url}{address}")
            faults += faults_of(page)
        context.close()
    assert not faults, "\n".join(faults)
