"""Pages of words: the first one, and what the service says about itself."""

from typing import Any

from django.views.generic import TemplateView


class Home(TemplateView):
    template_name = "web/pages/home.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs)


class About(TemplateView):
    template_name = "web/pages/about.html"


class HowMatchingWorks(TemplateView):
    template_name = "web/pages/how_matching_works.html"


class Privacy(TemplateView):
    template_name = "web/pages/privacy.html"


class Accessibility(TemplateView):
    template_name = "web/pages/accessibility.html"
