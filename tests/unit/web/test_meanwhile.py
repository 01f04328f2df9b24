"""What people can do while they wait, and the links that the volunteer centre keeps for them."""

import pytest

from accounts.models import AuditEntry
from placements.models import CourseDone, UsefulLink, UsefulLinkMonth
from placements.services import useful_links
from tests.factories.accounts import UserFactory
from tests.factories.opportunities import OpportunityFactory
from tests.factories.volunteers import VolunteerFactory
from tests.unit.web.pages import text_of

pytestmark = pytest.mark.django_db

PAGE = "/me/meanwhile/"


@pytest.fixture
def volunteer(client):
    volunteer = VolunteerFactory()
    client.force_login(volunteer.user)
    return volunteer


def link(**fields):
    given = {"kind": "training", "title": "First aid", "address": "https://www.example.org/course"}
    return useful_links.add(by=None, **given | fields)


def test_roles_for_the_time_until_then_and_pages_of_others(client, volunteer):
    OpportunityFactory(title="Clean the park", commitment="one_off")
    OpportunityFactory(title="Write letters", at_home=True)
    link(about="Two evenings")
    link(kind="next_door", title="Volunteering in Exampleton")
    hidden = link(title="Gone")
    useful_links.change(
        link=hidden, by=None, kind="training", title="Gone", address=hidden.address, is_shown=False
    )

    page = text_of(client.get(PAGE))

    assert "Just once: Clean the park" in page
    assert "From home: Write letters" in page
    assert "while they waited. First aid" in page
    assert "Two evenings" in page
    assert "Volunteering in Exampleton" in page
    assert "Gone" not in page


def test_a_link_leads_there_and_is_counted_without_who(client, volunteer):
    course = link()
    before = AuditEntry.objects.count()

    for _ in range(2):
        response = client.get(f"{PAGE}{course.pk}/")

    assert response.url == "https://www.example.org/course"
    month = UsefulLinkMonth.objects.get()
    assert (month.link, month.followed, month.month.day) == (course, 2, 1)
    assert AuditEntry.objects.count() == before
    assert {field.name for field in UsefulLinkMonth._meta.fields} == {
        "id",
        "link",
        "month",
        "followed",
    }


def test_somebody_says_that_they_did_a_course_and_takes_it_back(client, volunteer):
    course, other = link(), link(title="Food hygiene")

    for _ in range(2):
        client.post(f"{PAGE}{course.pk}/done/")
    page = text_of(client.get(PAGE))
    row = CourseDone.objects.get()
    assert (row.volunteer, row.link) == (volunteer, course)
    assert page.count("You said on") == 1
    assert page.count("I did this") == 1
    assert "Well done. We have noted it." in page

    client.post(f"{PAGE}{other.pk}/not-done/")
    assert CourseDone.objects.count() == 1
    client.post(f"{PAGE}{course.pk}/not-done/")
    assert not CourseDone.objects.exists()
    told = AuditEntry.objects.filter(action__startswith="course.").order_by("pk")
    assert list(told.values_list("action", "details")) == [
        ("course.done", {}),
        ("course.taken_back", {}),
    ]


def test_only_a_course_that_is_shown_can_be_done(client, volunteer):
    next_door = link(kind="next_door", title="Volunteering in Exampleton")
    hidden = link(title="Gone")
    UsefulLink.objects.filter(pk=hidden.pk).update(is_shown=False)

    assert "I did this" not in text_of(client.get(PAGE))
    for one in (next_door.pk, hidden.pk, 0):
        assert client.post(f"{PAGE}{one}/done/").status_code == 404
    assert not CourseDone.objects.exists()


def test_a_link_that_is_not_shown_leads_nowhere(client, volunteer):
    hidden = link()
    UsefulLink.objects.update(is_shown=False)

    assert client.get(f"{PAGE}{hidden.pk}/").status_code == 404
    assert not UsefulLinkMonth.objects.exists()


def test_the_volunteer_centre_adds_changes_and_hides_links(client):
    client.force_login(UserFactory(broker=True))
    said = {"kind": "training", "title": "First aid", "address": "www.example.org", "about": ""}

    client.post("/desk/useful-links/new/", said)
    added = UsefulLink.objects.get()
    listed = text_of(client.get("/desk/useful-links/"))
    client.post(f"/desk/useful-links/{added.pk}/", said | {"title": "First aid for all"})

    changed = UsefulLink.objects.get()
    assert added.address == "https://www.example.org"
    assert "First aid Training: https://www.example.org" in listed
    assert (changed.title, changed.is_shown) == ("First aid for all", False)


@pytest.mark.parametrize("address", ["javascript:alert(1)", "ftp://example.org/", "no address"])
def test_only_pages_of_the_web_are_taken(client, address):
    client.force_login(UserFactory(broker=True))
    said = {"kind": "training", "title": "First aid", "address": address}

    client.post("/desk/useful-links/new/", said)

    assert not UsefulLink.objects.exists()
