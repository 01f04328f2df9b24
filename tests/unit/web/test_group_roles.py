import re
from datetime import datetime

import pytest

from accounts.models import AuditEntry
from core.clock import LONDON, now
from matching.models import Shortlist
from opportunities.models import Opportunity
from tests.factories.opportunities import OpportunityFactory, SessionFactory
from tests.factories.placements import ApplicationFactory
from tests.unit.web.pages import text_of
from web.role_sections import SECTIONS

pytestmark = pytest.mark.django_db

WORK = {
    "title": "Serve lunch on Tuesdays",
    "summary": "",
    "description": "You will serve lunch.",
    "gains": "",
    "offers": ["people"],
}
ANSWERS = {
    "kind": {"causes": ["loneliness"], "activities": ["befriending"]},
    "place": {
        "where": "place",
        "postcode": "ha1 2xy",
        "place_name": "The hall",
        "access": ["step_free"],
    },
    "time": {
        "commitment": "regular",
        "weekly_slots": ["tue_morning", "tue_afternoon"],
        "hours_a_week": "3",
        "closes_on_0": "1",
        "closes_on_1": "2",
        "closes_on_2": "2099",
    },
    "dates": {
        "rows": "2",
        "day_0": "2099-03-03",
        "starts_0": "18:00",
        "ends_0": "20:00",
        "day_1": "",
        "starts_1": "",
        "ends_1": "",
    },
    "people": {
        "places": "5",
        "minimum_age": "16",
        "maximum_age": "",
        "dbs_level": "basic",
        "welcomes_company": "yes",
        "groups_welcome": "no",
        "can_be_shared": "yes",
    },
    "skills": {
        "skills_needed": ["cooking"],
        "skills_useful": ["teamwork"],
        "skills_gained": ["listening"],
        "languages": ["gu"],
    },
    "support": {"supervision": "Ask the cook.", "training": "", "expenses": "Bus fares"},
}


def address(role, page="edit/"):
    return f"/groups/{role.organisation_id}/roles/{role.pk}/{page}"


def test_a_role_is_written_page_by_page_and_sent(client, membership):
    group = membership.organisation
    response = client.post(f"/groups/{group.pk}/roles/new/empty/", WORK)
    role = Opportunity.objects.get()
    for section in SECTIONS[1:]:
        assert response.url == address(role, f"edit/{section.slug}/?new=1")
        response = client.post(response.url, ANSWERS[section.slug])
    assert response.url == address(role)
    sent = client.post(address(role, "send/"), follow=True)

    role.refresh_from_db()
    assert "with the volunteer centre" in sent.text
    assert role.status == Opportunity.Status.IN_REVIEW
    assert (role.title, role.postcode, role.places) == ("Serve lunch on Tuesdays", "HA1 2XY", 5)
    assert (role.weekly_slots, role.hours_a_week) == (0b011000, 3)
    assert role.closes_on.isoformat() == "2099-02-01"
    assert (role.dbs_level, role.welcomes_company, role.groups_welcome) == ("basic", True, False)
    assert (role.access, role.expenses) == (["step_free"], "Bus fares")
    assert [cause.code for cause in role.causes.all()] == ["loneliness"]
    assert {(item.need, item.skill.code) for item in role.role_skills.all()} == {
        ("needed", "cooking"),
        ("useful", "teamwork"),
        ("gained", "listening"),
    }
    assert [language.code for language in role.languages.all()] == ["gu"]
    session = role.sessions.get()
    assert session.starts_at == datetime(2099, 3, 3, 18, tzinfo=LONDON)
    assert session.ends_at == datetime(2099, 3, 3, 20, tzinfo=LONDON)
    assert {entry.actor for entry in AuditEntry.objects.all()} == {membership.user}


def test_answers_tests_every_section():
    assert {"work", *ANSWERS} == {section.slug for section in SECTIONS}


@pytest.mark.parametrize("section", [section.slug for section in SECTIONS])
def test_saving_a_section_as_it_is_shown_changes_nothing(client, draft, section):
    role = draft
    evening = datetime(2099, 3, 3, 18, tzinfo=LONDON)
    SessionFactory(opportunity=role, starts_at=evening)
    role.access = ["quiet"]
    role.weekly_slots = 7
    role.save()
    before = AuditEntry.objects.count()
    form = client.get(address(role, f"edit/{section}/")).context["form"]

    response = client.post(address(role, f"edit/{section}/"), as_sent(form))

    assert response.url == address(role)
    assert AuditEntry.objects.count() == before


