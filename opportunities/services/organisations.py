"""Register a group, change it, and let the volunteer centre verify or stop it."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.languages import each_in_their_language
from accounts.models import User
from accounts.services import audit
from core import input as received
from core.clock import now
from core.earlier import changed as changed_since
from core.earlier import said_by
from core.errors import Conflict
from core.models import Cause
from core.outbox import facts
from notifications.services.messages import notify
from notifications.subjects import subject_line
from opportunities.identifiers import org_id
from opportunities.models import Membership, Opportunity, Organisation
from opportunities.selectors import each_member
from opportunities.services import search_index

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

#: What a group can change about itself.
FIELDS = frozenset(
    {
        "name",
        "legal_form",
        "identifier",
        "description",
        "website",
        "contact_email",
        "phone",
        "postcode",
        "size",
        "network",
    }
)


#: What statistics read of a group as of the end of a month, beside its causes.
READ_LATER = ("legal_form", "size", "network", "ward_code")


@transaction.atomic
def register(*, user: User, by: User | None, **fields: Any) -> Organisation:
    """Register a group that `user` acts for as its owner; it waits to be verified.

    `fields` as in `update`. Raises InvalidInput field by field, Conflict where a group with the
    same registration number is there already.
    """
    organisation = Organisation()
    _write(organisation, fields)
    Membership.objects.create(organisation=organisation, user=user, role=Membership.Role.OWNER)
    audit.record(by=by, action="organisation.registered", subject=organisation)
    return organisation


@transaction.atomic
def update(*, organisation: Organisation, by: User | None, **fields: Any) -> Organisation:
    """Change a group. `identifier` as a person writes a number, `causes` as a list of codes.

    Raises InvalidInput field by field, Conflict for a number that another group has.
    """
    row = Organisation.objects.select_for_update().get(pk=organisation.pk)
    lists = ["causes"] if "causes" in fields else []
    said = said_by(row, READ_LATER, lists)
    changed = _write(row, fields)
    organisation.refresh_from_db()
    if changed:
        before = changed_since(said, said_by(organisation, READ_LATER, lists))
        audit.record(
            by=by,
            action="organisation.changed",
            subject=organisation,
            fields=sorted(changed),
            **({"before": before} if before else {}),
        )
        if changed & {"name", "identifier"} and organisation.verified_at is not None:
            _ask_to_look_again(organisation, by=by)
        if "name" in changed:
            search_index.write(organisation.opportunities.values_list("pk", flat=True))
    return organisation


@transaction.atomic
def confirm_name(*, organisation: Organisation, by: User) -> None:
    """Say that a verified group is still what it says under its new name or number."""
    done = Organisation.objects.filter(pk=organisation.pk, renamed_at__isnull=False).update(
        renamed_at=None, updated_at=now()
    )
    if done:
        organisation.refresh_from_db()
        audit.record(by=by, action="organisation.name_confirmed", subject=organisation)


def _ask_to_look_again(organisation: Organisation, *, by: User | None) -> None:
    """A verified group that takes another name or number is looked at again, unless the volunteer
    centre made the change itself."""
    if by is not None and by.is_broker:
        return
    entry = audit.record(by=by, action="organisation.renamed", subject=organisation)
    Organisation.objects.filter(pk=organisation.pk).update(renamed_at=now())
    organisation.refresh_from_db()
    brokers = User.objects.filter(staff_role=User.StaffRole.BROKER, is_active=True)
    for broker in each_in_their_language(brokers.order_by("pk")):
        notify(
            recipient=broker,
            kind="organisation.renamed",
            key=f"organisation.renamed:{entry.pk}:{broker.pk}",
            subject=subject_line(
                _("A checked group changed its name or number: %(group)s"),
                {"group": organisation.name},
            ),
            body=_(
                "%(group)s was checked by the volunteer centre and has changed its name or number "
                "since. Its roles stay public.\n\n"
                "What to do next: look at the group on the desk. Say that all is well, or stop it."
            )
            % {"group": organisation.name},
            link=f"/desk/groups/{organisation.pk}/",
        )


@transaction.atomic
def verify(*, organisation: Organisation, by: User) -> None:
    """Say that the volunteer centre knows the group: its roles may be public. Once is enough."""
    done = Organisation.objects.filter(pk=organisation.pk, verified_at=None).update(
        verified_at=now(), verified_by=by, updated_at=now()
    )
    if not done:
        return
    organisation.refresh_from_db()
    audit.record(by=by, action="organisation.verified", subject=organisation)
    _roles_changed(organisation)
    _tell_members(
        organisation,
        kind="organisation.verified",
        subject=gettext_lazy("%(group)s is verified"),
        body=gettext_lazy(
            "The volunteer centre has checked %(group)s. Your roles can now be shown to people in "
            "Harrow.\n\nWhat to do next: write a role, or send one that you have written."
        ),
    )


@transaction.atomic
def suspend(*, organisation: Organisation, by: User, reason: str = "") -> None:
    """Take the group's roles off at once, and let it see and answer nobody; its people are told.
    `reason` is a code, kept in the audit trail.
    """
    done = Organisation.objects.filter(pk=organisation.pk, suspended_at=None).update(
        suspended_at=now(), updated_at=now()
    )
    if done:
        organisation.refresh_from_db()
        entry = audit.record(
            by=by, action="organisation.suspended", subject=organisation, reason=reason
        )
        _roles_changed(organisation)
        _tell_members(
            organisation,
            kind="organisation.suspended",
            key=f"{entry.pk}",
            subject=gettext_lazy("%(group)s is stopped for now"),
            body=gettext_lazy(
                "The volunteer centre has stopped %(group)s on this service for now. People cannot "
                "see its roles, and you cannot see or answer who asked. Nobody who asked or has a "
                "place is taken off.\n\n"
                "What to do next: get in touch with the volunteer centre."
            ),
        )


@transaction.atomic
def reinstate(*, organisation: Organisation, by: User) -> None:
    """Undo a suspension."""
    done = Organisation.objects.filter(pk=organisation.pk, suspended_at__isnull=False).update(
        suspended_at=None, updated_at=now()
    )
    if done:
        organisation.refresh_from_db()
        entry = audit.record(by=by, action="organisation.reinstated", subject=organisation)
        _roles_changed(organisation)
        _tell_members(
            organisation,
            kind="organisation.reinstated",
            key=f"{entry.pk}",
            subject=gettext_lazy("%(group)s can go on"),
            body=gettext_lazy(
                "The volunteer centre no longer stops %(group)s. Its roles are shown as before.\n\n"
                "What to do next: answer the people who asked and have waited meanwhile."
            ),
        )


def fill(
    organisation: Organisation,
    fields: Mapping[str, Any],
    *,
    items: received.Items = received.items,
    constraints: bool = True,
) -> tuple[set[str], list[Cause] | None]:
    """Set and check fields without saving; give the names of those that changed, and the causes
    (None: not said). `constraints` as in `received.check`. Raises as `update`.
    """
    plain = {name: value for name, value in fields.items() if name != "causes"}
    chosen = items(Cause, fields["causes"], field="causes") if "causes" in fields else None
    changed = received.assign(organisation, plain, FIELDS)
    if changed & {"identifier", "legal_form"}:
        _check_identifier(organisation)
    if "postcode" in changed:
        received.locate(organisation)
    received.check(organisation, exclude={"verified_by"}, constraints=constraints)
    return changed, chosen


def _write(organisation: Organisation, fields: dict[str, Any]) -> set[str]:
    changed, chosen = fill(organisation, fields)
    organisation.save()
    if chosen is not None and {c.pk for c in chosen} != set(
        organisation.causes.values_list("pk", flat=True)
    ):
        organisation.causes.set(chosen)
        changed.add("causes")
    return changed


def _check_identifier(organisation: Organisation) -> None:
    identifier = org_id(organisation.identifier, organisation.legal_form)
    if identifier is None:
        raise received.refuse(
            "identifier",
            _(
                "Check the number. A charity number has 6 or 7 digits, a company number 8. "
                "Leave it empty if you have none."
            ),
        )
    organisation.identifier = identifier
    taken = Organisation.objects.filter(identifier=identifier).exclude(pk=organisation.pk)
    if identifier and taken.exists():
        raise Conflict(
            _(
                "A group with this number is registered already. Ask the person who registered it, "
                "or the volunteer centre, to let you act for it too."
            ),
            code="registered",
            fields={
                "identifier": [
                    _(
                        "A group with this number is registered already. Check the number. If it "
                        "is right, write to the volunteer centre."
                    )
                ]
            },
        )


def _roles_changed(organisation: Organisation) -> None:
    roles = organisation.opportunities.filter(
        status__in=[Opportunity.Status.OPEN, Opportunity.Status.FULL]
    )
    for pk in roles.values_list("pk", flat=True):
        facts.state("role.changed", pk)


def _tell_members(
    organisation: Organisation,
    *,
    kind: str,
    subject: "StrPromise",
    body: "StrPromise",
    key: str = "",
) -> None:
    about = key or f"{organisation.pk}"
    names = {"group": organisation.name}
    for member in each_member(organisation):
        notify(
            recipient=member,
            kind=kind,
            key=f"{kind}:{about}:{member.pk}",
            subject=subject_line(str(subject), names),
            body=str(body) % names,
            link=f"/groups/{organisation.pk}/",
        )
