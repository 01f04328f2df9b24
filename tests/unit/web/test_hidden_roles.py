"""A role that is not for somebody: off their list at once, with what follows, and back again."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertRedirects

from accounts.models import AuditEntry
from core.clock import now
from matching.models import HiddenRole, Impression, Shortlist
from matching.selectors import fit_for, recommended_roles, suited_people
from matching.why_not import standing_of
from opportunities.models import Opportunity
from tests.factories.matching import RecommendationFactory
from tests.factories.opportunities import OpportunityFactory, OrganisationFactory
from tests.factories.volunteers import VolunteerFactory
from tests.unit.web.pages import error_links, text_of

pytestmark = pytest.mark.django_db

HTMX = {"headers": {"HX-Request": "true"}}


@pytest.fixture
def volunteer(client):
    volunteer = VolunteerFactory(last_used_at=now())
    client.force_login(volunteer.user)
    return volunteer


def item(role, score):
    return {"role": role.pk, "score": score, "km": 1.0, "parts": {}, "reasons": []}


def prepare(volunteer, *roles):
    items = [item(role, 0.9 - 0.1 * at) for at, role in enumerate(roles)]
    return RecommendationFactory(volunteer=volunteer, items=items, computed_at=now())


def listed(volunteer):
    return [found.opportunity.title for found in recommended_roles(volunteer).items]


def address(name, role):
    return reverse(f"web:{name}", args=[role.pk])


def hide(client, role, reason, **extra):
    return client.post(address("role-not-for-me", role), {"reason": reason}, **extra)


def test_a_hidden_role_leaves_the_list_at_once_and_undo_brings_it_back(client, volunteer):
    first, second = OpportunityFactory(title="Zinnia grower"), OpportunityFactory(title="Clerk")
    prepare(volunteer, first, second)

    response = hide(client, first, "other")

    assertRedirects(response, address("role-hidden", first))
    assert listed(volunteer) == ["Clerk"]
    event = Impression.objects.get(event="hidden")
    assert (event.opportunity, event.reason) == (first, "other")
    assert AuditEntry.objects.filter(action="role.hidden", details__reason="other").exists()
    assert "Zinnia grower" in text_of(client.get("/me/hidden/"))

    client.post(address("role-show-again", first))
    assert set(listed(volunteer)) == {"Zinnia grower", "Clerk"}
    assert not HiddenRole.objects.exists()
    assert Impression.objects.filter(event="undone").count() == 1


def test_on_the_list_a_quiet_line_takes_the_place_of_the_block(client, volunteer):
    role = OpportunityFactory(title="Zinnia grower")
    prepare(volunteer, role)

    words = hide(client, role, "done_before", **HTMX).content.decode()
    assert "Hidden: Zinnia grower." in words
    assert "Undo" in words
    assert "<html" not in words

    back = client.post(address("role-show-again", role), **HTMX).content.decode()
    assert "<html" not in back
    assert 'class="hv-role"' in back


def test_a_reason_is_needed(client, volunteer):
    role = OpportunityFactory()
    assert error_links(hide(client, role, "")) == {"Choose a reason.": "id_reason"}
    assert not HiddenRole.objects.exists()


def test_too_far_offers_to_look_nearer(client, volunteer):
    volunteer.travel_miles = 10
    volunteer.save()
    role = OpportunityFactory(postcode="HA5 3AB")  # less than 2 miles from HA1 1BH
    page = client.get(hide(client, role, "too_far")["Location"])
    assert "Look up to 1 mile from me only" in text_of(page)

    client.post("/me/profile/nearer/", {"miles": "1"})
    volunteer.refresh_from_db()
    assert volunteer.travel_miles == 1


@pytest.mark.parametrize("miles", ["", "0", "900", "x"])
def test_looking_nearer_takes_only_miles(client, volunteer, miles):
    client.post("/me/profile/nearer/", {"miles": miles})
    volunteer.refresh_from_db()
    assert volunteer.travel_miles == 3


def test_what_is_not_their_kind_of_thing_comes_lower_and_says_why(client, volunteer):
    hidden = OpportunityFactory(activities=["gardening"])
    like_it = OpportunityFactory(title="Weed beds", activities=["gardening"])
    other = OpportunityFactory(title="Clerk", activities=["befriending"])
    prepare(volunteer, like_it, other)
    assert listed(volunteer) == ["Weed beds", "Clerk"]

    page = client.get(hide(client, hidden, "not_interested")["Location"])

    assert "You said gardening is not for you." in text_of(page)
    assert listed(volunteer) == ["Clerk", "Weed beds"]
    words = text_of(client.get("/me/"))
    assert "You said gardening is not for you, so this comes lower." in words


def test_what_somebody_says_they_like_counts_more_than_one_hidden_role(client, volunteer):
    fan = VolunteerFactory(activities=["gardening"])
    client.force_login(fan.user)
    hidden = OpportunityFactory(activities=["gardening"])
    prepare(
        fan, OpportunityFactory(title="Weed beds", activities=["gardening"]), OpportunityFactory()
    )
    page = client.get(hide(client, hidden, "not_interested")["Location"])
    assert "Your profile says that you like gardening" in text_of(page)
    assert listed(fan)[0] == "Weed beds"


def test_not_this_group_leaves_out_all_its_roles(client, volunteer):
    group = OrganisationFactory(name="Example Growers")
    mine, also = OpportunityFactory.create_batch(2, organisation=group)
    other = OpportunityFactory(title="Clerk")
    prepare(volunteer, mine, also, other)

    page = client.get(hide(client, mine, "not_this_group")["Location"])

    assert "We leave out all roles of Example Growers." in text_of(page)
    assert listed(volunteer) == ["Clerk"]


def test_one_persons_hidden_roles_are_not_anothers(client, volunteer):
    role = OpportunityFactory(title="Zinnia grower")
    other = VolunteerFactory()
    prepare(other, role)
    hide(client, role, "other")
    assert listed(other) == ["Zinnia grower"]
    client.force_login(other.user)
    assert client.get(address("role-hidden", role)).status_code == 404
    assert client.post(address("role-show-again", role)).status_code == 404


def test_why_a_hidden_role_is_not_on_the_list(client, volunteer):
    role = OpportunityFactory()
    prepare(volunteer, role)
    hide(client, role, "other")
    loaded = Opportunity.objects.select_related("organisation").get(pk=role.pk)
    found = standing_of(volunteer, loaded, fit_for(volunteer, loaded))
    assert [barrier.code for barrier in found.barriers] == ["hidden"]
    assert reverse("web:hidden-roles") in client.get(address("role", role)).content.decode()


def test_the_volunteer_centre_is_not_shown_who_hid_a_role(client, volunteer):
    role = OpportunityFactory()
    role.shortlist = _shortlist(role, volunteer)
    assert len(suited_people(role)) == 1
    hide(client, role, "other")
    assert suited_people(role) == []


def _shortlist(role, volunteer):
    found = {"volunteer": volunteer.pk, "score": 0.5, "km": 1, "parts": {}, "reasons": []}
    return Shortlist.objects.create(
        opportunity=role, items=[found], policy="p", model_version="v", computed_at=now()
    )
