"""What somebody can do next who did not get a place."""

import pytest

from matching.models import Recommendation
from matching.next_steps import in_words, next_steps
from matching.services import refusals
from notifications.models import Notification
from placements.models import Application
from placements.services import applications, blocks, unanswered
from placements.states import Mover
from tests.factories.core import lease_on
from tests.factories.matching import RecommendationFactory
from tests.factories.opportunities import OpportunityFactory
from tests.factories.placements import ApplicationFactory
from tests.factories.volunteers import VolunteerFactory

pytestmark = pytest.mark.django_db


def item(role, score=0.5):
    return {
        "role": role.pk,
        "score": score,
        "parts": {},
        "reasons": [],
        "km": None,
        "failed": [],
    }


def listed(volunteer, *roles):
    return RecommendationFactory(volunteer=volunteer, items=[item(role) for role in roles])


def told(application):
    lease = lease_on("application.refused", application.pk)
    refusals.tell(application.pk, lease)
    return Notification.objects.filter(recipient=application.volunteer.user).latest("pk")


@pytest.mark.parametrize(
    ("role", "kind"),
    [
        ({"training": "We show you how."}, "With training"),
        ({"commitment": "one_off"}, "Just once"),
        ({"at_home": True}, "From home"),
    ],
)
def test_what_is_useful_meanwhile(role, kind):
    useful = OpportunityFactory(**role)
    steps = next_steps(VolunteerFactory(), OpportunityFactory())

    assert [(one.kind, one.role) for one in steps.meanwhile] == [(kind, useful)]


@pytest.mark.parametrize(
    "made",
    [
        {"minimum_age": 60},
        {"full": True},
        {"closed": True},
        {"organisation__suspended": True},
        {"applications_pending": 50},
        {"postcode": "SW1A 1AA"},
    ],
)
def test_nothing_that_they_cannot_ask_for_or_that_is_too_far(made):
    OpportunityFactory(commitment="one_off", **made)
    assert next_steps(VolunteerFactory(travel_miles=3), OpportunityFactory()).meanwhile == []


def test_nothing_of_a_group_that_is_blocked_and_nothing_asked_for():
    person = VolunteerFactory()
    blocked, asked = OpportunityFactory.create_batch(2, commitment="one_off")
    ApplicationFactory(volunteer=person, opportunity=asked)
    blocks.block(volunteer=person, organisation=blocked.organisation, side=Mover.GROUP, by=None)
    assert next_steps(person, OpportunityFactory()).meanwhile == []


def test_roles_of_their_list_those_most_alike_first():
    person = VolunteerFactory()
    role = OpportunityFactory(causes=["loneliness"])
    others = OpportunityFactory.create_batch(3)
    alike = OpportunityFactory(causes=["loneliness"])
    full = OpportunityFactory(full=True, causes=["loneliness"])
    listed(person, *others, alike, full)

    steps = next_steps(person, role)

    assert steps.alike[0] == alike
    assert len(steps.alike) == 3
    assert full not in steps.alike


def test_a_no_is_told_once_with_reason_words_and_next_steps():
    application = ApplicationFactory()
    useful = OpportunityFactory(commitment="one_off", title="Marshal at a fun run")
    applications.decline(application=application, reason="no_place", words="Thank you!", by=None)
    assert not Notification.objects.exists()

    message = told(application)
    told(application)

    assert "all places are taken" in message.body
    assert "Thank you!" in message.body
    assert f"Just once: “Marshal at a fun run”, {useful.organisation.name}: http" in message.body
    assert f"/roles/{useful.pk}/" in message.body
    assert Notification.objects.count() == 1


def test_a_role_that_closed_is_told_with_next_steps_too():
    application = ApplicationFactory(opportunity__closed=True)
    unanswered.lapse_unanswered(opportunity=application.opportunity)

    message = told(application)

    assert message.kind == "application.lapse"
    assert "your list shows new roles as soon as they open" in message.body


def test_the_list_of_the_same_kind_of_role_is_offered(client):
    application = ApplicationFactory(opportunity__activities=["gardening"])
    applications.decline(application=application, reason="no_place", by=None)
    address = "/me/waiting/join/?activity=gardening"
    assert f"8000{address}" in told(application).body
    client.force_login(application.volunteer.user)
    assert (
        f'href="{address}">Wait for a place'
        in client.get(f"/me/applications/{application.pk}/").text
    )
    assert client.get(address).context["form"].initial["activity"] == "gardening"


def test_where_nothing_fits_the_words_say_what_would_help():
    Recommendation.objects.all().delete()
    steps = next_steps(VolunteerFactory(), OpportunityFactory())
    assert "more may suit you" in in_words(steps)


def test_nobody_is_told_no_who_was_not_refused():
    application = ApplicationFactory()
    assert not refusals.tell(application.pk, lease_on("application.refused", application.pk))
    assert not refusals.tell(0, lease_on("application.refused", 1))
    assert Application.objects.get().state == "submitted"


def test_as_many_queries_however_many_roles(django_assert_max_num_queries):
    person, role = VolunteerFactory(), OpportunityFactory()
    OpportunityFactory.create_batch(12, commitment="one_off")
    listed(person, *OpportunityFactory.create_batch(5))
    with django_assert_max_num_queries(8):
        next_steps(person, role)
