"""Sections of the report that are of groups: what stops them, who was written to, the sector."""

from collections.abc import Collection, Iterator, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.clock import LONDON, today
from core.dates import full_day
from insights.capacity_wording import what_to_fund
from insights.chart_findings import split_finding
from insights.disclosure import FEW, Shown
from insights.measures import MEASURES
from insights.models import Campaign
from insights.report.cells import cell, count_cell, lines_of
from insights.report.parts import Cell, Kind, Line, Section, Table
from insights.report.sources import Sources
from insights.selectors import campaign_chain
from insights.selectors.campaign_chain import Chain, Sent
from insights.selectors.sector import Breakdown, Sector
from insights.selectors.yearly_question import QUESTION, yearly_result
from insights.wording import explained, period_in_words

_WAITING = MEASURES["people_waiting"]
_MOST_CAMPAIGNS = 6
#: So many kinds of work are drawn.
_MOST_DRAWN = 12


def what_stops_groups(found: Sources) -> Section:
    """The list of what to fund."""
    capacity = found.capacity
    if capacity is None or not capacity.reasons:
        return Section("stops", "")
    lines = tuple(
        Line(
            one.label,
            (
                count_cell(one.groups),
                cell(_WAITING, one.placed),
                _pounds(one.pounds),
                _pounds(one.pounds_a_person),
            ),
        )
        for one in capacity.reasons
    )
    title = what_to_fund(capacity) or _("What keeps groups from taking more people")
    table = Table(
        "stops",
        title,
        _(
            "As groups say themselves; and people who wait and would be placed if it were lifted. "
            "Worked out on %(day)s."
        )
        % {"day": full_day(capacity.made_at.astimezone(LONDON).date())},
        (
            _("Reason"),
            _("Groups"),
            _("People who would be placed"),
            _("Pounds a year, as groups say"),
            _("Pounds for each person"),
        ),
        lines,
        Kind.TABLE,
        notes=(
            _(
                "Pounds are of the groups that named a cost, and are shared out over the people "
                "who would be placed with these alone."
            ),
            _("“–” where fewer than three groups named a cost, or nobody would be placed."),
            *explained(_WAITING, {one.placed.why for one in capacity.reasons}),
        ),
    )
    return Section("stops", _("What stops groups"), tables=(table,))


def _pounds(pounds: int | None) -> Cell:
    return Cell("–") if pounds is None else Cell(f"£{pounds:,}", pounds, pattern="[$£]#,##0")


def campaigns(found: Sources) -> Section:
    """What came of writing to groups about people who wait."""
    year = found.year
    of_year = list(
        Campaign.objects.confirmed()
        .filter(confirmed_at__gte=year.starts_at, confirmed_at__lt=year.ends_at)
        .prefetch_related("months")
    )
    if not of_year:
        return Section("campaigns", "")
    sent = campaign_chain.sent_of(of_year)
    chains = {one.pk: chain for one in of_year if (chain := campaign_chain.chain(one))}
    table = Table(
        "campaigns",
        _campaigns_finding(list(sent.values())),
        _("Campaigns of the year, the newest first"),
        (
            _("Campaign"),
            _("Groups told"),
            _("Opened it"),
            _("Made a draft"),
            _("Published it"),
            _("People placed"),
            _("Began a role more often than groups not written to"),
        ),
        tuple(_campaign(one, sent[one.pk], chains.get(one.pk)) for one in of_year),
        Kind.TABLE,
        notes=tuple(_notes_on_campaigns([chains.get(one.pk) for one in of_year])),
        drawn=_MOST_CAMPAIGNS,
    )
    return Section("campaigns", _("Writing to groups"), tables=(table,))


def _campaigns_finding(sent: Sequence[Sent]) -> str:
    told, drafted = sum(one.sent for one in sent), sum(one.drafted for one in sent)
    words = {"told": f"{told:,}", "drafted": f"{drafted:,}"}
    if not drafted:
        return (
            _("Groups were told %(told)s times of people who wait; no draft came of it yet") % words
        )
    return (
        ngettext(
            "Groups were told %(told)s times of people who wait, and %(drafted)s draft came of it",
            "Groups were told %(told)s times of people who wait, and %(drafted)s drafts came of it",
            drafted,
        )
        % words
    )


