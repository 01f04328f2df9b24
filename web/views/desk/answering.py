"""The volunteer centre says yes or no for a person: to its own suggestion, or to a place kept."""

from typing import Any

from django import forms
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy

from desk.services import answering
from matching.models import Suggestion
from matching.selectors import suggestions_to
from placements.models import TimedOffer
from web.forms.rounds import NoThanksForm
from web.forms.waiting import RefuseForm
from web.group_access import person_of
from web.views.desk.acting import ActingRequired
from web.views.desk.people import PersonQuestion
from web.views.page import ActionButton


class _OneSuggestion(ActingRequired):
    @cached_property
    def suggestion(self) -> Suggestion:
        theirs = suggestions_to(self.volunteer)
        return get_object_or_404(theirs, pk=self.kwargs["suggestion"])


class SuggestionYesForPerson(_OneSuggestion, ActionButton):
    done = gettext_lazy("The group has their name now. The person is told.")

    def perform(self) -> None:
        answering.accept_suggestion(suggestion=self.suggestion, by=person_of(self.request))

    def next_page(self) -> str:
        return self.person_address()


class SuggestionNoForPerson(_OneSuggestion, PersonQuestion):
    form_class = NoThanksForm
    title = gettext_lazy("Say no thanks for them")
    button = gettext_lazy("Say no thanks")
    done = gettext_lazy("Noted. The role is off their list, and the person is told.")

    def perform(self, form: forms.Form) -> None:
        answering.refuse_suggestion(
            suggestion=self.suggestion,
            reason=form.cleaned_data["reason"],
            by=person_of(self.request),
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        role = self.suggestion.opportunity
        return super().get_context_data(intro=role.title, cancel=self.back(), **kwargs)


class _OneOffer(ActingRequired):
    @cached_property
    def offer(self) -> TimedOffer:
        theirs = TimedOffer.objects.filter(volunteer=self.volunteer)
        loaded = theirs.select_related("entry", "opportunity__organisation", "volunteer__user")
        return get_object_or_404(loaded, pk=self.kwargs["offer_id"])


class OfferYesForPerson(_OneOffer, ActionButton):
    done = gettext_lazy("The group and the person are told.")

    def perform(self) -> None:
        answering.take_offer(offer=self.offer, by=person_of(self.request))

    def next_page(self) -> str:
        return self.person_address()


class OfferNoForPerson(_OneOffer, PersonQuestion):
    form_class = RefuseForm
    title = gettext_lazy("Say no to this place for them")
    button = gettext_lazy("Say no")
    done = gettext_lazy("Noted. The next person is asked, and this one is told.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"pooled": self.offer.entry.is_pooled}

    def perform(self, form: forms.Form) -> None:
        keep = isinstance(form, RefuseForm) and form.keeps_place
        answering.refuse_offer(offer=self.offer, keep_place=keep, by=person_of(self.request))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        role = self.offer.opportunity
        return super().get_context_data(intro=role.title, cancel=self.back(), **kwargs)
