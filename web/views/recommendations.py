"""A volunteer's first page: the roles that suit them."""

from typing import Any

from django.core.paginator import Paginator
from django.views.generic import TemplateView

from core import disclosure
from matching.models import Impression
from matching.selectors import hidden_roles, recommended_roles
from matching.services import impressions
from volunteers.selectors import people_waiting
from web.access import VolunteerRequired
from web.to_answer import to_answer
from web.where_to_change import where_to_change

PER_PAGE = 10


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
            {"words": change.sentence, "address": where_to_change(change.code)}
            for change in recommended.changes
        ]
        return super().get_context_data(
            volunteer=self.volunteer,
            to_answer=to_answer(self.volunteer),
            recommended=recommended,
            page=page,
            changes=changes,
            has_hidden=hidden_roles(self.volunteer).exists(),
            waiting="" if page.object_list else disclosure.in_words(people_waiting()),
            **kwargs,
        )
