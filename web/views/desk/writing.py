"""The volunteer centre writes to a group for a person, and says what it sees of them."""

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.clock import today
from desk.services import writing
from placements.disclosure import seen_by_group
from placements.models import Application, Message
from placements.states import FINAL, Mover
from volunteers.policies import is_under_16
from web.forms.desk_acting import SharingForThemForm, WordsOfCallerForm
from web.group_access import person_of
from web.views.conversations import Conversation, group_author
from web.views.desk.acting import OneApplication
from web.views.desk.people import PersonQuestion


class ConversationForPerson(OneApplication, Conversation):
    """The person's side, read to them by phone; what they answer is written down for them. That
    somebody here looked does not mark anything as read: that they answered does."""

    template_name = "web/desk/people/conversation.html"
    form_class = WordsOfCallerForm
    button = gettext_lazy("Send it for them")
    done = gettext_lazy("Sent. The group has it now, and the person is told.")
    side = Mover.VOLUNTEER
    marks_read = False

    def about(self) -> Application:
        return self.application

    def name_of(self, message: Message) -> str:
        if message.side == Mover.VOLUNTEER:
            return str(self.person)
        return group_author(message, self.application.opportunity.organisation.name)

    def perform(self, form: forms.Form) -> None:
        writing.write(
            application=self.application,
            words=form.cleaned_data["words"],
            by=person_of(self.request),
        )

    def back(self) -> str:
        return f"{self.person_address()}#applications"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        group = self.application.opportunity.organisation.name
        return super().get_context_data(
            title=_("Messages with %(group)s") % {"group": group},
            person=self.person,
            sharing=reverse("web:desk-person-sharing", args=[self.person.pk, self.application.pk]),
            **kwargs,
        )


class SharingForPerson(OneApplication, PersonQuestion):
    """Which of a person's phone number and email address the group of one role sees."""

    template_name = "web/desk/people/sharing.html"
    form_class = SharingForThemForm
    title = gettext_lazy("Share how to reach them")

    def get_form_kwargs(self) -> dict[str, Any]:
        reached = {"email": self.person.email or "", "phone": self.person.phone}
        return super().get_form_kwargs() | reached

    def get_initial(self) -> dict[str, Any]:
        about = self.application
        shared = {"phone": about.share_phone, "email": about.share_email}
        return {"shared": [name for name, is_shared in shared.items() if is_shared]}

    def perform(self, form: forms.Form) -> None:
        shared = form.cleaned_data["shared"]
        writing.share(
            application=self.application,
            email="email" in shared,
            phone="phone" in shared,
            by=person_of(self.request),
        )

    @property
    def done(self) -> str:  # type: ignore[override]  # worked out when it is known
        group = self.application.opportunity.organisation.name
        seen = seen_by_group(self.application)
        if seen.email or seen.phone:
            return _("Saved. %(group)s sees what you ticked.") % {"group": group}
        return _("Saved. %(group)s sees no address or number of theirs.") % {"group": group}

    def back(self) -> str:
        return f"{self.person_address()}#applications"

    def get_success_url(self) -> str:
        return self.back()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            role=self.application.opportunity,
            person=self.person,
            is_over=self.application.state in FINAL,
            is_child=is_under_16(self.volunteer, today()),
            cancel=self.back(),
            **kwargs,
        )
