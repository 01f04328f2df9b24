from datetime import timedelta

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from accounts.models import AuditEntry
from core import clock
from matching.wording import how_it_answers
from opportunities.models import Membership, Opportunity, Organisation
from opportunities.services import people
from placements.models import Application
from placements.services import conversations
from placements.states import Mover
from tests.factories.accounts import UserFactory
from tests.factories.opportunities import (
    MembershipFactory,
    OpportunityFactory,
    OrganisationFactory,
)
from tests.factories.placements import ApplicationFactory
from tests.unit.web.pages import text_of
from web.dates import near_day
from web.views.groups import ROLES_PER_PAGE

pytestmark = pytest.mark.django_db

REGISTER = "/groups/register/"
NAME = {
    "name": "Example Toy Library",
    "description": "We lend toys to families.",
    "causes": ["older-people"],
}
PLACE = {"legal_form": "charity", "identifier": "1234567", "postcode": "ha1 2xy"}
CONTACT = {
    "contact_email": "toys@example.org",
    "phone": "",
    "website": "www.example.org",
    "size": "micro",
    "network": "none",
}
ANSWERS = NAME | PLACE | CONTACT
STEPS = {"name": NAME, "place": PLACE, "contact": CONTACT}


@pytest.fixture
def person(client):
    person = UserFactory()
    client.force_login(person)
    return person


def home(group):
    return reverse("web:group-detail", args=[group.pk])


def step(name):
    return REGISTER if name == "name" else f"{REGISTER}{name}/"


def test_registering_makes_a_group_that_waits_with_its_owner(client, person):
    assert "Step 1 of 3" in client.get(REGISTER).text
    assert client.post(REGISTER, NAME).url == step("place")
    assert client.post(step("place"), PLACE).url == step("contact")
    response = client.post(step("contact"), CONTACT, follow=True)

    group = Organisation.objects.get()
    assert response.redirect_chain == [(home(group), 302)]
    assert "Example Toy Library is registered." in response.text
    assert "You can write" in response.text
    assert (group.identifier, group.postcode) == ("GB-CHC-1234567", "HA1 2XY")
    assert group.website == "https://www.example.org"
    assert (group.size, group.network) == ("micro", "none")
    assert [cause.code for cause in group.causes.all()] == ["older-people"]
    assert group.verified_at is None
    assert Membership.objects.get().user == person
    assert AuditEntry.objects.get(action="organisation.registered").actor == person


def test_registering_goes_on_where_it_was_left(client, person):
    client.post(REGISTER, NAME)

    assert client.get(step("contact")).url == step("place")
    assert "We lend toys to families." in client.get(REGISTER).text
    assert client.post(step("contact"), CONTACT).url == step("place")
    assert client.get(step("made-up")).status_code == 404
    assert not Organisation.objects.exists()


def test_registering_asks_people_to_sign_in_first(client):
    response = client.get(REGISTER)

    assert response.status_code == 302
    assert response.url.startswith("/accounts/login/")


@pytest.mark.parametrize(
    ("field", "answer", "sentence"),
    [
        ("name", "", "Enter the name of the group."),
        ("description", " ", "Say in a few words what the group does."),
        ("legal_form", "", "Choose what kind of group it is."),
        ("identifier", "CE012345", "Check the number."),
        ("identifier", "12345", "Check the number."),
        ("postcode", "QQ1 1QQ", "We cannot find this postcode."),
        ("contact_email", "toys", "name@example.com"),
        ("website", "not a site", "www.example.org"),
    ],
)
def test_registering_says_what_is_wrong_and_changes_nothing(
    client, person, field, answer, sentence
):
    wrong = next(name for name, answers in STEPS.items() if field in answers)
    for name, answers in STEPS.items():
        response = client.post(step(name), answers | {field: answer})
        if name == wrong:
            break

    assert response.status_code == 200
    assert any(sentence in error for error in response.context["form"].errors[field])
    assert response.text.count("<title>Error: ") == 1
    assert not Organisation.objects.exists()


