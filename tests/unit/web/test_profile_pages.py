import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from accounts.models import AuditEntry
from core.clock import now
from core.models import Fact
from core.week import SLOTS_BY_CODE, mask_of
from tests.factories.volunteers import VolunteerFactory
from tests.unit.web.pages import error_links, ids_of, text_of, title_of
from volunteers.services.profiles import LISTS, PLAIN_FIELDS
from web.profile_questions import QUESTIONS, needed_and_open

pytestmark = pytest.mark.django_db

FIRST = [question.slug for question in QUESTIONS if question.is_first]
MORE = [question.slug for question in QUESTIONS if not question.is_first]
#: What a browser sends for each question, and what is then kept.
ANSWERS = {
    "postcode": ({"postcode": "ha5 5pw"}, {"postcode": "HA5 5PW"}),
    "ways": ({"ways": ["from_home"]}, {"helps_in_person": False, "helps_from_home": True}),
    "distance": ({"travel_miles": "2"}, {"travel_miles": 2}),
    "travel": ({"travel_mode": "cycle"}, {"travel_mode": "cycle"}),
    "often": ({"kinds": ["one_off"]}, {"open_to_one_off": True, "open_to_regular": False}),
    "about": ({"about": " I like trees. "}, {"about": "I like trees."}),
    "hours": ({"hours_a_week": "4"}, {"hours_a_week": 4}),
    "experience": ({"experience": "A shop"}, {"experience": "A shop"}),
    "motives": ({"motives": ["outdoors", "people"]}, {"motives": ["people", "outdoors"]}),
    "dbs": ({"willing_dbs": "no"}, {"willing_dbs": False}),
    "certificate": ({"dbs_level": "basic"}, {"dbs_level": "basic"}),
    "support": (
        {"support_needs": "Step-free, please", "share_support_needs": "on"},
        {"support_needs": "Step-free, please", "share_support_needs": True},
    ),
    "company": ({"wants_company": "yes"}, {"wants_company": True}),
    "suggestions": ({"welcomes_invitations": "no"}, {"welcomes_invitations": False}),
}


@pytest.fixture
def volunteer(client):
    volunteer = VolunteerFactory()
    client.force_login(volunteer.user)
    return volunteer


def address(question):
    return reverse("web:profile-question", args=[question])


def save(client, volunteer, question, answers):
    response = client.post(address(question), answers)
    assert response.status_code == 302, error_links(response)
    assert response["Location"] == "/me/profile/"
    volunteer.refresh_from_db()


def codes(items):
    return {item.code for item in items.all()}


@pytest.mark.parametrize("question", ANSWERS)
def test_an_answer_is_kept_with_one_line_in_the_audit_trail_and_one_fact(
    client, volunteer, question
):
    sent, kept = ANSWERS[question]
    Fact.objects.all().delete()

    save(client, volunteer, question, sent)

    assert {name: getattr(volunteer, name) for name in kept} == kept
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.actor) == ("volunteer.changed", volunteer.user)
    fact = Fact.objects.get()
    assert (fact.kind, fact.subject_id) == ("profile.changed", volunteer.pk)


def test_a_postcode_is_located(client, volunteer):
    save(client, volunteer, "postcode", {"postcode": "ha5 5pw"})

    assert volunteer.ward_code


def test_any_distance_is_kept_as_no_limit(client, volunteer):
    save(client, volunteer, "distance", {"travel_miles": "any"})

    assert volunteer.travel_miles is None
    assertContains(client.get(address("distance")), 'value="any"\n               checked')


def test_an_unknown_postcode_is_said_beside_it_and_changes_nothing(client, volunteer):
    before = volunteer.postcode

    response = client.post(address("postcode"), {"postcode": "ZZ1 1ZZ"})

    assert error_links(response) == {
        "We cannot find this postcode. Check it, for example HA1 2XY.": "id_postcode"
    }
    assert "id_postcode" in ids_of(response)
    volunteer.refresh_from_db()
    assert volunteer.postcode == before
    assert not AuditEntry.objects.exists()


