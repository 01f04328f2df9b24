"""Rounds of placements at the desk, and what their people see."""

from datetime import timedelta

import pytest
from django.urls import reverse

from core.clock import now, today
from matching.models import PlacementRound, Suggestion
from matching.services import rounds, suggestions
from opportunities.models import Opportunity
from placements.models import Application
from tests.factories.accounts import UserFactory
from tests.factories.opportunities import OpportunityFactory
from tests.factories.plans import plan_for
from tests.factories.volunteers import VolunteerFactory
from tests.unit.web.pages import error_links, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def broker(client):
    broker = UserFactory(broker=True)
    client.force_login(broker)
    return broker


@pytest.fixture
def role():
    return OpportunityFactory(title="Zinnia grower", places=40)


def people(number):
    return [
        VolunteerFactory(
            waiting_since=now() - timedelta(days=day + 1),
            last_used_at=now(),
            user__last_name=f"Made-up {day}",
        )
        for day in range(number)
    ]


def test_without_a_plan_it_says_so(client, broker):
    assert "There has been no round yet." in text_of(client.get(reverse("web:desk-rounds")))
    new = reverse("web:desk-round-create")
    assert "There is no plan yet." in text_of(client.post(new, {"area": "", "people": "10"}))
    assert error_links(client.post(new, {"people": "500"})) == {
        "Enter a number from 1 to 50.": "id_people"
    }


def test_draw_up_adjust_and_send(client, broker, role):
    first, second = people(2)
    plan_for((first, role), (second, role))
    new = f"{reverse('web:desk-round-create')}?role={role.pk}"
    assert "Zinnia grower" in text_of(client.get(new))

    words = text_of(client.post(new, {"area": "", "people": "10"}, follow=True))

    made = PlacementRound.objects.get()
    assert "A draft: nobody has been told." in words
    assert "Likes gardening." in words
    assert "Did not say when they are free." in words
    draft = made.suggestions.get(volunteer=first)
    other = reverse("web:desk-round-swap", args=[made.pk, draft.pk])
    assert "No other open role is on their list." in text_of(client.get(other))
    client.post(reverse("web:desk-round-remove", args=[made.pk, draft.pk]))
    words = text_of(client.post(reverse("web:desk-round-send", args=[made.pk]), follow=True))
    assert "1 suggested. 0 said yes" in words
    assert "Waiting for an answer" in words
    assert "1 suggested." in text_of(client.get(reverse("web:desk-rounds")))


def test_a_draft_can_be_thrown_away(client, broker, role):
    plan_for((people(1)[0], role))
    made = rounds.draw_up(by=broker)
    client.post(reverse("web:desk-round-discard", args=[made.pk]))
    assert not PlacementRound.objects.exists()


def test_a_long_round_is_paged_and_takes_few_queries(
    client, broker, role, django_assert_max_num_queries
):
    plan_for(*[(person, role) for person in people(30)])
    made = rounds.draw_up(by=broker)
    page = reverse("web:desk-round", args=[made.pk])
    with django_assert_max_num_queries(9):
        first = client.get(page).content.decode()
    assert first.count('class="hv-person"') == 25
    second = client.get(page, {"page": 2}).content.decode()
    assert second.count('class="hv-person"') == 5


def test_refer_one_person_from_the_roles_page(client, broker, role):
    (person,) = people(1)
    refer = reverse("web:desk-refer", args=[role.pk, person.pk])
    client.post(refer)
    assert Suggestion.objects.get().volunteer == person
    words = client.post(refer, follow=True).content.decode()
    assert "It was suggested to them before." in words


