"""What a volunteer has to do with their places: times to come, hours, being there."""

from typing import Any, cast

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

from core.clock import today
from core.errors import InvalidInput, NotFound
from placements import check_in, occasions, states, volunteering
from placements.models import Application, HoursEntry
from placements.occasions import Occasion
from placements.services import attendance, hours, still_going
from web import occasion_words
from web.access import VolunteerRequired
from web.forms.volunteering import AboutHoursForm, CodeForm, OwnHoursForm, day_from
from web.views.page import ActionButton, QuestionPage

PER_PAGE = 20


class MyVolunteering(VolunteerRequired, TemplateView):
    """What is next, the places held, hours so far, and what was."""

    template_name = "web/volunteering/mine.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        places, over = volunteering.places_of(self.volunteer)
        every = [*places, *over]
        coming = [(place, place.next_time) for place in places if place.next_time is not None]
        questions = still_going.open_for(self.volunteer)
        return super().get_context_data(
            questions=[(one, still_going.address_of(one)) for one in questions],
            places=places,
            over=over,
            coming=sorted(coming, key=lambda pair: (pair[1].occasion.day, pair[0].application.pk)),
            confirmed=sum(place.minutes.confirmed for place in every),
            open=sum(place.minutes.open for place in every),
            **kwargs,
        )


class SayComing(VolunteerRequired, ActionButton):
    """That the person comes to one time of a role, or cannot."""

    def perform(self) -> None:
        application = get_object_or_404(
            volunteering.taken_on(self.volunteer), pk=self.kwargs["place"]
        )
        occasion = occasion_named(application, self.request.POST.get("when", ""))
        coming = self.request.POST.get("coming") == "yes"
        attendance.say(
            application=application, occasion=occasion, coming=coming, by=self.volunteer.user
        )
        when = occasion_words.words(occasion)
        said = _("We wrote down that you come on %(when)s.")
        if not coming:
            said = _("We wrote down that you cannot come on %(when)s. The group sees it.")
        messages.success(self.request, said % {"when": when})

    def next_page(self) -> str:
        return reverse("web:volunteering")


class CheckIn(VolunteerRequired, QuestionPage):
    """Type the code that the group shows."""

    form_class = CodeForm
    title = gettext_lazy("I am there")
    intro = gettext_lazy(
        "The group has a code where you volunteer. With it you write down that you are there, and "
        "your hours."
    )
    button = gettext_lazy("Continue")

    def perform(self, form: forms.Form) -> None:
        check_in.find(self.volunteer, form.cleaned_data["code"])

    def form_valid(self, form: forms.Form) -> HttpResponse:
        try:
            self.perform(form)
        except NotFound as error:
            form.add_error("code", error.message)
            return self.form_invalid(form)
        return redirect("web:check-in-code", code=check_in.tidied(form.cleaned_data["code"]))

    def back(self) -> str:
        return reverse("web:volunteering")


class CheckInCode(VolunteerRequired, TemplateView):
    """What a code leads to: one button that says that the person is there."""

    template_name = "web/volunteering/check_in.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        code = self.kwargs["code"]
        try:
            application, occasion = check_in.find(self.volunteer, code)
        except NotFound as error:
            return super().get_context_data(problem=error.message, **kwargs)
        row = attendance.at(occasion).get(application.pk)
        return super().get_context_data(
            application=application,
            role=application.opportunity,
            occasion=occasion,
            is_there=row is not None and row.was_there,
            minutes=occasion.minutes,
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            application, occasion = check_in.find(self.volunteer, self.kwargs["code"])
        except NotFound:
            return self.get(request, *args, **kwargs)
        attendance.check_in(application=application, occasion=occasion, by=self.volunteer.user)
        return redirect("web:check-in-code", code=self.kwargs["code"])


class MyHours(VolunteerRequired, TemplateView):
    """All hours that a person wrote down, and what became of them."""

    template_name = "web/volunteering/hours.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = Paginator(_mine(self), PER_PAGE).get_page(self.request.GET.get("page"))
        return super().get_context_data(
            page=page,
            months=volunteering.months_of(self.volunteer)[:12],
            can_log=volunteering.taken_on(self.volunteer).exists(),
            **kwargs,
        )


class LogHours(VolunteerRequired, QuestionPage):
    """Write down hours of one day."""

    form_class = OwnHoursForm
    title = gettext_lazy("Write down hours")
    intro = gettext_lazy("The group confirms them. They then stand in your record of service.")
    button = gettext_lazy("Save")
    done = gettext_lazy("Saved. The group sees your hours and confirms them.")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.places():
            messages.error(request, _("You can write down hours once you have a place in a role."))
            return redirect("web:volunteering")
        return super().get(request, *args, **kwargs)

    def places(self) -> list[Application]:
        """Give the places of which hours can be written down, those that are held first."""
        every = volunteering.taken_on(self.volunteer)
        return sorted(every, key=lambda place: place.state not in states.PLACED)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"places": self.places()}

    def get_initial(self) -> dict[str, Any]:
        initial: dict[str, Any] = {"day": today()}
        if asked := self.request.GET.get("role"):
            initial["role"] = asked
        return initial

    def perform(self, form: forms.Form) -> None:
        answers = form.cleaned_data
        hours.log(
            application=cast(OwnHoursForm, form).place,
            day=answers["day"],
            minutes=answers["hours"],
            what=answers["what"],
            by=self.volunteer.user,
        )

    def back(self) -> str:
        return reverse("web:my-hours")

    def get_success_url(self) -> str:
        return reverse("web:my-hours")


