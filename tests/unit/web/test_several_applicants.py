from datetime import timedelta

import pytest

from core import clock
from placements.models import Application
from placements.services import applications, held
from placements.states import Move
from tests.factories.opportunities import OpportunityFactory
from tests.factories.placements import ApplicationFactory
from tests.unit.web.pages import text_of
from web.dates import clock_time

pytestmark = pytest.mark.django_db


@pytest.fixture
def role(membership):
    return OpportunityFactory(organisation=membership.organisation, places=2)


def people(role):
    return f"/groups/{role.organisation_id}/roles/{role.pk}/applicants/"


def seen(*asked):
    return [f"{one.pk}:{one.state}" for one in asked]


def states(*asked):
    return [Application.objects.get(pk=one.pk).state for one in asked]


def test_the_list_offers_to_choose_those_who_wait_and_nobody_else(client, role):
    waiting, talking = (
        ApplicationFactory(opportunity=role, state=s) for s in ("submitted", "invited")
    )
    placed = ApplicationFactory(opportunity=role, state="accepted")

    page = client.get(people(role)).text

    assert f'value="{waiting.pk}:submitted"' in page
    assert f'value="{talking.pk}:invited"' in page
    assert f'id="choose-{placed.pk}"' not in page


def test_who_is_chosen_is_named_before_anything_happens(client, role):
    asked = ApplicationFactory.create_batch(2, opportunity=role)

    page = client.get(f"{people(role)}answer/", {"person": seen(*asked), "answer": "accept"})

    assert "Give 2 people a place" in page.text
    for one in asked:
        assert one.volunteer.user.first_name in page.text
    assert states(*asked) == ["submitted", "submitted"]


@pytest.mark.parametrize(
    ("move", "button"),
    [("offer", "Say no kindly"), ("accept", "End their place"), ("invite", ""), ("decline", "")],
)
def test_before_a_place_is_given_it_says_that_there_is_no_undo_and_what_to_do_instead(
    client, role, move, button
):
    asked = ApplicationFactory(opportunity=role)
    for page in (
        client.get(f"{people(role)}answer/", {"person": seen(asked), "answer": move}),
        client.get(f"{people(role)}{asked.pk}/{move}/"),
    ):
        assert ("so there is no undo" in text_of(page)) == bool(button)
        assert f"press “{button}” beside the name." in text_of(page) or not button
    if button:
        # The button is there once they have it.
        words = {"person": seen(asked), "answer": move, "words": ""}
        assert button in text_of(client.post(f"{people(role)}answer/", words, follow=True))


def test_several_get_a_place_at_once(client, role):
    asked = ApplicationFactory.create_batch(2, opportunity=role)

    page = client.post(
        f"{people(role)}answer/",
        {"person": seen(*asked), "answer": "accept", "words": "Welcome."},
        follow=True,
    )

    assert "2 people have a place now." in page.text
    assert states(*asked) == ["accepted", "accepted"]
    assert set(Application.objects.values_list("words", flat=True)) == {"Welcome."}


def test_when_places_run_out_those_without_one_are_named(client, role):
    asked = ApplicationFactory.create_batch(3, opportunity=role)
    form = {"person": seen(*asked), "answer": "offer"}
    review = client.get(f"{people(role)}answer/", form).text

    page = client.post(f"{people(role)}answer/", form, follow=True).text

    assert "2 places are left. Who asked first comes first" in " ".join(review.split())
    assert "2 people are offered a place." in page
    name = asked[2].volunteer.user.first_name
    assert f"Not answered: {name}. All places of this role are taken." in page
    assert states(*asked) == ["offered", "offered", "submitted"]


def test_a_no_asks_why_then_waits_and_can_be_taken_back(client, role):
    asked = ApplicationFactory.create_batch(2, opportunity=role)
    choice = {"person": seen(*asked), "answer": "decline"}
    address = f"{people(role)}answer/"

    assert "Why can you not give them a place?" in client.get(address, choice).text
    assert "Choose a reason." in client.get(address, choice | {"reason": ""}).text
    form = client.get(address, choice | {"reason": "too_far"}).context["form"]
    assert "long way" in form.initial["words"]
    page = client.post(address, choice | {"reason": "too_far", "words": "Sorry."}, follow=True).text

    until = Application.objects.get(pk=asked[0].pk).held_until
    assert f"2 people are told at {clock_time(until)}." in page
    assert "Undo all of them" in page
    assert states(*asked) == ["submitted", "submitted"]

    page = client.post(
        f"{people(role)}take-back/", {"person": [one.pk for one in asked]}, follow=True
    ).text
    assert "Nothing was sent." in page
    assert not Application.objects.exclude(held_move="").exists()


def test_what_was_sent_cannot_be_taken_back(client, role):
    application = ApplicationFactory(opportunity=role)
    held.hold(application=application, move=Move.INVITE, by=None)
    Application.objects.update(held_until=clock.now() - timedelta(seconds=1))

    page = client.post(f"{people(role)}take-back/", {"person": application.pk}, follow=True)

    assert "cannot be taken back any more" in page.text
    assert Application.objects.get().held_move == "invite"


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({"answer": "accept"}, "Choose at least one person."),
        ({"person": "1:submitted"}, "Choose what you want to do."),
        ({"person": "x:submitted", "answer": "accept"}, "Choose one of the answers."),
        ({"person": "1:nonsense", "answer": "accept"}, "Choose one of the answers."),
        ({"person": "0:submitted", "answer": "accept"}, "Choose at least one person."),
        ({"person": "1:submitted", "answer": "withdraw"}, "Choose one of the answers."),
    ],
)
def test_a_choice_that_says_nothing_leads_back(client, role, form, sentence):
    for response in (
        client.get(f"{people(role)}answer/", form, follow=True),
        client.post(f"{people(role)}answer/", form, follow=True),
    ):
        assert response.redirect_chain == [(people(role), 302)]
        assert sentence in response.text


def test_people_of_other_roles_cannot_be_chosen(client, role):
    elsewhere = ApplicationFactory()
    held.hold(application=elsewhere, move=Move.INVITE, by=None)

    client.post(f"{people(role)}answer/", {"person": seen(elsewhere), "answer": "accept"})
    client.post(f"{people(role)}take-back/", {"person": elsewhere.pk})

    assert states(elsewhere) == ["submitted"]
    assert Application.objects.get().held_move == "invite"


def test_somebody_answered_meanwhile_is_named(client, role):
    asked = ApplicationFactory.create_batch(2, opportunity=role)
    choice = {"person": seen(*asked), "answer": "accept"}
    applications.decline(application=asked[0], reason="too_far", by=None)

    page = client.post(f"{people(role)}answer/", choice, follow=True).text

    assert f"Not answered: {asked[0].volunteer.user.first_name}." in page
    assert states(*asked) == ["declined", "accepted"]
