"""The sector as the service knows it: which groups there are, and what they do.

Groups and their roles are public one by one, so they are counted as they are. Hours are of people,
and come from the published figures.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.clock import now, today
from core.places.wards import WARDS, ward_name
from insights.disclosure import NOTHING, Shown
from insights.measures import MEASURES
from insights.periods import Period
from insights.selectors.published import Row, published
from insights.wording import in_words, period_in_words
from opportunities.models import Opportunity, Organisation

#: Tags of the UK Charity Activity Tags that say whom a group is for begin with these letters.
_COMMUNITY = "BE"
_ELSEWHERE = "elsewhere"
Size, Network = Organisation.Size, Organisation.Network


@dataclass(frozen=True, slots=True)
class Part:
    """One category and how many groups (of activities: groups with such an open role)."""

    code: str
    label: str
    groups: int


@dataclass(frozen=True, slots=True)
class Breakdown:
    """The groups by one thing. about: which groups are counted. several: whether a group can be in
    more than one category, or in none. unknown: the code of the category of those of whom it is not
    known.
    """

    code: str
    title: str
    about: str
    parts: tuple[Part, ...]
    several: bool = False
    unknown: str | None = None

    @property
    def largest(self) -> Part | None:
        """The known category with the most groups; None where all are empty."""
        known = [part for part in self.parts if part.code != self.unknown]
        found = max(known, key=lambda part: part.groups, default=None)
        return found if found and found.groups else None

    @property
    def finding(self) -> str:
        """What it says, as the title of a chart."""
        most = self.largest
        if most is None:
            return _("%(title)s: nothing is known yet") % {"title": self.title}
        if self.code == "ward":
            words = {"ward": most.label, "groups": f"{most.groups:,}"}
            return _("%(ward)s has the most groups: %(groups)s") % words
        return ngettext(
            "%(title)s: most often “%(label)s”, %(groups)s group",
            "%(title)s: most often “%(label)s”, %(groups)s groups",
            most.groups,
        ) % {"title": self.title, "label": most.label, "groups": f"{most.groups:,}"}


@dataclass(frozen=True)
class Sector:
    """The study, as of `at`, of the borough or of a ward (`area`, its code). groups: that the
    volunteer centre has checked; unpaid: in which nobody is paid; alone: in no network, as they
    say; network_not_said: who do not say. idle: groups with no open role, roles: open ones, hours:
    that were confirmed in the year so far, as published. hours_by_kind: by kind of group, in the
    last month that is over (`hours_of`). None and NOTHING: not said of one ward.
    """

    at: datetime
    groups: int
    unpaid: int | None
    alone: int | None
    network_not_said: int | None
    idle: Shown
    roles: Shown
    breakdowns: tuple[Breakdown, ...]
    year: Period
    hours: Shown
    hours_of: Period | None
    hours_by_kind: tuple[Row, ...]
    area: str = ""

    def by(self, code: str) -> Breakdown:
        """The breakdown of a code."""
        return next(one for one in self.breakdowns if one.code == code)

    @property
    def sentences(self) -> list[str]:
        """What the study finds, in four sentences at most."""
        if not self.groups:
            return []
        said = [self._how_many()]
        if self.unpaid is not None:
            said.append(
                _(
                    "In %(unpaid)s of them nobody is paid, and %(alone)s say that they are in no "
                    "network; %(silent)s have not said whether they are in one."
                )
                % {
                    "unpaid": f"{self.unpaid:,}",
                    "alone": f"{self.alone:,}",
                    "silent": f"{self.network_not_said:,}",
                }
            )
        served = self.by("communities").largest
        if served:
            words = {"community": served.label.lower(), "groups": f"{served.groups:,}"}
            said.append(
                ngettext(
                    "The community that most groups serve is %(community)s: %(groups)s group.",
                    "The community that most groups serve is %(community)s: %(groups)s groups.",
                    served.groups,
                )
                % words
            )
        if self.hours.value:
            said.append(
                _("Groups confirmed %(hours)s that people gave, %(year)s so far.")
                % {
                    "hours": in_words(MEASURES["hours_confirmed"], self.hours),
                    "year": period_in_words(self.year),
                }
            )
        return said

    @property
    def limits(self) -> list[str]:
        """What the study cannot say."""
        seen = _(
            "Only groups that registered here, and that the volunteer centre has checked, are "
            "seen. Harrow has others, and no list names them all: so it cannot be said what "
            "share of the sector this is."
        )
        if self.area:
            return [
                seen,
                _(
                    "A group is in the ward that its postcode lies in. Of one ward only what each "
                    "group shows to everybody is counted. What it told the volunteer centre of its "
                    "size and its network is left out."
                ),
            ]
        return [
            seen,
            _("Groups are public, and counted as they are. Hours are rounded to the nearest ten."),
        ]

    def _how_many(self) -> str:
        words = {"groups": f"{self.groups:,}", "ward": ward_name(self.area)}
        if self.area:
            return (
                ngettext(
                    "In %(ward)s %(groups)s group is registered.",
                    "In %(ward)s %(groups)s groups are registered.",
                    self.groups,
                )
                % words
            )
        if self.idle.value is None:
            return (
                ngettext(
                    "%(groups)s group is registered.",
                    "%(groups)s groups are registered.",
                    self.groups,
                )
                % words
            )
        words["idle"] = f"{self.idle.value:,.0f}"
        return (
            ngettext(
                "%(groups)s group is registered; %(idle)s have no open role.",
                "%(groups)s groups are registered; %(idle)s of them have no open role.",
                self.groups,
            )
            % words
        )


def sector(area: str = "") -> Sector:
    """The study as of now, of the borough or of a ward by its code. At most four queries.

    Of a ward it has what each of its groups shows to everybody: what groups say of their size and
    network only those who act for them read, and hours and roles are published by ward or by kind
    of group, not by both.
    """
    return _of_ward(area) if area else _of_borough()


def _of_borough() -> Sector:
    groups = list(
        Organisation.objects.verified().values_list(
            "pk", "legal_form", "size", "network", "ward_code"
        )
    )
    columns = list(zip(*groups, strict=True)) if groups else [()] * 5
    forms, sizes, networks, wards = columns[1:]
    causes = _causes("")
    this_month, year = Period.month_of(today()), Period.year_of(today())
    before = (this_month.before(), this_month.before().before())
    found = published([year, this_month, *before])
    closed = next((found[one] for one in before if one in found and found[one].closed), None)
    latest = found.get(this_month) or closed
    measure = MEASURES["hours_confirmed"]
    return Sector(
        at=now(),
        groups=len(groups),
        unpaid=sizes.count(Size.MICRO),
        alone=networks.count(Network.NONE),
        network_not_said=networks.count(Network.UNKNOWN),
        idle=latest.total("groups_with_no_live_role") if latest else NOTHING,
        roles=latest.total("roles_open") if latest else NOTHING,
        breakdowns=(
            _kinds(forms),
            _breakdown("size", _("Size"), Size.choices, sizes, unknown=Size.UNKNOWN),
            _breakdown("network", _("Network"), Network.choices, networks, unknown=Network.UNKNOWN),
            _wards(wards),
            *_of_what_they_do(causes, ""),
        ),
        year=year,
        hours=found[year].total(measure) if year in found else NOTHING,
        hours_of=closed.period if closed else None,
        hours_by_kind=tuple(closed.split(measure, "group-kind")) if closed else (),
    )


def _of_ward(ward: str) -> Sector:
    forms = list(_checked_groups(ward).order_by().values_list("legal_form", flat=True))
    return Sector(
        at=now(),
        groups=len(forms),
        unpaid=None,
        alone=None,
        network_not_said=None,
        idle=NOTHING,
        roles=NOTHING,
        breakdowns=(_kinds(forms), *_of_what_they_do(_causes(ward), ward)),
        year=Period.year_of(today()),
        hours=NOTHING,
        hours_of=None,
        hours_by_kind=(),
        area=ward,
    )


def _checked_groups(ward: str) -> QuerySet[Organisation]:
    groups = Organisation.objects.verified()
    return groups.filter(ward_code=ward) if ward else groups


def _kinds(forms: Sequence[str]) -> Breakdown:
    return _breakdown("kind", _("Kind of group"), Organisation.LegalForm.choices, forms)


def _of_what_they_do(
    causes: list[tuple[int, str, str, str | None]], ward: str
) -> tuple[Breakdown, ...]:
    return (
        _of_causes("communities", _("Communities they serve"), causes, community=True),
        _of_causes("causes", _("What they work for"), causes, community=False),
        _activities(ward),
    )


def _breakdown(
    code: str,
    title: str,
    choices: Iterable[tuple[str, str | Promise]],
    values: Sequence[str],
    unknown: str | None = None,
) -> Breakdown:
    counts = Counter(values)
    parts = sorted(
        (Part(one, str(label), counts[one]) for one, label in choices),
        key=lambda part: part.code == unknown,
    )
    return Breakdown(code, title, _checked(), tuple(parts), unknown=unknown)


def _checked() -> str:
    return _("Groups that the volunteer centre has checked")


def _wards(values: Sequence[str]) -> Breakdown:
    known = {ward.code for ward in WARDS}
    counts = Counter(code if code in known else _ELSEWHERE for code in values)
    parts = [Part(ward.code, ward.name, counts[ward.code]) for ward in WARDS]
    parts.append(Part(_ELSEWHERE, _("Outside Harrow, or not said"), counts[_ELSEWHERE]))
    return Breakdown("ward", _("Ward"), _checked(), tuple(parts), unknown=_ELSEWHERE)


def _causes(ward: str) -> list[tuple[int, str, str, str | None]]:
    """(group, name of a cause, its tag, name of its heading) of each cause of a group."""
    tagged = _checked_groups(ward).filter(causes__isnull=False).order_by()
    return list(
        tagged.values_list(
            "pk", "causes__name", "causes__ukcat_code", "causes__parent__name"
        ).distinct()
    )


def _of_causes(
    code: str, title: str, rows: list[tuple[int, str, str, str | None]], *, community: bool
) -> Breakdown:
    """Groups by the communities that their causes name, or by the headings of the other causes."""
    of: dict[str, set[int]] = {}
    for group, name, tag, heading in rows:
        if tag.startswith(_COMMUNITY) == community:
            of.setdefault(name if community else heading or name, set()).add(group)
    parts = [Part("", label, len(groups)) for label, groups in of.items()]
    parts.sort(key=lambda part: (-part.groups, part.label))
    return Breakdown(code, title, _checked(), tuple(parts), several=True)


def _activities(ward: str) -> Breakdown:
    """Groups by what people do in their roles that are public."""
    roles = Opportunity.objects.public().order_by()
    if ward:
        roles = roles.filter(organisation__ward_code=ward)
    rows = (
        roles.filter(activities__isnull=False)
        .values_list("activities__code", "activities__name")
        .annotate(groups=Count("organisation", distinct=True))
    )
    parts = sorted((Part(*row) for row in rows), key=lambda part: (-part.groups, part.label))
    return Breakdown(
        "activities",
        _("What people do in their roles"),
        _("Groups with an open role of this kind"),
        tuple(parts),
        several=True,
    )
