import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django.asserts import assertContains

from accounts.models import AuditEntry
from core.clock import now
from core.models import Fact
from core.week import SLOTS_BY_CODE, mask_of
from tests.factories.volunteers import VolunteerFactory
from tests.unit.web.pages import error_links, ids_of, text_of, title_of
from web.profile_sections import SECTIONS

pytestmark = pytest.mark.django_db

PLACE = {
    "ways": ["in_person"],
    "postcode": "ha5 5pw",
    "travel_miles": "2",
    "travel_mode": "cycle",
}


@pytest.fixture
def volunteer(client):
    volunteer = VolunteerFactory()
    client.force_login(volunteer.user)
    return volunteer


def address(section):
    return reverse("web:profile-section", args=[section])


def save(client, volunteer, section, answers):
    response = client.post(address(section), answers)
    assert response.status_code == 302, error_links(response)
    assert response["Location"] == "/me/profile/"
    volunteer.refresh_from_db()


def codes(items):
    return {item.code for item in items.all()}


def test_where_is_saved_and_located(client, volunteer):
    save(client, volunteer, "place", PLACE)

    assert (volunteer.postcode, volunteer.travel_miles) == ("HA5 5PW", 2)
    assert (volunteer.helps_in_person, volunteer.helps_from_home) == (True, False)
    assert volunteer.ward_code
    assert volunteer.travel_mode == "cycle"


def test_any_distance_is_kept_as_no_limit(client, volunteer):
    save(client, volunteer, "place", PLACE | {"travel_miles": "any"})

    assert volunteer.travel_miles is None
    assertContains(client.get(address("place")), 'value="any"\n               checked')


def test_an_unknown_postcode_is_said_beside_it_and_changes_nothing(client, volunteer):
    before = volunteer.postcode

    response = client.post(address("place"), PLACE | {"postcode": "ZZ1 1ZZ"})

    assert error_links(response) == {
        "We cannot find this postcode. Check it, for example HA1 2XY.": "id_postcode"
    }
    assert "id_postcode" in ids_of(response)
    volunteer.refresh_from_db()
    assert volunteer.postcode == before
    assert volunteer.travel_mode == "bus"
    assert not AuditEntry.objects.exists()


def test_the_link_of_an_error_leads_to_the_first_box_of_its_group(client, volunteer):
    response = client.post(address("place"), PLACE | {"ways": []})

    links = error_links(response)
    assert links == {"Choose in person, from home, or both.": "id_ways"}
    assert ids_of(response).count("id_ways") == 1
    assert title_of(response).startswith("Error: ")


def test_when_is_kept_as_a_mask(client, volunteer):
    save(
        client,
        volunteer,
        "time",
        {
            "availability": ["mon_morning", "sat_evening"],
            "kinds": ["one_off"],
            "hours_a_week": "4",
        },
    )

    wanted = mask_of([SLOTS_BY_CODE["mon_morning"], SLOTS_BY_CODE["sat_evening"]])
    assert volunteer.availability == wanted
    assert (volunteer.open_to_one_off, volunteer.open_to_regular) == (True, False)
    assert volunteer.hours_a_week == 4
    page = client.get(address("time")).content.decode()
    assert page.count("checked>") + page.count("checked\n") == 3  # two slots and the kind


@pytest.mark.parametrize("hours", ["0", "41", "many"])
def test_hours_out_of_reach_are_refused_beside_the_field(client, volunteer, hours):
    response = client.post(address("time"), {"kinds": ["regular"], "hours_a_week": hours})

    assert list(error_links(response).values()) == ["id_hours_a_week"]
    volunteer.refresh_from_db()
    assert volunteer.hours_a_week is None


@pytest.mark.parametrize(
    ("section", "field", "chosen"),
    [
        ("causes", "causes", {"environment", "community-gardens"}),
        ("activities", "activities", {"gardening", "befriending"}),
        ("languages", "languages", {"gu", "en"}),
        ("skills", "skills", {"listening"}),
    ],
)
def test_lists_are_saved_by_code_and_shown_ticked(client, volunteer, section, field, chosen):
    save(client, volunteer, section, {field: sorted(chosen)})

    assert codes(getattr(volunteer, field)) == chosen
    page = " ".join(client.get(address(section)).content.decode().split())
    for code in chosen:
        assert f'value="{code}" checked' in page


def test_a_chosen_cause_is_not_folded_away(client, volunteer):
    save(client, volunteer, "causes", {"causes": ["community-gardens"]})

    assertContains(client.get(address("causes")), 'hv-causes__more" open', count=1)


