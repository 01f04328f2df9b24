from datetime import date, timedelta

import pytest
from django.urls import reverse

from core.clock import now
from matching.models import Impression
from notifications.models import Notification
from placements.models import Application
from placements.services import applications
from tests.factories.opportunities import OpportunityFactory
from tests.factories.placements import ApplicationFactory
from tests.factories.volunteers import VolunteerFactory
from tests.unit.web.pages import error_links, text_of
from volunteers.models import Volunteer

pytestmark = pytest.mark.django_db


@pytest.fixture
def volunteer(client):
    volunteer = VolunteerFactory(
        user__first_name="Demo", activities=["gardening"], last_used_at=now()
    )
    client.force_login(volunteer.user)
    return volunteer


def asking(role):
    return reverse("web:role-apply", args=[role.pk])


def page_of(application):
    return reverse("web:application", args=[application.pk])


def test_asking_sends_the_words_and_says_what_happens_next(client, volunteer):
    role = OpportunityFactory(title="Zinnia grower", organisation__name="Example Growers")

    response = client.post(asking(role), {"message": "I live next door."}, follow=True)

    application = Application.objects.get()
    assert (application.volunteer, application.opportunity) == (volunteer, role)
    assert (application.state, application.message) == ("submitted", "I live next door.")
    words = text_of(response)
    assert "Sent. The group has it now." in words
    assert "Example Growers reads what you wrote." in words
    assert "I live next door." in words


def test_asking_is_recorded_for_learning(client, volunteer):
    role = OpportunityFactory()

    client.post(asking(role), {"message": ""})

    applied = Impression.objects.get(event="applied")
    assert (applied.volunteer, applied.opportunity) == (volunteer, role)


def test_before_sending_the_person_reads_what_the_group_will_see(client):
    volunteer = VolunteerFactory(
        user__first_name="Demo",
        user__last_name="Secret",
        user__phone="020 7946 0000",
        postcode="HA5 5PW",
        availability=1,
        activities=["gardening"],
        support_needs="Large print",
        share_support_needs=True,
    )
    client.force_login(volunteer.user)

    words = text_of(client.get(asking(OpportunityFactory(activities=["gardening"]))))

    for seen in ("Demo", "Monday mornings", "Likes gardening.", "Large print"):
        assert seen in words
    for hidden in ("Secret", "020 7946 0000", "HA5 5PW", volunteer.user.email):
        assert hidden not in words


def test_a_closed_gate_explains_instead_of_asking(client, volunteer):
    words = text_of(client.get(asking(OpportunityFactory(minimum_age=70))))

    assert "You cannot ask for this role now" in words
    assert "This role is for people of 70 or over." in words
    assert "A few words to the group" not in words


def test_a_gate_that_closed_meanwhile_is_an_error_and_writes_nothing(client, volunteer):
    role = OpportunityFactory(places=1)
    role.places_taken = 1
    role.save()

    response = client.post(asking(role), {"message": "Me, please"})

    assert error_links(response) == {"This role has no place left at the moment.": "id_message"}
    assert "Me, please" in response.content.decode()
    assert not Application.objects.exists()
    assert not Notification.objects.exists()
    assert not Impression.objects.exists()


def test_a_long_message_is_refused_and_kept_in_its_box(client, volunteer):
    response = client.post(asking(OpportunityFactory()), {"message": "x" * 1501})

    assert list(error_links(response).values()) == ["id_message"]
    assert not Application.objects.exists()


def test_asking_twice_leads_to_the_first(client, volunteer):
    application = ApplicationFactory(volunteer=volunteer)

    assert client.get(asking(application.opportunity))["Location"] == page_of(application)
    response = client.post(asking(application.opportunity), {"message": ""})
    assert "You have asked for this role before." in text_of(response)
    assert Application.objects.count() == 1


def test_a_role_that_is_not_public_cannot_be_asked_for(client, volunteer):
    assert client.get(asking(OpportunityFactory(draft=True))).status_code == 404
    assert client.post(asking(OpportunityFactory(draft=True)), {}).status_code == 404


