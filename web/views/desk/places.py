"""The volunteer centre says for a person what becomes of their place."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.clock import today
from desk.services import places
from placements import volunteering
from placements.models import StillGoing
from placements.services import still_going
from placements.states import State
from web import occasion_words
from web.forms.desk_acting import EndForThemForm, StoppedForThemForm
from web.forms.volunteering import TheirHoursForm
from web.group_access import person_of
from web.views.desk.acting import ActingRequired, OneApplication
from web.views.desk.people import PersonQuestion
from web.views.page import ActionButton
from web.views.volunteering import occasion_named

#: So many of the next times of a role are shown.
TIMES_LISTED = 6


class StartForPerson(OneApplication, ActionButton):
    """That the person has started."""

    done = gettext_lazy("Written down: they have started. The person is told.")

    def perform(self) -> None:
        places.start(application=self.application, by=person_of(self.request))

    def next_page(self) -> str:
        return f"{self.person_address()}#applications"


class EndForPerson(OneApplication, PersonQuestion):
    """That the person stops."""

    form_class = EndForThemForm
    title = gettext_lazy("They stop?")
    button = gettext_lazy("Yes, they stop")
    done = gettext_lazy("They have stopped. The group and the person are told.")

    def perform(self, form: forms.Form) -> None:
        places.end(application=self.application, by=person_of(self.request), **form.cleaned_data)

    def back(self) -> str:
        return f"{self.person_address()}#applications"

    def get_success_url(self) -> str:
        return self.back()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        role = self.application.opportunity
        intro = gettext_lazy(
            "%(role)s, %(group)s. The group is told, and the place is free for somebody else. You "
            "cannot undo this. Their hours stay in their record of service, and they can ask for "
            "this role again later, as anybody can."
        )
        names = {"role": role.title, "group": role.organisation.name}
        return super().get_context_data(intro=intro % names, cancel=self.back(), **kwargs)


class TimesForPerson(OneApplication, ActionButton):
    """The next times of a role in which the person has a place, and whether they come."""

    http_method_names = ["get", "head", "post"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        role = self.application.opportunity
        (place,) = volunteering.placed_in(role, [self.application], times=TIMES_LISTED)
        page = {"person": self.person, "role": role, "place": place, "back": self.back()}
        return render(request, "web/desk/people/times.html", page)

    def perform(self) -> None:
        occasion = occasion_named(self.application, self.request.POST.get("when", ""))
        coming = self.request.POST.get("coming") == "yes"
        places.say_coming(
            application=self.application,
            occasion=occasion,
            coming=coming,
            by=person_of(self.request),
        )
        said = _("Written down: they come on %(when)s. The person is told.")
        if not coming:
            said = _("Written down: they cannot come on %(when)s. The person is told.")
        when = occasion_words.words(occasion)
        messages.success(self.request, said % {"when": when})

    def next_page(self) -> str:
        return self.request.path

    def back(self) -> str:
        """Give the address of the page before."""
        return f"{self.person_address()}#applications"


class HoursForPerson(OneApplication, PersonQuestion):
    """Hours of one day, which the person says they gave."""

    form_class = TheirHoursForm
    title = gettext_lazy("Write down hours for them")
    done = gettext_lazy("Saved. The group confirms the hours, and the person is told.")

    def get_initial(self) -> dict[str, Any]:
        return {"day": today()}

    def perform(self, form: forms.Form) -> None:
        answers = form.cleaned_data
        places.log_hours(
            application=self.application,
            day=answers["day"],
            minutes=answers["hours"],
            what=answers["what"],
            by=person_of(self.request),
        )

    def back(self) -> str:
        return f"{self.person_address()}#applications"

    def get_success_url(self) -> str:
        return self.back()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        role = self.application.opportunity
        return super().get_context_data(intro=role.title, cancel=self.back(), **kwargs)


class _OneQuestion(ActingRequired):
    """A page about one question whether the person is still there, or has started where nobody has
    said so; gives `self.question` and `self.has_started`, as it is before the answer.
    """

    has_started = True

    def prepare(self) -> None:
        super().prepare()
        self.has_started = self.question.application.state != State.ACCEPTED

    @cached_property
    def question(self) -> StillGoing:
        loaded = still_going.asked_of(self.volunteer).select_related(
            "application__opportunity__organisation", "application__volunteer__user"
        )
        return get_object_or_404(loaded, pk=self.kwargs["still_going"])


class StillGoingForPerson(_OneQuestion, ActionButton):
    """That the person is still there, or has started."""

    done = gettext_lazy("Written down: they are still going. The person is told.")

    def perform(self) -> None:
        if not self.has_started:
            self.done = StartForPerson.done
        places.say_still_going(question=self.question, by=person_of(self.request))

    def next_page(self) -> str:
        return self.person_address()


class StoppedForPerson(_OneQuestion, PersonQuestion):
    """That the person has stopped or does not begin, and why."""

    form_class = StoppedForThemForm
    button = gettext_lazy("Yes, end their place")

    @property
    def title(self) -> str:  # type: ignore[override]  # worked out when it is known
        return _("They have stopped") if self.has_started else _("They do not volunteer there")

    @property
    def done(self) -> str:  # type: ignore[override]  # worked out when it is known
        if self.has_started:
            return _("They have stopped. The group and the person are told.")
        return _("Their place has ended. The group and the person are told.")

    def perform(self, form: forms.Form) -> None:
        places.say_stopped(question=self.question, by=person_of(self.request), **form.cleaned_data)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        intro = gettext_lazy(
            "%(role)s. Their place ends and is free for somebody else. The group is told that they "
            "have stopped. You cannot undo this. Their hours stay in their record of service."
        )
        if not self.has_started:
            intro = gettext_lazy(
                "%(role)s. If they have not begun yet and still want to, go back: no answer is "
                "needed. Otherwise their place ends and is free for somebody else, and the group "
                "is told. You cannot undo this."
            )
        role = self.question.application.opportunity
        return super().get_context_data(
            intro=intro % {"role": role.title}, cancel=self.back(), **kwargs
        )
