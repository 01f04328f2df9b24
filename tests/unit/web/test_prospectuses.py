"""A group's pages about people who want to help: a number, no names, one tap to a draft."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.clock import now
from insights.models import ProspectusMail
from insights.prospectus_links import path_of
from opportunities.models import Opportunity
from tests.factories.accounts import UserFactory
from tests.factories.insights import CountedPeopleFactory, ProspectusFactory
from tests.factories.opportunities import MembershipFactory, OpportunityFactory
from tests.unit.web.pages import text_of
from web.prospectus_paper import paper

pytestmark = pytest.mark.django_db


def address(prospectus, page=""):
    return f"/groups/{prospectus.organisation_id}/prospectuses/{prospectus.pk}/{page}"


@pytest.fixture
def prospectus(membership):
    return ProspectusFactory(organisation=membership.organisation)


def test_one_page_with_a_number_three_sentences_the_week_and_the_role(client, prospectus):
    page = client.get(address(prospectus))

    words = text_of(page)
    assert "About 25 people near Marlborough want to help" in words
    assert "This is what they would like to do: listening and befriending." in words
    assert "This is when a role would suit them: weekday evenings." in words
    assert "Half of them have waited for more than 3 months." in words
    assert "Monday nobody fewer than 8 20" in words
    assert "A role, ready to edit" in words
    assert "Make it our draft" in words
    assert page.text.count("govuk-button ") <= 2
    prospectus.refresh_from_db()
    assert prospectus.opened_at is not None


def test_people_of_a_planned_role_could_get_there_and_others_have_not_said(client, prospectus):
    """Its page, and the link that needs no account, say both numbers apart; and of both no more."""
    counted = prospectus.counted
    counted.source, counted.not_said = "role:befriending:weekday-evening:E05013553", 110
    counted.save()

    for page in (address(prospectus), path_of(prospectus)):
        words = text_of(client.get(page))
        assert "About 25 people who could get to Marlborough want to help" in words
        assert (
            "They named this kind of work, or what it is good for: listening and befriending."
        ) in words
        assert (
            "About 110 more people could do this, but have not said what they would like." in words
        )
        assert "near Marlborough" not in words
    assert _sheets(paper(prospectus)) == 1


@pytest.mark.parametrize(
    ("places", "said"),
    [
        (1, "other groups have opened 1 place for the same people."),
        (24, "other groups have opened 24 places for the same people."),
        (25, "25 places for the same people. So there may not be enough people for another role"),
    ],
)
def test_it_says_how_many_places_others_have_opened_for_the_same_people(
    client, prospectus, places, said
):
    """Of a role that is only a draft, of its own, and of other people, nothing is said."""
    counted = prospectus.counted
    for other in (
        {"counted": counted, "draft": OpportunityFactory(
            status="draft", published_at=None, places=90
        )},
        {"counted": CountedPeopleFactory(), "draft": OpportunityFactory(places=90)},
        {"counted": counted, "organisation": prospectus.organisation,
         "draft": OpportunityFactory(places=90)},
    ):  # fmt: skip
        ProspectusFactory(**other)
    for page in (address(prospectus), path_of(prospectus)):
        assert "for the same people" not in text_of(client.get(page))

    role = OpportunityFactory(published_at=now(), places=places)
    ProspectusFactory(counted=counted, draft=role)
    for page in (address(prospectus), path_of(prospectus)):
        assert said in text_of(client.get(page))


def test_one_tap_makes_the_draft_and_a_second_opens_it(client, prospectus):
    first = client.post(address(prospectus, "draft/"))
    again = client.post(address(prospectus, "draft/"))

    role = Opportunity.objects.get()
    assert first.url == again.url
    assert first.url == f"/groups/{role.organisation_id}/roles/{role.pk}/edit/essentials/"
    assert client.get(first.url).status_code == 200
    assert f"You made “{role.title}” from this." in text_of(client.get(address(prospectus)))


def test_a_draft_that_was_sent_is_not_edited_unasked(client, prospectus):
    client.post(address(prospectus, "draft/"))
    Opportunity.objects.update(status="in_review")

    assert client.post(address(prospectus, "draft/")).url.endswith("/edit/")


def test_the_number_is_that_of_the_day_on_which_it_was_counted(client, prospectus):
    before = text_of(client.get(address(prospectus)))
    CountedPeopleFactory(people=90)

    assert text_of(client.get(address(prospectus))) == before
    assert "We counted them on" in before


def test_it_waits_on_the_groups_page_until_something_is_made_of_it(client, prospectus):
    home = f"/groups/{prospectus.organisation_id}/"
    line = "Listening and befriending: about 25 people"
    assert line in text_of(client.get(home))

    client.post(address(prospectus, "put-aside/"))
    assert line not in text_of(client.get(home))
    assert "You put it aside." in text_of(client.get(f"{home}prospectuses/"))

    client.post(address(prospectus, "take-up/"))
    assert line in text_of(client.get(home))


def test_the_volunteer_centre_reads_it_and_that_is_not_counted_as_opened(client, prospectus):
    client.force_login(UserFactory(broker=True))

    assert client.get(address(prospectus)).status_code == 200
    prospectus.refresh_from_db()
    assert prospectus.opened_at is None


def test_another_groups_is_not_there(client, membership):
    other = ProspectusFactory()
    mine = f"/groups/{membership.organisation_id}/prospectuses/{other.pk}/"

    for page in ("", "paper/"):
        assert client.get(f"{mine}{page}").status_code == 404
        assert client.get(address(other, page)).status_code == 404
    for page in ("draft/", "put-aside/", "take-up/"):
        assert client.post(f"{mine}{page}").status_code == 404


def test_a_member_says_yes_to_mail_and_what_they_read_is_kept(client, membership):
    group = membership.organisation
    page = f"/groups/{group.pk}/prospectuses/mail/"
    assert "We write at most twice a month" in text_of(client.get(page))

    client.post(page, {"wants": "yes"})

    row = ProspectusMail.objects.get()
    assert (row.user, row.organisation, row.wants) == (membership.user, group, True)
    assert "Each has a link that stops them." in row.told
    assert "We email you" in text_of(client.get(f"/groups/{group.pk}/prospectuses/"))


def test_nothing_is_chosen_by_saying_nothing(client, membership):
    page = f"/groups/{membership.organisation_id}/prospectuses/mail/"

    assert "Choose yes or no." in client.post(page, {}).text
    assert not ProspectusMail.objects.exists()


def test_the_centre_cannot_say_yes_for_a_group(client):
    group = MembershipFactory().organisation
    client.force_login(UserFactory(broker=True))
    page = f"/groups/{group.pk}/prospectuses/"

    answer = client.post(f"{page}mail/", {"wants": "yes"})

    assert "each for themselves" in answer.text
    assert not ProspectusMail.objects.exists()
    assert "Each person who acts for the group chooses" in text_of(client.get(page))


def test_the_list_asks_as_often_however_long_it_is(client, prospectus):
    page = f"/groups/{prospectus.organisation_id}/prospectuses/"
    with CaptureQueriesContext(connection) as one:
        client.get(page)
    ProspectusFactory.create_batch(5, organisation=prospectus.organisation)
    with CaptureQueriesContext(connection) as six:
        client.get(page)
    assert len(one) == len(six)


class TestPaper:
    def test_one_tagged_sheet(self, client, prospectus):
        answer = client.get(address(prospectus, "paper/"))

        assert answer.headers["Content-Type"] == "application/pdf"
        assert b"<pdfuaid:part>1</pdfuaid:part>" in answer.content
        assert _sheets(answer.content) == 1

    def test_long_words_stay_on_one_sheet(self, prospectus):
        prospectus.organisation.name = "Example Neighbours " * 8
        prospectus.counted.wards = ["E05013547", "E05013562", "E05013561", "E05013556"]
        prospectus.counted.template = max(
            ("trustee", "befriending-visitor", "food-bank", "homework-club"), key=len
        )
        prospectus.counted.not_said = 110

        assert _sheets(paper(prospectus)) == 1

    def test_without_the_week_where_it_is_not_known(self, prospectus):
        prospectus.counted.heat = []

        assert _sheets(paper(prospectus)) == 1


def _sheets(document):
    return len(re.findall(rb"/Type\s*/Page\b", document))


def test_people_who_may_live_anywhere_are_not_all_said_to_live_in_harrow(client, prospectus):
    prospectus.counted.wards = []
    prospectus.counted.save()

    assert "About 25 people in and near Harrow want to help" in text_of(
        client.get(address(prospectus))
    )
