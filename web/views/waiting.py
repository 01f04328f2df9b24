"""Waiting lists: join, see where one stands, leave, and answer an offer."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from matching.selectors import fit_for, hidden_roles
from opportunities.models import Opportunity
from placements import policies, queues
from placements.models import Application, TimedOffer, WaitingListEntry
from placements.services import timed_offers, waiting_lists
from placements.states import State
from web.access import VolunteerRequired
from web.application_words import seen_when_asking
from web.forms.base import PageForm
from web.forms.waiting import JoinKindForm, RefuseForm
from web.role_access import roles_seen_by
from web.views.page import ActionButton, QuestionPage
from web.waiting_words import WaitingList, list_name, list_of
from web.where_to_change import closed_with_addresses


class WaitingLists(VolunteerRequired, TemplateView):
    """The lists that a person is on: where they stand, what happens next."""

    template_name = "web/waiting/list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        standings = queues.standings_of(self.volunteer)
        hidden = set(hidden_roles(self.volunteer).values_list("opportunity", flat=True))
        lists: list[WaitingList] = [
            list_of(standing, self.volunteer, is_hidden=standing.entry.opportunity_id in hidden)
            for standing in standings
        ]
        return super().get_context_data(
            lists=lists,
            most=waiting_lists.MOST_LISTS,
            can_join=len(lists) < waiting_lists.MOST_LISTS,
            is_paused=self.volunteer.paused_at is not None,
            **kwargs,
        )


class JoinRole(VolunteerRequired, QuestionPage):
    """Say how waiting works for one role, and join its list."""

    template_name = "web/waiting/join_role.html"
    form_class = PageForm
    title = gettext_lazy("Wait for a place")
    button = gettext_lazy("Join the waiting list")
    done = gettext_lazy("You are on the waiting list.")
    role: Opportunity

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        roles = roles_seen_by(request).select_related("organisation")
        self.role = get_object_or_404(roles, pk=kwargs["role"])
        return super().dispatch(request, *args, **kwargs)

    def perform(self, form: forms.Form) -> None:
        waiting_lists.join_role(
            volunteer=self.volunteer, opportunity=self.role, by=self.volunteer.user
        )

    def back(self) -> str:
        return reverse("web:role", args=[self.role.pk])

    def get_success_url(self) -> str:
        return reverse("web:waiting")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        door = policies.door(self.volunteer, self.role)
        return super().get_context_data(
            role=self.role,
            can_wait=policies.can_wait_for(door),
            closed=[
                gate.sentence(door)
                for gate in policies.closed_gates(door)
                if gate.code not in policies.OPEN_AGAIN
            ],
            number=queues.waiting_for(self.role),
            caption=self.role.title,
            **kwargs,
        )


class JoinKind(VolunteerRequired, QuestionPage):
    """Choose a kind of role, and join the list for it."""

    template_name = "web/waiting/join_kind.html"
    form_class = JoinKindForm
    title = gettext_lazy("Wait for a kind of role")
    button = gettext_lazy("Join the waiting list")
    done = gettext_lazy("You are on the waiting list.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"volunteer": self.volunteer}

    def get_initial(self) -> dict[str, Any]:
        return {"activity": self.request.GET.get("activity")}

    def perform(self, form: forms.Form) -> None:
        waiting_lists.join_kind(
            volunteer=self.volunteer, **form.cleaned_data, by=self.volunteer.user
        )

    def back(self) -> str:
        return reverse("web:waiting")

    def get_success_url(self) -> str:
        return reverse("web:waiting")


class LeaveList(VolunteerRequired, QuestionPage):
    """Ask whether to leave a list, and do it."""

    form_class = PageForm
    title = gettext_lazy("Do you want to leave this waiting list?")
    intro = gettext_lazy("You can join it again, but you start at the end.")
    button = gettext_lazy("Leave the list")
    done = gettext_lazy("You have left the waiting list.")

    def entry(self) -> WaitingListEntry:
        """Give the entry that the page is about; other people's do not exist for them."""
        mine = WaitingListEntry.objects.filter(volunteer=self.volunteer)
        with_names = mine.select_related("opportunity", "activity", "cause")
        return get_object_or_404(with_names, pk=self.kwargs["entry"])

    def perform(self, form: forms.Form) -> None:
        waiting_lists.leave(entry=self.entry(), by=self.volunteer.user)

    def back(self) -> str:
        return reverse("web:waiting")

    def get_success_url(self) -> str:
        return reverse("web:waiting")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = {"caption": list_name(self.entry()), "cancel": self.back()}
        return super().get_context_data(**page, **kwargs)


