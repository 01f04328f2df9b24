"""Sections of the report that are of groups: what stops them, who was written to, the sector."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from insights.disclosure import FEW, Shown
from insights.measures import MEASURES
from insights.models import Campaign
from insights.report.cells import lines_of
from insights.report.parts import Cell, Kind, Line, Section, Table
from insights.report.sources import Sources
from insights.selectors import campaign_chain
from insights.selectors.campaign_chain import Chain, Sent
from insights.selectors.sector import Breakdown
from insights.selectors.yearly_question import QUESTION, yearly_result
from insights.wording import explained, in_words

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
                Cell(f"{one.groups:,}", one.groups),
                Cell(in_words(_WAITING, one.placed), one.placed.value),
                _pounds(one.pounds),
                _pounds(one.pounds_a_person),
            ),
        )
        for one in capacity.reasons
    )
    first = capacity.best
    title = _("What keeps groups from taking more people")
    if first is not None:
        title = _("A pound does most against this: %(reason)s") % {"reason": first.label}
    table = Table(
        "stops",
        title,
        _("As groups say themselves. People: who wait, and would be placed if it were lifted."),
        (
            _("Reason"),
            _("Groups"),
            _("People who would be placed"),
            _("Pounds a year, as groups say"),
            _("Pounds for each person"),
        ),
        lines,
        Kind.TABLE,
        notes=(_("“–” where fewer than three groups named a cost, or nobody would be placed."),),
    )
    return Section("stops", _("What stops groups from taking more people"), tables=(table,))


def _pounds(pounds: int | None) -> Cell:
    return Cell("–") if pounds is None else Cell(f"£{pounds:,}", pounds)


def campaigns(found: Sources) -> Section:
    """What came of writing to groups about people who wait."""
    year = found.year
    of_year = Campaign.objects.confirmed().filter(
        confirmed_at__gte=year.starts_at, confirmed_at__lt=year.ends_at
    )
    chosen = list(of_year[:_MOST_CAMPAIGNS])
    if not chosen:
        return Section("campaigns", "")
    sent = campaign_chain.sent_of(chosen)
    lines = tuple(_campaign(one, sent[one.pk], campaign_chain.chain(one)) for one in chosen)
    groups = sum(sent[one.pk].sent for one in chosen)
    drafted = sum(sent[one.pk].drafted for one in chosen)
    title = ngettext(
        "%(groups)s group was told of people who wait, and %(drafted)s drafts came of it",
        "%(groups)s groups were told of people who wait, and %(drafted)s drafts came of it",
        groups,
    ) % {"groups": f"{groups:,}", "drafted": f"{drafted:,}"}
    table = Table(
        "campaigns",
        title,
        _("The newest campaigns of the year"),
        (
            _("Campaign"),
            _("Groups told"),
            _("Groups that opened it"),
            _("Groups that made a draft"),
            _("People placed by then"),
        ),
        lines,
        Kind.TABLE,
        notes=(
            _(
                "Whether writing made the difference is on each campaign's page, beside groups "
                "that were not written to."
            ),
        ),
    )
    return Section("campaigns", _("Writing to groups"), tables=(table,))


def _campaign(campaign: Campaign, sent: Sent, chain: Chain | None) -> Line:
    counts = (sent.sent, sent.opened, sent.drafted)
    people = Cell(_("not known yet"))
    if chain is not None:
        placed = Shown(chain.people.placed) if chain.people.placed is not None else FEW
        people = Cell(in_words(_WAITING, placed), placed.value)
    return Line(campaign.name, (*(Cell(f"{count:,}", count) for count in counts), people))


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
        tuple(Line(label, (Cell(_groups(count), count),)) for label, count in result.answers),
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
    measure = MEASURES["hours_confirmed"]
    if any(row.shown.value is not None for row in study.hours_by_kind):
        tables.append(
            Table(
                "sector-hours",
                _("Hours that groups confirmed in the last month that is over"),
                _("By kind of group"),
                (_("Kind of group"), _("Hours")),
                lines_of(measure, study.hours_by_kind),
                notes=tuple(explained(measure, {row.shown.why for row in study.hours_by_kind})),
            )
        )
    sentences = (
        *study.sentences,
        _("These are the groups that registered here; one that never came is not counted."),
    )
    return Section("sector", _("The voluntary sector, mapped"), sentences, tuple(tables))


def _of_groups(one: Breakdown) -> Table:
    note = (_("A group can be in several of these."),) if one.several else ()
    return Table(
        f"sector-{one.code}",
        one.finding,
        _("Groups that the volunteer centre has checked"),
        (one.title, _("Groups")),
        tuple(
            Line(part.label, (Cell(_groups(part.groups), part.groups, f"{part.groups:,}"),))
            for part in one.parts
        ),
        Kind.WARDS if one.code == "ward" else Kind.BARS,
        notes=note,
        drawn=_MOST_DRAWN if one.code == "activities" else 0,
    )


def _groups(groups: int) -> str:
    return ngettext("%(count)s group", "%(count)s groups", groups) % {"count": f"{groups:,}"}
