"""Why a role suits somebody."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING, Any

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from matching.wording import times
from matching.wording.distances import miles_away, roughly_away
from matching.wording.names import Kind, name, names, wish

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

#: A reason as it is stored: its code, and the inputs behind it as `detail`.
Reason = Mapping[str, Any]
Detail = Sequence[Any]
_Fill = Callable[[Detail], dict[str, str]]


class Opening(Enum):
    """What the words of a reason follow."""

    YOU_SAID = auto()
    YOU_WROTE_ABOUT = auto()
    YOU = auto()
    IT = auto()
    #: They are a sentence of their own.
    NOTHING = auto()


@dataclass(frozen=True)
class Form:
    """How one kind of reason is said: to the person, and about them ('' where it says nothing that
    a group needs), with what fills the two.
    """

    opening: Opening
    to_them: "StrOrPromise"
    about_them: "StrOrPromise"
    fill: _Fill


def _named(kind: Kind) -> _Fill:
    return lambda detail: {"what": names(kind, detail)}


def _near(kind: Kind) -> _Fill:
    return lambda detail: {"what": name(kind, detail[0]), "other": name(kind, detail[1])}


def _words(detail: Detail) -> dict[str, str]:
    return {"what": ", ".join(detail)}


def _wishes(detail: Detail) -> dict[str, str]:
    return {"what": _all([wish(code) for code in detail])}


def _hours(detail: Detail) -> dict[str, str]:
    count = max(1, round(detail[0]))
    return {"what": ngettext("%(n)s hour a week", "%(n)s hours a week", count) % {"n": count}}


def _nothing(detail: Detail) -> dict[str, str]:
    return {}


_FORMS: dict[str, Form] = {
    "shared_causes": Form(
        Opening.YOU_SAID,
        gettext_lazy("care about %(what)s"),
        gettext_lazy("Cares about %(what)s."),
        _named("Cause"),
    ),
    "related_causes": Form(
        Opening.YOU_SAID,
        gettext_lazy("care about %(what)s, which is close to %(other)s"),
        gettext_lazy("Cares about %(what)s."),
        _near("Cause"),
    ),
    "shared_activities": Form(
        Opening.YOU_SAID,
        gettext_lazy("like %(what)s"),
        gettext_lazy("Likes %(what)s."),
        _named("Activity"),
    ),
    "written_causes": Form(
        Opening.YOU_WROTE_ABOUT,
        "%(what)s",
        gettext_lazy("Wrote about %(what)s."),
        _named("Cause"),
    ),
    "written_related_causes": Form(
        Opening.YOU_WROTE_ABOUT,
        gettext_lazy("%(what)s, which is close to %(other)s"),
        gettext_lazy("Wrote about %(what)s."),
        _near("Cause"),
    ),
    "written_activities": Form(
        Opening.YOU_WROTE_ABOUT,
        "%(what)s",
        gettext_lazy("Wrote about %(what)s."),
        _named("Activity"),
    ),
    "written_skills_match": Form(
        Opening.YOU_WROTE_ABOUT,
        gettext_lazy("skills that it needs: %(what)s"),
        gettext_lazy("Wrote about skills that the role needs: %(what)s."),
        _named("Skill"),
    ),
    "written_skills_useful": Form(
        Opening.YOU_WROTE_ABOUT,
        gettext_lazy("skills that it can use: %(what)s"),
        gettext_lazy("Wrote about skills that the role can use: %(what)s."),
        _named("Skill"),
    ),
    "written_near_skill": Form(
        Opening.YOU_WROTE_ABOUT,
        gettext_lazy("%(what)s, which is close to %(other)s"),
        gettext_lazy("Wrote about %(what)s, which is close to %(other)s."),
        _near("Skill"),
    ),
    "skills_match": Form(
        Opening.YOU,
        gettext_lazy("have skills that it needs: %(what)s"),
        gettext_lazy("Has skills that the role needs: %(what)s."),
        _named("Skill"),
    ),
    "skills_useful": Form(
        Opening.YOU,
        gettext_lazy("have skills that it can use: %(what)s"),
        gettext_lazy("Has skills that the role can use: %(what)s."),
        _named("Skill"),
    ),
    "skill_gained": Form(
        Opening.IT,
        gettext_lazy("helps you get better at %(what)s"),
        gettext_lazy("Can get better at %(what)s."),
        _named("Skill"),
    ),
    "near_skill": Form(
        Opening.YOU,
        gettext_lazy("know about %(what)s, which is close to %(other)s"),
        gettext_lazy("Knows about %(what)s, which is close to %(other)s."),
        _near("Skill"),
    ),
    "motive": Form(
        Opening.IT,
        gettext_lazy("lets you %(what)s, as you wished"),
        "",
        _wishes,
    ),
    "shared_language": Form(
        Opening.YOU,
        gettext_lazy("speak %(what)s"),
        gettext_lazy("Speaks %(what)s."),
        _named("Language"),
    ),
    "free_on": Form(
        Opening.YOU,
        "%(you)s",
        "%(they)s",
        lambda detail: {"you": times.free(detail[0]), "they": times.free_about(detail[0])},
    ),
    "distance": Form(
        Opening.IT,
        gettext_lazy("is %(what)s"),
        gettext_lazy("Lives %(roughly)s."),
        lambda detail: {"what": miles_away(*detail), "roughly": roughly_away(detail[0])},
    ),
    "from_home": Form(Opening.IT, gettext_lazy("can be done from home"), "", _nothing),
    "one_off": Form(
        Opening.IT,
        gettext_lazy("is a one-off, as you asked"),
        gettext_lazy("Asked for a one-off role."),
        _nothing,
    ),
    "regular": Form(
        Opening.IT,
        gettext_lazy("is a regular role, as you asked"),
        gettext_lazy("Asked for a regular role."),
        _nothing,
    ),
    "hours": Form(Opening.IT, gettext_lazy("takes about %(what)s"), "", _hours),
    "shared_words": Form(
        Opening.NOTHING,
        gettext_lazy("Your words and this role both mention: %(what)s"),
        gettext_lazy("Their words and the role both mention: %(what)s."),
        _words,
    ),
    "alike_text": Form(
        Opening.NOTHING,
        gettext_lazy("What you wrote is close to what this role is about"),
        gettext_lazy("What they wrote is close to what the role is about."),
        _nothing,
    ),
    "alike_experience": Form(
        Opening.NOTHING,
        gettext_lazy("Your experience is close to what this role is about"),
        gettext_lazy("Their experience is close to what the role is about."),
        _nothing,
    ),
    "experience_words": Form(
        Opening.NOTHING,
        gettext_lazy("Your experience and this role both mention: %(what)s"),
        gettext_lazy("Their experience and the role both mention: %(what)s."),
        _words,
    ),
}


def reasons(stored: Iterable[Reason], *, travel_mode: str = "") -> list[str]:
    """Each reason as a sentence to the person, strongest first."""
    return [_sentence({opening: [words]}) for opening, words in _said(stored, travel_mode)]


def summary(stored: Iterable[Reason], *, travel_mode: str = "") -> str:
    """All reasons in a sentence or two to the person, such as "You said you like gardening, and are
    free on Saturday mornings; it is about 12 minutes’ walk away."; '' where there is none.
    """
    by_opening: dict[Opening, list[str]] = {}
    for opening, words in _said(stored, travel_mode):
        by_opening.setdefault(opening, []).append(words)
    alone = by_opening.pop(Opening.NOTHING, [])
    sentences = [_sentence(by_opening)] if by_opening else []
    return " ".join([*sentences, *(_sentence({Opening.NOTHING: [words]}) for words in alone)])


def reasons_about(stored: Iterable[Reason]) -> list[str]:
    """Each reason as a sentence to the group or the volunteer centre about the person."""
    forms = ((form, detail) for _, form, detail in _known(stored))
    return [form.about_them % form.fill(detail) for form, detail in forms if form.about_them]


def not_their_kind(activity: str | None) -> str:
    """Why a role stands lower for somebody who turned from its `activity`; '' for none."""
    if not activity:
        return ""
    return _("You said %(what)s is not for you, so this comes lower.") % {
        "what": name("Activity", activity)
    }


def _said(stored: Iterable[Reason], travel_mode: str) -> Iterable[tuple[Opening, str]]:
    for code, form, detail in _known(stored):
        inputs = [*detail, travel_mode] if code == "distance" else detail
        yield form.opening, form.to_them % form.fill(inputs)


def _known(stored: Iterable[Reason]) -> Iterable[tuple[str, Form, Detail]]:
    """The reasons that this version can say."""
    for reason in stored:
        detail = reason["detail"]
        code = detail[0] if reason["code"] == "commitment" else reason["code"]
        if form := _FORMS.get(code):
            yield reason["code"], form, detail


def _sentence(clauses: Mapping[Opening, Sequence[str]]) -> str:
    """One sentence of clauses: what "you said", what you wrote about, what you are, what it is."""
    said, wrote, are, it, alone = (clauses.get(opening, ()) for opening in Opening)
    you = [_("said you %(what)s") % {"what": _all(said)}] if said else []
    you += [_("wrote about %(what)s") % {"what": _all(wrote)}] if wrote else []
    you += are
    # "said you like cooking and gardening, and are free …" says whose gardening it is.
    about_you = _(", and ").join(you) if said else _all(you)
    if about_you and it:
        return _("You %(you)s; it %(it)s.") % {"you": about_you, "it": _all(it)}
    if about_you:
        return _("You %(you)s.") % {"you": about_you}
    if it:
        return _("It %(it)s.") % {"it": _all(it)}
    return _("%(sentence)s.") % {"sentence": " ".join(alone)}


def _all(clauses: Sequence[str]) -> str:
    return str(get_text_list(list(clauses), _("and")))