def test_the_link_of_an_error_leads_to_the_first_box_of_its_group(client, volunteer):
    response = client.post(address("ways"), {"ways": []})

    links = error_links(response)
    assert links == {"Choose in person, from home, or both.": "id_ways"}
    assert ids_of(response).count("id_ways") == 1
    assert title_of(response).startswith("Error: ")


def test_when_is_kept_as_a_mask(client, volunteer):
    save(client, volunteer, "time", {"availability": ["mon_morning", "sat_evening"]})

    wanted = mask_of([SLOTS_BY_CODE["mon_morning"], SLOTS_BY_CODE["sat_evening"]])
    assert volunteer.availability == wanted
    page = client.get(address("time")).content.decode()
    assert page.count("checked>") + page.count("checked\n") == 2


@pytest.mark.parametrize("hours", ["0", "41", "many"])
def test_hours_out_of_reach_are_refused_beside_the_field(client, volunteer, hours):
    response = client.post(address("hours"), {"hours_a_week": hours})

    assert list(error_links(response).values()) == ["id_hours_a_week"]
    volunteer.refresh_from_db()
    assert volunteer.hours_a_week is None


@pytest.mark.parametrize(
    ("question", "field", "chosen"),
    [
        ("causes", "causes", {"environment", "community-gardens"}),
        ("activities", "activities", {"gardening", "befriending"}),
        ("languages", "languages", {"gu", "en"}),
        ("skills", "skills", {"listening"}),
    ],
)
def test_lists_are_saved_by_code_and_shown_ticked(client, volunteer, question, field, chosen):
    save(client, volunteer, question, {field: sorted(chosen)})

    assert codes(getattr(volunteer, field)) == chosen
    page = " ".join(client.get(address(question)).content.decode().split())
    for code in chosen:
        assert f'value="{code}" checked' in page


def test_a_chosen_cause_is_not_folded_away(client, volunteer):
    save(client, volunteer, "causes", {"causes": ["community-gardens"]})

    assertContains(client.get(address("causes")), 'hv-causes__more" open', count=1)


def test_a_date_of_birth_cannot_be_taken_back(client, volunteer):
    response = client.post(address("born"), {})

    assert list(error_links(response).values()) == ["id_date_of_birth_0"]
    volunteer.refresh_from_db()
    assert volunteer.date_of_birth is not None


def test_saving_the_same_makes_no_work(client, volunteer):
    Fact.objects.all().delete()

    save(client, volunteer, "travel", {"travel_mode": volunteer.travel_mode})

    assert not Fact.objects.exists()
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.slug)
def test_every_question_says_who_sees_it_and_keeps_what_was_said(client, question):
    volunteer = VolunteerFactory(causes=["health"], availability=5)
    client.force_login(volunteer.user)

    page = client.get(address(question.slug))

    words = text_of(page)
    assert f"{question.heading} Who sees this? {question.who_sees}" in words
    form = page.context["form"]
    assert form.initial == type(form).answers_of(volunteer)


def test_one_thing_is_asked_on_a_page():
    """Whether a group may see the support somebody needs belongs to the support."""
    of_two = {question.slug for question in QUESTIONS if len(question.form.base_fields) > 1}
    assert of_two == {"support"}


def test_all_that_a_person_can_say_is_asked():
    said: set[str] = set()
    for question in QUESTIONS:
        form = question.form({})
        form.cleaned_data = dict.fromkeys(form.fields, ())
        said |= form.profile_fields().keys()
    assert said == PLAIN_FIELDS | LISTS.keys()


