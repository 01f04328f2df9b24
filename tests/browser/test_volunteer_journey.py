"""A volunteer, from the first visit to a place; and every page on the way, for everybody's eyes."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from core.clock import now
from matching import recommender
from notifications.models import SentMail
from notifications.services.messages import notify
from opportunities.models import Opportunity
from placements.models import Application
from placements.services import applications
from tests.browser.looks import DESK, NARROW, PHONE, faults_of, sign_in
from tests.factories.accounts import UserFactory
from tests.factories.core import lease_on
from tests.factories.opportunities import OpportunityFactory, OrganisationFactory, SessionFactory
from tests.factories.placements import ApplicationFactory
from tests.factories.volunteers import VolunteerFactory
from volunteers.models import Volunteer
from web.profile_sections import SECTIONS

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSWORD = "three words together"
GARDEN = "Water the demonstration garden"


@pytest.fixture
def roles() -> list[Opportunity]:
    """One role in a garden nearby, and two of other kinds."""
    growers = OrganisationFactory(name="Example Growers", median_answer_days=4.0)
    garden = OpportunityFactory(
        title=GARDEN,
        organisation=growers,
        description="You water the beds, and talk to whoever comes by.",
        causes=["community-gardens"],
        activities=["gardening"],
        skills_useful=["teamwork"],
        place_name="Demonstration Allotments",
    )
    # Whoever fills in the profile below is free on Monday mornings.
    monday = now() + timedelta(days=7 - now().weekday())
    SessionFactory(opportunity=garden, starts_at=monday.replace(hour=10, minute=0))
    other = OpportunityFactory(title="Coach example football", activities=["sports-coaching"])
    home = OpportunityFactory(title="Ring made-up neighbours", at_home=True)
    return [garden, other, home]


def press(page: Page, words: str) -> None:
    page.locator("main").get_by_role("button", name=words).click()


def test_from_first_visit_to_a_place_on_an_old_phone(
    old_phone: Page, live_server: LiveServer, roles: list[Opportunity]
) -> None:
    page = old_phone
    garden = roles[0]

    page.goto(live_server.url)
    page.get_by_label("What would you like to do?").fill("garden")
    press(page, "Search")
    page.get_by_role("link", name=GARDEN).click()
    page.get_by_role("button", name="Tell them you’re interested").click()

    register(page)
    confirm_address(page)
    sign_in_by_hand(page)
    become_volunteer(page)
    fill_in_profile(page)

    volunteer = Volunteer.objects.get()
    page.get_by_role("button", name="Check your answers").click()
    for answer in ("HA1 1BH (Greenhill)", "Monday mornings", "Gardening"):
        expect(page.get_by_role("main")).to_contain_text(answer)
    page.get_by_role("button", name="Show me roles").click()
    expect(page.get_by_role("main")).to_contain_text("We are putting your list together")
    recommender.refresh_volunteer(volunteer.pk, lease_on("profile.changed", volunteer.pk))
    page.get_by_role("link", name="Check again").click()

    first = page.locator(".hv-role").first
    expect(first).to_contain_text(GARDEN)
    expect(first).to_contain_text("gardening")
    expect(first).to_contain_text("2 places left, nobody waiting for an answer.")
    first.get_by_role("link", name=GARDEN, exact=True).click()
    expect(page.get_by_role("heading", name="How it fits you")).to_be_visible()
    page.get_by_role("button", name="Tell them you’re interested").click()
    page.get_by_label("A few words to the group").fill("I have a watering can.")
    press(page, "Send")
    expect(page.get_by_role("main")).to_contain_text("Sent. The group has it now.")

    application = Application.objects.get()
    assert (application.opportunity, application.message) == (garden, "I have a watering can.")
    applications.offer(application=application, words="Come on Monday!", by=None)
    page.reload()
    expect(page.get_by_role("main")).to_contain_text("Come on Monday!")
    press(page, "Yes, I take the place")
    expect(page.get_by_role("main")).to_contain_text("The place is yours.")
    application.refresh_from_db()
    assert application.state == "accepted"


def register(page: Page) -> None:
    page.locator("main").get_by_role("link", name="Register").click()
    page.get_by_label("First name").fill("Demo")
    page.get_by_label("Email address").fill("demo@example.org")
    page.get_by_label("Choose a password").fill(PASSWORD)
    press(page, "Register")
    expect(page.get_by_role("heading", name="Check your email")).to_be_visible()


def confirm_address(page: Page) -> None:
    (link,) = re.findall(r"https?://\S+", str(mail.outbox[-1].body))
    page.goto(link)
    press(page, "Yes, this is mine")


def sign_in_by_hand(page: Page) -> None:
    page.get_by_label("Email address").fill("demo@example.org")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    press(page, "Sign in")


def become_volunteer(page: Page) -> None:
    expect(page.get_by_role("heading", name="What would you like to do?")).to_be_visible()
    page.get_by_label("I want to volunteer").check()
    press(page, "Continue")
    press(page, "Continue")  # with nothing filled in
    expect(page).to_have_title(re.compile("^Error: "))
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    for label, number in (("Day", "27"), ("Month", "3"), ("Year", "1981")):
        page.get_by_label(label).fill(number)
    press(page, "Continue")
    assert Volunteer.objects.get().user == User.objects.get(email="demo@example.org")


def fill_in_profile(page: Page) -> None:
    page.get_by_role("link", name="Where you can help").click()
    page.get_by_label("Your postcode").fill("ha11bh")
    press(page, "Save and continue")
    page.get_by_role("link", name="When you are free").click()
    page.get_by_label("Monday morning", exact=True).check()
    press(page, "Save and continue")
    page.get_by_role("link", name="What you care about").click()
    page.locator("summary", has_text="Environment").click()
    page.get_by_label("Community gardens and growing food").check()
    press(page, "Save and continue")
    page.get_by_role("link", name="What you like doing").click()
    page.get_by_label("Gardening", exact=True).check()
    press(page, "Save and continue")
    expect(page.get_by_role("main")).to_contain_text("Change anything at any time.")


PUBLIC_PAGES = (
    "/",
    "/for-groups/",
    "/about/",
    "/about/matching/",
    "/about/privacy/",
    "/about/accessibility/",
    "/roles/",
    "/roles/?q=unicorns",
    "/roles/?miles=3&day=mon",
    "/outbox/",
    "/nowhere/",
    "/accounts/login/",
    "/accounts/signup/",
    "/accounts/password/reset/",
    "/accounts/password/reset/done/",
    "/accounts/password/reset/key/1-x-y/",
    "/accounts/password/reset/key/done/",
    "/accounts/confirm-email/",
    "/accounts/confirm-email/nothing/",
    "/accounts/inactive/",
)
PAGES_OF_A_VOLUNTEER = (
    "/start/",
    "/me/",
    "/me/profile/",
    *(f"/me/profile/{section.slug}/" for section in SECTIONS),
    "/me/profile/check/",
    "/me/applications/",
    "/me/equality/",
    "/me/equality/delete/",
    "/me/messages/",
    "/me/account/",
    "/me/account/details/",
    "/accounts/email/",
    "/accounts/password/change/",
    "/accounts/reauthenticate/",
    "/accounts/logout/",
)
#: Forms, and what makes each of them complain.
MISTAKES = {
    "/start/": {},
    "/me/profile/place/": {"#id_postcode": "nowhere"},
    "/me/profile/time/": {"#id_hours_a_week": "many"},
    "/me/account/details/": {"#id_first_name": ""},
}


@pytest.fixture
def volunteer(roles: list[Opportunity]) -> Volunteer:
    """Somebody with a list, applications in three states, and long words in every place."""
    long_words = "Donaudampfschifffahrtsgesellschaft " * 3
    volunteer = VolunteerFactory(
        user__first_name="Demo" * 8,
        about=f"{long_words}\nதன்னார்வத்தொண்டுநிறுவனங்களுக்காக સ્વયંસેવકોનાસમૂહમાટે",
        causes=["environment", "community-gardens"],
        activities=["gardening"],
        skills=["teamwork"],
        languages=["en", "ta"],
        support_needs=long_words,
        availability=7,
    )
    recommender.refresh_volunteer(volunteer.pk, lease_on("profile.changed", volunteer.pk))
    ApplicationFactory(
        volunteer=volunteer,
        opportunity__title=long_words[:110],
        state="offered",
        message=long_words,
    )
    declined = applications.submit(volunteer=volunteer, opportunity=roles[2], by=volunteer.user)
    applications.decline(application=declined, reason="no_place", words=long_words, by=None)
    notify(
        recipient=volunteer.user,
        kind="application.invite",
        key="k",
        subject=long_words,
        body=long_words,
    )
    return volunteer


def walk(page: Page, addresses: Iterator[str]) -> list[str]:
    faults = []
    for address in addresses:
        page.goto(address)
        faults += faults_of(page)
    return faults


@pytest.fixture(params=[(PHONE, "light"), (DESK, "light"), (NARROW, "dark")])
def window(
    request: pytest.FixtureRequest, browser: Browser, browser_context_args: dict[str, Any]
) -> Iterator[BrowserContext]:
    size, colours = request.param
    context = browser.new_context(
        **{**browser_context_args, "viewport": size, "color_scheme": colours}
    )
    yield context
    context.close()


def test_public_pages_are_for_everybody(
    window: BrowserContext, live_server: LiveServer, roles: list[Opportunity]
) -> None:
    mail_kept = SentMail.objects.create(
        message_id="1", sender="a@example.org", recipients=["b@example.org"], subject="Hello",
        text=f"Open {live_server.url}/me/",
    )  # fmt: skip
    own = (f"/roles/{roles[0].pk}/", f"/outbox/{mail_kept.pk}/")

    page = window.new_page()
    faults = walk(page, (live_server.url + address for address in (*PUBLIC_PAGES, *own)))

    assert faults == []


def test_pages_of_a_volunteer_are_for_everybody(
    window: BrowserContext, live_server: LiveServer, volunteer: Volunteer, roles: list[Opportunity]
) -> None:
    sign_in(window, volunteer.user, live_server.url)
    old: Opportunity = OpportunityFactory(minimum_age=90)
    own = [
        *(f"/roles/{role.pk}/" for role in (*roles, old)),
        *(f"/roles/{role.pk}/apply/" for role in (roles[0], old)),
        *(f"/me/applications/{made.pk}/" for made in volunteer.applications.all()),
        f"/me/applications/{volunteer.applications.filter(state='offered').get().pk}/withdraw/",
    ]
    page = window.new_page()

    faults = walk(page, (live_server.url + address for address in (*PAGES_OF_A_VOLUNTEER, *own)))
    for address, answers in MISTAKES.items():
        page.goto(live_server.url + address)
        for box, answer in answers.items():
            page.fill(box, answer)
        page.locator("main form button[type=submit]").last.click()
        expect(page.locator(".govuk-error-summary")).to_be_focused()
        faults += faults_of(page)
        link = page.locator(".govuk-error-summary a").first
        box = link.get_attribute("href") or ""
        link.click()
        expect(page.locator(box)).to_be_focused()

    assert faults == []


def test_empty_pages_are_for_everybody(window: BrowserContext, live_server: LiveServer) -> None:
    page = window.new_page()
    faults = []
    for person, addresses in (
        (VolunteerFactory().user, ("/", "/me/", "/me/applications/", "/me/messages/")),
        (VolunteerFactory(paused_at=now()).user, ("/me/", "/me/profile/")),
        (UserFactory(), ("/start/volunteer/", "/me/account/")),
    ):
        sign_in(window, person, live_server.url)
        faults += walk(page, (live_server.url + address for address in addresses))

    assert faults == []


def test_the_keyboard_alone_leads_past_the_menu_and_through_a_form(
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
