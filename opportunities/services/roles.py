"""Write a role, bring it out, and close it."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.services import audit
from core import input as received
from core.clock import now, today
from core.earlier import changed as changed_since
from core.earlier import said_by
from core.errors import Conflict, InvalidInput
from core.outbox import facts
from notifications.services.messages import notify
from notifications.subjects import subject_line
from opportunities.models import MoreRoom, Opportunity, Organisation
from opportunities.selectors import each_member
from opportunities.services import role_fields, search_index

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

Status = Opportunity.Status

#: What can be taken off.
CLOSABLE = {Status.DRAFT, Status.IN_REVIEW, Status.OPEN, Status.FULL}


@transaction.atomic
def draft(
    *, organisation: Organisation, by: User | None, template: str = "", **fields: Any
) -> Opportunity:
    """Write a role that only its group sees. `template` is the code of what it was begun from;
    `fields` as in `update`.
    """
    role = Opportunity(organisation=organisation, template=template)
    role_fields.write(role, fields)
    audit.record(by=by, action="opportunity.drafted", subject=role)
    return role


@transaction.atomic
def update(*, opportunity: Opportunity, by: User | None, **fields: Any) -> Opportunity:
    """Change a role.

    `causes`, `activities`, `languages`, `skills_needed`, `skills_useful` and `skills_gained` are
    lists of codes; `sessions` pairs of aware times (start, end). A role that is being checked
    becomes a draft again when its group changes it, so that nothing is published that the volunteer
    centre did not read. Raises InvalidInput field by field, Conflict for fewer places than people
    hold.
    """
    row = Opportunity.objects.select_for_update(no_key=True).get(pk=opportunity.pk)
    lists = [name for name in role_fields.LISTS_READ_LATER if name in fields]
    said = said_by(row, role_fields.READ_LATER, lists)
    changed = role_fields.write(row, fields)
    opportunity.refresh_from_db()
    if changed:
        before = changed_since(said, said_by(opportunity, role_fields.READ_LATER, lists))
        audit.record(
            by=by,
            action="opportunity.changed",
            subject=opportunity,
            fields=sorted(changed),
            **({"before": before} if before else {}),
        )
        if opportunity.status == Status.IN_REVIEW and by is not None and not by.is_broker:
            _move(opportunity, {Status.IN_REVIEW}, Status.DRAFT)
            audit.record(by=by, action="opportunity.taken_back", subject=opportunity)
        if opportunity.status in (Status.OPEN, Status.FULL):
            search_index.write([opportunity.pk])
            facts.state("role.changed", opportunity.pk)
    return opportunity


@transaction.atomic
def submit_for_review(*, opportunity: Opportunity, by: User | None) -> None:
    """Send a draft to the volunteer centre. Raises InvalidInput where something is missing."""
    check_ready(opportunity)
    _move(opportunity, {Status.DRAFT}, Status.IN_REVIEW)
    entry = audit.record(by=by, action="opportunity.submitted", subject=opportunity)
    if by is not None and by.is_broker:
        _tell_group(
            opportunity,
            kind="centre.role_sent",
            key=str(entry.pk),
            subject=gettext_lazy("We wrote the role “%(role)s” for you"),
            body=gettext_lazy(
                "The volunteer centre wrote “%(role)s” for your group, as you asked us to. It is "
                "shown to people once it is checked.\n\n"
                "Is something wrong, or did you not ask for this? Tell the volunteer centre, and "
                "we put it right."
            ),
        )


@transaction.atomic
def publish(*, opportunity: Opportunity, by: User | None) -> None:
    """Open a role to everybody. Raises Conflict unless it is a draft or in review and its group
    is verified, InvalidInput where something is missing."""
    check_group_is_verified(opportunity)
    check_ready(opportunity)
    _move(opportunity, {Status.DRAFT, Status.IN_REVIEW}, Status.OPEN, published_at=now())
    audit.record(by=by, action="opportunity.published", subject=opportunity)
    # At once, not by a job: whoever publishes a role looks for it next.
    search_index.write([opportunity.pk])
    facts.state("role.changed", opportunity.pk)
    if MoreRoom.objects.standing().filter(drafts=opportunity).exists():
        facts.state("shift.opened", opportunity.pk)
    _tell_group(
        opportunity,
        kind="opportunity.published",
        subject=gettext_lazy("Your role “%(role)s” is open"),
        body=gettext_lazy(
            "“%(role)s” can now be seen by people in Harrow.\n\n"
            "What happens next: we show it to people whom it suits, and tell you when somebody "
            "asks for a place. Please answer each person within 10 days."
        ),
    )


@transaction.atomic
def send_back(*, opportunity: Opportunity, by: User, words: str) -> None:
    """Give a role in review back to its group with the words that say what to change."""
    if not words.strip():
        raise received.refuse("words", _("Say what the group should change."))
    _move(opportunity, {Status.IN_REVIEW}, Status.DRAFT)
    entry = audit.record(by=by, action="opportunity.sent_back", subject=opportunity)
    _tell_group(
        opportunity,
        kind="opportunity.sent_back",
        key=str(entry.pk),
        subject=gettext_lazy("Please look at your role “%(role)s” again"),
        body=gettext_lazy(
            "The volunteer centre looked at “%(role)s” and says:\n\n%(words)s\n\n"
            "What to do next: change it and send it once more. Only your group sees it until then."
        ),
        words=words.strip(),
    )


@transaction.atomic
def hold_back(*, opportunity: Opportunity, by: User, words: str | None) -> None:
    """Hide an open role at once until the volunteer centre publishes it again. What people asked
    before stays as it is. Its group is told why in `words`; None: it is not told now, as where a
    concern is looked into first.

    Raises InvalidInput for empty words, Conflict where people cannot see the role anyway.
    """
    if words is not None and not words.strip():
        raise received.refuse("words", _("Say why the role is hidden."))
    _move(opportunity, {Status.OPEN, Status.FULL}, Status.IN_REVIEW)
    entry = audit.record(by=by, action="opportunity.held_back", subject=opportunity)
    facts.state("role.changed", opportunity.pk)
    if words is None:
        return
    _tell_group(
        opportunity,
        kind="opportunity.held_back",
        key=str(entry.pk),
        subject=gettext_lazy("Your role “%(role)s” is hidden for now"),
        body=gettext_lazy(
            "The volunteer centre has hidden “%(role)s” from people and says:\n\n%(words)s\n\n"
            "What happens next: nobody new can ask for it. Whoever asked or has a place stays as "
            "they are, so please go on answering them. Change what has to be changed and send the "
            "role once more, or tell us if something is wrong. We look at it again then."
        ),
        words=words.strip(),
    )


@transaction.atomic
def close(*, opportunity: Opportunity, by: User | None, because: str = "") -> None:
    """Take a role off. `placements` lapses what is still unanswered (a job does it).

    `because` is a code of `Opportunity.ClosedBecause`.
    """
    if because not in Opportunity.ClosedBecause.values:
        raise received.refuse("because", _("Choose from the list."))
    _move(opportunity, CLOSABLE, Status.CLOSED, closed_because=because)
    audit.record(by=by, action="opportunity.closed", subject=opportunity, because=because)
    facts.state("role.changed", opportunity.pk)


@transaction.atomic
def discard(*, opportunity: Opportunity, by: User | None) -> None:
    """Delete a draft that was never shown to people who look for a role. Raises Conflict for any
    other role.
    """
    role = Opportunity.objects.select_for_update().get(pk=opportunity.pk)
    if not role.can_be_discarded:
        raise Conflict(
            _(
                "Only a draft that was never shown to people can be deleted. "
                "You can close this role."
            ),
            code="not_a_draft",
        )
    audit.record(by=by, action="opportunity.discarded", subject=role)
    role.delete()


@transaction.atomic
def reopen(*, opportunity: Opportunity, by: User | None) -> None:
    """Make a closed role a draft again, to be looked at and sent once more."""
    _move(opportunity, {Status.CLOSED}, Status.DRAFT, closed_because="")
    audit.record(by=by, action="opportunity.reopened", subject=opportunity)


def close_past(*, limit: int = 1000) -> int:
    """Close roles whose last day is over; give how many. Safe to run at any time."""
    past = Opportunity.objects.filter(status__in=[Status.OPEN, Status.FULL], closes_on__lt=today())[
        :limit
    ]
    closed = 0
    for role in past:
        try:
            close(opportunity=role, by=None)
        except Conflict:  # somebody closed it in this moment
            continue
        closed += 1
    return closed


def check_group_is_verified(opportunity: Opportunity) -> None:
    """Raise Conflict where the role's group is not verified, or suspended."""
    if not opportunity.organisation.is_verified:
        raise Conflict(
            _("The volunteer centre has to verify the group before its roles can be shown."),
            code="group_not_verified",
        )


