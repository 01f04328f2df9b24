"""Lists are read with as many queries for many rows as for few."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.clock import now
from matching.models import HiddenRole, Suggestion
from notifications.models import Notification
from opportunities.models import CapacityLimit, Opportunity
from placements import service_record
from placements.models import Application, Block, Message
from tests.factories.opportunities import (
    OpportunityFactory,
    OrganisationFactory,
    SavedSearchFactory,
)
from tests.factories.placements import ApplicationFactory, HoursEntryFactory
from tests.factories.volunteers import VolunteerFactory
from tests.factories.waiting import WaitingListEntryFactory
from tests.integration.api.cast import Cast

pytestmark = pytest.mark.django_db


def more(cast: Cast) -> None:
    """Make two more of everything that is listed."""
    person, member = cast.volunteer, cast.users["member"]
    Opportunity.objects.filter(pk=cast.placed.opportunity_id).update(places=9)
    for number, kind in enumerate(("cooking", "deliveries")):
        WaitingListEntryFactory(volunteer=person, activity=kind)
        Suggestion.objects.create(
            volunteer=person,
            opportunity=OpportunityFactory(organisation=cast.group),
            state=Suggestion.State.LAPSED,
            sent_at=now(),
            answer_by=now() + timedelta(days=1),
        )
        HiddenRole.objects.create(
            volunteer=person, opportunity=OpportunityFactory(), reason="too_far"
        )
        HoursEntryFactory(
            application=ApplicationFactory(
                volunteer=person,
                opportunity=OpportunityFactory(organisation=cast.group),
                state=Application.State.STARTED,
            )
        )
        place = ApplicationFactory(
            opportunity=cast.placed.opportunity, volunteer=VolunteerFactory(), state="accepted"
        )
        HoursEntryFactory(application=place)
        service_record.make(volunteer=person, by=None)
        CapacityLimit.objects.create(
            organisation=cast.group, reason=("training", "insurance")[number]
        )
        Message.objects.create(
            application=cast.application, side="group", author=member, words="w", sent_at=now()
        )
        SavedSearchFactory(user=person.user)
        Block.objects.create(volunteer=person, organisation=OrganisationFactory(), side="volunteer")
        Notification.objects.create(
            recipient=person.user, kind="k", key=f"k:{number}", subject="s", body="b"
        )


LISTS: dict[str, tuple[str, Callable[[Cast], str]]] = {
    "waiting lists": ("volunteer", lambda cast: "waiting-lists/"),
    "suggestions": ("volunteer", lambda cast: "suggestions/"),
    "hidden roles": ("volunteer", lambda cast: "hidden-roles/"),
    "saved searches": ("volunteer", lambda cast: "saved-searches/"),
    "blocked groups": ("volunteer", lambda cast: "blocked-groups/"),
    "placements": ("volunteer", lambda cast: "placements/"),
    "hours": ("volunteer", lambda cast: "hours/"),
    "service records": ("volunteer", lambda cast: "service-records/"),
    "notifications": ("volunteer", lambda cast: "notifications/"),
    "messages": ("volunteer", lambda cast: f"applications/{cast.application.pk}/messages/"),
    "messages as the group": (
        "member",
        lambda cast: f"applications/{cast.application.pk}/messages/",
    ),
    "limits": ("member", lambda cast: f"organisations/{cast.group.pk}/limits/"),
    "hours to confirm": ("member", lambda cast: f"organisations/{cast.group.pk}/hours/"),
    "volunteers": (
        "member",
        lambda cast: f"opportunities/{cast.placed.opportunity_id}/volunteers/",
    ),
}


def read(cast: Cast, name: str) -> tuple[int, int]:
    """Give how long the list is, and with how many queries it was read."""
    reader, address = LISTS[name]
    with CaptureQueriesContext(connection) as queries:
        answer = cast[reader].get(f"/api/v1/{address(cast)}")
    assert answer.status_code == 200, answer.json()
    return answer.json()["count"], len(queries)


@pytest.mark.parametrize("name", LISTS)
def test_a_longer_list_takes_no_more_queries(full_cast, name):
    # What is loaded once and kept is not counted.
    read(full_cast, name)
    Message.objects.create(
        application=full_cast.application,
        side="group",
        author=full_cast.users["member"],
        words="first",
        sent_at=now(),
    )
    Notification.objects.create(
        recipient=full_cast.volunteer.user, kind="k", key="first", subject="s", body="b"
    )
    few, before = read(full_cast, name)
    more(full_cast)
    many, after = read(full_cast, name)
    assert few >= 1
    assert many >= few + 2
    assert after == before


@pytest.mark.parametrize("name", LISTS)
def test_a_parameter_that_is_none_is_an_error(full_cast, name):
    reader, address = LISTS[name]
    answer = full_cast[reader].get(f"/api/v1/{address(full_cast)}?made_up=1")
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["code"] == "unknown_parameter"
