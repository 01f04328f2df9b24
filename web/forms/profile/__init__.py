"""Forms of a volunteer's profile, one for each section."""

from web.forms.profile.about import AboutForm, AgeForm
from web.forms.profile.base import SectionForm
from web.forms.profile.interests import ActivitiesForm, CausesForm, MotivesForm
from web.forms.profile.needs import ChecksForm, SuggestionsForm, SupportForm
from web.forms.profile.place import PlaceForm
from web.forms.profile.skills import LanguagesForm, SkillsForm
from web.forms.profile.time import TimeForm

__all__ = [
    "AboutForm",
    "ActivitiesForm",
    "AgeForm",
    "CausesForm",
    "ChecksForm",
    "LanguagesForm",
    "MotivesForm",
    "PlaceForm",
    "SectionForm",
    "SkillsForm",
    "SuggestionsForm",
    "SupportForm",
    "TimeForm",
]
