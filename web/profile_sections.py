"""The sections of a volunteer's profile: what each asks, who sees it, and what was answered."""

from collections.abc import Callable
from dataclasses import dataclass
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

#: A question in a few words, and the answers to it, one a line.
Row = tuple[str, list[str]]


@dataclass(frozen=True)
class Section:
    """One short page of the profile. `is_needed` for those without which no role is found.

    `seen_as` is the field of `placements.disclosure.SeenPerson` in which a group sees the answer;
    '' for one that no group sees as it is. `used_for` says what else is done with it.
    """

    slug: str
    title: str | Promise
    form: type[forms.SectionForm]
    used_for: str | Promise
    is_done: Callable[[Volunteer], bool]
    rows: Callable[[Volunteer], list[Row]]
    is_needed: bool = False
    seen_as: str = ""

    @property
    def who_sees(self) -> str:
        """Who sees the answer, and when, as the rules of disclosure have it."""
        if not self.seen_as:
            return str(self.used_for)
        return " ".join(filter(None, (str(self.used_for), *_seen(self.seen_as))))


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


def _names(items: Any) -> list[str]:
    return [item.label for item in items.all()]


def _lines(text: str) -> list[str]:
    return [text] if text else []


def _about(person: Volunteer) -> list[Row]:
    born = person.date_of_birth
    return [
        (_("What you would like to do"), _lines(person.about)),
        (_("Date of birth"), [day_in_words(born)] if born else []),
    ]


def _place(person: Volunteer) -> list[Row]:
    ways = [
        *([_("In person")] if person.helps_in_person else []),
        *([_("From home")] if person.helps_from_home else []),
    ]
    miles = person.travel_miles
    ward = ward_name(person.ward_code)
    where = f"{person.postcode} ({ward})" if ward else person.postcode
    distance = (
        _("Any distance")
        if miles is None
        else ngettext("Up to %(miles)s mile", "Up to %(miles)s miles", miles) % {"miles": miles}
    )
    return [
        (_("How you want to help"), ways),
        (_("Postcode"), _lines(where)),
        (_("How far you would travel"), [distance]),
        (_("How you get about"), [str(person.get_travel_mode_display())]),
    ]


def _time(person: Volunteer) -> list[Row]:
    free = describe(person.availability)
    kinds = [
        *([_("Regularly")] if person.open_to_regular else []),
        *([_("Once in a while")] if person.open_to_one_off else []),
    ]
    hours, start = person.hours_a_week, person.can_start_from
    return [
        (_("When you are free"), _lines(free[:1].upper() + free[1:])),
        (_("How often"), kinds),
        (_("Hours a week"), [str(hours)] if hours else []),
        *([(_("Can start from"), [day_in_words(start)])] if start else []),
    ]


def _checks(person: Volunteer) -> list[Row]:
    has_one = person.dbs_level != DbsLevel.NONE
    certificate = str(person.get_dbs_level_display()) if has_one else _("None")
    return [
        (_("Would have a DBS check"), [_("Yes") if person.willing_dbs else _("No")]),
        (_("DBS certificate now"), [certificate]),
    ]


def _support(person: Volunteer) -> list[Row]:
    shared = _("Yes") if person.share_support_needs else _("No")
    return [
        (_("What would help you"), _lines(person.support_needs)),
        (_("Show this to a group"), [shared] if person.support_needs else []),
        (_("Somebody comes with you"), [_("Yes") if person.wants_company else _("No")]),
    ]


_IN_COMMON = gettext_lazy(
    "We use this to find roles for you. "
    "A group that you apply to sees what you and its role have in common."
)

SECTIONS: tuple[Section, ...] = (
    Section(
        "about",
        gettext_lazy("About you"),
        forms.AboutForm,
        gettext_lazy(
            "We use this to find roles for you. Your age matters for a few roles only, "
            "and no group sees it."
        ),
        lambda person: bool(person.about or person.date_of_birth),
        _about,
    ),
    Section(
        "place",
        gettext_lazy("Where you can help"),
        forms.PlaceForm,
        "",
        lambda person: bool(person.postcode) or not person.helps_in_person,
        _place,
        is_needed=True,
        seen_as="area",
    ),
    Section(
        "time",
        gettext_lazy("When you are free"),
        forms.TimeForm,
        "",
        lambda person: bool(person.availability or person.hours_a_week),
        _time,
        is_needed=True,
        seen_as="availability",
    ),
    Section(
        "causes",
        gettext_lazy("What you care about"),
        forms.CausesForm,
        _IN_COMMON,
        lambda person: bool(person.causes.all()),
        lambda person: [(_("What you care about"), _names(person.causes))],
        is_needed=True,
    ),
    Section(
        "activities",
        gettext_lazy("What you like doing"),
        forms.ActivitiesForm,
        _IN_COMMON,
        lambda person: bool(person.activities.all()),
        lambda person: [(_("What you like doing"), _names(person.activities))],
        is_needed=True,
    ),
    Section(
        "skills",
        gettext_lazy("What you can do"),
        forms.SkillsForm,
        _IN_COMMON,
        lambda person: bool(person.skills.all() or person.experience),
        lambda person: [
            (_("Skills"), _names(person.skills)),
            (_("Experience"), _lines(person.experience)),
        ],
    ),
    Section(
        "motives",
        gettext_lazy("What you would like to get out of it"),
        forms.MotivesForm,
        gettext_lazy("We use this to find roles for you. Groups do not see it."),
        lambda person: bool(person.motives),
        lambda person: [
            (
                _("What you would like to get out of it"),
                [str(Motive(code).label) for code in person.motives],
            )
        ],
    ),
    Section(
        "languages",
        gettext_lazy("Languages you speak"),
        forms.LanguagesForm,
        _IN_COMMON,
        lambda person: bool(person.languages.all()),
        lambda person: [(_("Languages"), _names(person.languages))],
    ),
    Section(
        "checks",
        gettext_lazy("Checks for some roles"),
        forms.ChecksForm,
        gettext_lazy("We use this to leave out roles that you would not want."),
        lambda person: person.dbs_level != DbsLevel.NONE or not person.willing_dbs,
        _checks,
        seen_as="dbs_check",
    ),
    Section(
        "support",
        gettext_lazy("Support for you"),
        forms.SupportForm,
        "",
        lambda person: bool(person.support_needs or person.wants_company),
        _support,
        seen_as="support_needs",
    ),
    Section(
        "suggestions",
        gettext_lazy("Suggestions by message"),
        forms.SuggestionsForm,
        gettext_lazy("Nobody but us sees this."),
        lambda person: not person.welcomes_invitations,
        lambda person: [
            (
                _("We may suggest roles to you"),
                [_("Yes") if person.welcomes_invitations else _("No")],
            )
        ],
    ),
)
SECTIONS_BY_SLUG = {section.slug: section for section in SECTIONS}


def with_answers(volunteer: Volunteer) -> Volunteer:
    """Give the profile with its lists loaded: five queries, whatever is then asked of it."""
    return Volunteer.objects.prefetch_related("causes", "activities", "skills", "languages").get(
        pk=volunteer.pk
    )


def needed_and_open(volunteer: Volunteer) -> list[Section]:
    """Give the sections that are needed to find roles and not answered."""
    return [section for section in SECTIONS if section.is_needed and not section.is_done(volunteer)]
