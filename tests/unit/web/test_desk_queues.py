import html
import re
from datetime import timedelta

import pytest

from core import clock
from desk.models import DeskNote, LetterBatch
from desk.queues import QUEUES
from matching.models import PlacementRound, Recommendation
from opportunities.models import JoinRequest
from opportunities.services import more_room, people
from placements.models import Application, Message, StillGoing
from tests.factories.accounts import UserFactory
from tests.factories.core import FactFactory
from tests.factories.desk import DeskNoteFactory, LetterWriterFactory, message_to, suggested
from tests.factories.opportunities import OpportunityFactory, OrganisationFactory
from tests.factories.placements import ApplicationFactory
from tests.factories.volunteers import VolunteerFactory
from tests.unit.web.pages import text_of

pytestmark = pytest.mark.django_db

LONG_AGO = timedelta(days=60)


@pytest.fixture
def broker(client):
    broker = UserFactory(broker=True)
    client.force_login(broker)
    return broker


def fill(count):
    """Something on every list, `count` times."""
    long_ago = clock.now() - LONG_AGO
    for number in range(count):
        message_to(UserFactory(email=None), f"call {number}")
        message_to(LetterWriterFactory().user, f"letter {number}")
        group = OrganisationFactory(phone="020 7946 0001", answered_share=0.1)
        ApplicationFactory(opportunity__organisation=group, created_at=long_ago)
        second = OpportunityFactory(title=f"Everybody asks {number}")
        more_room.ask_for_second_group(opportunity=second, group=OrganisationFactory(), by=None)
        OrganisationFactory(unverified=True)
        OpportunityFactory(in_review=True)
        ApplicationFactory(state="lapsed", reason="time_over", state_since=clock.now())
        OrganisationFactory(verified_at=long_ago)
        volunteer = VolunteerFactory(user__phone="07700 900123")
        Recommendation.objects.create(
            volunteer=volunteer,
            counts={"changes": [["distance", 5, 2, 4]]},
            policy="t",
            model_version="t",
            computed_at=clock.now(),
        )
        OrganisationFactory(renamed_at=clock.now())
        people.ask_to_join(organisation=OrganisationFactory(), user=UserFactory())
        suggested(VolunteerFactory(), state="lapsed", answer_by=clock.now())
        StillGoing.objects.create(
            application=ApplicationFactory(state="ended"),
            months=1,
            answered_at=clock.now(),
            still_there=False,
            words="It was too far.",
        )
        PlacementRound.objects.create()
        LetterBatch.objects.create()
        FactFactory(state="set_aside", finished_at=clock.now())
    JoinRequest.objects.update(created_at=long_ago)


@pytest.mark.parametrize("code", QUEUES)
def test_a_list_needs_as_many_queries_for_many_rows_as_for_few(
    client, broker, code, django_assert_max_num_queries
):
    fill(3)
    row = QUEUES[code].waiting().first()
    if QUEUES[code].subject:
        DeskNoteFactory(queue=code, **{QUEUES[code].subject: row})

    with django_assert_max_num_queries(8):
        page = text_of(client.get(f"/desk/queues/{code}/"))

    assert "3 on this list" in page
    assert ("They call back." in page) == bool(QUEUES[code].subject)


@pytest.mark.parametrize("code", QUEUES)
def test_an_empty_list_says_so(client, broker, code):
    assert str(QUEUES[code].empty) in text_of(client.get(f"/desk/queues/{code}/"))


def test_a_list_that_is_not_there(client, broker):
    assert client.get("/desk/queues/made-up/").status_code == 404
    assert client.get("/desk/queues/made-up/1/note/").status_code == 404
    assert client.get("/desk/queues/no-match/999/note/").status_code == 404


def test_the_phone_of_a_group_that_does_not_answer_is_shown(client, broker):
    fill(1)

    page = client.get("/desk/queues/silent-groups/").text

    assert 'href="tel:02079460001"' in page
    assert "1 person waits for an answer beyond 10 days" in page


def test_what_would_open_more_is_said(client, broker):
    fill(1)

    page = text_of(client.get("/desk/queues/no-match/"))

    assert (
        "If you could travel up to 5 miles, 2 more roles would be open to you, with 4 places."
        in page
    )


def test_a_list_is_narrowed_by_name_and_by_a_long_wait(client, broker):
    OrganisationFactory(name="Example Newcomers", unverified=True)
    old = OrganisationFactory(name="Example Patience", unverified=True)
    old.created_at = clock.now() - LONG_AGO
    old.save()
    address = "/desk/queues/groups-to-verify/"

    named = text_of(client.get(address, {"q": "newcom"}))
    late = text_of(client.get(address, {"show": "late"}))
    none = text_of(client.get(address, {"q": "zoo"}))

    assert ("Example Newcomers" in named, "Example Patience" in named) == (True, False)
    assert ("Example Newcomers" in late, "Example Patience" in late) == (False, True)
    assert "None of them is on this list now." in none


