"""What would happen if: ask, watch, read what came of it, and what was asked before."""

from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.generic import ListView

from insights.models import Simulation
from insights.policies import can_steer
from insights.selectors import simulations as found
from insights.services import simulations
from web.forms.insights.simulation import OWN, PLAN, SimulationForm
from web.group_access import person_of
from web.insights_access import ReaderRequired, SteererRequired
from web.views.insights.page import StatisticsPage
from web.views.page import ConfirmedButton, QuestionPage

#: Seconds until a page of what is not finished loads itself again.
REFRESH_SECONDS = 10


#: What of a role an address may name.
_NAMED = ("activity", "time", "ward", "places")


class Simulations(ReaderRequired, ListView):
    """All that was asked, the newest first."""

    template_name = "web/insights/simulations/list.html"
    context_object_name = "simulations"
    paginate_by = 25

    def get_queryset(self) -> QuerySet[Simulation]:
        return found.simulations()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(may_ask=can_steer(self.request.user), **kwargs)
        context["rows"] = [(one, found.finding(one)) for one in context["simulations"]]
        return context


class SimulationAsk(SteererRequired, QuestionPage):
    """Say what would change."""

    template_name = "web/insights/simulations/ask.html"
    form_class = SimulationForm
    title = gettext_lazy("What would happen if?")
    button = gettext_lazy("Simulate it")
    made: Simulation

    def get_initial(self) -> dict[str, Any]:
        """Who comes from a page that names places (in the address) finds them filled in."""
        given = {"change": PLAN, "places": 10}
        named = {name: self.request.GET[name] for name in _NAMED if name in self.request.GET}
        return {**given, "change": OWN, **named} if named.get("activity") else given

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            many=simulations.MANY,
            seasons=simulations.SEASONS,
            seasons_of_few=simulations.SEASONS_OF_FEW,
            most=simulations.MOST_AT_ONCE,
            going_on=list(simulations.going_on(person_of(self.request))),
            **kwargs,
        )

    def perform(self, form: forms.Form) -> None:
        choices, person = cast(SimulationForm, form), person_of(self.request)
        soon = choices.cleaned_data["answer_soon"]
        if choices.cleaned_data["change"] == PLAN:
            self.made = simulations.ask_for_plan(answer_soon=soon, by=person)
            return
        roles = [choices.own_role()] if choices.cleaned_data["change"] == OWN else []
        self.made = simulations.ask(roles=roles, answer_soon=soon, by=person)

    def back(self) -> str:
        return reverse("web:simulations")

    def get_success_url(self) -> str:
        return reverse("web:simulation", args=[self.made.pk])


class SimulationPage(StatisticsPage):
    """One of them: how far it is, or what came of it, with what it cannot say."""

    template_name = "web/insights/simulations/detail.html"
    simulation: Simulation

    def prepare(self) -> None:
        self.simulation = get_object_or_404(found.simulations(), pk=self.kwargs["simulation"])

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = super().dispatch(request, *args, **kwargs)
        if hasattr(self, "simulation") and not self.simulation.is_finished:
            # So that the page goes on by itself without a script.
            response["Refresh"] = str(REFRESH_SECONDS)
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        simulation = self.simulation
        return super().get_context_data(
            **kwargs
            | {
                "simulation": simulation,
                "added": found.added_roles(simulation),
                "shown": found.shown(simulation),
                "finding": found.finding(simulation),
                "done": len(simulation.seasons),
                "seconds": REFRESH_SECONDS,
                "may_call_off": not simulation.is_finished
                and not simulation.of_month
                and can_steer(self.request.user),
            }
        )


class SimulationCallOff(SteererRequired, ConfirmedButton):
    """Stop one that goes on."""

    title = gettext_lazy("Call this simulation off?")
    intro = gettext_lazy("It ends with the season that it is at. What it found so far is not kept.")
    button = gettext_lazy("Call it off")
    done = gettext_lazy("The simulation is called off.")
    simulation: Simulation
    kwargs: dict[str, Any]

    def prepare(self) -> None:
        self.simulation = get_object_or_404(found.simulations(), pk=self.kwargs["simulation"])

    def perform(self) -> None:
        simulations.call_off(simulation=self.simulation, by=person_of(self.request))

    def page_before(self) -> str:
        return reverse("web:simulation", args=[self.kwargs["simulation"]])

    def next_page(self) -> str:
        return reverse("web:simulations")
