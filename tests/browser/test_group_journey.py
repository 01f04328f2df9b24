"""A group, from registration to somebody with a place; and its pages, for everybody's eyes."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from core.clock import now
from matching import recommender
from opportunities.models import Opportunity, Organisation
from opportunities.services import organisations, roles
from placements.models import Application
from placements.services import applications, held
from tests.browser.looks import DESK, PHONE, faults_of, sign_in
from tests.factories.accounts import UserFactory
from tests.factories.core import lease_on
from tests.factories.opportunities import (
    MembershipFactory,
    OpportunityFactory,
    OrganisationFactory,
    SessionFactory,
)
from tests.factories.placements import ApplicationFactory
from tests.factories.volunteers import VolunteerFactory
from web.role_sections import SECTIONS

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LONG = "Donaudampfschifffahrtsgesellschaft தன்னார்வத்தொண்டுநிறுவனங்களுக்காக સ્વયંસેવકોનાસમૂહમાટે "


def press(page: Page, words: str) -> None:
    page.locator("main").get_by_role("button", name=words).first.click()


def test_from_registration_to_somebody_with_a_place_on_an_old_phone(
    old_phone: Page, live_server: LiveServer
) -> None:
    page, trustee, broker = old_phone, UserFactory(), UserFactory(broker=True)
    sign_in(page.context, trustee, live_server.url)
    OrganisationFactory(name="Example Toy-Library")

    register(page, live_server)
    group = Organisation.objects.get(name="The Example Toy Library")
    expect(page.get_by_role("main")).to_contain_text("Not checked yet")
    write_a_role(page)
    role = Opportunity.objects.get()
    assert role.status == Opportunity.Status.IN_REVIEW

    organisations.verify(organisation=group, by=broker)
    role.refresh_from_db()
    roles.publish(opportunity=role, by=broker)
    suits, other = two_people_ask(role)
    answer_them(page, live_server, group)

    suits.refresh_from_db()
    other.refresh_from_db()
    assert (suits.state, other.state, other.reason) == ("accepted", "declined", "no_place")
    expect(page.get_by_role("main")).to_contain_text(suits.volunteer.user.email)
    expect(page.get_by_role("main")).not_to_contain_text(other.volunteer.user.email)
    close(page)


def register(page: Page, live_server: LiveServer) -> None:
    page.goto(f"{live_server.url}/groups/register/")
    press(page, "Save and continue")
    expect(page).to_have_title(re.compile("^Error: "))
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    page.get_by_label("Name of the group").fill("The Example Toy Library")
    page.get_by_label("What does the group do?").fill("We lend toys to families.")
    press(page, "Save and continue")
    expect(page.get_by_role("main")).to_contain_text("Example Toy-Library")
    page.get_by_label("Ours is another group").check()
    press(page, "Save and continue")
    page.get_by_label("Registered charity").check()
    page.get_by_label("Charity or company number").fill("123 4567")
    page.get_by_label("Postcode").fill("ha11aa")
    press(page, "Save and continue")
    page.get_by_label("Email address").fill("toys@example.org")
    press(page, "Register the group")


def write_a_role(page: Page) -> None:
    page.get_by_role("main").get_by_role("button", name="Write your first role").click()
    page.get_by_role("link", name="Start with an empty page").click()
    page.get_by_label("What is the role called?").fill("Mend toys on Saturdays")
    page.get_by_label("What will people do?").fill("You will mend toys.")
    press(page, "Save and continue")
    page.locator("summary", has_text="Environment").click()
    page.get_by_label("Recycling and repair").check()
    page.locator("summary", has_text="What kind of work is it?").click()
    page.get_by_label("Repairing and recycling").check()
    press(page, "Save and continue")
    page.get_by_label("At a place").check()
    press(page, "Save and continue")
    page.get_by_label("Saturday morning", exact=True).check()
    press(page, "Save and continue")
    page.get_by_label("Day").first.fill("2099-03-07")
    page.get_by_label("Starts").first.fill("10:00")
    press(page, "Add more dates")
    expect(page.get_by_label("Day")).to_have_count(6)
    press(page, "Save and continue")
    expect(page.locator(".govuk-error-summary")).to_contain_text("Enter when it ends.")
    page.get_by_label("Ends").first.fill("12:00")
    press(page, "Save and continue")
    page.get_by_label("How many people can you take?").fill("1")
    press(page, "Save and continue")
    page.locator("summary", has_text="Skills that would help").click()
    page.get_by_label("DIY and repairs").nth(1).check()
    press(page, "Save and continue")
    press(page, "Save and continue")
    for answer in ("Saturday 7 March 2099, 10am to midday", "1 place", "DIY and repairs"):
        expect(page.get_by_role("main")).to_contain_text(answer)
    press(page, "Send to the volunteer centre")
    expect(page.get_by_role("main")).to_contain_text("is with the volunteer centre")


def two_people_ask(role: Opportunity) -> tuple[Application, Application]:
    """Somebody whom the role suits and somebody whom it suits less, who asked first."""
    people = (
        VolunteerFactory(user__first_name="Other"),
        VolunteerFactory(user__first_name="Suits", causes=["recycling-and-repair"], skills=["diy"]),
    )
    asked = [
        applications.submit(volunteer=person, opportunity=role, message="Please!", by=person.user)
        for person in people
    ]
    for application in asked:
        lease = lease_on("application.changed", application.pk)
        recommender.refresh_application(application.pk, lease)
    return asked[1], asked[0]


def answer_them(page: Page, live_server: LiveServer, group: Organisation) -> None:
    page.goto(f"{live_server.url}/groups/{group.pk}/")
    page.get_by_role("link", name="Answer 2 people").click()
    first = page.locator(".hv-person").first
    expect(first).to_contain_text("Suits")
    expect(first).to_contain_text("Cares about recycling and repair.")
    first.get_by_role("button", name="I have seen it").click()
    page.locator(".hv-person").first.get_by_role("button", name="Offer a place").click()
    expect(page.get_by_label("What do you want to write?")).to_have_value(
        re.compile("^Thank you for offering your time")
    )
    press(page, "Offer a place")
    offered = Application.objects.get(state="offered")
    applications.take_up(application=offered, by=offered.volunteer.user)
    page.get_by_role("button", name=re.compile("Say no kindly.*Other")).click()
    page.get_by_label("All places are taken").check()
    press(page, "Continue")
    expect(page.get_by_label("What do you want to write?")).to_have_value(
        re.compile("all of them are taken now")
    )
    press(page, "Say no kindly")
    expect(page.get_by_role("main")).to_contain_text("will be sent at")
    no = Application.objects.get(held_move="decline")
    Application.objects.filter(pk=no.pk).update(held_until=now())
    assert held.send(no.pk)


def close(page: Page) -> None:
    page.get_by_role("link", name="The Example Toy Library").click()
    page.get_by_role("link", name="Mend toys on Saturdays", exact=True).click()
    page.get_by_role("link", name="Close this role").click()
    press(page, "Close the role")
    expect(page.get_by_role("main")).to_contain_text("Closed: people cannot see it")


@pytest.fixture
def busy() -> Opportunity:
    """A role with long words and somebody in every state; its group has roles in every state."""
    group = OrganisationFactory(name=f"Example {LONG}"[:150], description=LONG * 4)
    role = OpportunityFactory(
        organisation=group,
        title=(LONG * 2)[:119],
        description=LONG * 5,
        places=5,
        causes=["loneliness"],
        skills_needed=["cooking"],
        dbs_level="enhanced",
    )
    SessionFactory(opportunity=role)
    for state in Application.State.values:
        ApplicationFactory(
            opportunity=role,
            state=state,
            message=LONG * 2,
            volunteer__user__first_name=LONG[:34],
            volunteer__availability=7,
            volunteer__support_needs=LONG,
            volunteer__share_support_needs=True,
        )
    asked = Application.objects.get(state="submitted")
    recommender.refresh_application(asked.pk, lease_on("application.changed", asked.pk))
    for status in ("draft", "in_review", "closed", "full"):
        OpportunityFactory(organisation=group, **{status: True})
    return role


@pytest.fixture(params=[(PHONE, "light"), (DESK, "light"), (PHONE, "dark")])
def page_of_member(
    request: pytest.FixtureRequest,
    browser: Browser,
    browser_context_args: dict[str, Any],
    busy: Opportunity,
    live_server: LiveServer,
) -> Iterator[Page]:
    size, colours = request.param
    context = browser.new_context(
        **{**browser_context_args, "viewport": size, "color_scheme": colours}
    )
    member = MembershipFactory(organisation=busy.organisation).user
    MembershipFactory(user=member, organisation__unverified=True)
    sign_in(context, member, live_server.url)
    yield context.new_page()
    context.close()


def test_pages_of_a_group_are_for_everybody(
    page_of_member: Page, busy: Opportunity, live_server: LiveServer
) -> None:
    page, group = page_of_member, f"/groups/{busy.organisation_id}"
    role, new = f"{group}/roles/{busy.pk}", Organisation.objects.get(verified_at=None)
    asked = Application.objects.get(state="submitted")
    addresses = [
        "/groups/",
        "/groups/register/",
        f"/groups/{new.pk}/",
        f"{group}/",
        f"{group}/edit/",
        f"{group}/people/",
        f"{group}/roles/new/",
        f"{group}/roles/new/empty/",
        f"{role}/edit/essentials/",
        *(f"{group}/roles/{one.pk}/edit/" for one in busy.organisation.opportunities.all()),
        *(f"{role}/edit/{section.slug}/" for section in SECTIONS),
        f"{role}/close/",
        f"{role}/applicants/",
        f"{role}/applicants/{asked.pk}/decline/",
        f"{role}/applicants/{asked.pk}/decline/?reason=",
        f"{role}/applicants/{asked.pk}/decline/?reason=no_place",
        *(f"{role}/applicants/{asked.pk}/{move}/" for move in ("invite", "offer", "accept")),
    ]
    faults = []
    for address in addresses:
        page.goto(f"{live_server.url}{address}")
        faults += faults_of(page)
    assert not faults, "\n".join(faults)


#: Forms, and what makes each of them complain.
MISTAKES = {
    "/groups/register/": {"#id_name": ""},
    "edit/work/": {"#id_title": ""},
    "edit/place/": {"#id_postcode": "nowhere"},
    "edit/time/": {"#id_hours_a_week": "many"},
    "edit/dates/": {"#id_ends_0": "", "#id_starts_1": "10:00"},
    "edit/people/": {"#id_places": "1", "#id_minimum_age": "5"},
}


def test_mistakes_are_said_where_they_are(
    page_of_member: Page, busy: Opportunity, live_server: LiveServer
) -> None:
    page = page_of_member
    role = f"/groups/{busy.organisation_id}/roles/{busy.pk}/"
    faults = []
    for form, mistakes in MISTAKES.items():
        page.goto(live_server.url + (form if form.startswith("/") else role + form))
        for box, words in mistakes.items():
            page.locator(box).fill(words)

        page.locator("main form button").first.click()

        expect(page).to_have_title(re.compile("^Error: "))
        expect(page.locator(".govuk-error-summary")).to_be_focused()
        for link in page.locator(".govuk-error-summary__list a").all():
            target = str(link.get_attribute("href"))
            assert page.locator(target).count() == 1, f"{form}: {target} is nowhere"
        faults += faults_of(page)
    assert not faults, "\n".join(faults)


def test_a_group_answers_with_the_keyboard_alone(page: Page, live_server: LiveServer) -> None:
    application = ApplicationFactory(volunteer__user__first_name="Demo")
    role = application.opportunity
    sign_in(page.context, MembershipFactory(organisation=role.organisation).user, live_server.url)
    page.goto(f"{live_server.url}/groups/{role.organisation_id}/roles/{role.pk}/applicants/")

    tab_to(page, "Offer a place: Demo")
    page.keyboard.press("Enter")
    page.wait_for_url("**/offer/")
    tab_to(page, "Offer a place")
    page.keyboard.press("Enter")

    expect(page.get_by_role("main")).to_contain_text("Demo is offered a place.")
    application.refresh_from_db()
    assert application.state == "offered"


def tab_to(page: Page, words: str) -> None:
    """Go on from box to link to button, as with the keyboard, to the one with these words."""
    for _ in range(40):
        page.keyboard.press("Tab")
        if str(page.evaluate("document.activeElement.textContent")).strip() == words:
            return
    raise AssertionError(f"{words} is not reached with the keyboard")
