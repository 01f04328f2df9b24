"""Begin a role from something that is there: a template, or a role that the group had before."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core.clock import now, today
from core.errors import NotFound
from opportunities.models import Opportunity, Organisation, RoleSkill
from opportunities.role_templates import template_called
from opportunities.services import role_fields, roles

_SKILLS = {
    RoleSkill.Need.NEEDED: "skills_needed",
    RoleSkill.Need.USEFUL: "skills_useful",
    RoleSkill.Need.GAINED: "skills_gained",
}


def from_template(*, organisation: Organisation, code: str, by: User | None) -> Opportunity:
    """Draft a role with the words and tags of a template, at the group's own place.

    Raises NotFound for a code that is no template's.
    """
    template = template_called(code)
    if template is None:
        raise NotFound(_("There is no such template."))
    fields = template.role_fields()
    if not template.from_home:
        fields["postcode"] = organisation.postcode
    return roles.draft(organisation=organisation, by=by, template=code, **fields)


@transaction.atomic
def copy_of(*, opportunity: Opportunity, by: User | None) -> Opportunity:
    """Draft a role that says what this one says, without dates that are over and without people."""
    fields: dict[str, Any] = {name: getattr(opportunity, name) for name in role_fields.FIELDS}
    if opportunity.closes_on is not None and opportunity.closes_on < today():
        fields["closes_on"] = None
    for name in role_fields.LISTS:
        fields[name] = [item.code for item in getattr(opportunity, name).all()]
    fields |= {name: [] for name in _SKILLS.values()}
    for link in opportunity.role_skills.select_related("skill"):
        fields[_SKILLS[RoleSkill.Need(link.need)]].append(link.skill.code)
    to_come = opportunity.sessions.filter(starts_at__gt=now())
    fields["sessions"] = list(to_come.values_list("starts_at", "ends_at"))
    return roles.draft(
        organisation=opportunity.organisation, by=by, template=opportunity.template, **fields
    )
