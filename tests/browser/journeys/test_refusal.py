"""A kind refusal, and the ways on that come with it."""

from collections.abc import Callable

from django.core import mail

from accounts.models import User
from matching import recommender
from placements.models import Application, WaitingListEntry
from placements.services import applications
from tests.browser.travellers import Traveller
from tests.factories.core import lease_on
from tests.factories.opportunities import OpportunityFactory
from tests.factories.placements import ApplicationFactory
from tests.factories.volunteers import VolunteerFactory
from tests.work import work_is_done

OTHER = "Dig another made-up garden"


def test_a_refusal_leads_on(enter: Callable[[User], Traveller]) -> None:
    person = VolunteerFactory(activities=["gardening"], causes=["community-gardens"])
    asked = ApplicationFactory(
        volunteer=person,
        opportunity__title="Weed the example beds",
        opportunity__activities=["gardening"],
    )
    OpportunityFactory(title=OTHER, activities=["gardening"], causes=["community-gardens"])
    recommender.refresh_volunteer(person.pk, lease_on("profile.changed", person.pk))
    applications.decline(
        application=asked, reason="no_place", words="Thank you, and good luck.", by=None
    )
    work_is_done()
    said = str(mail.outbox[-1].body)
    assert "Thank you, and good luck." in said

    refused = enter(person.user)
    refused.open(f"/me/applications/{asked.pk}/")
    refused.sees("Not this time", "All places are taken", "Thank you, and good luck.", OTHER)
    refused.follow(OTHER)
    refused.press("Tell them you’re interested")
    refused.press("Send")
    refused.sees("Sent. The group has it now.")
    assert Application.objects.filter(volunteer=person).count() == 2

    refused.open(f"/me/applications/{asked.pk}/")
    refused.follow("Wait for a role of this kind")
    refused.press("Join the waiting list")
    refused.sees("You are on the waiting list.")
    assert WaitingListEntry.objects.get().activity.code == "gardening"