def test_a_number_that_is_registered_already_is_said_with_what_to_do(client, person):
    OrganisationFactory(name="Example Zoo", identifier="GB-CHC-1234567")

    client.post(REGISTER, NAME)
    response = client.post(step("place"), PLACE)

    assert "A group with this number is registered already." in response.text
    assert "this is us, ask to join" in response.text
    words = text_of(response)
    assert "check the number. If it is right and you do not know this group" in words
    assert reverse("web:contact") in response.text
    assert "say so below" not in words
    (error,) = response.context["form"].errors["identifier"]
    assert "If it is yours, ask to join it. If not, check the number." in error
    assert Organisation.objects.count() == 1


def test_the_causes_are_folded_until_one_is_chosen(client, person):
    folded = '<details class="govuk-details govuk-!-margin-bottom-0" >'
    assertContains(client.get(REGISTER), folded, count=1)
    wrong = client.post(REGISTER, NAME | {"name": ""})
    assertNotContains(wrong, folded)
    assertContains(wrong, 'value="older-people"\n         checked', count=1)


def test_causes_size_and_network_may_be_left_out(client, person):
    client.post(REGISTER, NAME | {"causes": []})
    client.post(step("place"), PLACE)
    assert "Not said" in client.get(step("contact")).text
    client.post(step("contact"), CONTACT | {"size": "", "network": ""})
    group = Organisation.objects.get()
    assert (group.size, group.network, list(group.causes.all())) == ("", "", [])


def test_nearly_the_same_name_has_to_be_confirmed(client, person):
    OrganisationFactory(name="The Example Toy-Library")

    asked = client.post(REGISTER, NAME)
    confirmed = client.post(REGISTER, NAME | {"another_group": "on"})

    assert "The Example Toy-Library" in asked.text
    assert "If yours is another group, say so below and go on." in text_of(asked)
    assert "this is us, ask to join" in asked.text
    assert asked.status_code == 200
    assert confirmed.url == step("place")


def test_what_is_typed_is_shown_as_text(client, person):
    client.post(REGISTER, NAME | {"name": "<script>alert(1)</script>"})
    client.post(step("place"), PLACE)
    response = client.post(step("contact"), CONTACT, follow=True)

    assert "is registered." in response.text
    assert "<script>alert" not in response.text


def test_home_says_what_to_do_next(client, membership):
    group = membership.organisation
    role = OpportunityFactory(organisation=group, title="Make tea", places=5)
    ApplicationFactory(opportunity=role, state="accepted")
    ApplicationFactory(opportunity=role)
    OpportunityFactory(organisation=group, title="Make cake", draft=True)

    page = client.get(home(group)).text

    assert "Answer 1 person who asked for “Make tea”" in page
    assert "Finish “Make cake” and send it" in page
    assert "1 of 5 places taken" in page
    assert "1 person waiting for an answer" in page


@pytest.mark.parametrize("again", ["draft", "in_review", "closed"])
def test_people_stay_in_reach_while_a_role_is_off(client, membership, again):
    role = OpportunityFactory(organisation=membership.organisation, places_taken=1, status=again)
    ApplicationFactory(opportunity=role, state="accepted")
    at = f"/groups/{role.organisation_id}/roles/{role.pk}"

    roles = "?roles=closed" if again == "closed" else ""
    for page in (f"{home(role.organisation)}{roles}", f"{at}/edit/"):
        text = client.get(page).text
        assert f'href="{at}/applicants/"' in text
        assert f'href="{at}/volunteers/"' in text


def test_home_of_a_new_group_says_that_it_is_checked_and_offers_a_first_role(client):
    membership = MembershipFactory(organisation__unverified=True)
    client.force_login(membership.user)

    page = client.get(home(membership.organisation)).text

    assert "Not checked yet" in page
    assert "The volunteer centre checks new groups" in page
    assert f"by {near_day(clock.today() + timedelta(days=7))}" in page
    assert "Write your first role" in page


def test_home_says_when_the_centre_is_late(client):
    membership = MembershipFactory(
        organisation__unverified=True, organisation__created_at=clock.now() - timedelta(days=9)
    )
    client.force_login(membership.user)

    page = text_of(client.get(home(membership.organisation)))

    assert "later than it means to be" in page