def test_words_and_checks_and_support_are_saved(client, volunteer):
    born = volunteer.date_of_birth
    date = {f"date_of_birth_{n}": v for n, v in enumerate((born.day, born.month, born.year))}
    save(client, volunteer, "about", {"about": " I like trees. ", **date})
    save(client, volunteer, "checks", {"willing_dbs": "no", "dbs_level": "basic"})
    save(
        client,
        volunteer,
        "support",
        {"support_needs": "Step-free, please", "share_support_needs": "on"},
    )

    save(client, volunteer, "motives", {"motives": ["outdoors", "people"]})
    assert volunteer.motives == ["people", "outdoors"]
    assertContains(client.get(address("motives")), "Groups do not see it.")
    assert volunteer.about == "I like trees."
    assert (volunteer.willing_dbs, volunteer.dbs_level) == (False, "basic")
    assert volunteer.support_needs == "Step-free, please"
    assert (volunteer.share_support_needs, volunteer.wants_company) == (True, False)


def test_a_date_of_birth_cannot_be_taken_back(client, volunteer):
    response = client.post(address("about"), {"about": ""})

    assert list(error_links(response).values()) == ["id_date_of_birth_0"]
    volunteer.refresh_from_db()
    assert volunteer.date_of_birth is not None


def test_saving_asks_for_a_new_list(client, volunteer):
    Fact.objects.all().delete()

    save(client, volunteer, "activities", {"activities": ["gardening"]})

    fact = Fact.objects.get()
    assert (fact.kind, fact.subject_id) == ("profile.changed", volunteer.pk)


@pytest.mark.parametrize("section", [section.slug for section in SECTIONS])
def test_every_section_says_who_sees_it_and_keeps_what_was_said(client, section):
    volunteer = VolunteerFactory(causes=["health"], availability=5)
    client.force_login(volunteer.user)

    page = client.get(address(section))

    assert "Who sees this?" in text_of(page)
    form = page.context["form"]
    assert form.initial == type(form).answers_of(volunteer)


def test_tasks_say_how_far_each_is(client):
    volunteer = VolunteerFactory(postcode="", availability=0, activities=["gardening"])
    client.force_login(volunteer.user)

    words = text_of(client.get("/me/profile/"))

    assert "Where you can help To do" in words
    assert "When you are free To do" in words
    assert "What you like doing Done" in words
    assert "Languages you speak Optional" in words


def test_answers_are_shown_with_links_to_change_them(client, volunteer):
    save(client, volunteer, "skills", {"skills": ["listening"], "experience": "A & B <b>"})

    page = client.get("/me/profile/check/")

    assert "Listening" in text_of(page)
    assertContains(page, "A &amp; B &lt;b&gt;")
    for section in SECTIONS:
        assertContains(page, f"{address(section.slug)}?from=check")


def test_a_change_leads_back_to_the_answers(client, volunteer):
    response = client.post(f"{address('languages')}?from=check", {"languages": ["en"]})

    assert response["Location"] == "/me/profile/check/"


def test_pausing_and_coming_back(client, volunteer):
    client.post("/me/profile/pause/")
    volunteer.refresh_from_db()
    assert volunteer.paused_at is not None
    assert "Your search is paused" in text_of(client.get("/me/profile/"))

    response = client.post("/me/profile/resume/", follow=True)
    volunteer.refresh_from_db()
    assert volunteer.paused_at is None
    assert "Welcome back." in text_of(response)


def test_an_unknown_section_is_not_found(client, volunteer):
    assert client.get("/me/profile/shoe-size/").status_code == 404


def test_a_section_reads_the_same_few_rows_however_much_was_said(
    client, django_assert_max_num_queries
):
    short, long = (
        VolunteerFactory(last_used_at=now()),
        VolunteerFactory(
            last_used_at=now(),
            causes=["health", "animals"],
            activities=["gardening", "befriending"],
            skills=["listening", "teamwork"],
            languages=["en", "gu"],
        ),
    )
    for volunteer in (short, long):
        client.force_login(volunteer.user)
        with django_assert_max_num_queries(9):
            client.get("/me/profile/check/")
        with django_assert_max_num_queries(9):
            client.get("/me/profile/")


def test_ticking_many_boxes_reads_the_list_no_more_often_than_ticking_one(client, volunteer):
    def reads(chosen):
        with CaptureQueriesContext(connection) as asked:
            save(client, volunteer, "activities", {"activities": chosen})
        return sum('FROM "core_activity"' in query["sql"] for query in asked)

    many = ["gardening", "befriending", "dog-walking", "fundraising", "office-work"]

    assert reads(many) == reads(["gardening"])
