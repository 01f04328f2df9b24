"""What the volunteer centre does for a person who calls: the same services, and a word to them.

Whoever something was done for is told what it was, and how to object.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import AuditEntry, User
from accounts.models.user import UserManager
from accounts.services import audit
from accounts.services import people as accounts
from core import input as received
from core.errors import Conflict
from desk import messages
from opportunities.models import Membership, Organisation
from opportunities.services import organisations
from placements.models import Application
from placements.services import applications
from volunteers.models import Volunteer
from volunteers.services import profiles


@transaction.atomic
def register_person(*, by: User, agreed: bool, date_of_birth: Any = None, **person: Any) -> User:
    """Register somebody who asked for it by phone: a person without a way in, and a profile.

    `person` as in `accounts.services.people.update`. `agreed`: they said yes to our keeping what
    they tell us. Raises InvalidInput field by field, NotAllowed under 13.
    """
    if not agreed:
        raise received.refuse("agreed", _("Ask the person first, then tick the box."))
    user = _new_person(by=by, **person)
    profiles.register(user=user, by=by, date_of_birth=date_of_birth)
    messages.registered(user)
    return user


@transaction.atomic
def change_details(*, person: User, by: User, **fields: Any) -> None:
    """Change a person's name or phone number for them. Raises as `accounts.services.people`."""
    entries = AuditEntry.objects.about(person).filter(action="user.changed")
    before = entries.count()
    accounts.update(user=person, by=by, **fields)
    if entries.count() == before:
        return
    messages.details_changed(person)


@transaction.atomic
def ask_for_email(*, person: User, email: str, by: User, send: Callable[[User, str], None]) -> None:
    """Have `send` ask at an address whether it is the person's; it is theirs once they say so.

    Raises Conflict where somebody has it, or where the person has one already.
    """
    address = check_address_is_free(person=person, email=email)
    audit.record(by=by, action="person.email_asked", subject=person)
    send(person, address)


@transaction.atomic
def change_profile(*, volunteer: Volunteer, by: User, **answers: Any) -> None:
    """Change a profile for its person, who is told once a day. Raises as `profiles.update`."""
    entries = AuditEntry.objects.about(volunteer)
    before = entries.count()
    profiles.update(volunteer=volunteer, by=by, **answers)
    if entries.count() == before:
        return
    messages.profile_changed(volunteer)


@transaction.atomic
def withdraw(*, application: Application, reason: str, by: User) -> None:
    """Withdraw for a person. Raises as `applications.withdraw`."""
    applications.withdraw(application=application, reason=reason, by=by)
    messages.withdrew(application)


@transaction.atomic
def take_up(*, application: Application, by: User) -> None:
    """Say yes to an offered place for a person. Raises as `applications.take_up`."""
    applications.take_up(application=application, by=by)
    messages.took_up(application)


@transaction.atomic
def register_group(
    *, trustees: Sequence[Mapping[str, Any]], by: User, **fields: Any
) -> Organisation:
    """Register a group for one or two people who act for it and may have no email address.

    `trustees` as in `accounts.services.people.update`, with an `email` where they have an account.
    Raises as `organisations.register`.
    """
    people = [_person_for(trustee, by=by) for trustee in trustees]
    group = organisations.register(user=people[0], by=by, **fields)
    for person in dict.fromkeys(people[1:]):
        if person == people[0]:
            continue
        Membership.objects.create(organisation=group, user=person, role=Membership.Role.OWNER)
        audit.record(by=by, action="organisation.member_added", subject=group, person=person.pk)
    messages.group_registered(group)
    return group


def _person_for(trustee: Mapping[str, Any], *, by: User) -> User:
    """Give the person whose address it is, else a new one without a way in."""
    fields = dict(trustee)
    email = UserManager.normalised(fields.pop("email", ""))
    known = User.objects.filter(email=email, is_active=True).first() if email else None
    return known or _new_person(by=by, **fields)


def _new_person(*, by: User, **fields: Any) -> User:
    """Give a new person without an email address. Raises InvalidInput field by field."""
    if not (fields.get("phone") or "").strip():
        raise received.refuse("phone", _("Enter the phone number on which we can reach them."))
    user = User.objects.create_user(None, first_name=fields.get("first_name", "").strip())
    accounts.update(user=user, by=by, **fields)
    audit.record(by=by, action="user.registered", subject=user)
    user.refresh_from_db()
    return user


def check_addresses(trustees: Sequence[Mapping[str, Any]]) -> None:
    """Raises Conflict where the address of somebody who would be new here is taken: by an account
    that is suspended. Whoever has an account that goes on is no obstacle.
    """
    for trustee in trustees:
        email = UserManager.normalised(trustee["email"])
        if email and not User.objects.filter(email=email, is_active=True).exists():
            check_address_is_free(person=User(), email=email)


def check_address_is_free(*, person: User, email: str) -> str:
    """Give an email address as it is stored. Raises Conflict where somebody has it, or where the
    person has one already.
    """
    address = UserManager.normalised(email) or ""
    if person.email:
        raise Conflict(
            _("They have an email address, which only they can change."), code="has_email"
        )
    if User.objects.filter(email=address).exists():
        raise Conflict(
            _("Somebody has this address already."),
            code="taken",
            fields={"email": [_("Somebody has this address already.")]},
        )
    return address