def test_home_says_that_nothing_waits(client, membership):
    OpportunityFactory(organisation=membership.organisation)

    page = client.get(home(membership.organisation)).text

    assert "Nothing waits for you now." in page
    assert "Write a role" in page


@pytest.mark.parametrize(("answers", "days"), [(0, None), (3, None), (40, 4)])
def test_home_shows_the_very_words_that_people_read_of_how_the_group_answers(
    client, membership, answers, days
):
    group = membership.organisation
    group.answering = {"in_time": [30.0, 8.0], "answers": answers}
    group.median_answer_days = days
    group.save()
    role = OpportunityFactory(organisation=group)

    words = how_it_answers(group)
    assert "in 10 people within 10 days." in words
    assert f"People who look at your roles read this: {words}" in text_of(client.get(home(group)))
    beside_the_role = text_of(client.get(f"/roles/{role.pk}/"))
    assert all(f"{sentence}." in beside_the_role for sentence in words.rstrip(".").split(". "))


def test_home_says_who_asks_to_join_to_those_who_answer(client, membership):
    group = membership.organisation
    people.ask_to_join(organisation=group, user=UserFactory())
    member = MembershipFactory(organisation=group, role="member").user

    assert "1 person asks to act for the group" in client.get(home(group)).text
    client.force_login(member)
    assert "asks to act for the group" not in client.get(home(group)).text


def test_home_of_a_stopped_group_says_so(client):
    membership = MembershipFactory(organisation__suspended=True)
    client.force_login(membership.user)

    assert "People cannot see your roles now" in client.get(home(membership.organisation)).text


def test_home_counts_messages_that_nobody_has_read_and_leads_to_them(client, membership):
    group = membership.organisation
    role = OpportunityFactory(organisation=group, title="Walk dogs")
    asked, over = ApplicationFactory.create_batch(2, opportunity=role)
    for words in ("Hello", "When?"):
        conversations.write(application=asked, side=Mover.VOLUNTEER, words=words, by=None)
    conversations.write(application=asked, side=Mover.GROUP, words="Hello", by=None)
    conversations.write(application=over, side=Mover.VOLUNTEER, words="Hello", by=None)
    ended = clock.now() - timedelta(days=15)
    Application.objects.filter(pk=over.pk).update(state="withdrawn", state_since=ended)
    ours = ApplicationFactory(opportunity=OpportunityFactory())
    conversations.write(application=ours, side=Mover.VOLUNTEER, words="Elsewhere", by=None)

    page = client.get(home(group))
    assert "Read 2 new messages about “Walk dogs”" in text_of(page)
    assert f'href="/groups/{group.pk}/roles/{role.pk}/applicants/"' in page.text
    conversations.mark_read(application=asked, side=Mover.GROUP)
    assert "new message" not in client.get(home(group)).text


def test_home_takes_as_many_queries_for_many_roles(
    client, membership, django_assert_max_num_queries
):
    group = membership.organisation
    for _ in range(ROLES_PER_PAGE + 2):
        asked = ApplicationFactory(opportunity=OpportunityFactory(organisation=group))
        conversations.write(application=asked, side=Mover.VOLUNTEER, words="Hello", by=None)

    with django_assert_max_num_queries(16):
        client.get(home(group))


def test_home_pages_roles_what_people_see_first_and_closed_ones_behind_a_link(client, membership):
    group = membership.organisation
    OpportunityFactory(organisation=group, title="A draft", draft=True)
    OpportunityFactory(organisation=group, title="A closed role", closed=True)
    for number in range(ROLES_PER_PAGE):
        OpportunityFactory(organisation=group, title=f"Open role {number:02}")
    asked = ApplicationFactory(opportunity__organisation=group, opportunity__title="Wanted")

    first, second = (rows(client.get(f"{home(group)}?page={page}")) for page in (1, 2))
    assert first == ["Wanted", *(f"Open role {number:02}" for number in range(ROLES_PER_PAGE - 1))]
    assert second == [f"Open role {ROLES_PER_PAGE - 1}", "A draft"]
    page = client.get(home(group))
    assert 'href="?page=2#roles"' in page.text
    assert "1 closed role" in text_of(page)
    assert "Finish “A draft” and send it" in text_of(page), "what is to be done stands on each"

    page = client.get(f"{home(group)}?roles=closed")
    assert rows(page) == ["A closed role"]
    assert f"Answer 1 person who asked for “{asked.opportunity.title}”" in text_of(page)


