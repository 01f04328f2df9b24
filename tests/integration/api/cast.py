"""The same people in every test of who may do what: each with a way in, and what they stand by."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from allauth.account.models import EmailAddress
from knox.models import AuthToken
from rest_framework.test import APIClient

from accounts.models import User
from core import clock
from matching.models import HiddenRole, Suggestion
from opportunities.models import CapacityLimit, MoreRoom, Opportunity, Organisation
from placements import calendar, service_record
from placements.models import Application, HoursEntry
from placements.services import blocks, held, timed_offers
from placements.states import Move, Mover
from tests.factories.accounts import UserFactory, set_up_app
from tests.factories.opportunities import (
    MembershipFactory,
    OpportunityFactory,
    OrganisationFactory,
    SavedSearchFactory,
)
from tests.factories.placements import ApplicationFactory, HoursEntryFactory
from tests.factories.volunteers import VolunteerFactory
from tests.factories.waiting import WaitingListEntryFactory
from volunteers.models import Volunteer

#: Everybody, in the order of the columns of the tables.
ROLES = (
    "anonymous",
    "volunteer",  # applied for the group's role
    "other_volunteer",
    "under_16",  # a volunteer of 14 whose parent has not confirmed
    "member",  # of the group
    "other_member",  # of another group
    "broker",
    "delivery_group",
    "superuser",
)


def client_of(user: User | None) -> APIClient:
    """Give a client that sends the person's token, or none."""
    client = APIClient(raise_request_exception=True)
    if user is not None:
        _row, token = AuthToken.objects.create(user=user)
        client.credentials(HTTP_AUTHORIZATION=f"Token {token}")
    return client


@dataclass(frozen=True)
class Cast:
    """People, their clients, and what they stand by."""

    users: dict[str, User | None]
    clients: dict[str, APIClient]
    volunteer: Volunteer
    group: Organisation
    unverified_group: Organisation
    role: Opportunity
    other_role: Opportunity
    draft: Opportunity
    closed: Opportunity
    application: Application
    offered: Application
    placed: Application
    #: What `belongings` made, by name.
    things: dict[str, Any] = field(default_factory=dict)

    def __getitem__(self, role: str) -> APIClient:
        return self.clients[role]


def assemble() -> Cast:
    """Make everybody and everything."""
    group = OrganisationFactory(name="Example Foodbank 1")
    unverified = OrganisationFactory(name="Example Foodbank 2", unverified=True)
    volunteer = VolunteerFactory(
        user__first_name="Demo",
        user__last_name="Volunteer 0001",
        user__phone="07700 900001",
        support_needs="I use a wheelchair.",
        share_support_needs=True,
    )
    member = UserFactory()
    for organisation in (group, unverified):
        MembershipFactory(organisation=organisation, user=member)
    young = clock.today() - timedelta(days=14 * 366)
    users = {
        "anonymous": None,
        "volunteer": volunteer.user,
        "other_volunteer": VolunteerFactory().user,
        "under_16": VolunteerFactory(date_of_birth=young).user,
        "member": member,
        "other_member": MembershipFactory().user,
        "broker": UserFactory(broker=True),
        "delivery_group": UserFactory(delivery_group=True),
        "superuser": User.objects.create_superuser("admin@example.org", "a long password"),
    }
    set_up_app(users["superuser"])
    role = OpportunityFactory(organisation=group, title="Helper", causes=["older-people"])
    for user in users.values():
        if user is not None:
            EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return Cast(
        users=users,
        clients={name: client_of(user) for name, user in users.items()},
        volunteer=volunteer,
        group=group,
        unverified_group=unverified,
        role=role,
        other_role=OpportunityFactory(organisation=group, title="Another"),
        draft=OpportunityFactory(organisation=group, title="Draft", draft=True, causes=["health"]),
        closed=OpportunityFactory(organisation=group, title="Closed", closed=True),
        application=ApplicationFactory(volunteer=volunteer, opportunity=role, message="I can help"),
        offered=ApplicationFactory(
            volunteer=volunteer,
            opportunity=OpportunityFactory(organisation=group, title="Offered"),
            state=Application.State.OFFERED,
        ),
        placed=ApplicationFactory(
            volunteer=volunteer,
            opportunity=OpportunityFactory(organisation=group, title="Placed"),
            state=Application.State.ACCEPTED,
        ),
    )


def assemble_with_belongings() -> Cast:
    """Make everybody, and what they have besides."""
    cast = assemble()
    cast.things.update(belongings(cast))
    return cast


def belongings(cast: Cast) -> dict[str, Any]:
    """Make what the volunteer and the group have besides: one thing of each kind."""
    person, group = cast.volunteer, cast.group

    def role(title: str, **fields: Any) -> Opportunity:
        return OpportunityFactory(organisation=group, title=title, **fields)

    first = WaitingListEntryFactory(volunteer=person, activity="gardening")
    asked = ApplicationFactory(volunteer=person, opportunity=role("Asked"))
    confirmed = HoursEntryFactory(
        application=cast.placed, state=HoursEntry.State.CONFIRMED, confirmed_at=clock.now()
    )
    at = clock.now()
    return {
        "full": role("Full", full=True),
        "entry": WaitingListEntryFactory(volunteer=person, activity="driving-people"),
        "offer": timed_offers.make(entry=first, opportunity=role("Kept")),
        "suggestion": Suggestion.objects.create(
            volunteer=person,
            opportunity=role("Suggested"),
            state=Suggestion.State.SENT,
            sent_at=at,
            answer_by=at + timedelta(days=7),
        ),
        "hidden": HiddenRole.objects.create(
            volunteer=person, opportunity=role("Hidden"), reason="too_far"
        ),
        "hours": HoursEntryFactory(application=cast.placed),
        "confirmed": confirmed,
        "record": service_record.make(volunteer=person, by=None),
        "feed": calendar.renew(volunteer=person, by=None),
        "limit": CapacityLimit.objects.create(organisation=group, reason="premises"),
        "search": SavedSearchFactory(user=person.user),
        "blocked": blocks.block(
            volunteer=person, organisation=OrganisationFactory(), side=Mover.VOLUNTEER, by=None
        ),
        "step": MoreRoom.objects.create(opportunity=cast.role, kind="shifts"),
        "held": held.hold(application=asked, move=Move.INVITE, by=cast.users["member"]),
    }
