"""A role for each of the largest groups of people who wait for the same and have too few places."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from core.places.wards import ward_name
from insights.disclosure import Shown
from insights.proposed_roles import TIME_LABELS, ProposedRole
from insights.segment_titles import kind_in_words
from insights.selectors.likely_hosts import LikelyHost, hosts_now, hosts_shown
from insights.selectors.unmet import PublishedSegment, published_segments
from opportunities.role_templates import RoleTemplate

#: Roles that are named, at most, and places that each would have: as in a plan.
MOST, PLACES = 10, 10


@dataclass(frozen=True)
class RoleForSegment:
    """A role for the people of a segment: of their kind, at a time at which many of them are free,
    in a ward in which many of them live, with the groups to ask.
    """

    segment: PublishedSegment
    role: ProposedRole
    hosts: list[LikelyHost]
    places: int = PLACES

    @property
    def people(self) -> Shown:
        """How many they are, as their own page says."""
        return self.segment.people

    @property
    def kind(self) -> str:
        """The kind of work, as it begins a sentence."""
        return kind_in_words(activity=self.role.activity, cause="")

    @property
    def when(self) -> str:
        """Such as "weekday evenings"."""
        return str(TIME_LABELS[self.role.time])

    @property
    def where(self) -> str:
        """The ward's name, or that it is done from home."""
        return ward_name(self.role.ward) or _("from home")

    @property
    def title(self) -> str:
        """What, when and where, such as "Gardening, Saturdays, Pinner"."""
        return f"{self.kind}, {self.when}, {self.where}"

    @property
    def template(self) -> RoleTemplate | None:
        """The draft to begin with; None where no template is of this kind of work."""
        return self.role.template


def roles_for_segments(*, sees_limits: bool = False) -> list[RoleForSegment]:
    """A role for each of the largest segments that have too few places, the largest first. Thirteen
    queries, however many.
    """
    missing = [one for one in published_segments() if one.role and not one.has_places]
    return with_hosts(missing[:MOST], sees_limits=sees_limits)


def with_hosts(
    segments: Sequence[PublishedSegment], *, sees_limits: bool = False
) -> list[RoleForSegment]:
    """The role of each of these segments that has one."""
    pairs = [(one, one.role) for one in segments if one.role]
    roles = [role for __, role in pairs]
    hosts = hosts_shown(list(zip(roles, hosts_now(roles), strict=True)), sees_limits=sees_limits)
    return [
        RoleForSegment(segment, role, found)
        for (segment, role), found in zip(pairs, hosts, strict=True)
    ]