def test_home_whose_roles_are_all_closed_is_not_that_of_a_new_group(client, membership):
    group = membership.organisation
    OpportunityFactory(organisation=group, closed=True)
    assert "Write a role" in client.get(home(group)).text
    assert "Write a role" in client.get(f"{home(group)}?roles=closed").text
    Opportunity.objects.update(status="open")
    page = client.get(f"{home(group)}?roles=closed").text
    assert "Write a role" in page
    assert "Roles that are not closed" in page


def rows(page):
    return [role.title for name in ("shown", "unfinished", "closed") for role in page.context[name]]


@pytest.mark.parametrize("page", ["", "edit/", "people/", "roles/new/"])
def test_pages_of_a_group_are_not_there_for_others(client, person, page):
    group = MembershipFactory().organisation

    assert client.get(f"/groups/{group.pk}/{page}").status_code == 404


def test_the_centre_opens_any_group(client):
    client.force_login(UserFactory(broker=True))

    assert client.get(home(OrganisationFactory())).status_code == 200


def test_a_group_changes_what_it_is_for_and_needs_no_address_where_it_never_had_one(
    client, membership
):
    group = membership.organisation
    address = f"/groups/{group.pk}/edit/"
    assert "Enter an email address." in client.post(address, ANSWERS | {"contact_email": ""}).text

    Organisation.objects.update(contact_email="")
    client.post(address, ANSWERS | {"contact_email": "", "network": "cvs"})

    group.refresh_from_db()
    assert (group.contact_email, group.network) == ("", "cvs")
    assert [cause.code for cause in group.causes.all()] == ["older-people"]
    page = client.get(address)
    assert page.context["form"]["causes"].value() == ["older-people"]
    assert "Email address for the volunteer centre" in page.text


def test_a_member_changes_the_group(client, membership):
    group = membership.organisation
    form = client.get(f"/groups/{group.pk}/edit/").context["form"]
    assert form.initial["description"] == group.description

    client.post(f"/groups/{group.pk}/edit/", ANSWERS)

    group.refresh_from_db()
    assert group.name == "Example Toy Library"
    assert AuditEntry.objects.get(action="organisation.changed").actor == membership.user


def test_the_number_is_shown_as_people_write_it(client, membership):
    group = membership.organisation
    Organisation.objects.update(legal_form="charity", identifier="GB-CHC-1234567")

    form = client.get(f"/groups/{group.pk}/edit/").context["form"]

    assert form.initial["identifier"] == "1234567"


def test_a_number_that_would_be_read_otherwise_is_shown_in_full(client, membership):
    group = membership.organisation
    Organisation.objects.update(legal_form="faith", identifier="GB-COH-SC123456")

    form = client.get(f"/groups/{group.pk}/edit/").context["form"]

    assert form.initial["identifier"] == "GB-COH-SC123456"


def test_people_lists_who_acts_for_the_group(client, membership):
    other = MembershipFactory(organisation=membership.organisation, role="member")
    stranger = MembershipFactory()

    page = client.get(f"/groups/{membership.organisation.pk}/people/").text

    assert str(membership.user) in page
    assert str(other.user) in page
    assert str(stranger.user) not in page


def test_who_acts_for_one_group_goes_straight_to_it(client, membership):
    assert client.get("/groups/").url == home(membership.organisation)


def test_who_acts_for_several_groups_chooses(client, membership):
    second = MembershipFactory(user=membership.user).organisation
    strange = OrganisationFactory()

    page = client.get("/groups/").text

    assert membership.organisation.name in page
    assert second.name in page
    assert strange.name not in page
