import pytest

from opportunities.models import CapacityLimit, Opportunity
from opportunities.services import limits
from tests.factories.accounts import UserFactory
from tests.factories.opportunities import MembershipFactory, OpportunityFactory
from tests.unit.web.pages import text_of

pytestmark = pytest.mark.django_db


def address(group, page=""):
    return f"/groups/{group.pk}/limits/{page}"


def test_closing_for_want_of_room_asks_what_would_change_it(client, membership):
    role = OpportunityFactory(organisation=membership.organisation)
    close = f"/groups/{role.organisation_id}/roles/{role.pk}/close/"

    response = client.post(close, {"because": "limit"})
    page = client.get(response.url)
    client.post(response.url, {"reason": "supervision", "cost_pounds": "1200", "words": ""})

    limit = CapacityLimit.objects.get()
    assert Opportunity.objects.get().closed_because == "limit"
    assert "Skip this" in page.text
    assert (limit.opportunity, limit.reason, limit.cost_pounds) == (role, "supervision", 1200)
    assert limit.asked == "closed"


@pytest.mark.parametrize("because", ["", "found"])
def test_closing_for_another_reason_asks_nothing(client, membership, because):
    role = OpportunityFactory(organisation=membership.organisation)
    page = f"/groups/{role.organisation_id}/roles/{role.pk}/"

    response = client.post(f"{page}close/", {"because": because})

    assert response.url == f"{page}edit/"


def test_what_was_said_is_shown_changed_and_taken_back(client, membership):
    group = membership.organisation
    limit = limits.say(organisation=group, by=None, reason="expenses", words="Bus fares")
    assert "Bus fares" in text_of(client.get(address(group)))

    said = {"cost_pounds": "40", "more_people": "5", "words": "Fares", "words_may_be_shown": "on"}
    client.post(address(group, f"{limit.pk}/"), said)
    changed = text_of(client.get(address(group)))
    client.post(address(group, f"{limit.pk}/end/"))

    assert "About £40 a year would change it. Then 5 more people could come." in changed
    assert "may read these words, without the group’s name" in changed
    assert "You have said nothing yet." in text_of(client.get(address(group)))


def test_nothing_chosen_says_what_to_do(client, membership):
    page = client.post(address(membership.organisation, "new/"), {})

    assert "or skip this" in page.text


def test_a_role_of_another_group_is_not_taken(client, membership):
    strange = OpportunityFactory()

    client.post(
        address(membership.organisation, f"new/?role={strange.pk}&asked=made-up"),
        {"reason": "premises"},
    )

    limit = CapacityLimit.objects.get()
    assert (limit.opportunity, limit.asked) == (None, "own")


def test_what_another_group_said_is_not_there(client, membership):
    other = limits.say(
        organisation=MembershipFactory().organisation, by=None, reason="premises", words="Secret"
    )

    assert client.get(address(membership.organisation, f"{other.pk}/")).status_code == 404
    assert client.post(address(membership.organisation, f"{other.pk}/end/")).status_code == 404


def test_the_centre_sees_reasons_added_up_and_each_group(client):
    client.force_login(UserFactory(broker=True))
    for pounds in (100, 200):
        limits.say(
            organisation=MembershipFactory().organisation,
            by=None,
            reason="premises",
            cost_pounds=pounds,
            words="A bigger hall",
        )

    page = text_of(client.get("/desk/limits/"))

    assert "There is no room for more people 2 300" in page
    assert "A bigger hall" in page
    group = CapacityLimit.objects.first().organisation
    assert "A bigger hall" in text_of(client.get(f"/desk/groups/{group.pk}/"))
