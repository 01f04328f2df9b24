"""Forms of a volunteer's profile, one for each question."""

from web.forms.profile.about import AboutForm, AgeForm, BornForm
from web.forms.profile.base import QuestionForm
from web.forms.profile.interests import ActivitiesForm, CausesForm, MotivesForm
from web.forms.profile.needs import (
    CertificateForm,
    CompanyForm,
    DbsCheckForm,
    SuggestionsForm,
    SupportForm,
)
from web.forms.profile.place import DistanceForm, PostcodeForm, TravelForm, WaysForm
from web.forms.profile.skills import ExperienceForm, LanguagesForm, SkillsForm
from web.forms.profile.time import HoursForm, OftenForm, StartForm, TimeForm

__all__ = [
    "AboutForm",
    "ActivitiesForm",
    "AgeForm",
    "BornForm",
    "CausesForm",
    "CertificateForm",
    "CompanyForm",
    "DbsCheckForm",
    "DistanceForm",
    "ExperienceForm",
    "HoursForm",
    "LanguagesForm",
    "MotivesForm",
    "OftenForm",
    "PostcodeForm",
    "QuestionForm",
    "SkillsForm",
    "StartForm",
    "SuggestionsForm",
    "SupportForm",
    "TimeForm",
    "TravelForm",
    "WaysForm",
]
