"""Searches that a person keeps, and the link in each alert that changes or stops it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.generic import FormView, TemplateView

from core.errors import NotFound
from opportunities.models import SavedSearch
from opportunities.services import saved_searches
from web.access import SignedIn, volunteer_of
from web.forms.search import SearchForm
from web.forms.searches import AlertsForm, SavedSearchForm
from web.group_access import person_of
from web.search_parts import home_of, parts_of
from web.views.page import ActionButton, QuestionPage

Alerts = SavedSearch.Alerts


#: Where the session keeps the search that was deleted last, until the list is shown once.
_DELETED = "deleted_search"


class SavedSearches(SignedIn, TemplateView):
    template_name = "web/searches/list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        deleted = self.request.session.pop(_DELETED, None)
        return super().get_context_data(searches=_mine(self.request), deleted=deleted, **kwargs)


class SearchInAddress(QuestionPage):
    """A page about the search that stands in its address."""

    def back(self) -> str:
        return f"{reverse('web:roles')}?{self.request.GET.urlencode()}"

    def search_name(self) -> str:
        """Give what the search is called unless somebody calls it otherwise."""
        parts = parts_of(self._sought(), self.request.GET)
        return ", ".join(part.words.strip("“”") for part in parts)[:80] or _now("All new roles")

    def sought(self) -> dict[str, Any]:
        """Give what is looked for, as services of searches take it."""
        query = self.request.GET.copy()
        for name in ("page", "view", "order"):
            query.pop(name, None)
        return {"criteria": self._sought().criteria(), "address": query.urlencode()}

    def _sought(self) -> SearchForm:
        form = SearchForm(self.request.GET, home=home_of(volunteer_of(self.request)))
        form.is_valid()
        return form


class SaveSearch(SignedIn, SearchInAddress):
    """Keeps the search that stands in the address."""

    form_class = SavedSearchForm
    title = _("Save this search")
    button = _("Save")
    done = _("Saved. We tell you about new roles as you chose.")

    def get_initial(self) -> dict[str, Any]:
        return {"name": self.search_name(), "alerts": Alerts.DAILY}

    def perform(self, form: forms.Form) -> None:
        person = person_of(self.request)
        saved_searches.save(user=person, by=person, **self.sought(), **form.cleaned_data)

    def get_success_url(self) -> str:
        return reverse("web:searches")


class _OneSearch(SignedIn):
    """About one of the person's own searches; to others it does not exist."""

    search: SavedSearch

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return self.handle_no_permission()
        self.search = get_object_or_404(_mine(request), pk=kwargs["search"])
        return super().dispatch(request, *args, **kwargs)


class ChangeSearch(_OneSearch, QuestionPage):
    form_class = SavedSearchForm
    template_name = "web/searches/change.html"
    title = _("Change your saved search")
    button = _("Save")
    done = _("Saved.")

    def get_initial(self) -> dict[str, Any]:
        return {"name": self.search.name, "alerts": self.search.alerts}

    def perform(self, form: forms.Form) -> None:
        saved_searches.change(search=self.search, by=person_of(self.request), **form.cleaned_data)

    def back(self) -> str:
        return reverse("web:searches")

    def get_success_url(self) -> str:
        return self.back()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(search=self.search, **kwargs)


class DeleteSearch(_OneSearch, ActionButton):
    """Deletes it; the next page offers to save the same search again."""

    done = _("Deleted. You get no more messages about this search.")

    def perform(self) -> None:
        kept = ("name", "alerts", "address")
        self.request.session[_DELETED] = {name: getattr(self.search, name) for name in kept}
        saved_searches.delete(search=self.search, by=person_of(self.request))

    def next_page(self) -> str:
        return reverse("web:searches")


@method_decorator(never_cache, name="dispatch")
class SearchAlerts(FormView):
    """Where the link in an alert leads: changes or stops it, without signing in.

    Opening it changes nothing, since mail scanners follow links; the signed link is the proof.
    """

    template_name = "web/searches/alerts.html"
    form_class = AlertsForm
    search: SavedSearch

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            self.search = saved_searches.search_of(kwargs["token"])
        except NotFound as error:
            raise Http404(error.message) from error
        return super().dispatch(request, *args, **kwargs)

    def get_initial(self) -> dict[str, Any]:
        return {"alerts": self.search.alerts}

    def get_form(self, form_class: type[AlertsForm] | None = None) -> forms.Form:
        has_account = self.search.user_id is not None
        return AlertsForm(has_account=has_account, **self.get_form_kwargs())

    def form_valid(self, form: forms.Form) -> HttpResponse:
        before = self.search.alerts
        saved_searches.change(
            search=self.search, name=self.search.name, by=None, alerts=form.cleaned_data["alerts"]
        )
        if self.search.alerts == Alerts.NEVER and before != Alerts.NEVER:
            return self.render_to_response(
                self.get_context_data(form=form, stopped=True, before=before)
            )
        messages.success(self.request, _now("Saved."))
        return redirect(self.request.path)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(search=self.search, **kwargs)


def _mine(request: HttpRequest) -> QuerySet[SavedSearch]:
    return person_of(request).saved_searches.all()
