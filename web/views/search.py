"""Find a role, with or without an account."""

from typing import Any

from django.core.paginator import Paginator
from django.views.generic import TemplateView

from core.places.postcodes import Location
from opportunities.search.finding import search_roles
from volunteers.models import Volunteer
from web.access import volunteer_of
from web.forms.search import SearchForm

PER_PAGE = 10


class SearchRoles(TemplateView):
    template_name = "web/role/search.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        volunteer = volunteer_of(self.request)
        form = SearchForm(self.request.GET, home=_home(volunteer))
        form.is_valid()
        roles = Paginator(search_roles(form.criteria()), PER_PAGE)
        return super().get_context_data(
            form=form,
            page=roles.get_page(self.request.GET.get("page")),
            is_narrowed=any(value for name, value in self.request.GET.items() if name != "page"),
            is_volunteer=volunteer is not None,
            **kwargs,
        )


def _home(volunteer: Volunteer | None) -> Location | None:
    """Give where the person lives, as far as they said."""
    if volunteer is None or volunteer.latitude is None or volunteer.longitude is None:
        return None
    return Location(
        postcode=volunteer.postcode,
        latitude=volunteer.latitude,
        longitude=volunteer.longitude,
        ward_code=volunteer.ward_code,
        precision="outward" if volunteer.location_precision == "outward" else "postcode",
    )