def _campaign(campaign: Campaign, sent: Sent, chain: Chain | None) -> Line:
    people = Cell(_("not known yet"))
    if chain is not None:
        people = cell(_WAITING, _placed(chain))
    return Line(
        campaign.name,
        (
            *(
                count_cell(count)
                for count in (sent.sent, sent.opened, sent.drafted, sent.published)
            ),
            people,
            Cell(_difference(chain)),
        ),
    )


def _placed(chain: Chain) -> Shown:
    return FEW if chain.people.placed is None else Shown(float(chain.people.placed))


def _difference(chain: Chain | None) -> str:
    """How many more in 100 began a role than of the groups that were not written to, in words."""
    if chain is None:
        return _("not known yet")
    if not chain.compared:
        return _("not known: all were written to")
    began = chain.steps[0].difference
    if began is None:
        return _("too few groups to say")
    low, high = round(100 * began.lowest), round(100 * began.highest)
    if not began.is_clear:
        return _("cannot be told: from %(low)+d to %(high)+d in 100") % {"low": low, "high": high}
    words = {"by": abs(round(100 * began.value))}
    words["least"], words["most"] = sorted((abs(low), abs(high)))
    if began.value > 0:
        return _("yes: %(by)s more in 100, from %(least)s to %(most)s") % words
    return _("no: %(by)s fewer in 100, from %(least)s to %(most)s") % words


def _notes_on_campaigns(chains: Collection[Chain | None]) -> Iterator[str]:
    if None in chains:
        yield _(
            "“Not known yet”: that is worked out when the month in which groups were told is "
            "closed, and every month from then on."
        )
    found = [chain for chain in chains if chain]
    if found:
        yield _(
            "What groups did is as of the day of this report; people placed and the comparison are "
            "as of the end of the last month that is over. Groups that were not written to were "
            "drawn by lot."
        )
    yield from explained(_WAITING, {_placed(chain).why for chain in found})


def yearly_question(found: Sources) -> Section:
    """What groups say of the public bodies around them."""
    result = yearly_result(found.year)
    if result is None:
        return Section("question", "")
    sentences = (str(QUESTION), *result.sentences)
    if not result.is_enough or not result.answers:
        return Section("question", _("What groups say of public bodies"), sentences)
    table = Table(
        "question",
        result.sentences[1],
        _("Groups, by what they answered"),
        (_("Answer"), _("Groups")),
        tuple(Line(label, (_groups_cell(count),)) for label, count in result.answers),
        notes=(
            _(
                "Only groups that are registered here were asked, so this cannot be set beside a "
                "survey of all organisations."
            ),
        ),
    )
    return Section("question", _("What groups say of public bodies"), sentences, (table,))


def the_sector(found: Sources) -> Section:
    """The mapping study."""
    study = found.sector
    if study is None or not study.groups:
        return Section("sector", "")
    tables = [_of_groups(one) for one in study.breakdowns if one.largest]
    hours = _sector_hours(study)
    return Section(
        "sector",
        _("The voluntary sector, mapped"),
        (*study.sentences, _("Counted on %(day)s.") % {"day": full_day(today())}, *study.limits),
        (*tables, *([hours] if hours else [])),
    )


def _sector_hours(study: Sector) -> Table | None:
    measure, rows = MEASURES["hours_confirmed"], study.hours_by_kind
    if study.hours_of is None or all(row.shown.value is None for row in rows):
        return None
    return Table(
        "sector_hours",
        split_finding(measure, "group-kind", rows),
        _("Hours that groups confirmed in %(month)s, by kind of group")
        % {"month": period_in_words(study.hours_of)},
        (_("Kind of group"), _("Hours")),
        lines_of(measure, rows),
        notes=tuple(explained(measure, {row.shown.why for row in rows})),
    )


def _of_groups(one: Breakdown) -> Table:
    note = (_("A group can be in several of these, or in none."),) if one.several else ()
    return Table(
        f"sector-{one.code}",
        one.finding,
        one.about,
        (one.title, _("Groups")),
        tuple(Line(part.label, (_groups_cell(part.groups),)) for part in one.parts),
        Kind.WARDS if one.code == "ward" else Kind.BARS,
        notes=note,
        drawn=_MOST_DRAWN if one.code == "activities" else 0,
    )


def _groups_cell(groups: int) -> Cell:
    words = ngettext("%(count)s group", "%(count)s groups", groups) % {"count": f"{groups:,}"}
    return Cell(words, groups, f"{groups:,}")
