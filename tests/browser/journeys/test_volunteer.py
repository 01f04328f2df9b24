"""A volunteer, from the first visit to confirmed hours."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from accounts.models import User
from core.clock import now, today
from matching import recommender
from opportunities.models import Opportunity
from opportunities.services import search_index
from placements.models import Application, HoursEntry
from placements.services import applications
from tests.browser.journeys.conftest import link_in_last_mail
from tests.browser.travellers import Traveller
from tests.factories.core import lease_on
from tests.factories.opportunities import (
    MembershipFactory,
    OpportunityFactory,
    OrganisationFactory,
    SessionFactory,
)
from volunteers.models import Volunteer

PASSWORD = "three words together"
GARDEN = "Water the demonstration garden"


@pytest.fixture
def garden() -> Opportunity:
    """A role in a garden nearby, beside two of other kinds."""
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
    OpportunityFactory(title="Coach example football", activities=["sports-coaching"])
    OpportunityFactory(title="Ring made-up neighbours", at_home=True)
    search_index.rebuild()
    return garden


def test_from_the_first_visit_to_confirmed_hours(
    somebody: Traveller, enter: Callable[[User], Traveller], garden: Opportunity
) -> None:
    find_a_role(somebody)
    register(somebody)
    become_volunteer(somebody)
    somebody.open("/me/profile/")
    fill_in_profile(somebody)

    volunteer = Volunteer.objects.get()
    somebody.sees("HA1 1BH (Greenhill)", "Monday mornings", "Gardening")
    somebody.press("Show me roles")
    somebody.sees("We are putting your list together")
    recommender.refresh_volunteer(volunteer.pk, lease_on("profile.changed", volunteer.pk))
    somebody.follow("Check again")
    somebody.sees(GARDEN, "gardening", "2 places left, nobody waiting for an answer.")

    somebody.follow(GARDEN)
    expect(somebody.page.get_by_role("heading", name="How it fits you")).to_be_visible()
    somebody.press("Tell them you’re interested")
    somebody.fill("A few words to the group", "I have a watering can.")
    somebody.press("Send")
    somebody.sees("Sent. The group has it now.")

    application = Application.objects.get()
    assert (application.opportunity, application.message) == (garden, "I have a watering can.")
    applications.offer(application=application, words="Come on Monday!", by=None)
    somebody.page.reload()
    somebody.sees("Come on Monday!")
    somebody.press("Yes, I take the place")
    somebody.sees("The place is yours.")
    application.refresh_from_db()
    assert application.state == "accepted"
    give_hours(somebody, application)
    group = garden.organisation
    trustee = enter(MembershipFactory(organisation=group).user)
    trustee.open(f"/groups/{group.pk}/")
    trustee.follow("Hours to confirm")
    trustee.press("Confirm what is ticked")
    trustee.sees("Done")
    somebody.open("/me/volunteering/")
    somebody.sees("2.5 hours confirmed")


def give_hours(somebody: Traveller, application: Application) -> None:
    somebody.open("/me/volunteering/")
    somebody.sees(GARDEN, "Next")
    somebody.press(re.compile("^I can come"))
    somebody.sees("you come")
    somebody.press("Write down hours")
    somebody.press("Save")  # with nothing filled in
    somebody.is_told_of_mistakes()
    day = today()
    for label, number in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
        somebody.fill(label, str(number))
    somebody.fill("How many hours?", "2.5")
    somebody.press("Save")
    somebody.sees("2.5 hours")
    entry = HoursEntry.objects.get()
    assert (entry.application, entry.minutes, entry.state) == (application, 150, "logged")


def find_a_role(somebody: Traveller) -> None:
    somebody.open("/")
    somebody.fill("What would you like to do?", "gardn")
    somebody.press("Search")
    somebody.sees("garden")
    somebody.follow(GARDEN)
    somebody.press("Tell them you’re interested")


def register(somebody: Traveller) -> None:
    somebody.follow("Register")
    somebody.fill("First name", "Demo")
    somebody.fill("Email address", "demo@example.org")
    somebody.fill("Choose a password", PASSWORD)
    somebody.press("Register")
    somebody.sees("Check your email")
    somebody.open(link_in_last_mail())
    somebody.press("Yes, this is mine")
    somebody.fill("Email address", "demo@example.org")
    somebody.fill("Password", PASSWORD)
    somebody.press("Sign in")


def become_volunteer(somebody: Traveller) -> None:
    somebody.sees("What would you like to do?")
    somebody.choose("I want to volunteer")
    somebody.press("Continue")
    somebody.press("Continue")  # with nothing filled in
    somebody.is_told_of_mistakes("date of birth")
    for label, number in (("Day", "27"), ("Month", "3"), ("Year", "1981")):
        somebody.fill(label, number)
    somebody.press("Continue")
    expect(somebody.page).not_to_have_title("Error")
    assert Volunteer.objects.get().user == User.objects.get(email="demo@example.org")


def fill_in_profile(somebody: Traveller) -> None:
    """From one question to the next, with a mistake, a stop, a skip and a way back."""
    somebody.press("Start")
    somebody.sees("Question 1 of 9", "Who sees this?")
    somebody.fill("Your postcode", "nowhere")
    somebody.press("Save and continue")
    somebody.is_told_of_mistakes("We cannot find this postcode.")
    somebody.fill("Your postcode", "ha11bh")
    somebody.press("Save and continue")
    somebody.choose("Gardening")
    somebody.press("Save and come back later")
    somebody.sees("You can stop and come back.")
    somebody.press("Go on")
    somebody.sees("Question 3 of 9")
    somebody.choose("Monday morning")
    somebody.press("Save and continue")
    somebody.unfold("Environment")
    somebody.choose("Community gardens and growing food")
    somebody.press("Save and continue")
    somebody.sees("How do you want to help?")
    somebody.press("Save and continue")
    somebody.choose("Up to 5 miles")
    somebody.press("Save and continue")
    somebody.choose("By bike")
    somebody.press("Save and continue")
    somebody.sees("Question 8 of 9")
    somebody.press("Save and continue")
    somebody.follow("Skip this question")
    somebody.sees("Check your answers", "Up to 5 miles", "By bike")
    somebody.follow(re.compile(r"^Change \(How you get about\)"))
    somebody.choose("On foot")
    somebody.press("Save and continue")
    somebody.sees("Check your answers", "On foot")
