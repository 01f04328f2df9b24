"""A volunteer's first page: the roles that suit them."""

from typing import Any

from django.core.paginator import Paginator
from django.urls import reverse
from django.views.generic import TemplateView

from matching.models import Impression
from matching.selectors import recommended_roles
from matching.services import impressions
from web.access import VolunteerRequired

PER_PAGE = 10
#: The section of the profile in which each change is made.
_SECTIONS = {
    "distance": "place",
    "from_home": "place",
    "in_person": "place",
    "slot": "time",
    "one_off": "time",
    "regular": "time",
    "language": "languages",
    "dbs": "checks",
    "company": "support",
    "age": "about",
}


class RecommendedRoles(VolunteerRequired, TemplateView):
    """The prepared list, ten a page; what is shown is recorded, so that ranking can learn."""

    template_name = "web/volunteer/recommended_roles.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        recommended = recommended_roles(self.volunteer)
        page = Paginator(recommended.items, PER_PAGE).get_page(self.request.GET.get("page"))
        if page.object_list:
            impressions.shown(
                self.volunteer, list(page.object_list), surface=Impression.Surface.PAGE
            )
        changes = [
            {"words": change.sentence, "address": _where_to_change(change.code)}
            for change in recommended.changes
        ]
        return super().get_context_data(
            volunteer=self.volunteer,
            recommended=recommended,
            page=page,
            changes=changes,
            **kwargs,
        )


def _where_to_change(code: str) -> str:
    """Give the address where the person can make a change, '' where they cannot themselves."""
    section = _SECTIONS.get(code)
    return reverse("web:profile-section", args=[section]) if section else ""
