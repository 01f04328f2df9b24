"""Forms of a role, one for each section."""

from web.forms.roles.base import RoleForm
from web.forms.roles.close import CloseForm
from web.forms.roles.essentials import EssentialsForm
from web.forms.roles.people import PeopleForm, SupportForm
from web.forms.roles.place import PlaceForm
from web.forms.roles.skills import SkillsForm
from web.forms.roles.time import DatesForm, TimeForm
from web.forms.roles.work import KindForm, WorkForm

__all__ = [
    "CloseForm",
    "DatesForm",
    "EssentialsForm",
    "KindForm",
    "PeopleForm",
    "PlaceForm",
    "RoleForm",
    "SkillsForm",
    "SupportForm",
    "TimeForm",
    "WorkForm",
]