def test_what_a_sent_round_suggests_is_taken_back(client, broker, role):
    plan_for(*[(person, role) for person in people(2)])
    made = rounds.draw_up(by=broker)
    first, other = made.suggestions.order_by("pk")
    page = reverse("web:desk-round", args=[made.pk])
    back, of_other = (
        reverse("web:desk-round-take-back", args=[made.pk, one.pk]) for one in (first, other)
    )
    assert back not in client.get(page).text  # a draft is changed instead
    rounds.send(round_=made, by=broker)

    assert back in client.get(page).text
    assert "you can suggest another role to them at once" in text_of(client.get(back))
    first.refresh_from_db()
    assert first.state == "sent"
    assert "Say why you take it back." in text_of(client.post(back))
    words = text_of(client.post(back, {"because": "not_for_them"}, follow=True))

    assert "Taken back. You can suggest another role to them now." in words
    assert "1 suggested." in words
    assert "1 was taken back." in words
    assert back not in client.get(page).text
    assert of_other in client.get(page).text
    assert "answered this already" in text_of(client.post(back, {"because": "slip"}))
    first.refresh_from_db()
    assert first.recalled_because == "not_for_them"


def test_a_referral_is_taken_back_on_the_persons_page(client, broker, role):
    (person,) = people(1)
    made = suggestions.refer(volunteer=person, opportunity=role, by=broker)
    page = reverse("web:desk-person", args=[person.user_id])
    back = reverse("web:desk-suggestion-take-back", args=[person.user_id, made.pk])
    of_another = reverse("web:desk-suggestion-take-back", args=[broker.pk, made.pk])

    assert back in client.get(page).text
    assert client.post(of_another, {"because": "slip"}).status_code == 404
    client.post(back, {"because": "slip"})

    made.refresh_from_db()
    assert made.state == "recalled"
    assert back not in client.get(page).text


class TestThePerson:
    @pytest.fixture
    def suggestion(self, client, role):
        (person,) = people(1)
        made = suggestions.refer(volunteer=person, opportunity=role, by=UserFactory(broker=True))
        client.force_login(person.user)
        return made

    def address(self, suggestion, name="suggestion"):
        return reverse(f"web:{name}", args=[suggestion.pk])

    def test_yes(self, client, suggestion):
        words = text_of(client.get(self.address(suggestion)))
        assert "The volunteer centre suggests this role" in words
        assert "will see" in words
        assert "What you write above" not in words
        words = text_of(client.post(self.address(suggestion, "suggestion-yes"), follow=True))
        assert "The group has your name now and answers you." in words
        assert Application.objects.get().came_by == "referral"
        assert "You said yes" in text_of(client.get(self.address(suggestion)))

    def test_what_keeps_them_from_asking_says_what_to_do(self, client, suggestion):
        Opportunity.objects.filter(pk=suggestion.opportunity_id).update(minimum_age=90)
        page = client.get(self.address(suggestion))
        assert "This role is for people of 90 or over. What to do" in text_of(page)
        assert reverse("web:profile-question", args=["born"]) in page.text

    def test_nothing_is_suggested_before_the_day_from_which_they_can_start(self, role):
        person = VolunteerFactory(can_start_from=today() + timedelta(days=1))
        assert "They can start from" in suggestions.why_it_cannot_be_sent(person, role)
        person.can_start_from = today()
        assert suggestions.why_it_cannot_be_sent(person, role) == ""

    def test_no_thanks(self, client, suggestion):
        no = self.address(suggestion, "suggestion-no")
        assert error_links(client.post(no, {})) == {"Choose a reason.": "id_reason"}
        client.post(no, {"reason": "too_far"})
        assert Suggestion.objects.get().state == "refused"
        assert "You said no thanks" in text_of(client.get(self.address(suggestion)))

    def test_what_was_taken_back(self, client, suggestion):
        suggestions.take_back(suggestion=suggestion, because="slip", by=UserFactory(broker=True))
        words = text_of(client.get(self.address(suggestion)))
        assert "The volunteer centre has taken this back" in words
        client.post(self.address(suggestion, "suggestion-yes"))
        assert not Application.objects.exists()

    def test_drafts_and_other_peoples_do_not_exist(self, client, suggestion, role):
        draft = Suggestion.objects.create(volunteer=suggestion.volunteer, opportunity=role)
        assert client.get(self.address(draft)).status_code == 404
        client.force_login(VolunteerFactory().user)
        assert client.get(self.address(suggestion)).status_code == 404
