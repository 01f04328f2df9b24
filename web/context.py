"""What every template may use."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from web import navigation


def site(request: HttpRequest) -> dict[str, Any]:
    """Give the site's name, whether it is a demonstration that keeps its mail, the languages
    of the pages, its menu, and whether people who work here give a code beside the password."""
    return {
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "is_demo": settings.DEMO,
        "has_local_outbox": settings.LOCAL_OUTBOX,
        # As each calls itself: Django's tag would translate the names.
        "languages": settings.LANGUAGES,
        "staff_give_codes": settings.SECOND_FACTOR_FOR_STAFF,
        "navigation": SimpleLazyObject(lambda: navigation.items(request)),
    }
