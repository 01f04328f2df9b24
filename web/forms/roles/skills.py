"""What people need to bring, what helps, what they will learn."""

from typing import Any

from crispy_forms_gds.layout import Field, Layout
from django.utils.translation import gettext_lazy as _

from core.models import Language, Skill
from opportunities.models import Opportunity, RoleSkill
from web.forms.fields import CodesField
from web.forms.roles.base import RoleForm
from web.forms.roles.marks import marks_under

_NEEDS = {
    "skills_needed": RoleSkill.Need.NEEDED,
    "skills_useful": RoleSkill.Need.USEFUL,
    "skills_gained": RoleSkill.Need.GAINED,
}


class SkillsForm(RoleForm):
    """Three lists of skills and one of languages, each folded away until it is wanted."""

    skills_needed = CodesField(
        Skill,
        label=_("Skills that people must have"),
        help_text=_("Leave it empty if you can show people how. Each one leaves people out."),
    )
    skills_useful = CodesField(
        Skill,
        label=_("Skills that would help"),
        help_text=_("Nobody is left out for want of them."),
    )
    skills_gained = CodesField(
        Skill,
        label=_("Skills that people will learn"),
        help_text=_("Many people come to learn something."),
    )
    languages = CodesField(
        Language,
        label=_("Languages that people must speak"),
        help_text=_("Leave it empty if some everyday English is enough."),
    )

    def layout(self) -> Layout:
        return Layout(
            marks_under("skills_needed"),
            *(Field(name, template="web/group/role/folded_boxes.html") for name in self.fields),
        )

    @classmethod
    def answers_of(cls, role: Opportunity) -> dict[str, Any]:
        chosen = role.role_skills.select_related("skill")
        return {
            **{
                name: [item.skill.code for item in chosen if item.need == need]
                for name, need in _NEEDS.items()
            },
            "languages": [language.code for language in role.languages.all()],
        }
