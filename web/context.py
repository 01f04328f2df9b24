"""What every template may use."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, Any]:
    """Give the site's name and whether this is a demonstration that keeps its mail in a page."""
    return {
        "site_name": settings.SITE_NAME,
        "is_demo": settings.DEMO,
        "has_local_outbox": settings.LOCAL_OUTBOX,
    }
