"""What the figures should be: read by everybody of the statistics, set by the delivery group."""

from typing import Any, cast

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.generic import ListView

from core.clock import today
from insights.disclosure import NOTHING, Shown
from insights.measures import MEASURES
from insights.models import Target
from insights.periods import Period
from insights.policies import can_steer
from insights.selectors import targets as standing
from insights.selectors.published import published
from insights.services import targets
from insights.wording import in_words, written
from web.forms.base import PageForm
from web.forms.insights.targets import TargetForm
from web.group_access import person_of
from web.insights_access import ReaderRequired, SteererRequired
from web.views.page import QuestionPage


class Targets(ReaderRequired, ListView):
    """What stands for this month beside where the figures are, and who set what before."""

    template_name = "web/insights/targets/list.html"
    context_object_name = "history"
    paginate_by = 50

    def get_queryset(self) -> Any:
        return standing.history()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        month = Period.month_of(today())
        found = published([month]).get(month)
        rows = [
            {
                "measure": MEASURES[code],
                "target": target,
                "shown": shown,
                "words": standing.target_in_words(MEASURES[code], target, shown or NOTHING),
                "now": in_words(MEASURES[code], shown) if shown else "",
            }
            for code, target in standing.targets_of(month).items()
            if code in MEASURES
            for shown in [found.total(code) if found else None]
        ]
        may_steer = can_steer(self.request.user)
        context = super().get_context_data(rows=rows, may_steer=may_steer, **kwargs)
        for target in context["history"]:
            target.title, target.words = target.measure, f"{target.value:g}"
            if target.measure in MEASURES:
                measure = MEASURES[target.measure]
                target.title, target.words = measure.title, written(measure, Shown(target.value))
        return context


class TargetSet(SteererRequired, QuestionPage):
    """The questions, then all of it to look over, then it is set."""

    form_class = TargetForm
    title = gettext_lazy("Set a target")
    done = gettext_lazy("The target is set.")

    def get_initial(self) -> dict[str, Any]:
        asked = self.request.GET.get("measure", "")
        return {"measure": asked} if asked in MEASURES else {}

    def form_valid(self, form: forms.Form) -> HttpResponse:
        if "confirmed" in self.request.POST:
            return super().form_valid(form)
        if "change" in self.request.POST:
            return self.render_to_response(self.get_context_data(form=form))
        choices = cast(TargetForm, form)
        context = self.get_context_data(form=form, answers=choices.answers())
        context["measure"] = measure = MEASURES[form.cleaned_data["measure"]]
        context["value"] = written(measure, Shown(form.cleaned_data["value"]))
        return self.response_class(
            request=self.request, template=["web/insights/targets/confirm.html"], context=context
        )

    def perform(self, form: forms.Form) -> None:
        targets.set_target(by=person_of(self.request), **cast(TargetForm, form).answers())

    def back(self) -> str:
        return reverse("web:targets")

    def get_success_url(self) -> str:
        return reverse("web:targets")


class TargetEnd(SteererRequired, QuestionPage):
    """It counts no longer; it stays in the history."""

    form_class = PageForm
    title = gettext_lazy("Take this target back?")
    intro = gettext_lazy(
        "From now on it counts for no month. An earlier target of the same figure counts again. "
        "This one stays in the history."
    )
    button = gettext_lazy("Take it back")
    done = gettext_lazy("The target is taken back.")
    target: Target
    kwargs: dict[str, Any]

    def prepare(self) -> None:
        self.target = get_object_or_404(Target, pk=self.kwargs["target"])

    def perform(self, form: forms.Form) -> None:
        targets.end_target(target=self.target, by=person_of(self.request))

    def back(self) -> str:
        return reverse("web:targets")

    def get_success_url(self) -> str:
        return reverse("web:targets")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        known = self.target.measure in MEASURES
        caption = MEASURES[self.target.measure].title if known else self.target.measure
        return super().get_context_data(caption=caption, **kwargs)
