"""People who asked for a role, and the group's answers."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from core.errors import InvalidInput
from matching.selectors import WAITED_LONG, Applicant, applicants_for
from opportunities.models import Opportunity
from placements import states
from placements.disclosure import seen_by_group
from placements.models import Application
from placements.selectors import received_for, unread_by
from placements.services import applications, conversations, held
from placements.states import FINAL, PLACED, UNANSWERED, Move, Mover, State
from placements.suggested_words import words_for
from web.applicant_rows import (
    MOVE_WORDS,
    ApplicantRow,
    among,
    how_to_take_back,
    row,
    several_choices,
)
from web.forms.applicants import (
    AnswerForm,
    DeclineForm,
    DeclineReasonForm,
    EndPlaceForm,
    SeenStateForm,
    is_reason,
)
from web.group_access import GroupsPeopleRequired, person_of
from web.views.page import ActionButton, QuestionPage
from web.views.several_applicants import sent_at

#: So many people on one page, and so many applications that are over.
PER_PAGE, OVER_PER_PAGE = 25, 50
#: In which order people stand in the list, by how their application stands.
_SECTIONS: Final = (UNANSWERED, frozenset({State.INVITED}), frozenset({State.OFFERED}), PLACED)


class ApplicantList(GroupsPeopleRequired, TemplateView):
    """Everybody who asked for a role, page by page: those who wait for an answer first, and among
    them those who have waited long. What is over has a list of its own.
    """

    template_name = "web/group/applicants/list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        under_way = applicants_for(self.role, also_over=False)
        still = sorted((one for one in under_way if not one.application.held_move), key=_section)
        page = Paginator(still, PER_PAGE).get_page(self.request.GET.get("page"))
        unread = unread_by(Mover.GROUP, self.role)
        rows = _rows(self.role, list(page.object_list), unread)
        waiting, invited, offered, placed = (among(rows, of_section) for of_section in _SECTIONS)
        held_ones = [one for one in under_way if one.application.held_move]
        return super().get_context_data(
            group=self.group,
            role=self.role,
            page=page,
            on_their_way=_rows(self.role, held_ones, unread),
            waiting=waiting,
            invited=invited,
            offered=offered,
            placed=placed,
            is_anybody_waiting=any(_section(one) == 0 for one in still),
            choices=several_choices(self.role),
            waited_long=WAITED_LONG.days,
            number_over=_over(self.role).count(),
            unread_over=self._unread_over(unread, under_way),
            **kwargs,
        )

    def _unread_over(self, unread: Mapping[int, int], under_way: Sequence[Applicant]) -> int:
        """How many new messages came from people whose application is over, as long as the group
        can read and answer them. One query where there are any.
        """
        elsewhere = unread.keys() - {one.application.pk for one in under_way}
        over = _over(self.role).filter(pk__in=elsewhere) if elsewhere else ()
        return sum(unread[one.pk] for one in over if conversations.is_open(one))


class ApplicantsOver(GroupsPeopleRequired, TemplateView):
    """Whose application for a role is over, the latest first."""

    template_name = "web/group/applicants/over.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        latest_first = _over(self.role).order_by("-state_since", "-pk")
        page = Paginator(latest_first, OVER_PER_PAGE).get_page(self.request.GET.get("page"))
        people = [Applicant(application, None, [], []) for application in page.object_list]
        rows = _rows(self.role, people, unread_by(Mover.GROUP, self.role))
        return super().get_context_data(
            group=self.group, role=self.role, page=page, rows=rows, **kwargs
        )


def _over(role: Opportunity) -> QuerySet[Application]:
    return received_for(role).filter(state__in=sorted(FINAL))


def _section(one: Applicant) -> int:
    state = State(one.application.state)
    return next(place for place, those in enumerate(_SECTIONS) if state in those)


def _rows(
    role: Opportunity, people: Sequence[Applicant], unread: Mapping[int, int]
) -> list[ApplicantRow]:
    return [row(one, role=role, unread=unread.get(one.application.pk, 0)) for one in people]


class ApplicantRequired(GroupsPeopleRequired):
    """A page about one application for a role; gives `self.application`."""

    application: Application

    def prepare(self) -> None:
        super().prepare()
        self.application = get_object_or_404(
            received_for(self.role), pk=self.kwargs["application_id"]
        )

    @property
    def name(self) -> str:
        return seen_by_group(self.application).name

    def list_address(self) -> str:
        return reverse("web:applicants", args=[self.group.pk, self.role.pk])

    def as_seen(self, seen_state: str) -> Application:
        """Give the application in the state in which the group saw it: if somebody answered
        meanwhile, the service finds that out and changes nothing."""
        self.application.state = seen_state
        return self.application


class ApplicantSeen(ApplicantRequired, ActionButton):
    """Tell a person that the group has read what they wrote."""

    service = staticmethod(applications.acknowledge)
    said = gettext_lazy("We told %(name)s.")

    def perform(self) -> None:
        form = SeenStateForm(self.request.POST)
        if not form.is_valid():
            raise InvalidInput(_("Something was missing. Please try again."))
        application = self.as_seen(form.cleaned_data["seen_state"])
        self.service(application=application, by=person_of(self.request))
        messages.success(self.request, self.said % {"name": self.name})

    def next_page(self) -> str:
        return self.list_address()


class ApplicantStart(ApplicantSeen):
    """Write down that somebody has started."""

    service = staticmethod(applications.start)
    said = gettext_lazy("We have written down that %(name)s has started.")


class ApplicantAnswer(ApplicantRequired, QuestionPage):
    """Answer with a few words: ask to talk, offer or give a place."""

    template_name = "web/group/applicants/answer.html"
    form_class: type[forms.Form] = AnswerForm
    move: Move

    def prepare(self) -> None:
        super().prepare()
        self.move = Move(self.kwargs["move"])

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.application.held_move:
            messages.error(
                request, _("An answer is on its way already. Take it back first to change it.")
            )
            return redirect(self.list_address())
        if self.move not in states.moves_open(State(self.application.state), Mover.GROUP):
            now_says = self.application.get_state_display()
            messages.error(
                request,
                _("This cannot be done any more: it now says “%(state)s”.") % {"state": now_says},
            )
            return redirect(self.list_address())
        return super().get(request, *args, **kwargs)

    def get_initial(self) -> dict[str, Any]:
        return {"seen_state": self.application.state, "words": words_for(self.move)}

    def perform(self, form: forms.Form) -> None:
        answers = form.cleaned_data
        name = self.name
        answered = _SERVICES[self.move](
            application=self.as_seen(answers["seen_state"]),
            words=answers["words"],
            by=person_of(self.request),
        )
        messages.success(
            self.request, _DONE[self.move]() % {"name": name, "time": sent_at(answered)}
        )

    def back(self) -> str:
        return self.list_address()

    def get_success_url(self) -> str:
        return self.list_address()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = {
            "title": _TITLES[self.move]() % {"name": self.name},
            "intro": _INTROS[self.move](),
            "caption": self.role.title,
            "button": MOVE_WORDS[self.move],
            "no_undo": how_to_take_back(self.move),
        }
        return super().get_context_data(**page | kwargs)


class ApplicantDecline(ApplicantAnswer):
    """Say no: first why, then kind words that fit the reason."""

    def prepare(self) -> None:
        super().prepare()
        if self.request.method == "GET" and not self._has_reason:
            self.form_class = DeclineReasonForm
        else:
            self.form_class = DeclineForm

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs = super().get_form_kwargs()
        if self.form_class is DeclineReasonForm and "reason" in self.request.GET:
            kwargs["data"] = self.request.GET
        return kwargs

    def get_initial(self) -> dict[str, Any]:
        reason = self.request.GET.get("reason", "")
        return {
            "seen_state": self.application.state,
            "reason": reason,
            "words": words_for(Move.DECLINE, reason if is_reason(reason) else ""),
        }

    def perform(self, form: forms.Form) -> None:
        answers = form.cleaned_data
        name = self.name
        answered = held.hold(
            application=self.as_seen(answers["seen_state"]),
            move=Move.DECLINE,
            reason=answers["reason"],
            words=answers["words"],
            by=person_of(self.request),
        )
        messages.success(
            self.request, _DONE[Move.DECLINE]() % {"name": name, "time": sent_at(answered)}
        )

    def get_template_names(self) -> list[str]:
        if self.form_class is DeclineReasonForm:
            return ["web/group/applicants/decline_reason.html"]
        return super().get_template_names()

    @property
    def _has_reason(self) -> bool:
        return is_reason(self.request.GET.get("reason"))


class ApplicantEnd(ApplicantAnswer):
    """End somebody's place, kindly."""

    form_class = EndPlaceForm

    def perform(self, form: forms.Form) -> None:
        answers = form.cleaned_data
        name = self.name
        applications.end(
            application=self.as_seen(answers["seen_state"]),
            reason=answers["reason"],
            words=answers["words"],
            side=Mover.GROUP,
            by=person_of(self.request),
        )
        messages.success(self.request, _DONE[Move.END]() % {"name": name})


