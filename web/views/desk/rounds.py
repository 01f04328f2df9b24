"""Rounds of placements at the desk: draw up, look at each, adjust, send, see what came of it."""

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView

from core.places.wards import ward_name
from desk.services import referring
from matching import selectors
from matching.models import PlacementRound, Suggestion
from matching.services import rounds, suggestions
from opportunities.models import Opportunity
from volunteers.models import Volunteer
from web.forms.base import PageForm
from web.forms.rounds import RoundForm, SwapForm, TakeBackForm
from web.group_access import BrokerRequired, person_of
from web.views.desk.lists import DeskList
from web.views.desk.people import PersonRequired
from web.views.desk.roles import DeskRoleRequired
from web.views.page import ActionButton, QuestionPage

PER_PAGE = 25


class RoundList(DeskList):
    """All rounds, newest first, with what came of each."""

    template_name = "web/rounds/list.html"
    context_object_name = "rounds"

    def get_queryset(self) -> QuerySet[PlacementRound]:
        return selectors.rounds()


class RoundCreate(BrokerRequired, QuestionPage):
    """Say for whom, and have the plan's proposals drawn up. Nobody is told."""

    form_class = RoundForm
    title = gettext_lazy("A round of placements")
    intro = gettext_lazy(
        "We take from the plan whom each role would suit, so that everybody has a real chance. "
        "You look at each of them before anything is sent."
    )
    button = gettext_lazy("Draw it up")
    round: PlacementRound
    role: Opportunity | None = None

    def prepare(self) -> None:
        number = self.request.GET.get("role", "")
        if number.isdecimal():
            self.role = get_object_or_404(Opportunity, pk=int(number))

    def get_initial(self) -> dict[str, Any]:
        return {"people": PER_PAGE}

    def perform(self, form: forms.Form) -> None:
        self.round = rounds.draw_up(by=person_of(self.request), role=self.role, **form.cleaned_data)

    def back(self) -> str:
        return reverse("web:desk-rounds")

    def get_success_url(self) -> str:
        return reverse("web:desk-round", args=[self.round.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        caption = self.role.title if self.role else ""
        return super().get_context_data(**{"caption": caption} | kwargs)


class RoundRequired(BrokerRequired):
    """A page about one round; gives `self.round`, with what came of it."""

    round: PlacementRound
    kwargs: dict[str, Any]

    def prepare(self) -> None:
        self.round = get_object_or_404(selectors.rounds(), pk=self.kwargs["round_id"])

    def address(self) -> str:
        return reverse("web:desk-round", args=[self.round.pk])


class RoundDetail(RoundRequired, TemplateView):
    """Each proposal with its reasons; for a round that is sent, what came of it."""

    template_name = "web/rounds/detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = Paginator(selectors.suggestions_of(self.round), PER_PAGE).get_page(
            self.request.GET.get("page")
        )
        return super().get_context_data(
            round=self.round,
            area=ward_name(self.round.area),
            page=page,
            pairs=selectors.explained(list(page.object_list)),
            days=suggestions.TIME_TO_ANSWER.days,
            **kwargs,
        )


class RoundSend(RoundRequired, QuestionPage):
    """Ask whether to send, and do it."""

    form_class = PageForm
    title = gettext_lazy("Send these suggestions?")
    intro = gettext_lazy(
        "Each person gets a message and has seven days to say yes or no thanks. The groups learn "
        "of those who say yes, and answer them as they answer anybody."
    )
    button = gettext_lazy("Send them")
    sent = 0

    def perform(self, form: forms.Form) -> None:
        self.sent = rounds.send(round_=self.round, by=person_of(self.request))

    @property
    def done(self) -> str:  # type: ignore[override]  # worked out when it is known
        return ngettext("Sent to %(count)s person.", "Sent to %(count)s people.", self.sent) % {
            "count": self.sent
        }

    def back(self) -> str:
        return self.address()

    def get_success_url(self) -> str:
        return self.address()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        caption = _("Round %(number)s") % {"number": self.round.pk}
        return super().get_context_data(caption=caption, cancel=self.back(), **kwargs)


class RoundDiscard(RoundRequired, ActionButton):
    done = gettext_lazy("The draft is thrown away. Nobody was told of it.")

    def perform(self) -> None:
        rounds.discard(round_=self.round, by=person_of(self.request))

    def next_page(self) -> str:
        return reverse("web:desk-rounds")


class ProposalRequired(RoundRequired):
    """A page about one proposal of a round."""

    suggestion: Suggestion

    def prepare(self) -> None:
        super().prepare()
        of_round = selectors.suggestions_of(self.round)
        self.suggestion = get_object_or_404(of_round, pk=self.kwargs["suggestion_id"])


class ProposalRemove(ProposalRequired, ActionButton):
    done = gettext_lazy("Taken out of the round.")

    def perform(self) -> None:
        rounds.remove(suggestion=self.suggestion, by=person_of(self.request))

    def next_page(self) -> str:
        return self.address()


class ProposalSwap(ProposalRequired, QuestionPage):
    """Choose another role of the person's list for them."""

    template_name = "web/rounds/swap.html"
    form_class = SwapForm
    title = gettext_lazy("Suggest another role")
    button = gettext_lazy("Suggest this one")
    done = gettext_lazy("Changed.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"roles": selectors.other_roles(self.suggestion)}

    def perform(self, form: forms.Form) -> None:
        rounds.swap(
            suggestion=self.suggestion,
            opportunity=form.cleaned_data["role"],
            by=person_of(self.request),
        )

    def back(self) -> str:
        return self.address()

    def get_success_url(self) -> str:
        return self.address()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = {"caption": str(self.suggestion.volunteer.user), "suggestion": self.suggestion}
        return super().get_context_data(**page, **kwargs)


class TakeBack(QuestionPage):
    """Takes `self.suggestion` back, once it is said what that does, and why it is done."""

    form_class = TakeBackForm
    title = gettext_lazy("Take this suggestion back?")
    intro = gettext_lazy(
        "They no longer have it to answer, and you can suggest another role to them at once. If it "
        "can have reached them, we tell them that it is taken back. The group never heard of it. "
        "If it went out by a slip or too soon, a later round may suggest it to them again. If the "
        "role is not right for them, no round does."
    )
    button = gettext_lazy("Take it back")
    done = gettext_lazy("Taken back. You can suggest another role to them now.")
    suggestion: Suggestion

    def perform(self, form: forms.Form) -> None:
        referring.take_back(
            suggestion=self.suggestion,
            because=form.cleaned_data["because"],
            by=person_of(self.request),
        )

    def get_success_url(self) -> str:
        return self.back()


class TakeBackOfRound(ProposalRequired, TakeBack):
    def back(self) -> str:
        return self.address()


class TakeBackOfPerson(PersonRequired, TakeBack):
    def prepare(self) -> None:
        super().prepare()
        theirs = Suggestion.objects.filter(volunteer__user=self.person, sent_at__isnull=False)
        loaded = theirs.select_related("opportunity__organisation", "volunteer__user")
        self.suggestion = get_object_or_404(loaded, pk=self.kwargs["suggestion"])

    def back(self) -> str:
        return self.person_address()


class Refer(DeskRoleRequired, ActionButton):
    """Suggest one role to one person."""

    done = gettext_lazy("We wrote to them. The group learns of them when they say yes.")

    def perform(self) -> None:
        people = Volunteer.objects.select_related("user")
        suggestions.refer(
            volunteer=get_object_or_404(people, pk=self.kwargs["volunteer_id"]),
            opportunity=self.role,
            by=person_of(self.request),
        )

    def next_page(self) -> str:
        return reverse("web:desk-role-people", args=[self.role.pk])
