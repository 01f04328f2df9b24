"""What a group reads of people who wait: one number, a few sentences, and where it is from.

The words say counts that are fit to be shown and never who the people are.
"""

from typing import Any, Protocol

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.clock import LONDON
from core.dates import full_day
from core.places.wards import ward_name
from core.week import describe
from matching.wording import names

_DAYS_IN_A_MONTH = 30


class Counted(Protocol):
    """People who wait, as they may be shown.

    people: to the nearest 5. not_said: how many more named no kind of work and no cause, None where
    they are too few to speak of. is_of_role: whether they could get to `wards`, wherever they live;
    else they live there. activity, cause: codes, or ''. slots: mask of the week, 0 for any time.
    wards: codes, none for all of Harrow. waited_days: half of them have waited longer; None where
    that is not known.
    """

    people: Any
    not_said: Any
    activity: Any
    cause: Any
    slots: Any
    wards: Any
    waited_days: Any
    counted_at: Any

    @property
    def is_of_role(self) -> Any: ...


def headline(counted: Counted) -> str:
    """Such as "About 25 people near Pinner want to help", or "who could get to Pinner"; where they
    may live anywhere, "in and near Harrow": some who come to Harrow live outside.
    """
    wards = [ward_name(code) for code in counted.wards if ward_name(code)]
    if not wards:
        return _everywhere(counted)
    said = (
        _("About %(count)s people who could get to %(wards)s want to help")
        if counted.is_of_role
        else _("About %(count)s people near %(wards)s want to help")
    )
    return said % {"count": counted.people, "wards": get_text_list(wards, _("and"))}


def _everywhere(counted: Counted) -> str:
    return _("About %(count)s people in and near Harrow want to help") % {"count": counted.people}


def kind(counted: Counted) -> str:
    """The kind of work as it stands inside a sentence; '' for any."""
    if counted.activity:
        return names.name("Activity", counted.activity)
    return names.name("Cause", counted.cause) if counted.cause else ""


def sentences(counted: Counted) -> list[str]:
    """What they would like to do, when, and how long they have waited: three sentences; and one of
    others who have not said what they would like, where there are enough.
    """
    when = describe(counted.slots)
    said = [
        _what(counted),
        _("This is when a role would suit them: %(times)s.") % {"times": when}
        if when
        else _("The table shows when they are free."),
        _waited(counted.waited_days),
    ]
    return [*said, _not_said(counted.not_said)] if counted.not_said else said


def _what(counted: Counted) -> str:
    what = kind(counted)
    if not what:
        return _("They would like to do different kinds of work.")
    if counted.is_of_role:
        return _("They named this kind of work, or what it is good for: %(kind)s.") % {"kind": what}
    return _("This is what they would like to do: %(kind)s.") % {"kind": what}


def _not_said(people: int) -> str:
    return _(
        "About %(count)s more people could do this, but have not said what they would like."
    ) % {"count": people}


def _waited(days: int | None) -> str:
    months = (days or 0) // _DAYS_IN_A_MONTH
    if not months:
        return _("All of them are waiting for a role.")
    return ngettext(
        "Half of them have waited for more than %(count)s month.",
        "Half of them have waited for more than %(count)s months.",
        months,
    ) % {"count": months}


def places_since(counted: Counted, places: int) -> str:
    """How many places others have opened for the same people since; '' where none."""
    if not places:
        return ""
    said = ngettext(
        "Since we counted them, other groups have opened %(count)s place for the same people.",
        "Since we counted them, other groups have opened %(count)s places for the same people.",
        places,
    ) % {"count": places}
    if places < counted.people:
        return said
    return _("%(said)s So there may not be enough people for another role like this.") % {
        "said": said
    }


def about_the_number(counted: Counted) -> str:
    """When they were counted, and that nobody is named."""
    return _(
        "We counted them on %(day)s, and give the number to the nearest five. We do not tell "
        "anybody who they are: they ask you themselves when there is a role."
    ) % {"day": full_day(counted.counted_at.astimezone(LONDON).date())}


def subject(counted: Counted) -> str:
    """The subject of the mail."""
    return _everywhere(counted)


def mail(counted: Counted, group: str, address: str) -> str:
    """The text of the mail, in paragraphs; a link to the group's page follows it. address: where
    anybody reads the same without signing in.
    """
    return "\n\n".join(
        [
            f"{headline(counted)}.",
            " ".join(sentences(counted)),
            _(
                "We have a role for %(group)s that they could do, ready for you to change. Nobody "
                "sees it before you send it."
            )
            % {"group": group},
            about_the_number(counted),
            _(
                "To show it to others of your group, send them this link. They need no account: "
                "%(address)s"
            )
            % {"address": address},
            _("You need not do anything. Is it not for you? Open the page and say so."),
        ]
    )


def first_words(kind: str) -> str:
    """What a draft says of which there is no template, until its group writes it."""
    return _(
        "People would like to do this here: %(kind)s. Write what they will do, step by step, in "
        "place of these words."
    ) % {"kind": kind}


def draft_is_gone() -> str:
    """Said to a group whose draft was deleted."""
    return _("The role that you began from this is not there any more.")


def each_for_themselves() -> str:
    """Said to whoever chooses about mails of a group that they do not act for."""
    return _("Only people who act for the group can choose this, each for themselves.")
