"""The people behind the demonstration logins: their profiles, and what waits for them."""

from datetime import timedelta
from typing import Any

from demonstration.kinds import mask, read
from demonstration.logins import VOLUNTEER_LOGINS, Login
from demonstration.people import Person
from demonstration.plan import Plan

#: The groups of the group logins: number, kind. The second is not verified.
LOGIN_GROUPS = {1: "foodbank", 2: "garden"}
UNVERIFIED = {2}
#: The roles of the group login, on which people wait, as (kind, number of the group) …
GROUP_LOGIN_ROLES = [("food-bank", 1), ("driver", 1)]
#: … and the role that the unverified group has begun.
LOGIN_ROLES = [*GROUP_LOGIN_ROLES, ("gardener", 2)]


def login_people(plan: Plan) -> list[Person]:
    """Give the volunteers that one can sign in as, in the order of `VOLUNTEER_LOGINS`."""
    profiles = read("login_profiles")
    return [_person(plan, login, profiles[login.code]) for login in VOLUNTEER_LOGINS]


def _person(plan: Plan, login: Login, said: dict[str, Any]) -> Person:
    fields = dict(said)
    age, kinds, days = fields.pop("age"), fields.pop("kinds"), fields.pop("registered_days_ago")
    fields["availability"] = sum(mask(words) for words in fields.pop("free"))
    fields["date_of_birth"] = plan.today - timedelta(days=round(age * 365.25) + 100)
    first, last = login.name.split()
    return Person(
        first_name=first,
        last_name=last,
        email=login.email,
        kinds=kinds,
        registered_at=plan.ago(days - 0.6),
        fields=fields,
        parent_confirmed_at=plan.ago(days - 2.5) if age < 16 else None,
        last_used_at=plan.ago(0.4),
    )
