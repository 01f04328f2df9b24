"""Somebody under 16: looks around, asks a parent, and asks for a role once the parent agrees."""

import re
from collections.abc import Callable
from datetime import timedelta

from django.core import mail

from accounts.models import User
from core.clock import today
from placements.models import Application
from tests.browser.journeys.conftest import link_in_last_mail
from tests.browser.travellers import Traveller
from tests.factories.accounts import UserFactory
from tests.factories.opportunities import OpportunityFactory
from tests.factories.volunteers import VolunteerFactory
from tests.work import work_is_done
from volunteers.models import Volunteer


def test_a_parent_agrees_and_takes_it_back(
    somebody: Traveller, enter: Callable[[User], Traveller]
) -> None:
    role = OpportunityFactory(title="Sort example books", minimum_age=13)
    person = VolunteerFactory(
        user__first_name="Demo", date_of_birth=today() - timedelta(days=14 * 366)
    )
    young = enter(person.user)
    young.open(f"/roles/{role.pk}/")
    young.sees("You cannot ask for this role now", "parent or guardian")
    young.follow(re.compile("^What to do"))
    young.press("Send the email")
    young.is_told_of_mistakes()
    young.fill("Your parent’s or guardian’s name", "Example Parent")
    young.fill("Their email address", "parent@example.org")
    young.press("Send the email")
    young.sees("Sent. We tell you when they have answered.")
    work_is_done()
    assert mail.outbox[-1].to == ["parent@example.org"]

    parent, link = somebody, link_in_last_mail()
    parent.open(link)
    parent.sees("May Demo volunteer?")
    parent.press("Send my answer")
    parent.is_told_of_mistakes()
    parent.choose("Yes, I agree")
    parent.choose("I am the parent or guardian")
    parent.press("Send my answer")
    parent.sees("You have confirmed.")

    young.open(f"/roles/{role.pk}/")
    young.press("Tell them you’re interested")
    young.press("Send")
    young.sees("Sent. The group has it now.")
    work_is_done()

    parent.open(link)
    parent.press("Take back my word")
    parent.sees("You have taken back your word.")
    work_is_done()
    assert Application.objects.get().state == "withdrawn"
    assert Volunteer.objects.get().parent_confirmed_at is None


def test_nobody_under_13_registers(enter: Callable[[User], Traveller]) -> None:
    child, born = enter(UserFactory()), today() - timedelta(days=12 * 366)
    child.open("/start/volunteer/")
    for label, number in (("Day", born.day), ("Month", born.month), ("Year", born.year)):
        child.fill(label, str(number))
    child.press("Continue")
    child.is_told_of_mistakes("You need to be 13 or over to register")
    assert not Volunteer.objects.exists()
