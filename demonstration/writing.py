"""Write the planned people, groups and roles through the bulk services."""

from collections.abc import Callable, Iterable, Sequence

from allauth.account.models import EmailAddress

from accounts.models import User
from demonstration.groups import Group
from demonstration.logins import GROUP_LOGINS, LOGINS, STAFF_LOGINS, Login
from demonstration.people import Person
from demonstration.roles import Role
from opportunities.models import Opportunity, Organisation
from opportunities.services.bulk import (
    GroupRegistration,
    WrittenRole,
    register_groups,
    write_roles,
)
from volunteers.models import Volunteer
from volunteers.services.bulk import Registration, register_many

BATCH = 1000
#: An unusable password, as Django marks one: nobody can sign in with it.
NOBODY = "!"


def write_staff(password: str) -> dict[str, User]:
    """Give the people of the volunteer centre and the delivery group by their role."""
    return {
        login.code: _login_user(login, password, staff_role=login.code) for login in STAFF_LOGINS
    }


def write_members(groups: Sequence[Group], password: str) -> dict[int, list[User]]:
    """Give the people who act for each group, its owner first, by the group's number."""
    logins = dict(enumerate(GROUP_LOGINS, start=1))
    members: dict[int, list[User]] = {}
    for group in groups:
        members[group.number] = [
            User(
                email=f"member{group.number:03}-{place}@example.org",
                first_name="Member",
                last_name=f"{group.number:03}-{place}",
                password=NOBODY,
                date_joined=group.registered_at,
            )
            for place in range(1, group.members + 1)
        ]
        if login := logins.get(group.number):
            members[group.number][0] = _login_user(login, password)
    User.objects.bulk_create(
        [user for users in members.values() for user in users if user.pk is None],
        batch_size=BATCH,
    )
    return members


def write_groups(
    groups: Sequence[Group], members: dict[int, list[User]], broker: User
) -> dict[int, Organisation]:
    """Give the groups' rows by their number."""
    rows = register_groups(
        GroupRegistration(
            members=members[group.number],
            fields=group.fields,
            at=group.registered_at,
            verified_at=group.verified_at,
            verified_by=broker if group.verified_at else None,
            safeguarding_on_file=group.safeguarding_on_file,
            insurance_on_file=group.insurance_on_file,
        )
        for group in groups
    )
    return {group.number: row for group, row in zip(groups, rows, strict=True)}


def write_all_roles(
    roles: Iterable[Role],
    rows: dict[int, Organisation],
    members: dict[int, list[User]],
    broker: User,
) -> list[Opportunity]:
    """Give the roles' rows, in the same order."""
    return write_roles(
        WrittenRole(
            organisation=rows[role.group.number],
            fields=role.fields,
            by=members[role.group.number][0],
            drafted_at=role.drafted_at,
            sent_at=role.sent_at,
            published_at=role.published_at,
            published_by=broker if role.published_at else None,
        )
        for role in roles
    )


def write_people(
    people: Sequence[Person],
    broker: User,
    password: str,
    progress: Callable[[Iterable[Registration]], Iterable[Registration]],
) -> list[Volunteer]:
    """Give the volunteers' rows, in the same order."""
    logins = {login.email: login for login in LOGINS}
    users = [
        _login_user(logins[person.email], password)
        if person.email in logins
        else User(
            email=person.email,
            first_name=person.first_name,
            last_name=person.last_name,
            password=NOBODY,
            date_joined=person.registered_at,
        )
        for person in people
    ]
    User.objects.bulk_create([user for user in users if user.pk is None], batch_size=BATCH)
    registrations = [
        Registration(
            user=user,
            fields=person.fields,
            at=person.registered_at,
            by=user if person.email else broker,
            parent_confirmed_at=person.parent_confirmed_at,
            used_at=person.used_at,
            last_used_at=person.last_used_at,
            paused_at=person.paused_at,
        )
        for person, user in zip(people, users, strict=True)
    ]
    return register_many(progress(registrations))


def _login_user(login: Login, password: str, **fields: str) -> User:
    """Give somebody whose address is confirmed, so that they can sign in at once."""
    first, last = login.name.split()
    user = User.objects.create(
        email=login.email, first_name=first, last_name=last, password=password, **fields
    )
    EmailAddress.objects.create(user=user, email=login.email, verified=True, primary=True)
    return user