def test_a_call_is_noted_and_the_group_put_aside_until_later(client, broker):
    fill(1)
    group = QUEUES["silent-groups"].waiting().get()
    page = f"/desk/queues/silent-groups/{group.pk}/"

    refused = client.post(f"{page}note/", {"days": "0", "words": ""}).text
    assert "Write a few words, or say when to look again." in refused
    client.post(f"{page}note/", {"outcome": "no_reply", "days": "3", "words": "On holiday."})

    note = DeskNote.objects.get()
    assert (note.group, note.outcome, note.by) == (group, "no_reply", broker)
    assert note.look_again_on == clock.today() + timedelta(days=3)
    assert "Every" not in text_of(client.get("/desk/queues/silent-groups/"))
    aside = text_of(client.get("/desk/queues/silent-groups/", {"show": "aside"}))
    assert "On holiday." in aside
    client.post(f"{page}bring-back/")
    assert group.name in text_of(client.get("/desk/queues/silent-groups/"))


def test_where_nobody_is_called_nobody_is_asked_about_it(client, broker):
    role = OpportunityFactory(in_review=True)

    page = client.get(f"/desk/queues/roles-to-check/{role.pk}/note/").text

    assert "Did you call?" not in page


def test_a_long_list_has_pages(client, broker):
    OrganisationFactory.create_batch(26, unverified=True)

    address = "/desk/queues/groups-to-verify/"
    assert client.get(f"{address}?page=2").text.count('class="hv-person"') == 1
    # Work on the list has made it shorter meanwhile.
    assert client.get(f"{address}?page=9").text.count('class="hv-person"') == 1


def test_a_note_leads_back_to_the_part_of_the_list_from_which_it_came(client, broker):
    OrganisationFactory.create_batch(26, unverified=True)
    page = client.get("/desk/queues/groups-to-verify/?q=example&page=2").text
    note = re.search(r'href="(/desk/queues/groups-to-verify/\d+/note/[^"]*)"', page)[1]

    done = client.post(html.unescape(note), {"days": "0", "words": "Called."})

    assert done.url == "/desk/queues/groups-to-verify/?q=example&page=2"


def test_what_nothing_ends_is_done_when_somebody_says_so_unless_it_happens_anew(client, broker):
    offer = ApplicationFactory(state="lapsed", reason="time_over", state_since=clock.now())
    page = f"/desk/queues/lapsed-offers/{offer.pk}/"
    assert "Never: it is done" in client.get(f"{page}note/").text

    client.post(f"{page}note/", {"outcome": "reached", "words": "", "days": "done"})

    queue = QUEUES["lapsed-offers"]
    assert (list(queue.waiting()), list(queue.put_aside())) == ([], [offer])
    client.post(f"{page}bring-back/")
    assert list(queue.waiting()) == [offer]
    client.post(f"{page}note/", {"outcome": "", "words": "", "days": "done"})
    Application.objects.update(state_since=clock.now() + timedelta(minutes=1))
    assert list(queue.waiting()) == [offer]


def test_what_ends_by_itself_cannot_be_said_to_be_done(client, broker):
    group = OrganisationFactory(unverified=True)
    page = f"/desk/queues/groups-to-verify/{group.pk}/note/"

    assert "Never: it is done" not in client.get(page).text
    client.post(page, {"days": "done", "words": "Known."})

    assert not DeskNote.objects.exists()


def test_words_for_the_centre_alone_are_said_to_be_so(client, broker):
    for shared in (True, False):
        StillGoing.objects.create(
            application=ApplicationFactory(state="ended"),
            months=1,
            answered_at=clock.now(),
            still_there=False,
            words=f"Wordcanary {shared}",
            share_words=shared,
        )

    page = text_of(client.get("/desk/queues/feedback/"))

    assert "Wordcanary True" in page
    assert page.count("For the volunteer centre alone") == 1
    assert page.count("The group was told of it too.") == 1


def test_lists_without_notes_have_no_page_for_them(client, broker):
    batch = LetterBatch.objects.create()

    assert client.get(f"/desk/queues/letters-to-post/{batch.pk}/note/").status_code == 404
    assert client.get("/desk/queues/letters-to-post/?show=aside").status_code == 200


def test_who_was_asked_to_talk_and_wrote_is_said_to_have_written(client, broker):
    long_ago = clock.now() - LONG_AGO
    talking = ApplicationFactory(state="invited", created_at=long_ago, state_since=long_ago)
    wrote = clock.now() - timedelta(days=12)
    Message.objects.create(application=talking, side="volunteer", words="Hello?", sent_at=wrote)
    role = talking.opportunity
    said = f"was asked to talk about “{role.title}” of {role.organisation.name} and wrote 12 days"
    assert said in text_of(client.get("/desk/queues/no-answer/"))