def test_a_new_person_is_led_from_one_question_to_the_next_and_then_to_all_answers(client):
    volunteer = VolunteerFactory(postcode="", availability=0)
    client.force_login(volunteer.user)
    begin = client.get("/me/profile/").context["begin"]
    walked, page = [], begin
    while page != "/me/profile/check/":
        shown = client.get(page)
        walked.append(shown.context["question"].slug)
        number = len(walked)
        assert f"Question {number} of {len(FIRST)}" in text_of(shown)
        sent, _kept = ANSWERS.get(walked[-1], ({}, {}))
        if walked[-1] == "ways":
            sent = {"ways": ["in_person"]}
        response = client.post(page, sent)
        assert response.status_code == 302, error_links(response)
        page = response["Location"]
    assert walked == FIRST
    assert walked[:3] == ["postcode", "activities", "time"]  # most of all for matching


def test_who_helps_from_home_is_not_asked_how_far_they_travel(client, volunteer):
    page = f"{address('ways')}?from=question"

    assert client.post(page, {"ways": ["from_home"]})["Location"].startswith(address("often"))

    volunteer.refresh_from_db()
    assert f"of {len(FIRST) - 2}" in text_of(client.get(page))
    assert "How far you would travel" not in text_of(client.get("/me/profile/"))
    assert "postcode" not in {question.slug for question in needed_and_open(volunteer)}
    assert client.get(address("distance")).status_code == 200


def test_an_answer_can_be_skipped_where_none_is_needed(client, volunteer):
    page = client.get(f"{address('activities')}?from=question")

    assert page.context["skip"] == f"{address('time')}?from=question"
    assertContains(page, "Skip this question")
    assertNotContains(client.get(f"{address('ways')}?from=question"), "Skip this question")
    assertNotContains(client.get(address("activities")), "Skip this question")


def test_one_can_save_and_come_back_later_to_where_one_was(client):
    volunteer = VolunteerFactory(postcode="HA1 1BH", availability=0, causes=[])
    client.force_login(volunteer.user)

    response = client.post(
        f"{address('activities')}?from=question", {"activities": ["gardening"], "stop": "1"}
    )

    assert response["Location"] == "/me/profile/"
    assert codes(volunteer.activities) == {"gardening"}
    page = client.get("/me/profile/")
    assert "Go on" in text_of(page)
    assert page.context["begin"] == f"{address('time')}?from=question"


def test_back_leads_to_the_question_before(client, volunteer):
    page = client.get(f"{address('time')}?from=question")

    assertContains(page, f'href="{address("activities")}?from=question" class="govuk-back-link"')


def test_the_other_questions_lead_on_too(client, volunteer):
    page = client.get("/me/profile/check/")
    assert f"Go through {len(MORE)} more questions first" in text_of(page)
    assert page.context["more_address"] == f"{address(MORE[0])}?from=question"

    last = f"{address(MORE[-1])}?from=question"
    assert f"Question {len(MORE)} of {len(MORE)}" in text_of(client.get(last))
    assert client.get(last).context["skip"] == "/me/profile/check/"


def test_the_list_says_how_far_each_is_and_how_what_is_preset_is_set(client):
    volunteer = VolunteerFactory(postcode="", availability=0, activities=["gardening"])
    client.force_login(volunteer.user)

    words = text_of(client.get("/me/profile/"))

    assert "Postcode To do" in words
    assert "When you are free To do" in words
    assert "What you like doing Done" in words
    assert "Languages you speak Optional" in words
    assert "How far you would travel Up to 3 miles" in words


def test_answers_are_shown_with_links_to_change_them(client, volunteer):
    save(client, volunteer, "skills", {"skills": ["listening"]})
    save(client, volunteer, "experience", {"experience": "A & B <b>"})

    page = client.get("/me/profile/check/")

    assert "Listening" in text_of(page)
    assertContains(page, "A &amp; B &lt;b&gt;")
    for question in QUESTIONS:
        assertContains(page, f"{address(question.slug)}?from=check")


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


def test_an_unknown_question_is_not_found(client, volunteer):
    assert client.get("/me/profile/shoe-size/").status_code == 404


def test_the_answers_read_the_same_few_rows_however_much_was_said(
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
