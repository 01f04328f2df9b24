"""Groups to ask to take a role on, and what to do about it, as pages show them."""

from collections.abc import Sequence
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from core.dates import full_day
from insights.proposed_roles import ProposedRole
from insights.selectors.likely_hosts import LikelyHost
from web import tables

#: Groups that are named for each role in a list of roles.
ASKED_FIRST = 2


def hosts_table(hosts: Sequence[LikelyHost], reader: User) -> tables.Table:
    """The groups to ask for one role, with numbers where reasons are alike."""
    return tables.Table(
        _("Groups most likely to take it on, the likeliest first"),
        (
            tables.Column(_("Group")),
            tables.Column(_("Why")),
            tables.Column(_("Miles away"), is_numeric=True),
            tables.Column(_("Half get an answer within"), is_numeric=True),
            tables.Column(_("Told of such people")),
        ),
        [
            [
                tables.Cell(host.name, _page_of(host, reader)),
                *(" ".join(host.reasons), _miles(host), _days(host), _told(host)),
            ]
            for host in hosts
        ],
    )


def ask_first(hosts: Sequence[LikelyHost]) -> str:
    """Whom to ask first, in a list of roles."""
    names = "; ".join(host.name for host in hosts[:ASKED_FIRST])
    return names or _("no group that does such work")


def simulate_address(role: ProposedRole, places: int) -> str:
    """Where so many places of a role are simulated."""
    asked = {"activity": role.activity, "time": role.time, "ward": role.ward, "places": places}
    return f"{reverse('web:simulation-ask')}?{urlencode(asked)}"


def to_do(role: ProposedRole, places: int, title: str, write_to: str) -> tables.Cell:
    """What whoever steers can do about a role in a list; `write_to` ends the address of a campaign
    about its people.
    """
    return tables.Cell(
        links=(
            tables.Link(
                _("Write to groups"), f"{reverse('web:campaign-create')}?{write_to}", title
            ),
            tables.Link(
                _("Simulate %(places)s places") % {"places": places},
                simulate_address(role, places),
                title,
            ),
        )
    )


def _page_of(host: LikelyHost, reader: User) -> str:
    """The page of a group at the desk is for the volunteer centre; others find what the group says
    of itself.
    """
    return reverse("web:desk-group", args=[host.group]) if reader.is_broker else host.website


def _miles(host: LikelyHost) -> str:
    if host.miles is None:
        return "–"
    return str(host.miles) if host.miles else _("less than 1")


def _days(host: LikelyHost) -> str:
    if host.answer_days is None:
        return _("not known yet")
    if host.answer_days == 1:
        return _("1 day")
    return _("%(days)s days") % {"days": host.answer_days}


def _told(host: LikelyHost) -> str:
    return full_day(host.told_on) if host.told_on else _("not yet")
