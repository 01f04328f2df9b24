"""Ask for a role, and follow what becomes of it."""

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from matching.models import Impression
from matching.next_steps import next_steps, shows_next_steps
from matching.services import asking, impressions
from opportunities.models import Opportunity
from placements import policies
from placements.models import Application
from placements.selectors import waiting_for_answers
from placements.services import applications, conversations
from placements.states import HOLDS_PLACE, Mover
from web import wanted_role
from web.access import VolunteerRequired, volunteer_of
from web.application_words import next_step, seen_when_asking, timeline
from web.forms.applications import ApplyForm, EndForm, WithdrawForm
from web.role_access import roles_seen_by
from web.to_answer import to_answer
from web.views.page import ActionButton, QuestionPage
from web.where_to_change import closed_with_addresses

PER_PAGE = 20


class Apply(VolunteerRequired, QuestionPage):
    """A few words, what the group will see, and the button that sends it."""

    template_name = "web/application/apply.html"
    form_class = ApplyForm
    title = _("Tell them you’re interested")
    button = _("Send")
    done = _("Sent. The group has it now.")
    role: Opportunity
    application: Application

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        roles = roles_seen_by(request).select_related("organisation")
        self.role = get_object_or_404(roles, pk=kwargs["role"])
        if volunteer_of(request) is None:
            wanted_role.remember(request, self.role.pk)
        else:
            wanted_role.forget(request)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        asked = Application.objects.filter(volunteer=self.volunteer, opportunity=self.role)
        if (application := asked.first()) and not application.may_ask_again:
            return redirect("web:application", application=application.pk)
        return super().get(request, *args, **kwargs)

    def perform(self, form: forms.Form) -> None:
        self.application = asking.ask(
            volunteer=self.volunteer,
            opportunity=self.role,
            message=form.cleaned_data["message"],
            by=self.volunteer.user,
        )
        impressions.applied(self.volunteer, self.role, surface=Impression.Surface.PAGE)

    def back(self) -> str:
        return reverse("web:role", args=[self.role.pk])

    def get_success_url(self) -> str:
        return reverse("web:application", args=[self.application.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        door = policies.door(self.volunteer, self.role)
        return super().get_context_data(
            role=self.role,
            volunteer=self.volunteer,
            seen=seen_when_asking(self.volunteer, self.role),
            waits_for=waiting_for_answers(self.volunteer).first(),
            closed=closed_with_addresses(door, policies.closed_gates(door)),
            caption=self.role.title,
            **kwargs,
        )


class ApplicationList(VolunteerRequired, TemplateView):
    template_name = "web/application/list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        mine = _mine(self).order_by("-state_since", "-pk")
        page = Paginator(mine, PER_PAGE).get_page(self.request.GET.get("page"))
        return super().get_context_data(page=page, to_answer=to_answer(self.volunteer), **kwargs)


class ApplicationDetail(VolunteerRequired, TemplateView):
    template_name = "web/application/detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        application = get_object_or_404(_mine(self), pk=kwargs.pop("application"))
        return super().get_context_data(
            application=application,
            role=application.opportunity,
            step=next_step(application),
            activity=application.opportunity.activities.first(),
            timeline=timeline(application),
            next_steps=(
                next_steps(self.volunteer, application.opportunity)
                if shows_next_steps(application)
                else None
            ),
            unread=application.messages.unread_by(Mover.VOLUNTEER).count(),
            can_write=conversations.is_open(application),
            **kwargs,
        )


class Withdraw(VolunteerRequired, QuestionPage):
    form_class: type[forms.Form] = WithdrawForm
    title = _("Do you want to withdraw?")
    intro = _(
        "The group is told, and the place goes to somebody else. You cannot undo this. You can ask "
        "for this role again later, as anybody can."
    )
    intro_without_place = _(
        "The group is told. You cannot undo this. You can ask for this role again later, as "
        "anybody can."
    )
    button = _("Withdraw")
    done = _("You have withdrawn.")

    def perform(self, form: forms.Form) -> None:
        applications.withdraw(
            application=self.application(),
            reason=form.cleaned_data["reason"],
            by=self.volunteer.user,
        )

    def application(self) -> Application:
        """Give the application that the page is about."""
        return get_object_or_404(_mine(self), pk=self.kwargs["application"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        application = self.application()
        return super().get_context_data(
            caption=application.opportunity.title,
            intro=self.intro if application.state in HOLDS_PLACE else self.intro_without_place,
            cancel=self.back(),
            **kwargs,
        )

    def back(self) -> str:
        return reverse("web:application", args=[self.kwargs["application"]])

    def get_success_url(self) -> str:
        return self.back()


class StartPlacement(VolunteerRequired, ActionButton):
    """That the person has started."""

    done = _("Good to hear. We wish you a good time.")

    def perform(self) -> None:
        application = get_object_or_404(_mine(self), pk=self.kwargs["application"])
        applications.start(application=application, by=self.volunteer.user)

    def next_page(self) -> str:
        return reverse("web:application", args=[self.kwargs["application"]])


class EndPlacement(Withdraw):
    """That the person stops."""

    form_class = EndForm
    title = _("Do you want to stop?")
    intro = _(
        "The group is told, and the place is free for somebody else. Your hours stay in your "
        "record of service. You can ask for this role again later, as anybody can."
    )
    button = _("Yes, I stop")
    done = _("You have stopped. Thank you for the time that you gave.")

    def perform(self, form: forms.Form) -> None:
        applications.end(
            application=self.application(),
            reason=form.cleaned_data["reason"],
            looks_again=form.cleaned_data["looks_again"],
            side=Mover.VOLUNTEER,
            by=self.volunteer.user,
        )


class TakeUp(VolunteerRequired, ActionButton):
    """Yes to a place that is offered."""

    done = _("The place is yours. The group writes to you here.")

    def perform(self) -> None:
        application = get_object_or_404(_mine(self), pk=self.kwargs["application"])
        applications.take_up(application=application, by=self.volunteer.user)

    def next_page(self) -> str:
        return reverse("web:application", args=[self.kwargs["application"]])


def _mine(view: VolunteerRequired) -> QuerySet[Application]:
    """Give the person's own applications; other people's do not exist for them."""
    return Application.objects.filter(volunteer=view.volunteer).select_related(
        "opportunity__organisation", "volunteer__user"
    )
