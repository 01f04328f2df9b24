"""A role in the words of schema.org, for search engines that list jobs and volunteering."""

import json
from typing import Any

from django.conf import settings
from django.utils.html import escape, linebreaks
from django.utils.safestring import SafeString, mark_safe

from core.clock import LONDON
from opportunities.models import Opportunity

#: No letter of JSON that ends a script or begins a tag.
_ESCAPED = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


def job_posting(role: Opportunity) -> SafeString:
    """Give a public role as JSON-LD, safe inside a script tag. Needs its group loaded."""
    written = json.dumps(_posting(role), ensure_ascii=False)
    return mark_safe(written.translate(_ESCAPED))  # noqa: S308  - no tag can begin in it


def _posting(role: Opportunity) -> dict[str, Any]:
    posting: dict[str, Any] = {
        "@context": "https://schema.org/",
        "@type": "JobPosting",
        "title": role.title,
        "description": linebreaks(escape(role.description)),
        "employmentType": "VOLUNTEER",
        "identifier": {
            "@type": "PropertyValue",
            "name": settings.SITE_NAME,
            "value": str(role.pk),
        },
        "url": f"{settings.SITE_URL}/roles/{role.pk}/",
        "hiringOrganization": {"@type": "Organization", "name": role.organisation.name},
        "totalJobOpenings": role.places_left,
        "directApply": True,
    }
    if role.published_at is not None:
        posting["datePosted"] = role.published_at.astimezone(LONDON).date().isoformat()
    if role.closes_on is not None:
        posting["validThrough"] = f"{role.closes_on.isoformat()}T23:59:59"
    if role.organisation.website:
        posting["hiringOrganization"]["sameAs"] = role.organisation.website
    if role.from_home:
        posting["jobLocationType"] = "TELECOMMUTE"
        posting["applicantLocationRequirements"] = {"@type": "Country", "name": "GB"}
    else:
        posting["jobLocation"] = {"@type": "Place", "address": _address(role)}
    return posting


def _address(role: Opportunity) -> dict[str, str]:
    address = {"@type": "PostalAddress", "addressCountry": "GB", "addressLocality": "Harrow"}
    if role.place_name:
        address["streetAddress"] = role.place_name
    if role.postcode:
        address["postalCode"] = role.postcode
    return address
