"""Suspend a person, and let them back in; also one who has lost their phone."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from desk.services import standing, ways_in
from web.forms.desk_people import KnownByForm, SuspendPersonForm
from web.group_access import person_of
from web.views.desk.people import PersonQuestion, PersonRequired
from web.views.page import ActionButton

#: What is said before somebody is suspended, wherever that is asked.
WHAT_SUSPENDING_DOES = gettext_lazy(
    "They are signed out at once and cannot come back. What they have asked for and not begun is "
    "withdrawn; the groups hear that they no longer ask, not why. The service cannot write to them "
    "any more: tell them yourself. You can let them back in. What was withdrawn stays so."
)


class PersonSuspend(PersonQuestion):
    template_name = "web/desk/people/suspend.html"
    form_class = SuspendPersonForm
    title = gettext_lazy("Suspend this person")
    intro = WHAT_SUSPENDING_DOES
    go_on = 0

    def perform(self, form: forms.Form) -> None:
        self.go_on = standing.suspend(
            person=self.person, by=person_of(self.request), **form.cleaned_data
        )

    @property
    def done(self) -> str:  # type: ignore[override]  # worked out when it is known
        if not self.go_on:
            return _("They are suspended. Tell them yourself, by phone or letter.")
        return ngettext(
            "They are suspended. %(count)s placement goes on: call its group and end it there.",
            "They are suspended. %(count)s placements go on: call their groups and end them there.",
            self.go_on,
        ) % {"count": self.go_on}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(person=self.person, **kwargs)


class PersonReinstate(PersonRequired, ActionButton):
    done = gettext_lazy("They can use the service again.")

    def perform(self) -> None:
        standing.reinstate(person=self.person, by=person_of(self.request))

    def next_page(self) -> str:
        return self.person_address()


class PersonResetSecondStep(PersonQuestion):
    template_name = "web/desk/people/reset_second_step.html"
    form_class = KnownByForm
    title = gettext_lazy("Take their second step away")
    done = gettext_lazy("It is taken away. They hear of it by email.")

    def perform(self, form: forms.Form) -> None:
        ways_in.reset_second_factor(
            person=self.person, by=person_of(self.request), **form.cleaned_data
        )
