"""What search engines and feed readers ask for."""

from datetime import datetime
from typing import Any

from django.contrib.syndication.views import Feed
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse, reverse_lazy
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from core.clock import today
from opportunities.models import Opportunity
from opportunities.search.criteria import SearchCriteria
from opportunities.search.finding import search_roles
from web.role_words import when, where

#: Pages of words that anyone may read, by the names of their addresses.
PAGES = (
    *("home", "roles", "for-groups", "about", "how-matching-works", "how-ranking-works"),
    *("privacy", "accessibility"),
)
#: What is somebody's own, or no page to be found.
PRIVATE = (
    *("/me/", "/groups/", "/desk/", "/insights/", "/start/", "/outbox/", "/accounts/"),
    *("/administration/", "/searches/", "/stop/", "/check-in/", "/record/", "/report/"),
    *("/health/", "/api/", "/roles/*/*/"),
)
#: More addresses than these a site map may not have.
_MOST = 50_000
_IN_FEED = 30


class Robots(TemplateView):
    """Which addresses search engines should leave alone."""

    template_name = "web/seo/robots.txt"
    content_type = "text/plain"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(private=PRIVATE, **kwargs)


class SiteMap(TemplateView):
    """All public pages, and the roles that take people."""

    template_name = "web/seo/sitemap.xml"
    content_type = "application/xml"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        roles = Opportunity.objects.open().exclude(closes_on__lt=today()).order_by("-pk")
        return super().get_context_data(
            pages=[reverse(f"web:{name}") for name in PAGES],
            roles=roles.values_list("pk", "updated_at")[: _MOST - len(PAGES)],
            **kwargs,
        )


class NewRoles(Feed):
    """The newest roles that have places left, as an Atom feed."""

    feed_type = Atom1Feed
    title = _("New volunteering roles in Harrow")
    subtitle = _("Roles that have places left, newest first")
    link = reverse_lazy("web:roles")

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().__call__(request, *args, **kwargs)
        response.headers["Content-Type"] = "application/atom+xml; charset=utf-8"
        return response

    def items(self) -> QuerySet[Opportunity]:
        return search_roles(SearchCriteria())[:_IN_FEED]

    def item_title(self, item: Opportunity) -> str:
        return item.title

    def item_description(self, item: Opportunity) -> str:
        parts = [item.summary, item.organisation.name, where(item), when(item)]
        return ". ".join(part.rstrip(".") for part in parts if part)

    def item_link(self, item: Opportunity) -> str:
        return reverse("web:role", args=[item.pk])

    def item_author_name(self, item: Opportunity) -> str:
        return item.organisation.name

    def item_pubdate(self, item: Opportunity) -> datetime | None:
        return item.published_at

    def item_updateddate(self, item: Opportunity) -> datetime:
        return item.updated_at
