"""What is said while the volunteer centre has stopped a group."""

import pytest

from opportunities.models import Organisation
from placements.states import State
from tests.factories.accounts import UserFactory
from tests.factories.opportunities import OpportunityFactory
from tests.factories.placements import ApplicationFactory

pytestmark = pytest.mark.django_db

PAGES = (
    "roles/{role}/applicants/",
    "roles/{role}/applicants/answer/?answer=accept&person={application}:submitted",
    "roles/{role}/applicants/{application}/accept/",
    "roles/{role}/applicants/{application}/messages/",
    "roles/{role}/volunteers/",
    "hours/",
)


@pytest.fixture
def application(membership):
    group = membership.organisation
    application = ApplicationFactory(
        opportunity=OpportunityFactory(organisation=group), volunteer__user__first_name="Canary"
    )
    Organisation.objects.filter(pk=group.pk).update(suspended_at=group.created_at)
    return application


@pytest.mark.parametrize("page", PAGES)
def test_its_people_are_shown_to_the_centre_alone(client, application, page) -> None:
    role = application.opportunity
    at = f"/groups/{role.organisation_id}/" + page.format(role=role.pk, application=application.pk)

    answer = client.get(at, follow=True)

    assert answer.redirect_chain[-1][0] == f"/groups/{role.organisation_id}/"
    assert "has stopped" in answer.text
    assert "Canary" not in answer.text
    assert "What to do next" not in answer.text
    client.force_login(UserFactory(broker=True))
    assert client.get(at).status_code == 200


@pytest.mark.parametrize(
    ("state", "says"),
    [
        (State.SUBMITTED, "so it cannot answer you"),
        (State.OFFERED, "so it cannot answer you"),
        (State.ACCEPTED, "before you go there"),
        (State.DECLINED, "Nothing more happens"),
    ],
)
def test_a_person_reads_what_it_means_for_them(client, state, says) -> None:
    application = ApplicationFactory(opportunity__organisation__suspended=True, state=state)
    client.force_login(application.volunteer.user)

    page = client.get(f"/me/applications/{application.pk}/").text

    assert says in page
    assert "take-up" not in page
    talk = client.get(f"/me/applications/{application.pk}/messages/").text
    assert "you cannot write to each other here" in talk
    assert "Send message" not in talk
