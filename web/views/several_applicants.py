"""Answer several people who asked for a role at once, and take answers back."""

from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import View

from core import input as received
from placements.disclosure import seen_by_group
from placements.models import Application
from placements.selectors import received_for
from placements.services import several
from placements.services.several import MOST_AT_ONCE
from placements.states import Move
from placements.suggested_words import words_for
from web.applicant_rows import how_to_take_back
from web.dates import clock_time
from web.forms.applicants import (
    ChoosePeopleForm,
    PersonSeen,
    SeveralAnswerForm,
    SeveralDeclineForm,
    SeveralReasonForm,
    is_reason,
)
from web.group_access import GroupsPeopleRequired, person_of
from web.views.page import QuestionPage


class AnswerSeveral(GroupsPeopleRequired, QuestionPage):
    """Who is chosen, the words that they get, and one button. A no first asks why."""

    template_name = "web/group/applicants/several.html"
    move: Move
    chosen: list[PersonSeen]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if (mistake := self._choose(request.GET)) or (mistake := self._nobody()):
            messages.error(request, mistake)
            return redirect(self.back())
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if (mistake := self._choose(request.POST)) or (mistake := self._nobody()):
            messages.error(request, mistake)
            return redirect(self.back())
        return super().post(request, *args, **kwargs)

    def _choose(self, answers: Any) -> str:
        """Read whom and what; give what is wrong with it, '' if nothing is."""
        form = ChoosePeopleForm(answers)
        if not form.is_valid():
            return " ".join(str(sentence) for errors in form.errors.values() for sentence in errors)
        self.move = Move(form.cleaned_data["answer"])
        self.chosen = form.cleaned_data["person"]
        if len(self.chosen) > MOST_AT_ONCE:
            return _("Choose no more than %(count)s people at once.") % {"count": MOST_AT_ONCE}
        return ""

    def _nobody(self) -> str:
        return "" if self.people else _("Choose at least one person.")

    @cached_property
    def people(self) -> list[Application]:
        """Those of this role's who were chosen, each in the state in which the group saw them."""
        seen = {one.application_id: one.state for one in self.chosen}
        people = list(received_for(self.role).filter(pk__in=seen).order_by("pk"))
        for application in people:
            application.state = seen[application.pk]
        return people

    @property
    def _asks_why(self) -> bool:
        """Whether the reason of a no is still to be asked."""
        return (
            self.move == Move.DECLINE
            and self.request.method == "GET"
            and not is_reason(self.request.GET.get("reason"))
        )

    def get_form_class(self) -> type[forms.Form]:
        if self._asks_why:
            return SeveralReasonForm
        return SeveralDeclineForm if self.move == Move.DECLINE else SeveralAnswerForm

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs = super().get_form_kwargs()
        if self._asks_why and "reason" in self.request.GET:
            kwargs["data"] = self.request.GET
        return kwargs

    def get_initial(self) -> dict[str, Any]:
        reason = self.request.GET.get("reason", "")
        return {
            "person": [f"{one.pk}:{one.state}" for one in self.people],
            "answer": self.move.value,
            "reason": reason,
            "words": words_for(self.move, reason if is_reason(reason) else ""),
        }

    def perform(self, form: forms.Form) -> None:
        answers = form.cleaned_data
        names = {one.pk: seen_by_group(one).name for one in self.people}
        outcome = several.answer(
            people=self.people,
            move=self.move,
            reason=answers.get("reason", ""),
            words=answers["words"],
            by=person_of(self.request),
        )
        if outcome.done:
            messages.success(self.request, _done(self.move, outcome.done))
        for sentence, refused in _by_sentence(outcome.refused):
            messages.error(
                self.request,
                _("Not answered: %(names)s. %(why)s")
                % {"names": _list_of(names[one.pk] for one in refused), "why": sentence},
            )

    def back(self) -> str:
        return reverse("web:applicants", args=[self.group.pk, self.role.pk])

    def get_success_url(self) -> str:
        return self.back()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        number = len(self.people)
        page = {
            "title": _TITLES[self.move](number) % {"number": number},
            "caption": self.role.title,
            "button": _BUTTONS[self.move](),
            "what_follows": _FOLLOWS[self.move](),
            "no_undo": how_to_take_back(self.move),
            "names": [seen_by_group(one).name for one in self.people],
            "too_few_places": self.move in (Move.OFFER, Move.ACCEPT)
            and number > self.role.places_left,
            "role": self.role,
            "asks_why": self._asks_why,
        }
        return super().get_context_data(**page | kwargs)


