"""What every template has to be, and what a draft takes from one."""

import pytest

from core.dbs import DbsLevel
from core.models import Activity, Cause, Skill
from core.motives import Motive
from opportunities.models import Opportunity
from opportunities.role_templates import families, search, template_called
from opportunities.services import drafts, role_fields, roles
from tests.factories.opportunities import OrganisationFactory
from volunteers.policies import MINIMUM_AGE

TEMPLATES = [template for family in families() for template in family.templates]
USUAL_AGE = Opportunity._meta.get_field("minimum_age").default


def test_there_are_enough_and_each_has_a_code_of_its_own():
    assert len(TEMPLATES) >= 30
    assert len({template.code for template in TEMPLATES}) == len(TEMPLATES)
    assert len({template.title for template in TEMPLATES}) == len(TEMPLATES)


@pytest.mark.django_db
def test_every_tag_is_in_the_taxonomy():
    known = {
        kind: set(kind.objects.values_list("code", flat=True)) for kind in (Cause, Activity, Skill)
    }
    for template in TEMPLATES:
        skills = {*template.skills_needed, *template.skills_useful, *template.skills_gained}
        assert template.causes, template.code
        assert template.activities, template.code
        assert set(template.causes) <= known[Cause], template.code
        assert set(template.activities) <= known[Activity], template.code
        assert skills <= known[Skill], template.code
        assert set(template.offers) <= set(Motive.values), template.code


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template.code)
def test_what_a_person_needs_to_know_is_said(template):
    for said in ("summary", "description", "gains", "training", "supervision", "expenses"):
        assert getattr(template, said), said
    assert template.description.startswith("You will ")
    assert template.commitment in Opportunity.Commitment.values
    assert bool(template.hours_a_week) == (template.commitment == "regular")
    assert template.minimum_age >= MINIMUM_AGE


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template.code)
def test_what_leaves_people_out_has_its_reason(template):
    assert bool(template.age_reason) == (template.minimum_age > USUAL_AGE)
    assert bool(template.dbs_reason) == (template.dbs_level != DbsLevel.NONE)
    if template.dbs_level != DbsLevel.NONE:
        assert template.minimum_age >= role_fields.DBS_MINIMUM_AGE
    # Barred lists are for work that nobody else watches, which a template cannot know of.
    assert template.dbs_level != DbsLevel.ENHANCED_BARRED


@pytest.mark.django_db
def test_a_draft_of_every_template_is_ready_to_send():
    group = OrganisationFactory()
    for template in TEMPLATES:
        role = drafts.from_template(organisation=group, code=template.code, by=None)
        roles.check_ready(role)
        assert role.status == Opportunity.Status.DRAFT
        assert role.postcode == ("" if template.from_home else group.postcode)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("garden", "gardening"),
        ("MOSQUE", "open-day-helper"),
        ("school read", "reading-with-children"),
    ],
)
def test_a_template_is_found_by_what_people_call_it(words, code):
    found = [template.code for family in search(words) for template in family.templates]

    assert code in found
    assert len(found) < 6


def test_nothing_is_found_for_what_is_not_there():
    assert search("astronaut") == []
    assert template_called("astronaut") is None