def test_a_stranger_signs_in_first_and_comes_back(client):
    address = asking(OpportunityFactory())

    assert client.get(address)["Location"] == f"{reverse('account_login')}?next={address}"


def test_under_16_a_parent_confirms_first(client):
    child = VolunteerFactory(date_of_birth=date(now().year - 14, 1, 1))
    client.force_login(child.user)

    words = text_of(client.get(asking(OpportunityFactory(minimum_age=13))))

    assert "a parent or guardian has to confirm first" in words


@pytest.mark.parametrize(
    ("state", "says", "can"),
    [
        ("submitted", "We ask groups to answer within 10 days", {"withdraw"}),
        ("acknowledged", "has seen it and decides", {"withdraw"}),
        ("invited", "would like to talk to you first", {"withdraw"}),
        ("offered", "keeps a place for you until", {"withdraw", "take up"}),
        ("accepted", "The place is yours.", {"withdraw", "start"}),
        ("started", "You are volunteering with", {"end"}),
        ("ended", "This is over.", set()),
        ("declined", "Nothing more happens with this one.", set()),
        ("withdrawn", "Nothing more happens with this one.", set()),
        ("lapsed", "The role closed before the group answered.", set()),
    ],
)
def test_each_state_says_what_happens_next_and_what_can_be_done(
    client, volunteer, state, says, can
):
    application = ApplicationFactory(volunteer=volunteer, state=state)

    page = client.get(page_of(application))

    assert says in text_of(page)
    html = page.content.decode()
    offered = {
        "withdraw": reverse("web:application-withdraw", args=[application.pk]) in html,
        "take up": reverse("web:application-take-up", args=[application.pk]) in html,
        "start": reverse("web:application-start", args=[application.pk]) in html,
        "end": reverse("web:application-end", args=[application.pk]) in html,
    }
    assert {move for move, is_there in offered.items() if is_there} == can


def test_a_group_that_is_late_is_said_to_be_late(client, volunteer):
    application = ApplicationFactory(volunteer=volunteer)
    asked = now() - timedelta(days=12)
    Application.objects.filter(pk=application.pk).update(created_at=asked, state_since=asked)

    words = text_of(client.get(page_of(application)))

    assert "should have answered you by" in words
    assert "We ask groups to answer" not in words


def test_the_story_so_far_is_told_in_order(client, volunteer):
    role = OpportunityFactory()
    application = applications.submit(
        volunteer=volunteer, opportunity=role, by=volunteer.user, message="Hello"
    )
    applications.decline(application=application, reason="no_place", words="Come again!", by=None)

    words = text_of(client.get(page_of(application)))

    assert words.index("You asked for the role") < words.index("The group said no this time")
    assert "All places are taken" in words
    assert "Come again!" in words


def test_a_place_is_taken_up(client, volunteer):
    application = ApplicationFactory(volunteer=volunteer, state="offered")

    response = client.post(reverse("web:application-take-up", args=[application.pk]), follow=True)

    application.refresh_from_db()
    assert application.state == "accepted"
    assert "The place is yours. The group writes to you here." in text_of(response)


def test_a_person_starts_and_later_stops(client, volunteer):
    application = ApplicationFactory(volunteer=volunteer, state="accepted")
    Volunteer.objects.update(waiting_since=None)

    client.post(reverse("web:application-start", args=[application.pk]))
    application.refresh_from_db()
    assert application.state == "started"
    page = reverse("web:application-end", args=[application.pk])
    assert "Do you want to stop?" in text_of(client.get(page))
    assert set(error_links(client.post(page, {}))) == {"Choose a reason.", "Choose yes or no."}
    client.post(page, {"reason": "no_time", "looks_again": "no"})

    application.refresh_from_db()
    assert (application.state, application.reason) == ("ended", "no_time")
    volunteer.refresh_from_db()
    assert volunteer.waiting_since is None


def test_what_is_not_offered_cannot_be_taken_up(client, volunteer):
    application = ApplicationFactory(volunteer=volunteer)

    response = client.post(reverse("web:application-take-up", args=[application.pk]), follow=True)

    application.refresh_from_db()
    assert application.state == "submitted"
    assert "This cannot be done any more" in text_of(response)


