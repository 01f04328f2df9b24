"""The questions of a volunteer's profile, one a page: what was answered, and who sees it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.dbs import DbsLevel
from core.motives import Motive
from core.places.wards import ward_name
from core.week import describe
from placements.disclosure import SEEN, Stage
from volunteers.models import Volunteer
from web.dates import day_in_words
from web.forms import profile as forms


@dataclass(frozen=True)
class Question:
    """One page of the profile: its word in the address, its name in lists, its form.

    `answer` gives what the person said, one thing a line. `is_needed` tells whether no role is
    found for the person without it, `is_asked` whether the question makes sense for them.
    `is_preset` for those that have an answer before anybody gives one. `seen_as` is the field of
    `placements.disclosure.SeenPerson` in which a group sees the answer; '' for one that no group
    sees as it is. `used_for` says what else is done with it.
    """

    slug: str
    title: str | Promise
    form: type[forms.QuestionForm]
    answer: Callable[[Volunteer], list[str]]
    used_for: str | Promise = ""
    is_needed: Callable[[Volunteer], bool] = lambda person: False
    is_preset: bool = False
    is_asked: Callable[[Volunteer], bool] = lambda person: True
    seen_as: str = ""
    #: Whether it is one of the first questions, asked of everybody who comes.
    is_first: bool = False

    @property
    def heading(self) -> str:
        """The question as it is asked."""
        return str(self.form.question() or self.title)

    @property
    def who_sees(self) -> str:
        """Who sees the answer, and when, as the rules of disclosure have it."""
        if not self.seen_as:
            return str(self.used_for)
        return " ".join(filter(None, (str(self.used_for), *_seen(self.seen_as))))

    @property
    def can_be_skipped(self) -> bool:
        """Whether it may stay unanswered."""
        return not any(field.required for field in self.form.base_fields.values())


#: A question, and the answer to it, one thing a line.
Row = tuple[Question, list[str]]


def _seen(field: str) -> list[str]:
    """What groups see of a field at each stage, in sentences."""
    asking, placed, over = (field in SEEN[stage] for stage in Stage)
    if asking:
        sentences = [_SHOWN[field]]
    elif placed:
        sentences = [gettext_lazy("A group sees this only when it gives you a place.")]
    else:
        return [_("No group sees this.")]
    if not over:
        sentences.append(gettext_lazy("Once it is over, the group no longer sees it."))
    return [str(sentence) for sentence in sentences]


#: How a field is said to be seen by a group that the person asked.
_SHOWN = {
    "area": gettext_lazy(
        "A group that you apply to sees your ward, such as Pinner, and not your postcode."
    ),
    "availability": gettext_lazy("A group that you apply to sees this."),
    "dbs_check": gettext_lazy("A group that you apply to sees it if its role needs a check."),
    "support_needs": gettext_lazy(
        "The volunteer centre sees this, to help you. Groups that you apply to see it only if you "
        "tick the box."
    ),
}

_IN_COMMON = gettext_lazy(
    "We use this to find roles for you. "
    "A group that you apply to sees what you and its role have in common."
)
_FITS = gettext_lazy(
    "We use this to find roles for you. A group that you apply to sees if it fits its role or not."
)
_NOT_SEEN = gettext_lazy("We use this to find roles for you. Groups do not see it.")


def _names(items: Any) -> list[str]:
    return [item.label for item in items.all()]


def _lines(text: str) -> list[str]:
    return [text] if text else []


def _yes_no(answer: bool) -> list[str]:
    return [_("Yes") if answer else _("No")]


def _postcode(person: Volunteer) -> list[str]:
    ward = ward_name(person.ward_code)
    return _lines(f"{person.postcode} ({ward})" if ward else person.postcode)


def _ways(person: Volunteer) -> list[str]:
    return [
        *([_("In person")] if person.helps_in_person else []),
        *([_("From home")] if person.helps_from_home else []),
    ]


def _distance(person: Volunteer) -> list[str]:
    miles = person.travel_miles
    if miles is None:
        return [_("Any distance")]
    words = ngettext("Up to %(miles)s mile", "Up to %(miles)s miles", miles)
    return [words % {"miles": miles}]


def _time(person: Volunteer) -> list[str]:
    free = describe(person.availability)
    return _lines(free[:1].upper() + free[1:])


def _often(person: Volunteer) -> list[str]:
    return [
        *([_("Regularly")] if person.open_to_regular else []),
        *([_("Once in a while")] if person.open_to_one_off else []),
    ]


def _certificate(person: Volunteer) -> list[str]:
    has_one = person.dbs_level != DbsLevel.NONE
    return [str(person.get_dbs_level_display()) if has_one else _("None")]


def _support(person: Volunteer) -> list[str]:
    if not person.support_needs:
        return []
    shown = _("Yes") if person.share_support_needs else _("No")
    return [person.support_needs, f"{_('Show this to a group')}: {shown}"]


def _everybody(person: Volunteer) -> bool:
    return True


def _meets_people(person: Volunteer) -> bool:
    return person.helps_in_person


#: What is asked of everybody who comes: what finds roles first, most of all on top.
_FIRST = (
    Question(
        "postcode",
        gettext_lazy("Postcode"),
        forms.PostcodeForm,
        _postcode,
        is_needed=_meets_people,
        seen_as="area",
    ),
    Question(
        "activities",
        gettext_lazy("What you like doing"),
        forms.ActivitiesForm,
        lambda person: _names(person.activities),
        _IN_COMMON,
        is_needed=_everybody,
    ),
    Question(
        "time",
        gettext_lazy("When you are free"),
        forms.TimeForm,
        _time,
        is_needed=_everybody,
        seen_as="availability",
    ),
    Question(
        "causes",
        gettext_lazy("What you care about"),
        forms.CausesForm,
        lambda person: _names(person.causes),
        _IN_COMMON,
        is_needed=_everybody,
    ),
    Question(
        "ways",
        gettext_lazy("How you want to help"),
        forms.WaysForm,
        _ways,
        _FITS,
        is_preset=True,
    ),
    Question(
        "distance",
        gettext_lazy("How far you would travel"),
        forms.DistanceForm,
        _distance,
        _FITS,
        is_preset=True,
        is_asked=_meets_people,
    ),
    Question(
        "travel",
        gettext_lazy("How you get about"),
        forms.TravelForm,
        lambda person: [str(person.get_travel_mode_display())],
        _NOT_SEEN,
        is_preset=True,
        is_asked=_meets_people,
    ),
    Question(
        "often",
        gettext_lazy("How often"),
        forms.OftenForm,
        _often,
        _FITS,
        is_preset=True,
    ),
    Question(
        "languages",
        gettext_lazy("Languages you speak"),
        forms.LanguagesForm,
        lambda person: _names(person.languages),
        _IN_COMMON,
    ),
)
#: What makes a list better, and what some need.
_MORE = (
    Question(
        "about",
        gettext_lazy("What you would like to do"),
        forms.AboutForm,
        lambda person: _lines(person.about),
        _IN_COMMON,
    ),
    Question(
        "hours",
        gettext_lazy("Hours a week"),
        forms.HoursForm,
        lambda person: [str(person.hours_a_week)] if person.hours_a_week else [],
        _NOT_SEEN,
    ),
    Question(
        "start",
        gettext_lazy("Can start from"),
        forms.StartForm,
        lambda person: [day_in_words(person.can_start_from)] if person.can_start_from else [],
        _NOT_SEEN,
    ),
    Question(
        "skills",
        gettext_lazy("What you can do"),
        forms.SkillsForm,
        lambda person: _names(person.skills),
        _IN_COMMON,
    ),
    Question(
        "experience",
        gettext_lazy("Experience"),
        forms.ExperienceForm,
        lambda person: _lines(person.experience),
        _IN_COMMON,
    ),
    Question(
        "motives",
        gettext_lazy("What you would like to get out of it"),
        forms.MotivesForm,
        lambda person: [str(Motive(code).label) for code in person.motives],
        _NOT_SEEN,
    ),
    Question(
        "dbs",
        gettext_lazy("Would have a DBS check"),
        forms.DbsCheckForm,
        lambda person: _yes_no(person.willing_dbs),
        gettext_lazy("We use this to leave out roles that you would not want."),
        is_preset=True,
        seen_as="dbs_check",
    ),
    Question(
        "certificate",
        gettext_lazy("DBS certificate now"),
        forms.CertificateForm,
        _certificate,
        is_preset=True,
        seen_as="dbs_check",
    ),
    Question(
        "support",
        gettext_lazy("What would help you"),
        forms.SupportForm,
        _support,
        seen_as="support_needs",
    ),
    Question(
        "company",
        gettext_lazy("Somebody comes with you"),
        forms.CompanyForm,
        lambda person: _yes_no(person.wants_company),
        _NOT_SEEN,
        is_preset=True,
    ),
    Question(
        "suggestions",
        gettext_lazy("We may suggest roles to you"),
        forms.SuggestionsForm,
        lambda person: _yes_no(person.welcomes_invitations),
        gettext_lazy("Nobody but us sees this."),
        is_preset=True,
    ),
    Question(
        "born",
        gettext_lazy("Date of birth"),
        forms.BornForm,
        lambda person: [day_in_words(person.date_of_birth)] if person.date_of_birth else [],
        gettext_lazy("Your age matters for a few roles only, and no group sees it."),
    ),
)
#: In the order in which they are asked.
QUESTIONS: tuple[Question, ...] = (
    *(replace(question, is_first=True) for question in _FIRST),
    *_MORE,
)
QUESTIONS_BY_SLUG = {question.slug: question for question in QUESTIONS}


@dataclass(frozen=True)
class Step:
    """Where a question stands among those that the person is asked in one go."""

    number: int
    total: int
    before: Question | None
    after: Question | None


def step_of(question: Question, person: Volunteer) -> Step:
    """Give the place of a question among the first ones, or among the others."""
    together = [other for other in QUESTIONS if other.is_first == question.is_first]
    at = together.index(question)
    before, after = asked_of(person, together[:at]), asked_of(person, together[at + 1 :])
    return Step(
        number=len(before) + 1,
        total=len(before) + 1 + len(after),
        before=before[-1] if before else None,
        after=after[0] if after else None,
    )


def asked_of(person: Volunteer, questions: Iterable[Question] = QUESTIONS) -> list[Question]:
    """Give those questions that make sense for the person, in their order."""
    return [question for question in questions if question.is_asked(person)]


def answers_of(person: Volunteer) -> list[Row]:
    """Give the questions that make sense for the person, each with the answer."""
    return [(question, question.answer(person)) for question in asked_of(person)]


def with_answers(volunteer: Volunteer) -> Volunteer:
    """Give the profile with its lists loaded: five queries, whatever is then asked of it."""
    return Volunteer.objects.prefetch_related("causes", "activities", "skills", "languages").get(
        pk=volunteer.pk
    )


def needed_and_open(volunteer: Volunteer) -> list[Question]:
    """Give the questions that are needed to find roles and not answered."""
    return [
        question
        for question in QUESTIONS
        if question.is_needed(volunteer) and not question.answer(volunteer)
    ]
