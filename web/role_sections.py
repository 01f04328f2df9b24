"""The sections of a role as its group writes it: what each asks, and what was answered."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.week import describe
from opportunities.models import Opportunity, RoleSkill
from opportunities.offers import OFFERS
from opportunities.role_templates import why_a_check
from web.dates import day_in_words, span_in_words
from web.forms import roles as forms

#: A question in a few words, and the answers to it, one a line.
Row = tuple[str, list[str]]
Need = RoleSkill.Need


@dataclass(frozen=True)
class Section:
    """One short page of a role: its word in the address, its title, its form, its answers.

    `fields` are the names by which the service speaks of what is missing here.
    """

    slug: str
    title: str | Promise
    form: type[forms.RoleForm]
    rows: Callable[[Opportunity], list[Row]]
    fields: frozenset[str] = frozenset()


def _lines(text: str) -> list[str]:
    return [text] if text else []


def _work(role: Opportunity) -> list[Row]:
    return [
        (_("Name of the role"), [role.title]),
        (_("In one sentence"), _lines(role.summary)),
        (_("What people will do"), _lines(role.description)),
        (_("What people get out of it"), _lines(role.gains)),
        (_("It offers"), [str(OFFERS[code]) for code in role.offers if code in OFFERS]),
    ]


def _kind(role: Opportunity) -> list[Row]:
    return [
        (_("Causes"), [cause.label for cause in role.causes.all()]),
        (_("Kinds of work"), [activity.label for activity in role.activities.all()]),
    ]


def _place(role: Opportunity) -> list[Row]:
    if role.from_home:
        return [(_("Where"), [_("From home")])]
    labels = dict(Opportunity.Access.choices)
    return [
        (_("Where"), [line for line in (role.place_name, role.postcode) if line]),
        (_("The place has"), [str(labels[code]) for code in role.access if code in labels]),
    ]


def _time(role: Opportunity) -> list[Row]:
    week = describe(role.weekly_slots) or _("any time, or as agreed")
    hours = role.hours_a_week
    return [
        (_("How often"), [str(role.get_commitment_display())]),
        (_("Times of the week"), [week[:1].upper() + week[1:]]),
        (_("Hours a week"), [str(hours)] if hours else []),
        (_("People can ask until"), [day_in_words(role.closes_on)] if role.closes_on else []),
    ]


def _dates(role: Opportunity) -> list[Row]:
    spans = [span_in_words(session.starts_at, session.ends_at) for session in role.sessions.all()]
    return [(_("Dates"), spans or [_("No fixed dates")])]


def _people(role: Opportunity) -> list[Row]:
    ages = (
        _("%(least)s and over") % {"least": role.minimum_age}
        if role.maximum_age is None
        else _("%(least)s to %(most)s") % {"least": role.minimum_age, "most": role.maximum_age}
    )
    places = ngettext("%(count)s place", "%(count)s places", role.places) % {"count": role.places}
    return [
        (_("Places"), [places]),
        (_("Age"), [ages]),
        (_("DBS check"), [str(role.get_dbs_level_display()), *_why_a_check(role)]),
        (_("Somebody who supports a person can come"), [_yes_no(role.welcomes_company)]),
        (_("A whole group can come"), [_yes_no(role.groups_welcome)]),
        (_("Two people can share one place"), [_yes_no(role.can_be_shared)]),
    ]


def _why_a_check(role: Opportunity) -> list[str]:
    return _lines(why_a_check(template=role.template, dbs_level=role.dbs_level))


def _skills(role: Opportunity) -> list[Row]:
    def named(need: Need) -> list[str]:
        return [item.skill.label for item in role.role_skills.all() if item.need == need]

    return [
        (_("Skills that people must have"), named(Need.NEEDED) or [_("None")]),
        (_("Skills that would help"), named(Need.USEFUL)),
        (_("Skills that people will learn"), named(Need.GAINED)),
        (_("Languages that people must speak"), [item.label for item in role.languages.all()]),
    ]


def _support(role: Opportunity) -> list[Row]:
    return [
        (_("Who looks after people"), _lines(role.supervision)),
        (_("What you show them first"), _lines(role.training)),
        (_("Costs that you pay back"), _lines(role.expenses)),
    ]


def _yes_no(answer: bool) -> str:
    return _("Yes") if answer else _("No")


#: In the order in which a new role is written.
SECTIONS: tuple[Section, ...] = (
    Section(
        "work",
        gettext_lazy("What people will do"),
        forms.WorkForm,
        _work,
        frozenset({"title", "description"}),
    ),
    Section(
        "kind",
        gettext_lazy("Causes and kinds of work"),
        forms.KindForm,
        _kind,
        frozenset({"causes", "activities"}),
    ),
    Section("place", gettext_lazy("Where"), forms.PlaceForm, _place, frozenset({"postcode"})),
    Section("time", gettext_lazy("When"), forms.TimeForm, _time, frozenset({"closes_on"})),
    Section("dates", gettext_lazy("Dates"), forms.DatesForm, _dates, frozenset({"sessions"})),
    Section(
        "people",
        gettext_lazy("Places, and who can do it"),
        forms.PeopleForm,
        _people,
        frozenset({"places", "minimum_age", "maximum_age"}),
    ),
    Section("skills", gettext_lazy("Skills and languages"), forms.SkillsForm, _skills),
    Section("support", gettext_lazy("How you look after people"), forms.SupportForm, _support),
)
#: What a role that was begun from a template still asks, from several sections, on one page.
ESSENTIALS = Section(
    "essentials",
    gettext_lazy("Make the role your own"),
    forms.EssentialsForm,
    lambda role: [*_work(role), *_time(role)],
)
SECTIONS_BY_SLUG = {section.slug: section for section in SECTIONS}


def section_after(slug: str) -> Section | None:
    """Give the section that comes next in a new role, None after the last."""
    following = [section.slug for section in SECTIONS].index(slug) + 1
    return SECTIONS[following] if following < len(SECTIONS) else None


def with_answers(role: Opportunity) -> Opportunity:
    """Give the role with its lists loaded: seven queries, whatever is then asked of it."""
    return (
        Opportunity.objects.select_related("organisation")
        .prefetch_related("causes", "activities", "languages", "role_skills__skill", "sessions")
        .get(pk=role.pk)
    )