class OfferRequired(VolunteerRequired):
    """A page about a place that is kept for this person."""

    kwargs: dict[str, Any]

    def offer(self) -> TimedOffer:
        """Give the offer; other people's do not exist for them."""
        mine = TimedOffer.objects.filter(volunteer=self.volunteer)
        with_role = mine.select_related("opportunity__organisation", "entry", "volunteer__user")
        return get_object_or_404(with_role, pk=self.kwargs["offer"])

    def address(self) -> str:
        return reverse("web:timed-offer", args=[self.kwargs["offer"]])


class OfferDetail(OfferRequired, TemplateView):
    """A place that is kept: what it is, until when, yes or no."""

    template_name = "web/waiting/offer.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        offer = self.offer()
        del kwargs["offer"]
        role = offer.opportunity
        asked = Application.objects.filter(
            volunteer=self.volunteer, opportunity=role, created_at__gte=offer.made_at
        )
        is_live = offer.is_open
        # With a place they see more than while they think.
        then = State.ACCEPTED if role.takes_from_waiting_list else State.SUBMITTED
        door = policies.door(self.volunteer, role)
        return super().get_context_data(
            offer=offer,
            role=role,
            is_live=is_live,
            fit=fit_for(self.volunteer, role) if is_live else None,
            seen=seen_when_asking(self.volunteer, role, with_words=False, state=then)
            if is_live
            else [],
            closed=closed_with_addresses(
                door,
                [
                    gate
                    for gate in policies.closed_to_the_first_in_line(door)
                    # Their own place may be the last one, which is no obstacle.
                    if gate.code != "role_open" or not role.is_public
                ],
            ),
            application=asked.first(),
            **kwargs,
        )


class OfferYes(OfferRequired, ActionButton):
    """Yes to a place that is kept."""

    application: Application | None = None

    def perform(self) -> None:
        self.application = timed_offers.take_up(offer=self.offer(), by=self.volunteer.user)

    @property
    def done(self) -> str:  # type: ignore[override]  # worked out when it is known
        if self.application and self.application.state == Application.State.ACCEPTED:
            return _("The place is yours. The group will get in touch.")
        return _("The group has your name now and answers you.")

    def next_page(self) -> str:
        if self.application is None:
            return self.address()
        return reverse("web:application", args=[self.application.pk])


class OfferNo(OfferRequired, QuestionPage):
    """No to a place that is kept: and then?"""

    form_class = RefuseForm
    title = gettext_lazy("Say no to this place")
    intro = gettext_lazy("It is offered to the next person. You cannot undo this.")
    button = gettext_lazy("No, thank you")
    done = gettext_lazy("Thank you for telling us. The next person is asked.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"pooled": self.offer().entry.is_pooled}

    def perform(self, form: forms.Form) -> None:
        keep = isinstance(form, RefuseForm) and form.keeps_place
        timed_offers.refuse(offer=self.offer(), keep_place=keep, by=self.volunteer.user)

    def back(self) -> str:
        return self.address()

    def get_success_url(self) -> str:
        return reverse("web:waiting")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = {"caption": self.offer().opportunity.title, "cancel": self.back()}
        return super().get_context_data(**page, **kwargs)