def test_withdrawing_asks_once_more_and_takes_a_reason(client, volunteer):
    application = ApplicationFactory(volunteer=volunteer)
    address = reverse("web:application-withdraw", args=[application.pk])
    assert "Do you want to withdraw?" in text_of(client.get(address))

    response = client.post(address, {"reason": "no_time"}, follow=True)

    application.refresh_from_db()
    assert (application.state, application.reason) == ("withdrawn", "no_time")
    assert "You have withdrawn." in text_of(response)


@pytest.mark.parametrize(("state", "holds"), [("invited", False), ("offered", True)])
def test_withdrawing_frees_a_place_only_where_there_is_one(client, volunteer, state, holds):
    application = ApplicationFactory(volunteer=volunteer, state=state)
    page = client.get(reverse("web:application-withdraw", args=[application.pk]))
    assert ("the place goes to somebody else" in text_of(page)) is holds


@pytest.mark.parametrize(
    ("reason", "says"), [("time_over", "Not answered in time"), ("", "Closed")]
)
def test_what_lapsed_is_called_closed_only_where_the_role_did(client, volunteer, reason, says):
    application = ApplicationFactory(volunteer=volunteer, state="lapsed", reason=reason)
    for page in (page_of(application), reverse("web:applications")):
        assert says in text_of(client.get(page))


def test_withdrawing_needs_no_reason_and_takes_no_invented_one(client, volunteer):
    application = ApplicationFactory(volunteer=volunteer)
    address = reverse("web:application-withdraw", args=[application.pk])

    refused = client.post(address, {"reason": "boredom"})
    assert list(error_links(refused).values()) == ["id_reason"]
    application.refresh_from_db()
    assert application.state == "submitted"

    client.post(address, {})
    application.refresh_from_db()
    assert (application.state, application.reason) == ("withdrawn", "")


@pytest.mark.parametrize("name", ["application", "application-withdraw", "application-take-up"])
def test_other_peoples_applications_are_not_there(client, volunteer, name):
    others = ApplicationFactory(state="offered")
    address = reverse(f"web:{name}", args=[others.pk])

    if name != "application-take-up":
        assert client.get(address).status_code == 404
    if name != "application":
        assert client.post(address, {}).status_code == 404
    others.refresh_from_db()
    assert others.state == "offered"


def test_the_list_says_how_each_stands_newest_first(client, volunteer):
    ApplicationFactory(volunteer=volunteer, opportunity__title="first", state="declined")
    ApplicationFactory(volunteer=volunteer, opportunity__title="second")
    ApplicationFactory(opportunity__title="somebody else's")

    words = text_of(client.get("/me/applications/"))

    assert words.index("second") < words.index("first")
    assert "Sent since today" in words
    assert "Not this time since today" in words
    assert "somebody else's" not in words


def test_an_empty_list_leads_on(client, volunteer):
    assert "You have not asked for a role yet." in text_of(client.get("/me/applications/"))


@pytest.mark.parametrize("count", [1, 5])
def test_the_list_asks_the_same_number_of_questions(
    client, volunteer, django_assert_num_queries, count
):
    ApplicationFactory.create_batch(count, volunteer=volunteer)

    with django_assert_num_queries(9):
        client.get("/me/applications/")


def test_who_waits_for_an_answer_is_told_so_before_asking_for_a_second_role(client, volunteer):
    first = OpportunityFactory(
        title="Zinnia grower",
        organisation__name="Example Growers",
        organisation__median_answer_days=4.0,
    )
    second = OpportunityFactory()
    assert "waiting for an answer already" not in text_of(client.get(asking(first)))
    application = ApplicationFactory(volunteer=volunteer, opportunity=first)

    page = client.get(asking(second))

    words = text_of(page)
    assert "You asked for “Zinnia grower” at Example Growers today." in words
    assert "This group usually answers in 4 days." in words
    assert page_of(application) in page.content.decode()
    # It stands in nobody's way.
    client.post(asking(second), {"message": ""})
    assert Application.objects.filter(volunteer=volunteer).count() == 2
    Application.objects.update(state=Application.State.DECLINED)
    assert "already" not in text_of(client.get(asking(OpportunityFactory())))
