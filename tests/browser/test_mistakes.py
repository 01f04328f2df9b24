"""What is wrong with a form is said on top, in the title and at its box, and can be reached from
the top. (What no page may be otherwise: test_every_page.py.)
"""

import re

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from tests.browser.looks import PHONE, faults_of, sign_in
from tests.factories.opportunities import MembershipFactory, OpportunityFactory, SessionFactory
from tests.factories.volunteers import VolunteerFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

#: Forms, and what makes each of them complain.
OF_A_VOLUNTEER = {
    "/me/profile/postcode/": {"#id_postcode": "nowhere"},
    "/me/profile/hours/": {"#id_hours_a_week": "many"},
    "/me/account/details/": {"#id_first_name": ""},
}
OF_A_GROUP = {
    "/groups/register/": {"#id_name": ""},
    "{role}/edit/work/": {"#id_title": ""},
    "{role}/edit/place/": {"#id_postcode": "nowhere"},
    "{role}/edit/time/": {"#id_hours_a_week": "many"},
    "{role}/edit/dates/": {"#id_ends_0": "", "#id_starts_1": "10:00"},
    "{role}/edit/people/": {"#id_places": "1", "#id_minimum_age": "5"},
}


def person_with_forms(kind: str) -> tuple[User, dict[str, dict[str, str]]]:
    if kind == "volunteer":
        return VolunteerFactory().user, OF_A_VOLUNTEER
    member = MembershipFactory()
    role = OpportunityFactory(organisation=member.organisation)
    SessionFactory(opportunity=role)
    at = f"/groups/{role.organisation_id}/roles/{role.pk}"
    return member.user, {address.format(role=at): boxes for address, boxes in OF_A_GROUP.items()}


@pytest.mark.parametrize("kind", ["volunteer", "group"])
def test_mistakes_are_said_where_they_are(page: Page, live_server: LiveServer, kind: str) -> None:
    person, forms = person_with_forms(kind)
    sign_in(page.context, person, live_server.url)
    page.set_viewport_size(PHONE)
    faults = []
    for address, mistakes in forms.items():
        page.goto(live_server.url + address)
        for box, words in mistakes.items():
            page.locator(box).fill(words)

        page.locator("main form button[type=submit]").first.click()

        expect(page).to_have_title(re.compile("^Error: "))
        expect(page.locator(".govuk-error-summary")).to_be_focused()
        links = page.locator(".govuk-error-summary__list a")
        for link in links.all():
            target = str(link.get_attribute("href"))
            assert page.locator(target).count() == 1, f"{address}: {target} is nowhere"
        faults += faults_of(page)
        first = str(links.first.get_attribute("href"))
        links.first.click()
        expect(page.locator(first)).to_be_focused()
    assert not faults, "\n".join(faults)


def test_the_keyboard_alone_leads_past_the_menu_and_to_a_mistake(
    page: Page, live_server: LiveServer
) -> None:
    page.goto(f"{live_server.url}/accounts/login/")

    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to main content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main-content")).to_be_focused()
    page.keyboard.press("Tab")  # to the link to register
    page.keyboard.press("Tab")
    expect(page.get_by_label("Email address")).to_be_focused()
    page.keyboard.type("nobody@example.org")
    page.keyboard.press("Enter")

    expect(page.locator(".govuk-error-summary")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#id_password")).to_be_focused()
