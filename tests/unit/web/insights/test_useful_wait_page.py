"""What the delivery group reads of people who use the wait."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client

from insights.periods import Period
from insights.services import figures
from placements.models import UsefulLink
from placements.services import applications, useful_links
from tests.factories.accounts import UserFactory
from tests.factories.opportunities import OpportunityFactory
from tests.factories.placements import ApplicationFactory
from tests.factories.volunteers import VolunteerFactory
from tests.unit.web.pages import text_of
from tests.unit.web.queries import own_queries

pytestmark = pytest.mark.django_db

PAGE, FILE = "/insights/useful-wait/", "/insights/useful-wait.csv"


def signed_in() -> Client:
    found = Client()
    found.force_login(UserFactory(delivery_group=True))
    return found


def use_the_wait(people: int, *, idle: int, learn: int = 0) -> None:
    """So many people ask for a lasting role in October; some take up another one meanwhile, or say
    that they did a course.
    """
    with time_machine.travel(datetime(2026, 10, 5, 12, tzinfo=UTC), tick=False) as clock:
        lasting = OpportunityFactory(places=50)
        once = OpportunityFactory(places=50, commitment="one_off")
        everybody = VolunteerFactory.create_batch(people + idle)
        for person in everybody:
            ApplicationFactory(volunteer=person, opportunity=lasting)
        clock.shift(timedelta(days=2))
        for person in everybody[:people]:
            application = ApplicationFactory(volunteer=person, opportunity=once)
            applications.accept(application=application, by=None)
        if learn:
            course = followed(0)
        for person in everybody[:learn]:
            useful_links.say_done(link=course, volunteer=person, by=person.user)
    with time_machine.travel(datetime(2026, 11, 10, 4, tzinfo=UTC), tick=False):
        for period in ("2026-10", "2026-27"):
            figures.refresh(Period.of_code(period))


def followed(times: int) -> UsefulLink:
    link = useful_links.add(
        by=None, kind="training", title="First aid", address="https://www.example.org/course"
    )
    for _ in range(times):
        useful_links.follow(link)
    return link


@pytest.fixture
def november() -> Iterator[None]:
    with time_machine.travel(datetime(2026, 11, 20, 12, tzinfo=UTC), tick=False):
        yield


@pytest.mark.usefixtures("november")
class TestPage:
    def test_says_how_many_used_the_wait_and_with_what(self) -> None:
        use_the_wait(15, idle=15)
        page = text_of(signed_in().get(PAGE))
        assert "People who wait took up about 15 places meanwhile since April 2026" in page
        assert "Since April 2026 about 15 when it is over when it is over 50%" in page
        assert "In October 2026 about 15 about 15 none 50%" in page

    def test_few_people_are_not_shown(self) -> None:
        use_the_wait(3, idle=20)
        page = text_of(signed_in().get(PAGE))
        assert "Hardly anybody who waits does something meanwhile" in page
        assert "In October 2026 fewer than 8" in page
        assert "3" not in page.partition("In October 2026")[2].partition("Download")[0]

    def test_links_by_how_often_they_were_followed(self) -> None:
        followed(12)
        assert "First aid Training about 10 times" in text_of(signed_in().get(PAGE))

    def test_a_link_that_few_followed(self) -> None:
        followed(3)
        assert "First aid Training fewer than 8 times" in text_of(signed_in().get(PAGE))

    def test_people_who_say_that_they_did_a_course(self) -> None:
        use_the_wait(9, idle=15, learn=12)
        page = text_of(signed_in().get(PAGE))
        assert (
            "People who wait took up about 10 places meanwhile, and about 10 people did a course "
            "since April 2026"
        ) in page
        assert "People who did a course while waiting" in page
        row = page.partition("In October 2026")[2].partition("Download")[0].split()
        assert row[-2:] == ["about", "10"]

    def test_courses_alone(self) -> None:
        use_the_wait(3, idle=15, learn=12)
        page = text_of(signed_in().get(PAGE))
        assert "While they waited, about 10 people did a course since April 2026" in page

    def test_few_who_did_a_course_are_not_shown(self) -> None:
        use_the_wait(9, idle=15, learn=7)
        page = text_of(signed_in().get(PAGE))
        row = page.partition("In October 2026")[2].partition("“")[0]
        assert row.rstrip().endswith("fewer than 8")

    def test_the_file_says_the_same(self) -> None:
        use_the_wait(15, idle=15)
        rows = signed_in().get(FILE).content.decode("utf-8-sig")
        assert "2026-10,yes,15,50%," in rows

    def test_few_queries(self) -> None:
        use_the_wait(8, idle=1)
        assert len(own_queries(signed_in(), PAGE)) <= 3


def test_says_when_there_is_nothing_yet() -> None:
    assert "There are no figures yet." in text_of(signed_in().get(PAGE))
