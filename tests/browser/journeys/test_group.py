"""A group, from registration to confirmed hours."""

import re
from collections.abc import Callable
from datetime import timedelta

from accounts.models import User
from core.clock import now, today
from matching import recommender
from opportunities.models import Opportunity, Organisation, Session
from opportunities.services import organisations, roles
from placements.models import Application, HoursEntry
from placements.services import applications
from tests.browser.travellers import Traveller
from tests.factories.accounts import UserFactory
from tests.factories.core import lease_on
from tests.factories.opportunities import OrganisationFactory
from tests.factories.volunteers import VolunteerFactory

NAME = "The Example Toy Library"
ROLE = "Mend toys on Saturdays"


def test_from_registration_to_confirmed_hours(
    enter: Callable[[User], Traveller],
) -> None:
    trustee, broker = enter(UserFactory()), UserFactory(broker=True)
    OrganisationFactory(name="Example Toy-Library")
    register(trustee)
    group = Organisation.objects.get(name=NAME)
    write_a_role(trustee)
    role = Opportunity.objects.get()
    assert role.status == Opportunity.Status.IN_REVIEW

    organisations.verify(organisation=group, by=broker)
    role.refresh_from_db()
    roles.publish(opportunity=role, by=broker)
    suits, other = two_people_ask(role)
    answer_them(trustee, group)
    suits.refresh_from_db()
    assert suits.state == "accepted"
    say_who_was_there(trustee, group, role, suits)
    entry = HoursEntry.objects.get()
    assert (entry.application, entry.state, entry.minutes) == (suits, "confirmed", 120)
    close(trustee, group)
    other.refresh_from_db()
    assert Opportunity.objects.get().status == "closed"


def register(trustee: Traveller) -> None:
    trustee.open("/groups/register/")
    trustee.press("Save and continue")
    trustee.is_told_of_mistakes("Enter the name of the group.")
    trustee.fill("Name of the group", NAME)
    trustee.fill("What does the group do?", "We lend toys to families.")
    trustee.press("Save and continue")
    trustee.sees("Example Toy-Library")
    trustee.choose("Ours is another group")
    trustee.press("Save and continue")
    trustee.choose("Registered charity")
    trustee.fill("Charity or company number", "123 4567")
    trustee.fill("Postcode", "ha11aa")
    trustee.press("Save and continue")
    trustee.fill("Email address for the volunteer centre", "toys@example.org")
    trustee.press("Register the group")
    trustee.sees(NAME, "Not checked yet")


def write_a_role(trustee: Traveller) -> None:
    trustee.press("Write your first role")
    trustee.follow("Start with an empty page")
    trustee.fill("What is the role called?", ROLE)
    trustee.fill("What will people do?", "You will mend toys.")
    trustee.press("Save and continue")
    trustee.unfold("Environment")
    trustee.choose("Recycling and repair")
    trustee.press("Save and continue")
    trustee.choose("At a place")
    trustee.press("Save and continue")
    trustee.choose("Saturday morning")
    trustee.press("Save and continue")
    trustee.press("Save and continue")  # no dates
    trustee.fill("How many people can you take?", "1")
    trustee.press("Save and continue")
    trustee.press("Save and continue")
    trustee.press("Save and continue")
    trustee.sees("1 place")
    trustee.press("Send to the volunteer centre")
    trustee.sees("is with the volunteer centre")


def two_people_ask(role: Opportunity) -> tuple[Application, Application]:
    """Somebody whom the role suits and somebody whom it suits less, who asked first."""
    people = (
        VolunteerFactory(user__first_name="Other"),
        VolunteerFactory(user__first_name="Suits", causes=["recycling-and-repair"]),
    )
    asked = [
        applications.submit(volunteer=person, opportunity=role, message="Please!", by=person.user)
        for person in people
    ]
    for application in asked:
        lease = lease_on("application.changed", application.pk)
        recommender.refresh_application(application.pk, lease)
    return asked[1], asked[0]


def answer_them(trustee: Traveller, group: Organisation) -> None:
    trustee.open(f"/groups/{group.pk}/")
    trustee.follow(re.compile("Answer 2 people"))
    first = trustee.page.locator(".hv-person").first
    assert "Suits" in first.inner_text()
    trustee.press(re.compile("^Offer a place.*Suits"))
    trustee.press("Offer a place")
    trustee.sees("Suits is offered a place")
    offered = Application.objects.get(state="offered")
    applications.take_up(application=offered, by=offered.volunteer.user)
    trustee.press(re.compile("^Say no kindly.*Other"))
    trustee.choose("All places are taken")
    trustee.press("Continue")
    trustee.press("Say no kindly")
    trustee.sees("Answers on their way", "Undo")


def say_who_was_there(
    trustee: Traveller, group: Organisation, role: Opportunity, placed: Application
) -> None:
    """A morning with somebody, who is ticked off afterwards."""
    placed.refresh_from_db()
    morning = now() - timedelta(hours=3)
    # Soon after midnight that morning is yesterday's: the place is older than it.
    earlier = now() - timedelta(days=9)
    Application.objects.filter(pk=placed.pk).update(created_at=earlier, answered_at=earlier)
    Session.objects.create(
        opportunity=role, starts_at=morning, ends_at=morning + timedelta(hours=2)
    )
    trustee.open(f"/groups/{group.pk}/roles/{role.pk}/volunteers/")
    trustee.sees("Who was there?")
    trustee.page.get_by_role("heading", name="Who was there?").wait_for()
    trustee.follow(re.compile(r"\d+(am|pm|midday|:)"))
    trustee.choose("Was there")
    trustee.press("Save")
    trustee.sees("Done")
    assert HoursEntry.objects.get().day <= today()


def close(trustee: Traveller, group: Organisation) -> None:
    trustee.open(f"/groups/{group.pk}/")
    trustee.follow(ROLE)
    trustee.follow("Close this role")
    trustee.press("Close the role")
    trustee.sees("closed")
