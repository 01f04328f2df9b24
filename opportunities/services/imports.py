"""Write roles that were read from another system's list, all or none."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.db import transaction

from accounts.models import AuditEntry, User
from accounts.services import audit
from core.clock import now, today
from core.earlier import Said, changed, said_by
from core.models import Activity, Cause
from core.outbox import facts
from core.taxonomy.mentions import Mentions
from opportunities.importing.mapping import Mapping
from opportunities.importing.rows import ImportedRole
from opportunities.models import Opportunity, Organisation
from opportunities.services import role_fields

#: A reopened role stays open for as long as it once did, but at least this.
SHORTEST_REOPENING = timedelta(days=30)
#: No more tags than this are read out of a role's words.
MOST_TAGS = 4


@dataclass(frozen=True, slots=True)
class Written:
    """What came of an import. `past`: roles whose last day is over, so that they are closed."""

    made: int
    changed: int
    groups: int
    open: int
    past: int


@transaction.atomic
def write(
    roles: Sequence[ImportedRole],
    *,
    mapping: Mapping,
    by: User | None,
    reopen: bool = False,
    progress: Callable[[Iterable[ImportedRole]], Iterable[ImportedRole]] = iter,
) -> Written:
    """Make or bring up to date one role for each row, with its group, verified by the importer.

    A role is known again by the mapping's source and its reference, so that a second import
    changes what the first one made. With `reopen`, past roles are opened as of today for as long
    as they once were open. One fact asks for a full ranking afterwards.
    """
    existing = {
        role.source_reference: role
        for role in Opportunity.objects.filter(source=mapping.source).select_related("organisation")
    }
    groups = {role.organisation.name: role.organisation for role in existing.values()}
    before = len(groups)
    causes = {cause.code: cause for cause in Cause.objects.all()}
    activities = {activity.code: activity for activity in Activity.objects.all()}
    of_causes, of_activities = Mentions.of(causes.values()), Mentions.of(activities.values())
    written: list[Opportunity] = []
    trail: list[AuditEntry] = []
    for row in progress(roles):
        group = groups.get(row.organisation)
        if group is None:
            group = groups[row.organisation] = _group(row, mapping, by)
        role = existing.get(row.reference) or Opportunity(
            source=mapping.source, source_reference=row.reference
        )
        said = _said(role) if role.pk else {}
        _fill(role, row, group, reopen=reopen)
        role.save()
        words = f"{row.title}. {row.description}"
        tagged = dict.fromkeys([*row.causes, *of_causes.in_text(words)[:MOST_TAGS]])
        role.causes.set([causes[code] for code in tagged])
        role.activities.set([activities[code] for code in of_activities.in_text(words)[:MOST_TAGS]])
        trail.append(_entry(role, mapping, by, changed(said, _said(role)) if said else {}))
        written.append(role)
    audit.record_many(trail)
    if written:
        facts.state("roles.imported", min(role.pk for role in written))
    return Written(
        made=len(written) - sum(row.reference in existing for row in roles),
        changed=sum(row.reference in existing for row in roles),
        groups=len(groups) - before,
        open=sum(role.status == Opportunity.Status.OPEN for role in written),
        past=sum(role.status == Opportunity.Status.CLOSED for role in written),
    )


def _entry(role: Opportunity, mapping: Mapping, by: User | None, before: Said) -> AuditEntry:
    details = {"source": mapping.source, **({"before": before} if before else {})}
    return audit.entry(by=by, action="opportunity.imported", subject=role, at=None, **details)


def _said(role: Opportunity) -> Said:
    """What an import changes of a role that statistics read as of an earlier moment."""
    columns = (*role_fields.READ_LATER, "published_at")
    return said_by(role, columns, role_fields.LISTS_READ_LATER)


def _group(row: ImportedRole, mapping: Mapping, by: User | None) -> Organisation:
    group = Organisation.objects.create(
        name=row.organisation,
        legal_form=mapping.legal_form,
        description=mapping.description,
        verified_at=now(),
        verified_by=by,
    )
    audit.record(by=by, action="organisation.imported", subject=group, source=mapping.source)
    return group


def _fill(role: Opportunity, row: ImportedRole, group: Organisation, *, reopen: bool) -> None:
    role.organisation = group
    role.title = row.title
    role.description = row.description
    role.commitment = row.commitment
    role.places = max(row.places, role.places_taken)
    role.minimum_age = row.minimum_age
    role.hours_a_week = row.hours_a_week
    role.offers = list(row.offers)
    role.postcode, role.place_name = row.place.postcode, row.place.name
    role.latitude, role.longitude = row.place.latitude, row.place.longitude
    role.ward_code = row.place.ward_code
    role.closes_on = row.ends
    is_past = row.ends is not None and row.ends < today()
    if is_past and reopen:
        role.closes_on = today() + max(
            row.ends - (row.starts or row.ends) if row.ends else timedelta(), SHORTEST_REOPENING
        )
    if is_past and not reopen:
        role.status = Opportunity.Status.CLOSED
        role.published_at = role.published_at or _midnight(row.starts or row.ends)
    else:
        role.status = Opportunity.Status.OPEN if role.places_left else Opportunity.Status.FULL
        role.published_at = now() if reopen or role.published_at is None else role.published_at


def _midnight(day: date | None) -> datetime | None:
    return None if day is None else datetime.combine(day, time(), tzinfo=UTC)