_SERVICES: dict[Move, Callable[..., Application]] = {
    Move.INVITE: partial(held.hold, move=Move.INVITE),
    Move.OFFER: applications.offer,
    Move.ACCEPT: applications.accept,
}
_TITLES: dict[Move, Callable[[], str]] = {
    Move.INVITE: lambda: _("Ask %(name)s to talk"),
    Move.OFFER: lambda: _("Offer %(name)s a place"),
    Move.ACCEPT: lambda: _("Give %(name)s a place"),
    Move.DECLINE: lambda: _("Say no to %(name)s, kindly"),
    Move.END: lambda: _("End the place of %(name)s"),
}
_INTROS: dict[Move, Callable[[], str]] = {
    Move.INVITE: lambda: _(
        "They read your words in a message from us, which we send ten minutes after you press the "
        "button. Until then you can take it back. No place is taken yet."
    ),
    Move.OFFER: lambda: _(
        "We keep the place for them for three days, and remind them a day before the end. When "
        "they say yes, you see their full name. If they do not answer, the "
        "place is free again and we tell you."
    ),
    Move.ACCEPT: lambda: _("The place is theirs at once. You then see their full name."),
    Move.DECLINE: lambda: _(
        "They read the reason and your words, and we show them other roles. We send it ten minutes "
        "after you press the button. Until then you can take it back."
    ),
    Move.END: lambda: _(
        "They read the reason and your words. The place is free at once, and this cannot be undone."
    ),
}
_DONE: dict[Move, Callable[[], str]] = {
    Move.INVITE: lambda: _(
        "%(name)s gets your words at %(time)s. You can take it back until then."
    ),
    Move.OFFER: lambda: _("%(name)s is offered a place. We tell you when they answer."),
    Move.ACCEPT: lambda: _("%(name)s has a place. Please write to them."),
    Move.DECLINE: lambda: _(
        "%(name)s is told at %(time)s, with your words. You can take it back until then."
    ),
    Move.END: lambda: _("The place has ended. We told %(name)s, with your words."),
}
