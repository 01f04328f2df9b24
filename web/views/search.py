"""Find a role, with or without an account."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.vary import vary_on_headers
from django.views.generic import TemplateView
from django_htmx.middleware import HtmxDetails

from opportunities.search.finding import Found, search
from web.access import volunteer_of
from web.forms.search import SearchForm
from web.role_map import RoleMap, map_of
from web.search_parts import NOT_PARTS, home_of, parts_of, ways_on

PER_PAGE = 10
#: More roles than these are not drawn on one map.
MOST_ON_MAP = 100


class SearchRequest(HttpRequest):
    htmx: HtmxDetails


@method_decorator(vary_on_headers("HX-Request"), name="dispatch")
class SearchRoles(TemplateView):
    """The search, as a list in pages or as a map; all that is asked stands in the address.

    For htmx the part of the page that changes, the form with it.
    """

    request: SearchRequest

    def get_template_names(self) -> list[str]:
        htmx = self.request.htmx
        if htmx and not htmx.history_restore_request:
            return ["web/role/search/swap.html"]
        return ["web/role/search.html"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        query = self.request.GET
        volunteer = volunteer_of(self.request)
        form = SearchForm(query, home=home_of(volunteer))
        form.is_valid()
        found = search(form.criteria())
        page = Paginator(found.roles, PER_PAGE).get_page(query.get("page"))
        is_map = form.cleaned_data.get("view") == "map"
        return super().get_context_data(
            form=form,
            page=page,
            found=found,
            parts=parts_of(form, query),
            is_map=is_map,
            title=_title(page, is_map=is_map),
            map=_map(found) if is_map and page.paginator.count else None,
            most_on_map=MOST_ON_MAP,
            is_narrowed=any(value for name, value in query.items() if name not in NOT_PARTS),
            is_volunteer=volunteer is not None,
            **({} if page.paginator.count else {"ways_on": ways_on(found, query)}),
            **kwargs,
        )


def _title(page: Page, *, is_map: bool) -> str:
    if is_map or page.paginator.num_pages < 2:
        return _("Find a role")
    return _("Find a role (page %(number)s of %(total)s)") % {
        "number": page.number,
        "total": page.paginator.num_pages,
    }


def _map(found: Found) -> RoleMap:
    return map_of(list(found.roles[:MOST_ON_MAP]), found.criteria.near)
