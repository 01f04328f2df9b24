"""Pages of words: the first one, and what the service says about itself."""

from typing import Any

from django.views.generic import TemplateView

from opportunities import role_templates
from opportunities.search.criteria import SearchCriteria
from opportunities.search.finding import search_roles
from web import centre
from web.forms.registration import STEPS
from web.profile_questions import QUESTIONS

NEWEST = 3


class Home(TemplateView):
    template_name = "web/pages/home.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            newest=search_roles(SearchCriteria())[:NEWEST],
            questions=sum(question.is_first for question in QUESTIONS),
            templates=role_templates.how_many(),
            **kwargs,
        )


class ForGroups(TemplateView):
    template_name = "web/pages/for_groups.html"
    extra_context = {"steps": len(STEPS)}


class About(TemplateView):
    template_name = "web/pages/about.html"


class HowMatchingWorks(TemplateView):
    template_name = "web/pages/how_matching_works.html"


class _NamesCentre(TemplateView):
    """A page that says how to reach the volunteer centre."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(centre=centre.reached(), **kwargs)


class Privacy(_NamesCentre):
    template_name = "web/pages/privacy.html"


class Accessibility(_NamesCentre):
    template_name = "web/pages/accessibility.html"


class Contact(_NamesCentre):
    template_name = "web/pages/contact.html"


class Complaints(_NamesCentre):
    template_name = "web/pages/complaints.html"
