"""How the ranking works: the page of the transparency record."""

from typing import Any

from django.views.generic import TemplateView

from matching.transparency import largest_parts, record_in_force, sections

#: So many parts are named at the top of the page.
_NAMED = 3


class HowRankingWorks(TemplateView):
    """In plain words first, then every field of the record."""

    template_name = "web/pages/how_ranking_works.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        known = record_in_force()
        chance = known.code["chance"]
        return super().get_context_data(
            largest=largest_parts(known)[:_NAMED],
            chance_percent=round(100 * chance["pages"]),
            page_length=chance["page_length"],
            sections=sections(known),
            **kwargs,
        )
