"""The volunteer centre says for a person what becomes of their place."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from desk.services import places
from web.forms.desk_acting import EndForThemForm
from web.group_access import person_of
from web.views.desk.acting import OneApplication
from web.views.desk.people import PersonQuestion
from web.views.page import ActionButton


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