def test_changing_one_section_leads_back_to_the_role(client, draft):
    response = client.post(address(draft, "edit/support/"), ANSWERS["support"])

    assert response.url == address(draft)


@pytest.mark.parametrize(
    ("section", "changed", "field", "sentence"),
    [
        ("work", {**WORK, "title": ""}, "title", "Give the role a name."),
        ("work", {**WORK, "description": " "}, "description", "Say what people will do."),
        ("place", {"where": "place", "postcode": ""}, "postcode", "Enter the postcode"),
        ("place", {"where": "place", "postcode": "nonsense"}, "postcode", "cannot find"),
        ("place", {}, "where", "Choose where"),
        ("time", {"commitment": "regular", "hours_a_week": "x"}, "hours_a_week", "whole number"),
        ("people", {**ANSWERS["people"], "places": "0"}, "places", "from 1 to 500"),
        ("people", {**ANSWERS["people"], "minimum_age": "12"}, "minimum_age", "Nobody under 13"),
        ("people", {**ANSWERS["people"], "minimum_age": "13"}, "minimum_age", "DBS check is for"),
        ("people", {**ANSWERS["people"], "maximum_age": "15"}, "maximum_age", "lower than"),
        ("kind", {"causes": ["nonsense"]}, "causes", "Choose one of"),
    ],
)
def test_what_is_wrong_stands_beside_its_field(client, draft, section, changed, field, sentence):
    response = client.post(address(draft, f"edit/{section}/"), changed)

    assert response.status_code == 200
    assert any(sentence in error for error in response.context["form"].errors[field])
    assert not AuditEntry.objects.exists()


def test_places_cannot_go_below_those_taken(client, membership):
    role = OpportunityFactory(organisation=membership.organisation, places=2)
    for _ in range(2):
        ApplicationFactory(opportunity=role, state="accepted")

    response = client.post(address(role, "edit/people/"), ANSWERS["people"] | {"places": "1"})

    assert "2 people hold a place already" in response.text
    role.refresh_from_db()
    assert role.places == 2


def test_a_role_from_home_forgets_its_place(client, draft):
    client.post(address(draft, "edit/place/"), {"where": "home", "postcode": "HA1 2XY"})

    draft.refresh_from_db()
    assert (draft.from_home, draft.postcode, draft.latitude) == (True, "", None)


def test_what_is_missing_is_named_with_a_way_there(client, membership):
    role = OpportunityFactory(organisation=membership.organisation, draft=True, postcode="")

    page = client.get(address(role)).text
    refused = client.post(address(role, "send/"), follow=True).text

    assert "Say where it is, or that it can be done from home." in page
    assert "Choose at least one cause or activity." in page
    assert "Send to the volunteer centre" not in page
    assert "Some things are still missing." in refused
    role.refresh_from_db()
    assert role.status == Opportunity.Status.DRAFT


def test_an_open_role_is_changed_at_once(client, membership):
    role = OpportunityFactory(organisation=membership.organisation)

    client.post(address(role, "edit/work/"), WORK)

    role.refresh_from_db()
    assert (role.title, role.status) == ("Serve lunch on Tuesdays", Opportunity.Status.OPEN)
    assert role.offers == ["people"]


def test_closing_asks_first(client, membership):
    role = OpportunityFactory(organisation=membership.organisation)
    ApplicationFactory(opportunity=role)

    asked = client.get(address(role, "close/"))
    role.refresh_from_db()
    assert role.status == Opportunity.Status.OPEN
    client.post(address(role, "close/"))

    assert "1 person still waits for your answer" in asked.text
    role.refresh_from_db()
    assert role.status == Opportunity.Status.CLOSED


