"""What the volunteer centre suggests to a person: yes, or no thanks."""

from typing import Any

from django import forms
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from matching import selectors
from matching.models import Suggestion
from matching.selectors import fit_for
from matching.services import suggestions
from placements.models import Application
from web.access import VolunteerRequired
from web.application_words import seen_when_asking
from web.forms.rounds import NoThanksForm
from web.views.page import ActionButton, QuestionPage
from web.where_to_change import gates_with_addresses


class SuggestionRequired(VolunteerRequired):
    """A page about a role that is suggested to this person."""

    kwargs: dict[str, Any]

    def suggestion(self) -> Suggestion:
        """Give the suggestion; other people's, and drafts, do not exist for them."""
        mine = selectors.suggestions_to(self.volunteer)
        return get_object_or_404(mine, pk=self.kwargs["suggestion"])

    def address(self) -> str:
        return reverse("web:suggestion", args=[self.kwargs["suggestion"]])


class SuggestionDetail(SuggestionRequired, TemplateView):
    """The role, why it may suit them, what the group will see, yes or no thanks."""

    template_name = "web/suggestion/detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        del kwargs["suggestion"]
        suggestion = self.suggestion()
        role = suggestion.opportunity
        fit = fit_for(self.volunteer, role) if suggestion.is_open else None
        return super().get_context_data(
            suggestion=suggestion,
            role=role,
            fit=fit,
            gates=gates_with_addresses(fit, self.volunteer, role) if fit else [],
            seen=seen_when_asking(self.volunteer, role, with_words=False)
            if suggestion.is_open
            else [],
            **kwargs,
        )


class SuggestionYes(SuggestionRequired, ActionButton):
    done = gettext_lazy("The group has your name now and answers you.")
    application: Application | None = None

    def perform(self) -> None:
        self.application = suggestions.accept(suggestion=self.suggestion(), by=self.volunteer.user)

    def next_page(self) -> str:
        if self.application is None:
            return self.address()
        return reverse("web:application", args=[self.application.pk])


class SuggestionNo(SuggestionRequired, QuestionPage):
    form_class = NoThanksForm
    title = gettext_lazy("No thanks")
    button = gettext_lazy("No, thank you")
    done = gettext_lazy("Thank you for telling us. We keep this role off your list.")

    def perform(self, form: forms.Form) -> None:
        suggestions.refuse(
            suggestion=self.suggestion(),
            reason=form.cleaned_data["reason"],
            by=self.volunteer.user,
        )

    def back(self) -> str:
        return self.address()

    def get_success_url(self) -> str:
        return reverse("web:recommended-roles")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = {"caption": self.suggestion().opportunity.title, "cancel": self.back()}
        return super().get_context_data(**page, **kwargs)
