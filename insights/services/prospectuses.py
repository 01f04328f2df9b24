"""What a group does with a prospectus: open it, make its role a draft, put it aside."""

from typing import Any

from django.db import transaction

from accounts.models import User
from accounts.services import audit
from core.clock import now
from core.errors import Conflict
from insights.models import Prospectus
from matching.wording import names
from matching.wording import prospectuses as wording
from opportunities.models import Membership, Opportunity
from opportunities.role_templates import template_called
from opportunities.services import drafts, roles


@transaction.atomic
def opened(*, prospectus: Prospectus, by: User) -> None:
    """Note that somebody of the group looked at it; the first time stands. What the volunteer
    centre or the delivery group looks at does not count.
    """
    if prospectus.opened_at is not None or not _acts_for(by, prospectus):
        return
    Prospectus.objects.filter(pk=prospectus.pk, opened_at=None).update(opened_at=now())
    prospectus.refresh_from_db(fields=["opened_at"])


@transaction.atomic
def draft(*, prospectus: Prospectus, by: User) -> Opportunity:
    """Make the prospectus's role a draft of the group; again, or twice at once, the same draft.

    Raises Conflict where the draft was there and is no more.
    """
    row = _locked(prospectus)
    if row.draft is not None:
        return row.draft
    if row.drafted_at is not None:
        raise Conflict(wording.draft_is_gone())
    role = _written(row, by)
    row.draft, row.drafted_at, row.set_aside_at = role, now(), None
    row.opened_at = row.opened_at or now()
    row.save(update_fields=["draft", "drafted_at", "set_aside_at", "opened_at"])
    audit.record(by=by, action="prospectus.drafted", subject=row, role=role.pk)
    return role


@transaction.atomic
def put_aside(*, prospectus: Prospectus, by: User) -> None:
    """Say that it is not for the group. Again it changes nothing; a draft that was made stays."""
    row = _locked(prospectus)
    if row.set_aside_at is None and row.draft_id is None:
        row.set_aside_at = now()
        row.opened_at = row.opened_at or (now() if _acts_for(by, row) else None)
        row.save(update_fields=["set_aside_at", "opened_at"])
        audit.record(by=by, action="prospectus.put_aside", subject=row)


@transaction.atomic
def take_up_again(*, prospectus: Prospectus, by: User) -> None:
    """Take back that it is not for the group."""
    row = _locked(prospectus)
    if row.set_aside_at is not None:
        row.set_aside_at = None
        row.save(update_fields=["set_aside_at"])
        audit.record(by=by, action="prospectus.taken_up_again", subject=row)


def role_fields(prospectus: Prospectus) -> dict[str, Any]:
    """What the draft would say, as `opportunities.services.roles.draft` takes it: the template's
    words, or where there is none the name of the work.
    """
    counted = prospectus.counted
    template = template_called(counted.template)
    fields = template.role_fields() if template else _bare(counted.activity, counted.cause)
    if not fields.get("from_home"):
        fields["postcode"] = prospectus.organisation.postcode
    return fields | {"weekly_slots": counted.slots}


def _bare(activity: str, cause: str) -> dict[str, Any]:
    named = names.name("Activity", activity) if activity else names.name("Cause", cause)
    return {
        "title": named[:1].upper() + named[1:],
        "description": wording.first_words(named),
        "activities": [activity] if activity else [],
        "causes": [cause] if cause else [],
    }


def _written(prospectus: Prospectus, by: User) -> Opportunity:
    group, counted = prospectus.organisation, prospectus.counted
    if not counted.template:
        return roles.draft(organisation=group, by=by, **role_fields(prospectus))
    role = drafts.from_template(organisation=group, code=counted.template, by=by)
    return roles.update(opportunity=role, by=by, weekly_slots=counted.slots)


def _locked(prospectus: Prospectus) -> Prospectus:
    """The row alone: what is joined to a row that was waited for is from before the wait."""
    return Prospectus.objects.select_for_update(no_key=True).get(pk=prospectus.pk)


def _acts_for(person: User, prospectus: Prospectus) -> bool:
    members = Membership.objects.filter(organisation=prospectus.organisation_id)
    return members.filter(user=person, user__is_active=True).exists()