def test_deleting_a_draft_asks_first(client, membership):
    role = OpportunityFactory(organisation=membership.organisation, draft=True)
    link = address(role, "delete/")
    assert link in client.get(address(role)).text

    assert "You cannot get it back" in client.get(link).text
    assert Opportunity.objects.filter(pk=role.pk).exists()
    said = text_of(client.post(link, follow=True))

    assert "The draft is deleted." in said
    assert not Opportunity.objects.filter(pk=role.pk).exists()


def test_a_role_that_people_have_seen_is_closed_and_not_deleted(client, membership):
    role = OpportunityFactory(organisation=membership.organisation)
    link = address(role, "delete/")
    assert link not in client.get(address(role)).text

    said = text_of(client.post(link, follow=True))

    assert "You can close this role." in said
    assert Opportunity.objects.filter(pk=role.pk).exists()


def test_closing_twice_says_so(client, membership):
    role = OpportunityFactory(organisation=membership.organisation, closed=True)

    response = client.post(address(role, "close/"))

    assert "the role is now “Closed”" in response.text


def test_a_closed_role_is_opened_again_as_a_draft(client, membership):
    role = OpportunityFactory(organisation=membership.organisation, closed=True)

    assert client.get(address(role, "edit/work/")).status_code == 404
    client.post(address(role, "reopen/"))

    role.refresh_from_db()
    assert role.status == Opportunity.Status.DRAFT


def test_sending_twice_says_so_and_changes_nothing(client, membership):
    role = OpportunityFactory(organisation=membership.organisation, causes=["loneliness"])

    page = client.post(address(role, "send/"), follow=True).text

    assert "the role is now “Open”" in page


def test_another_groups_role_is_not_there_under_ones_own_group(client, membership):
    strange = OpportunityFactory()
    own = membership.organisation

    for page in ("edit/", "edit/work/", "edit/dates/", "close/", "applicants/"):
        assert client.get(address(strange, page)).status_code == 404
        assert client.get(f"/groups/{own.pk}/roles/{strange.pk}/{page}").status_code == 404


def test_a_section_that_is_not_there(client, draft):
    assert client.get(address(draft, "edit/nonsense/")).status_code == 404


def test_the_page_of_a_role_takes_as_many_queries_whatever_it_says(
    client, draft, django_assert_max_num_queries
):
    for section in SECTIONS[1:]:
        client.post(address(draft, f"edit/{section.slug}/"), ANSWERS[section.slug])

    with django_assert_max_num_queries(16):
        client.get(address(draft))


def as_sent(form):
    """What a browser sends of a form that nobody touched."""
    sent = {}
    for bound in form:
        widget = bound.field.widget
        value = bound.value()
        if value is None:
            continue
        if hasattr(widget, "widgets"):
            for number, part in enumerate(widget.decompress(value)):
                sent[f"{bound.html_name}_{number}"] = part or ""
        elif isinstance(value, list):
            sent[bound.html_name] = value
        else:
            sent[bound.html_name] = widget.format_value(value)
    return {
        name: value[0] if isinstance(value, list) and _is_radio(form, name) else value
        for name, value in sent.items()
        if value is not None
    }


def _is_radio(form, name):
    return name in form.fields and type(form.fields[name].widget).__name__ == "RadioSelect"


def test_an_open_role_says_what_its_requirements_cost(client, membership):
    role = OpportunityFactory(organisation=membership.organisation, dbs_level="basic")
    counts = {"on": "2026-03-03", "possible": 33, "kept_out": {"dbs": 4, "time_overlap": 21}}
    Shortlist.objects.create(
        opportunity=role, counts=counts, policy="similarity", model_version="1", computed_at=now()
    )

    words = text_of(client.get(address(role)))

    assert "About 35 people who are waiting could do this." in words
    assert "The times leave out about 20 people. The DBS check leaves out fewer than 8" in words
    assert "Counted on 3 March 2026" in words
    assert not re.search(r"\b(33|21) people", words)


def test_a_role_that_was_not_counted_says_nothing_of_it(client, membership):
    role = OpportunityFactory(organisation=membership.organisation)
    assert "Who could do it" not in text_of(client.get(address(role)))


def test_a_draft_is_seen_as_people_will_see_it_with_a_way_back(client, draft):
    page = text_of(client.get(f"/roles/{draft.pk}/"))

    assert "This is how people will see it" in page
    assert "Back to editing" in page
