"""Why a role suits, why it is not on the list, what would change it, what a requirement costs: on a
phone and on a desk, with and without JavaScript.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, expect
from pytest_django.live_server_helper import LiveServer

from core.clock import now
from matching import recommender
from matching.models import Shortlist
from opportunities.models import Opportunity
from tests.browser.looks import DESK, PHONE, faults_of, sign_in
from tests.factories.core import lease_on
from tests.factories.opportunities import MembershipFactory, OpportunityFactory
from tests.factories.volunteers import VolunteerFactory
from volunteers.models import Volunteer

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
    if script:  # axe is JavaScript
        assert [fault for page in context.pages for fault in faults_of(page)] == []
    context.close()


@pytest.fixture
def gardener() -> Volunteer:
    return VolunteerFactory(
        about="I like gardening.", motives=["outdoors"], willing_dbs=False, travel_miles=1
    )


def rank(person: Volunteer) -> None:
    recommender.refresh_volunteer(person.pk, lease_on("profile.changed", person.pk))


def test_a_list_with_reasons_odds_and_what_would_change_it(
    window: BrowserContext, live_server: LiveServer, gardener: Volunteer
) -> None:
    OpportunityFactory(title="Weed the beds", activities=["gardening"])
    OpportunityFactory(title="Far away", postcode="HA5 3AB", places=4)
    OpportunityFactory(title="With a check", dbs_level="basic", places=2)
    rank(gardener)
    sign_in(window, gardener.user, live_server.url)
    page = window.new_page()
    page.goto(f"{live_server.url}/me/")

    main = page.get_by_role("main")
    expect(main).to_contain_text("You wrote about gardening")
    expect(main).to_contain_text("be outdoors, as you wished")
    expect(main).to_contain_text("in 10 people who ask now get a place; we are not sure")
    expect(main).to_contain_text("If you would have a DBS check, 1 more role would be open")
    expect(main).to_contain_text("If you could travel up to")
    link = main.locator("li", has_text="If you would have a DBS check").get_by_role("link")
    assert (link.get_attribute("href") or "").endswith("/profile/dbs/")


def test_the_page_of_a_role_that_is_not_on_the_list(
    window: BrowserContext, live_server: LiveServer, gardener: Volunteer
) -> None:
    role = OpportunityFactory(
        title="Read aloud",
        dbs_level="basic",
        postcode="HA5 3AB",
        skills_gained=["teaching-reading"],
        offers=["people"],
    )
    rank(gardener)
    sign_in(window, gardener.user, live_server.url)
    page = window.new_page()
    page.goto(f"{live_server.url}/roles/{role.pk}/")

    reason = page.get_by_text("It needs a DBS check; you said you would rather not have one.").last
    expect(reason).not_to_be_visible()
    page.get_by_text("Why is this not on my list?").click()
    expect(reason).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("learn something new")
    expect(page.get_by_role("main")).to_contain_text("Nobody has asked this group yet")


def test_what_requirements_cost_a_group(window: BrowserContext, live_server: LiveServer) -> None:
    member = MembershipFactory()
    role: Opportunity = OpportunityFactory(organisation=member.organisation, dbs_level="basic")
    Shortlist.objects.create(
        opportunity=role,
        counts={"on": "2026-03-03", "possible": 33, "kept_out": {"dbs": 4, "distance": 21}},
        policy="similarity",
        model_version="1",
        computed_at=now(),
    )
    sign_in(window, member.user, live_server.url)
    page = window.new_page()
    page.goto(f"{live_server.url}/groups/{role.organisation_id}/roles/{role.pk}/edit/")

    main = page.get_by_role("main")
    expect(main).to_contain_text("About 35 people who are waiting could do this.")
    expect(main).to_contain_text("It is too far away for about 20 people.")
    expect(main).to_contain_text("The DBS check leaves out fewer than 8 people.")


def test_motives_are_ticked_and_kept(
    window: BrowserContext, live_server: LiveServer, gardener: Volunteer
) -> None:
    sign_in(window, gardener.user, live_server.url)
    page = window.new_page()
    page.goto(f"{live_server.url}/me/profile/motives/")
    expect(page.get_by_role("main")).to_contain_text("Groups do not see it.")
    page.get_by_label("Meet people").check()
    page.get_by_role("button", name="Save and continue").click()
    expect(page.locator("h1")).to_contain_text("Your profile")
    gardener.refresh_from_db()
    assert gardener.motives == ["people", "outdoors"]


def test_a_role_that_is_not_for_me_makes_room_for_a_line_and_comes_back(
    window: BrowserContext, live_server: LiveServer, gardener: Volunteer
) -> None:
    OpportunityFactory(title="Weed the beds", activities=["gardening"])
    OpportunityFactory(title="Water the beds")
    rank(gardener)
    sign_in(window, gardener.user, live_server.url)
    page = window.new_page()
    page.goto(f"{live_server.url}/me/")

    main = page.get_by_role("main")
    main.get_by_text("Not for me: Weed the beds").click()
    main.get_by_role("button", name="It looks too hard").first.click()
    expect(main).to_contain_text("Weed the beds")
    expect(main).to_contain_text("We can look for roles where you learn as you go.")
    main.locator(".hv-role--hidden button, form.hv-inline button").first.click()
    if "hidden" not in page.url:
        expect(main.get_by_role("link", name="Tell them you’re interested")).to_have_count(2)
