"""What `manage.py check --deploy` says about accounts."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Warning


def staff_give_a_code(**_: Any) -> list[CheckMessage]:
    """Complain where a password alone opens everybody's data."""
    if settings.SECOND_FACTOR_FOR_STAFF:
        return []
    return [
        Warning(
            "People who work here are not asked for a second factor.",
            hint="Leave SECOND_FACTOR_FOR_STAFF, HARROW_LOCAL and HARROW_DEMO unset in public.",
            id="accounts.W001",
        )
    ]
