from datetime import timedelta

import pytest

from core import clock
from placements.models import Application, Message
from placements.services import conversations
from placements.states import Mover
from tests.factories.opportunities import OpportunityFactory
from tests.factories.placements import ApplicationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def application(membership):
    role = OpportunityFactory(organisation=membership.organisation)
    return ApplicationFactory(
        opportunity=role,
        volunteer__user__phone="020 7946 0987",
        volunteer__user__email="canary@example.org",
    )


def of_group(application):
    role = application.opportunity
    return f"/groups/{role.organisation_id}/roles/{role.pk}/applicants/{application.pk}/messages/"


def of_person(application, page="messages"):
    return f"/me/applications/{application.pk}/{page}/"


def written(application, side, words):
    return conversations.write(application=application, side=side, words=words, by=None)


def test_each_side_writes_and_reads_on_its_own_page(client, application, membership):
    page = client.post(of_group(application), {"words": "Can you come on Friday?"}, follow=True)
    assert "Your message is sent." in page.text
    client.force_login(application.volunteer.user)
    assert "1 new" in client.get(f"/me/applications/{application.pk}/").text
    page = client.get(of_person(application))
    assert "Can you come on Friday?" in page.text
    assert f"{membership.user.first_name}, {membership.organisation.name}" in page.text
    assert ">New<" in page.text
    assert ">New<" not in client.get(of_person(application)).text
    client.post(of_person(application), {"words": "Yes, at six."})
    client.force_login(membership.user)
    role = application.opportunity
    people = f"/groups/{role.organisation_id}/roles/{role.pk}/applicants/"
    assert client.get(people).context["waiting"][0].unread == 1
    assert "Yes, at six." in client.get(of_group(application)).text
    assert client.get(people).context["waiting"][0].unread == 0


def test_what_cannot_be_sent_is_said_beside_the_box_and_kept(client, application):
    page = client.post(of_group(application), {"words": "Write to a@example.org"})

    assert "take the email address out" in page.text
    assert "Write to a@example.org" in page.text
    assert not Message.objects.exists()


def test_messages_come_in_pages_the_latest_first(client, application):
    for number in range(25):
        Message.objects.create(
            application=application, side="group", words=f"word-{number}.", sent_at=clock.now()
        )
    client.force_login(application.volunteer.user)

    latest = client.get(of_person(application)).text
    earlier = client.get(of_person(application), {"page": 2}).text

    assert "word-24." in latest
    assert latest.index("word-5.") < latest.index("word-24.")
    assert "word-4." not in latest
    assert "word-4." in earlier


def test_as_many_queries_for_many_messages(client, application, django_assert_max_num_queries):
    for number in range(15):
        written(application, Mover.VOLUNTEER, f"word {number}")
    with django_assert_max_num_queries(12):
        client.get(of_group(application))


def test_long_after_the_end_only_the_person_reads_it(client, application):
    written(application, Mover.VOLUNTEER, "talkcanary")
    ended = clock.now() - conversations.OPEN_AFTER_THE_END - timedelta(hours=1)
    Application.objects.update(state="withdrawn", state_since=ended)

    group = client.get(of_group(application)).text
    client.force_login(application.volunteer.user)
    person = client.get(of_person(application)).text

    assert "talkcanary" not in group
    assert "messages about it closed on" in group
    assert "talkcanary" in person
    assert "<textarea" not in person


def test_a_phone_number_is_shared_with_one_group_and_hidden_again(client, application, membership):
    client.force_login(application.volunteer.user)
    page = client.get(of_person(application, "sharing")).text
    assert "My phone number: 020 7946 0987" in page
    saved = client.post(of_person(application, "sharing"), {"shared": ["phone"]}, follow=True)
    assert "sees what you ticked" in saved.text
    client.force_login(membership.user)
    page = client.get(of_group(application)).text
    assert "020 7946 0987" in page
    assert "canary@example.org" not in page
    client.force_login(application.volunteer.user)
    client.post(of_person(application, "sharing"), {})
    client.force_login(membership.user)
    assert "020 7946 0987" not in client.get(of_group(application)).text


@pytest.mark.parametrize("page", ["messages", "sharing"])
def test_other_people_have_no_such_page(client, application, page):
    client.force_login(ApplicationFactory().volunteer.user)
    assert client.get(of_person(application, page)).status_code == 404
    assert client.post(of_person(application, page), {"words": "x"}).status_code == 404
    assert client.get(of_group(application)).status_code == 404
    assert not Message.objects.exists()
