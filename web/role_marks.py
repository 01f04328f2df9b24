"""The marks on a saved role's words, for its group and the volunteer centre."""

from dataclasses import dataclass

from django.utils.functional import Promise

from opportunities.models import Opportunity
from opportunities.wording_marks import TEXT_FIELDS, Mark, marks_of_role
from web.role_sections import SECTIONS, Section

_PLAIN = (*TEXT_FIELDS, "weekly_slots", "hours_a_week", "maximum_age")


@dataclass(frozen=True, slots=True)
class SectionMarks:
    """The marks that one section of a role can mend."""

    section: Section
    title: str | Promise
    marks: list[Mark]


def marks_on(role: Opportunity) -> list[SectionMarks]:
    """Give the marks by section. `role` as from `web.role_sections.with_answers`."""
    fields: dict[str, object] = {name: getattr(role, name) for name in _PLAIN}
    fields["sessions"] = list(role.sessions.all())
    fields["skills_needed"] = [
        link.skill.code for link in role.role_skills.all() if link.need == "needed"
    ]
    marks = marks_of_role(fields)
    found = (
        SectionMarks(
            section,
            section.title,
            [mark for mark in marks if mark.field in section.form.base_fields],
        )
        for section in SECTIONS
    )
    return [entry for entry in found if entry.marks]
