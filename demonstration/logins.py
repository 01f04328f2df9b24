"""Who can sign in to the demonstration borough, and what for.

The one source for `manage.py demo_logins`, the demonstration's home page and the README.
"""

from dataclasses import dataclass

#: The one password of all demonstration logins. It protects nothing but made-up people.
PASSWORD = "harrow-demonstration"  # noqa: S105  - public on purpose


@dataclass(frozen=True, slots=True)
class Login:
    """One way in. `name` is shown in the service, `what_for` beside the login."""

    code: str
    email: str
    name: str
    what_for: str


VOLUNTEER_LOGINS = (
    Login(
        "outdoors",
        "outdoors@example.org",
        "Volunteer Outdoors",
        "A volunteer who likes gardens and trees, free at weekends",
    ),
    Login(
        "reading",
        "reading@example.org",
        "Volunteer Reading",
        "A volunteer who likes children and books, free on weekday mornings",
    ),
    Login(
        "short",
        "short@example.org",
        "Volunteer Short",
        "A volunteer whose profile is three words long",
    ),
    Login(
        "young",
        "young@example.org",
        "Volunteer Young",
        "A volunteer who is 15; a parent has confirmed",
    ),
)
GROUP_LOGINS = (
    Login(
        "group",
        "group@example.org",
        "Member Foodbank",
        "Acts for a verified group; people wait for its answer",
    ),
    Login(
        "new-group",
        "new-group@example.org",
        "Member Garden",
        "Acts for a group that is not verified yet",
    ),
)
STAFF_LOGINS = (
    Login(
        "broker",
        "broker@example.org",
        "Broker Demo",
        "Works for the volunteer centre: verifies groups, looks at roles",
    ),
    Login(
        "delivery",
        "delivery@example.org",
        "Delivery Demo",
        "Reads the statistics for the delivery group of the council",
    ),
)
LOGINS = (*VOLUNTEER_LOGINS, *GROUP_LOGINS, *STAFF_LOGINS)


def table() -> str:
    """Give the logins as lines of text with aligned columns, the password in the first line."""
    width = max(len(login.email) for login in LOGINS)
    lines = [f"  {login.email:<{width}}  {login.what_for}" for login in LOGINS]
    return "\n".join([f"Demonstration logins, all with the password {PASSWORD}", *lines])
