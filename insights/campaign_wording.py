"""What is said of a campaign: whom it meant, how far it came, and whether it made a difference."""

from collections.abc import Iterator
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.disclosure import FEWEST, in_words
from core.models import Cause
from core.places.wards import ward_name
from insights.analysis.comparison import FEWEST_EACH
from insights.models import Campaign
from insights.periods import Period
from insights.selectors.campaign_chain import Chain, People, Sent, Step
from insights.supply import Supply
from opportunities.models import Organisation

#: What groups did that came so far, and what people did behind their roles.
STEPS = {
    "began": gettext_lazy("began a role within three months"),
    "published": gettext_lazy("published one of these"),
    "applied": gettext_lazy("had somebody ask for it"),
    "placed": gettext_lazy("gave somebody a place"),
    "there": gettext_lazy("had somebody there after three months"),
}
PEOPLE = {
    "applied": gettext_lazy("asked for a role that came of this"),
    "placed": gettext_lazy("have or had a place in one"),
    "due": gettext_lazy("began long enough ago to know of three months"),
    "there": gettext_lazy("were still there after three months, of these"),
}
#: What became of what was sent, group by group.
SENT = {
    "sent": gettext_lazy("Groups that it was sent to"),
    "opened": gettext_lazy("Groups that opened it"),
    "drafted": gettext_lazy("Groups that made a draft of it"),
    "published": gettext_lazy("Groups that published a role from it"),
}
FILE_HEADS = (
    gettext_lazy("What"),
    gettext_lazy("Written to"),
    gettext_lazy("Not written to"),
    gettext_lazy("Difference"),
    gettext_lazy("Lowest"),
    gettext_lazy("Highest"),
)


def supply_line(supply: Supply) -> str:
    """The people in a line, such as "Gardening, weekday evenings, around Pinner: about 25
    people".
    """
    return f"{supply.title}: {in_words(supply.people)}"


def people_meant(campaign: Campaign) -> list[str]:
    """Of which people groups are told, a line each."""
    return [supply_line(Supply.of_json(stored)) for stored in campaign.supplies]


def groups_meant(campaign: Campaign) -> list[str]:
    """Which groups a campaign means, a line each."""
    lines = [
        _("Groups that work for the same causes, or that the plan of roles names")
        if campaign.only_suggested
        else _("Any group near the people")
    ]
    if campaign.causes:
        named = Cause.objects.filter(code__in=campaign.causes)
        lines.append(_("Causes: %s") % ", ".join(cause.label for cause in named))
    if campaign.kinds:
        labels = dict(Organisation.LegalForm.choices)
        lines.append(_("Kinds: %s") % ", ".join(str(labels[kind]) for kind in campaign.kinds))
    if campaign.wards:
        lines.append(_("Wards: %s") % ", ".join(map(ward_name, campaign.wards)))
    return lines


def month_in_words(chain: Chain | None) -> str:
    """The month by whose end things are counted, such as "October 2026"."""
    return date_format(Period.of_code(chain.month).first, "F Y") if chain else ""


def so_far(sent: Sent) -> str:
    """The sentence of the page until what came of the campaign is counted."""
    return ngettext(
        "Sent to %(sent)s group; %(opened)s opened it, %(drafted)s made a draft, %(published)s "
        "published it",
        "Sent to %(sent)s groups; %(opened)s opened it, %(drafted)s made a draft, %(published)s "
        "published it",
        sent.sent,
    ) % {name: getattr(sent, name) for name in ("sent", "opened", "drafted", "published")}


def finding_so_far(sent: Sent, chain: Chain | None) -> str:
    """What can be said of a campaign that was confirmed."""
    return finding(chain) if chain else so_far(sent)


def finding(chain: Chain) -> str:
    """The sentence of the page: whether writing made a difference, or why that cannot be told."""
    if not chain.compared:
        return _("Nobody can say what would have come without it: all groups were written to.")
    if not chain.is_enough:
        return _("There are too few groups to say whether it made a difference: at least %(least)s "
                 "on each side are needed.") % {"least": FEWEST_EACH}  # fmt: skip
    began = chain.steps[0].difference
    if began is None or not began.is_clear:
        return _("It cannot be told yet whether writing made a difference.")
    more = began.value > 0
    said = (
        _("Groups that were written to began a role more often: about %(by)s more in 100, and "
          "probably between %(low)s and %(high)s.")
        if more
        else _("Groups that were written to began a role less often: about %(by)s fewer in 100, "
               "and probably between %(low)s and %(high)s.")
    )  # fmt: skip
    low, high = sorted((abs(began.lowest), abs(began.highest)))
    return said % {name: round(100 * it) for name, it in
                   {"by": abs(began.value), "low": low, "high": high}.items()}  # fmt: skip


def step_rows(chain: Chain) -> list[dict[str, str]]:
    """The steps of groups, a row each."""
    return [
        {
            "step": str(STEPS[step.code]),
            "written": _of(step.written, chain.written),
            "compared": _of(step.compared, chain.compared) if chain.compared else "",
            "difference": _difference(step, chain),
        }
        for step in chain.steps
    ]


def people_rows(chain: Chain) -> list[tuple[str, str]]:
    """The people behind roles that came of prospectuses, a row each."""
    rows = [(str(words), _people(getattr(chain.people, code))) for code, words in PEOPLE.items()]
    if chain.people.there is None:
        rows[-1] = (rows[-1][0], str(_("too few people to say")))
    return rows


def file_rows(sent: Sent, chain: Chain | None) -> Iterator[list[Any]]:
    """The whole chain as rows of a file; counts of people as they may be shown."""
    for name, words in SENT.items():
        yield [words, getattr(sent, name), "", "", "", ""]
    if chain is None:
        return
    compared = _("Groups compared at the end of %(month)s") % {"month": month_in_words(chain)}
    yield [compared, chain.written, chain.compared, "", "", ""]
    for step in chain.steps:
        apart = step.difference
        numbers = (apart.value, apart.lowest, apart.highest) if apart else ()
        interval: list[Any] = [round(number, 3) for number in numbers] or ["", "", ""]
        counts = ["*" if count is None else count for count in (step.written, step.compared)]
        yield [_("Groups that %(did)s") % {"did": STEPS[step.code]}, *counts, *interval]
    for code, did in PEOPLE.items():
        yield [_("People who %(did)s") % {"did": did}, _in_file(chain.people, code), "", "", "", ""]


def _of(count: int | None, groups: int) -> str:
    if count is None:
        return _("too few groups to say")
    share = f" ({round(100 * count / groups)}%)" if groups else ""
    return _("%(count)s of %(groups)s") % {"count": count, "groups": groups} + share


def _difference(step: Step, chain: Chain) -> str:
    if not chain.compared:
        return ""
    if step.difference is None:
        return _("too few groups to say")
    by, low, high = (
        round(100 * it)
        for it in (step.difference.value, step.difference.lowest, step.difference.highest)
    )
    told = "" if step.difference.is_clear else " " + _("(may be chance)")
    return _("%(by)+d in 100, from %(low)+d to %(high)+d") % {
        "by": by, "low": low, "high": high,
    } + told  # fmt: skip


def _people(count: int | None) -> str:
    if count is None:
        return _("fewer than %(count)s") % {"count": FEWEST}
    return _("about %(count)s") % {"count": count} if count else _("nobody")


def _in_file(people: People, code: str) -> int | str:
    count: int | None = getattr(people, code)
    return "*" if count is None else count
