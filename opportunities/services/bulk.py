"""Register many groups and write many roles at once, as `organisations` and `roles` do singly.

What is checked is the same, by the same functions; what differs is that rows are written a thousand
to a statement, that nobody is told, and that no fact is stated: the caller states one for all.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.models import AuditEntry, User
from accounts.services import audit
from core import input as received
from core.clock import LONDON, now
from core.models import Cause, Skill
from opportunities.models import Membership, Opportunity, Organisation, RoleSkill, Session
from opportunities.services import organisations, role_fields, roles

BATCH = 1000
Status = Opportunity.Status


@dataclass(frozen=True, slots=True)
class GroupRegistration:
    """One group that `members` (the first is its owner) registered at `at`.

    `fields` as in `organisations.register`.
    """

    members: Sequence[User]
    fields: Mapping[str, Any]
    at: datetime
    verified_at: datetime | None = None
    verified_by: User | None = None
    safeguarding_on_file: bool = False
    insurance_on_file: bool = False


@dataclass(frozen=True, slots=True)
class WrittenRole:
    """One role that `by` drafted at `drafted_at`, sent to the volunteer centre and brought out.

    `fields` as in `roles.update`. Where `sent_at` or `published_at` is None, it went no further.
    """

    organisation: Organisation
    fields: Mapping[str, Any]
    by: User | None
    drafted_at: datetime
    sent_at: datetime | None = None
    published_at: datetime | None = None
    published_by: User | None = None


@transaction.atomic
def register_groups(registrations: Iterable[GroupRegistration]) -> list[Organisation]:
    """Register groups with their members; all or none.

    Raises as `organisations.register` for the first that is refused, and IntegrityError for two
    with one registration number. States no fact.
    """
    items = received.catalogue(Cause)
    taken = []
    for one in registrations:
        group = Organisation(
            created_at=one.at,
            verified_at=one.verified_at,
            verified_by=one.verified_by,
            safeguarding_on_file=one.safeguarding_on_file,
            insurance_on_file=one.insurance_on_file,
        )
        __, causes = organisations.fill(group, one.fields, items=items, constraints=False)
        taken.append((one, group, causes or []))
    groups = Organisation.objects.bulk_create([group for _, group, _ in taken], batch_size=BATCH)
    Organisation.causes.through.objects.bulk_create(
        [
            Organisation.causes.through(organisation_id=group.pk, cause_id=cause.pk)
            for _, group, causes in taken
            for cause in causes
        ],
        batch_size=BATCH,
    )
    Membership.objects.bulk_create(
        [
            Membership(
                organisation=group,
                user=user,
                role=Membership.Role.MEMBER if place else Membership.Role.OWNER,
                created_at=one.at,
            )
            for one, group, _ in taken
            for place, user in enumerate(one.members)
        ],
        batch_size=BATCH,
    )
    _record(entry for one, group, _ in taken for entry in _group_entries(one, group))
    return groups


@transaction.atomic
def write_roles(written: Iterable[WrittenRole]) -> list[Opportunity]:
    """Write roles as drafts, in review or open, as their times say; all or none.

    Raises as `roles.draft`, `roles.submit_for_review` and `roles.publish` for the first that is
    refused. States no fact.
    """
    items = received.catalogue(*role_fields.LISTS.values(), Skill)
    taken = []
    for one in written:
        role = Opportunity(organisation=one.organisation, created_at=one.drafted_at)
        filled = role_fields.fill(role, one.fields, items=items, constraints=False)
        taken.append((one, role, filled))
    written_roles = Opportunity.objects.bulk_create([r for _, r, _ in taken], batch_size=BATCH)
    _write_lists([(role, filled) for _, role, filled in taken])
    for one, role, _ in taken:
        _bring_out(one, role)
    Opportunity.objects.bulk_update(
        written_roles, ["status", "published_at", "updated_at"], batch_size=BATCH
    )
    _record(entry for one, role, _ in taken for entry in _role_entries(one, role))
    return written_roles


def _bring_out(one: WrittenRole, role: Opportunity) -> None:
    """Take a draft as far as its times say, through the checks on the way."""
    if one.sent_at is not None:
        roles.check_ready(role, day=one.sent_at.astimezone(LONDON).date())
        role.status = Status.IN_REVIEW
    if one.published_at is not None:
        roles.check_group_is_verified(role)
        roles.check_ready(role, day=one.published_at.astimezone(LONDON).date())
        role.status = Status.OPEN
        role.published_at = one.published_at
    role.updated_at = now()


def _write_lists(filled: Sequence[tuple[Opportunity, role_fields.Filled]]) -> None:
    for name, kind in role_fields.LISTS.items():
        through = getattr(Opportunity, name).through
        column = f"{kind.__name__.lower()}_id"
        through.objects.bulk_create(
            [
                through(**{"opportunity_id": role.pk, column: item.pk})
                for role, rows in filled
                for item in rows.lists.get(name, ())
            ],
            batch_size=BATCH,
        )
    RoleSkill.objects.bulk_create(
        [
            RoleSkill(opportunity=role, skill=skill, need=need)
            for role, rows in filled
            for need, skills in rows.skills.items()
            for skill in skills
        ],
        batch_size=BATCH,
    )
    Session.objects.bulk_create(
        [
            Session(opportunity=role, starts_at=start, ends_at=end, created_at=role.created_at)
            for role, rows in filled
            for start, end in rows.sessions or ()
        ],
        batch_size=BATCH,
    )


def _group_entries(one: GroupRegistration, group: Organisation) -> Iterable[AuditEntry]:
    owner = one.members[0] if one.members else None
    yield audit.entry(by=owner, action="organisation.registered", subject=group, at=one.at)
    if one.verified_at is not None:
        yield audit.entry(
            by=one.verified_by,
            action="organisation.verified",
            subject=group,
            at=one.verified_at,
        )


def _role_entries(one: WrittenRole, role: Opportunity) -> Iterable[AuditEntry]:
    yield audit.entry(by=one.by, action="opportunity.drafted", subject=role, at=one.drafted_at)
    if one.sent_at is not None:
        yield audit.entry(by=one.by, action="opportunity.submitted", subject=role, at=one.sent_at)
    if one.published_at is not None:
        yield audit.entry(
            by=one.published_by,
            action="opportunity.published",
            subject=role,
            at=one.published_at,
        )


def _record(entries: Iterable[AuditEntry]) -> None:
    audit.record_many(sorted(entries, key=lambda entry: entry.at))