class TakeBack(GroupsPeopleRequired, View):
    """Take back answers that are on their way: what a button does."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        chosen = [number for number in request.POST.getlist("person") if received.is_id(number)]
        people = received_for(self.role).filter(pk__in=chosen[:MOST_AT_ONCE])
        outcome = several.take_back(people=people, by=person_of(request))
        if outcome.done:
            names = _list_of(seen_by_group(one).name for one in outcome.done)
            messages.success(
                request, _("Taken back: %(names)s. Nothing was sent.") % {"names": names}
            )
        for application, why in outcome.refused:
            name = seen_by_group(application).name
            messages.error(request, _("%(name)s: %(why)s") % {"name": name, "why": why})
        return redirect("web:applicants", self.group.pk, self.role.pk)


def sent_at(application: Application) -> str:
    """Give when the answer on its way to a person is sent, such as "3:40pm"."""
    return clock_time(application.held_until) if application.held_until else ""


def _done(move: Move, people: Sequence[Application]) -> str:
    number = len(people)
    return _DONE[move](number) % {"number": number, "time": sent_at(people[0])}


def _by_sentence(
    refused: Iterable[tuple[Application, str]],
) -> Iterable[tuple[str, list[Application]]]:
    ordered = sorted(refused, key=lambda one: (one[1], one[0].pk))
    for sentence, ones in groupby(ordered, key=lambda one: one[1]):
        yield sentence, [application for application, _sentence in ones]


def _list_of(names: Iterable[str]) -> str:
    return get_text_list(list(names), _("and"))


_TITLES: dict[Move, Callable[[int], str]] = {
    Move.INVITE: lambda n: ngettext(
        "Ask %(number)s person to talk", "Ask %(number)s people to talk", n
    ),
    Move.OFFER: lambda n: ngettext(
        "Offer %(number)s person a place", "Offer %(number)s people a place", n
    ),
    Move.ACCEPT: lambda n: ngettext(
        "Give %(number)s person a place", "Give %(number)s people a place", n
    ),
    Move.DECLINE: lambda n: ngettext(
        "Say no to %(number)s person, kindly", "Say no to %(number)s people, kindly", n
    ),
}
_BUTTONS: dict[Move, Callable[[], str]] = {
    Move.INVITE: lambda: _("Ask them to talk"),
    Move.OFFER: lambda: _("Offer them a place"),
    Move.ACCEPT: lambda: _("Give them a place"),
    Move.DECLINE: lambda: _("Send"),
}
_FOLLOWS: dict[Move, Callable[[], str]] = {
    Move.INVITE: lambda: _(
        "We send your words ten minutes after you press the button. Until then you can take it "
        "back, and nobody is told. No place is taken yet."
    ),
    Move.OFFER: lambda: _(
        "The places are kept for them at once. If places run out, we name who did not get one, and "
        "nothing changes for them."
    ),
    Move.ACCEPT: lambda: _(
        "The places are theirs at once. If places run out, we name who did not get one, and "
        "nothing changes for them."
    ),
    Move.DECLINE: lambda: _(
        "We send the reason and your words ten minutes after you press the button, with other "
        "roles that may suit them. Until then you can take it back, and nobody is told."
    ),
}
_DONE: dict[Move, Callable[[int], str]] = {
    Move.INVITE: lambda n: ngettext(
        "%(number)s person gets your words at %(time)s. You can take it back until then.",
        "%(number)s people get your words at %(time)s. You can take it back until then.",
        n,
    ),
    Move.OFFER: lambda n: ngettext(
        "%(number)s person is offered a place. We tell you when they answer.",
        "%(number)s people are offered a place. We tell you when they answer.",
        n,
    ),
    Move.ACCEPT: lambda n: ngettext(
        "%(number)s person has a place now. Please write to them.",
        "%(number)s people have a place now. Please write to them.",
        n,
    ),
    Move.DECLINE: lambda n: ngettext(
        "%(number)s person is told at %(time)s. You can take it back until then.",
        "%(number)s people are told at %(time)s. You can take it back until then.",
        n,
    ),
}
