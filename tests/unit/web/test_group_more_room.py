"""A group reads what it could do for a role that many ask for, does it, and undoes it."""

import pytest

from core.week import SLOTS_BY_CODE, mask_of
from opportunities.models import MoreRoom, Opportunity
from tests.factories.opportunities import OpportunityFactory, OrganisationFactory
from tests.factories.placements import ApplicationFactory
from tests.factories.volunteers import VolunteerFactory
from tests.unit.web.pages import text_of

pytestmark = pytest.mark.django_db

SATURDAY = mask_of([SLOTS_BY_CODE["sat_morning"]])


@pytest.fixture
def role(membership):
    role = OpportunityFactory(
        organisation=membership.organisation, places=2, causes=["older-people"]
    )
    for number in range(9):
        person = VolunteerFactory(availability=SATURDAY, user__first_name=f"Applicant{number}")
        ApplicationFactory(opportunity=role, volunteer=person)
    Opportunity.objects.filter(pk=role.pk).update(applications_pending=9)
    return role


def address(role, page=""):
    return f"/groups/{role.organisation_id}/roles/{role.pk}/more-room/{page}"


def test_the_roles_page_says_what_could_be_done(client, role):
    other = OrganisationFactory(name="Example Kitchen")
    other.causes.set(role.causes.all())

    page = text_of(client.get(f"/groups/{role.organisation_id}/roles/{role.pk}/edit/"))

    assert "9 people ask for this role. There are 2 places left." in page
    assert "People who asked are free then: Saturday mornings." in page
    assert "fewer than 8" not in page, "the group knows who asked"
    assert page.count("That makes room for 2 more people.") == 2
    assert "Make a list of 8 people. Each comes about one week in 4." in page
    assert "Example Kitchen" in page
    assert "Applicant" not in page


def test_the_groups_home_leads_there(client, role):
    page = client.get(f"/groups/{role.organisation_id}/")

    assert f'href="{address(role)}"' in page.text
    assert "Many more people ask for it than there are places." in text_of(page)


def test_nothing_is_said_where_there_are_places_enough(client, membership):
    role = OpportunityFactory(organisation=membership.organisation)

    page = text_of(client.get(f"/groups/{role.organisation_id}/roles/{role.pk}/edit/"))

    assert "ask for this role" not in page
    assert "There are places enough" in text_of(client.get(address(role)))
    response = client.get(address(role, "job-share/"))
    assert response.url == address(role)


def test_shifts_are_begun_and_undone(client, role):
    assert "Saturday mornings" in text_of(client.get(address(role, "shifts/")))

    client.post(address(role, "shifts/"), {"slots": ["sat_morning"]})
    step = MoreRoom.objects.get()
    page = text_of(client.get(address(role)))
    client.post(address(role, f"{step.pk}/undo/"))

    draft = step.drafts.get()
    assert draft.title in page
    assert (draft.weekly_slots, draft.status) == (SATURDAY, "closed")


def test_the_group_reads_who_is_told(client, role):
    for page, told in (
        ("shifts/", "When one is open, we tell the people who asked."),
        ("job-share/", "We tell the people who wait for your answer."),
        ("turns/", "We tell the people who wait for your answer."),
    ):
        assert told in text_of(client.get(address(role, page)))


def test_the_nearest_group_is_chosen_already(client, role):
    near, far = OrganisationFactory(), OrganisationFactory(postcode="HA5 1AA")
    for group in (far, near):
        group.causes.set(role.causes.all())

    form = client.get(address(role, "second-group/")).context["form"]
    assert form["group"].initial == near.pk


def test_a_time_that_was_not_proposed_is_not_taken(client, role):
    page = client.post(address(role, "shifts/"), {"slots": ["sun_evening"]})

    assert "Choose from the list." in text_of(page)
    assert not MoreRoom.objects.exists()


def test_places_are_shared(client, role):
    too_many = client.post(address(role, "job-share/"), {"extra": "3"})
    assert "Enter a number from 1 to 2." in text_of(too_many)

    client.post(address(role, "job-share/"), {"extra": "2"})

    role.refresh_from_db()
    assert (role.places, role.can_be_shared) == (4, True)


def test_people_take_turns(client, role):
    words = "Each comes one week in 4."

    client.post(address(role, "turns/"), {"turns": "4", "words": words})

    role.refresh_from_db()
    assert role.places == 8
    assert role.description.endswith(words)


def test_a_second_group_is_asked_for(client, role):
    other = OrganisationFactory(name="Example Kitchen")
    other.causes.set(role.causes.all())
    assert "Example Kitchen" in text_of(client.get(address(role, "second-group/")))

    client.post(address(role, "second-group/"), {"group": str(other.pk)})

    assert MoreRoom.objects.get().other_group == other
    assert "The volunteer centre asks Example Kitchen." in text_of(client.get(address(role)))


def test_the_steps_of_another_role_are_not_there(client, role):
    strange = MoreRoom.objects.create(opportunity=OpportunityFactory(), kind="job_share")

    assert client.post(address(role, f"{strange.pk}/undo/")).status_code == 404