class EntryRequired(VolunteerRequired):
    """A page about one entry of the person's own hours."""

    kwargs: dict[str, Any]

    def entry(self) -> HoursEntry:
        """Give the entry that the page is about."""
        return get_object_or_404(_mine(self), pk=self.kwargs["hours"])


class ChangeHours(EntryRequired, QuestionPage):
    """Change hours that are not confirmed."""

    form_class = OwnHoursForm
    template_name = "web/volunteering/change_hours.html"
    title = gettext_lazy("Change your hours")
    button = gettext_lazy("Save")
    done = gettext_lazy("Saved. The group sees your hours and confirms them.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"places": [self.entry().application]}

    def get_initial(self) -> dict[str, Any]:
        entry = self.entry()
        return {"day": entry.day, "hours": entry.minutes, "what": entry.what}

    def perform(self, form: forms.Form) -> None:
        answers = form.cleaned_data
        hours.change(
            entry=self.entry(),
            day=answers["day"],
            minutes=answers["hours"],
            what=answers["what"],
            by=self.volunteer.user,
        )

    def back(self) -> str:
        return reverse("web:my-hours")

    def get_success_url(self) -> str:
        return reverse("web:my-hours")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(entry=self.entry(), **kwargs)


class RemoveHours(EntryRequired, ActionButton):
    """Take out hours that are not confirmed."""

    done = gettext_lazy("The hours are taken out.")

    def perform(self) -> None:
        hours.remove(entry=self.entry(), by=self.volunteer.user)

    def next_page(self) -> str:
        return reverse("web:my-hours")


class ObjectToHours(EntryRequired, QuestionPage):
    """Say that hours which the group has confirmed are wrong."""

    form_class = AboutHoursForm
    title = gettext_lazy("What is wrong with these hours?")
    button = gettext_lazy("Send")
    done = gettext_lazy("Sent. The group looks at these hours again.")

    def perform(self, form: forms.Form) -> None:
        hours.object_to(
            entry=self.entry(), words=form.cleaned_data["words"], by=self.volunteer.user
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            caption=self.entry().application.opportunity.title, **kwargs
        )

    def back(self) -> str:
        return reverse("web:my-hours")

    def get_success_url(self) -> str:
        return reverse("web:my-hours")


def occasion_named(application: Application, named: str) -> Occasion:
    """Give the time of a role that a form or an address names: the number of a session, or a day.
    Raises NotFound where there is none, InvalidInput where it names none."""
    if not named.isdecimal() and day_from(named) is None:
        raise InvalidInput(_("Something was missing. Please try again."))
    return occasions.named(application.opportunity, named)


def _mine(view: VolunteerRequired) -> QuerySet[HoursEntry]:
    """Give the person's own hours, the latest first."""
    return HoursEntry.objects.filter(application__volunteer=view.volunteer).select_related(
        "application__opportunity__organisation", "application__volunteer__user"
    )
