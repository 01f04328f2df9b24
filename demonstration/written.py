"""The borough while it is being loaded: what was planned, and the rows that came of it."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db import models

from accounts.models import AuditEntry, User
from accounts.services import audit
from demonstration.groups import Group
from demonstration.people import Person
from demonstration.plan import Plan
from demonstration.roles import Role
from opportunities.models import Opportunity, Organisation, Session
from placements.models import Application
from volunteers.models import Volunteer


@dataclass(slots=True)
class Planned:
    """Everybody and everything before it is written."""

    groups: list[Group]
    people: list[Person]
    roles: list[Role]


@dataclass
class Written:
    """The rows, in the order of what was planned; members of a group by its number, owner first.

    `at_desk` are the people who can be given anything that happens beside the season: not the
    logins, and not those of a planted shortage (`demonstration.shortages`).
    """

    plan: Plan
    planned: Planned
    staff: dict[str, User]
    members: dict[int, list[User]]
    groups: dict[int, Organisation]
    roles: list[Opportunity]
    volunteers: list[Volunteer]
    applications: list[Application] = field(default_factory=list)
    at_desk: list[Volunteer] = field(default_factory=list)
    _trail: list[AuditEntry] = field(default_factory=list)

    @cached_property
    def plan_of(self) -> dict[int, Role]:
        """The planned role of each, by id."""
        return {row.pk: role for role, row in zip(self.planned.roles, self.roles, strict=True)}

    @cached_property
    def number_of(self) -> dict[int, int]:
        """The number of each group, by id."""
        return {row.pk: number for number, row in self.groups.items()}

    @cached_property
    def asked(self) -> set[tuple[int, int]]:
        """Who has asked for which role."""
        return {(one.volunteer_id, one.opportunity_id) for one in self.applications}

    @cached_property
    def sessions(self) -> dict[tuple[int, datetime | None], Session]:
        """Sessions by their role's id and when they start."""
        return {(one.opportunity_id, one.starts_at): one for one in Session.objects.all()}

    @property
    def broker(self) -> User:
        return self.staff["broker"]

    def owner(self, role: Opportunity) -> User:
        """Give who acts for the role's group."""
        return self.members[self.number_of[role.organisation_id]][0]

    def waiting(self) -> list[Volunteer]:
        """Give those `at_desk` who look for a role now."""
        return [
            one
            for one in self.at_desk
            if one.waiting_since is not None and one.paused_at is None and one.user.is_active
        ]

    def note(
        self, action: str, subject: models.Model, *, by: User | None, at: datetime, **details: Any
    ) -> None:
        """Keep for the audit trail what the service would have written at that time."""
        self._trail.append(audit.entry(by=by, action=action, subject=subject, at=at, **details))

    def write_trail(self) -> None:
        """Write what was noted, in the order of time."""
        audit.record_many(sorted(self._trail, key=lambda entry: entry.at))
        self._trail.clear()