def check_ready(opportunity: Opportunity, *, day: date | None = None) -> None:
    """Raise InvalidInput, field by field, where a role lacks what people need to know on `day`
    (today).
    """
    missing: dict[str, list[str]] = {}
    if not opportunity.description.strip():
        missing["description"] = [_("Say what people will do.")]
    if not opportunity.from_home and not opportunity.postcode:
        missing["postcode"] = [_("Say where it is, or that it can be done from home.")]
    if not opportunity.causes.exists() and not opportunity.activities.exists():
        missing["causes"] = [_("Choose at least one cause or activity.")]
    if opportunity.closes_on is not None and opportunity.closes_on < (day or today()):
        missing["closes_on"] = [_("The last day is in the past.")]
    if missing:
        raise InvalidInput(_("Some things are still missing."), code="not_ready", fields=missing)


def _move(
    opportunity: Opportunity,
    origins: set[Opportunity.Status],
    target: Opportunity.Status,
    **also: Any,
) -> None:
    """Change the status if it is one of `origins`; raise Conflict otherwise. Safe in a race."""
    if target == Status.OPEN:
        origins_full = Opportunity.objects.filter(
            pk=opportunity.pk, status__in=origins, places_taken__gte=F("places")
        )
        if origins_full.update(status=Status.FULL, updated_at=now(), **also):
            opportunity.refresh_from_db()
            return
    moved = Opportunity.objects.filter(pk=opportunity.pk, status__in=origins).update(
        status=target, updated_at=now(), **also
    )
    opportunity.refresh_from_db()
    if not moved:
        raise Conflict(
            _("This cannot be done: the role is now “%(status)s”.")
            % {"status": opportunity.get_status_display()},
            code="wrong_status",
        )


def _tell_group(
    opportunity: Opportunity,
    *,
    kind: str,
    subject: "StrPromise",
    body: "StrPromise",
    key: str = "",
    words: str = "",
) -> None:
    names = {"role": opportunity.title, "words": words}
    stamp = key or f"{opportunity.published_at:%Y%m%d%H%M%S}"
    for member in each_member(opportunity.organisation):
        notify(
            recipient=member,
            kind=kind,
            key=f"{kind}:{opportunity.pk}:{stamp}:{member.pk}",
            subject=subject_line(str(subject), names),
            body=str(body) % names,
            link=f"/groups/{opportunity.organisation_id}/roles/{opportunity.pk}/edit/",
        )
