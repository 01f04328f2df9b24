"""What a person and a group write to each other, a page for each, and what the person shares."""

from typing import Any, cast

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from placements.disclosure import seen_by_group
from placements.models import Application, Message
from placements.selectors import sent_by
from placements.services import blocks, conversations, sharing
from placements.states import FINAL, Mover
from web.access import VolunteerRequired
from web.forms.conversations import MessageForm, SharingForm
from web.group_access import person_of
from web.views.applicants import ApplicantRequired
from web.views.page import QuestionPage

PER_PAGE = 20


class Conversation(QuestionPage):
    """The messages, newest last, and a box to write. Reading them marks them as read, unless it is
    somebody else who reads them for this side."""

    template_name = "web/conversation/conversation.html"
    form_class = MessageForm
    button = gettext_lazy("Send message")
    done = gettext_lazy("Your message is sent.")
    side: Mover
    marks_read = True

    def about(self) -> Application:
        """Give the application, with person, role and group."""
        raise NotImplementedError

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        page = cast(TemplateResponse, super().get(request, *args, **kwargs))
        page.render()  # while what is new is new
        if self.marks_read and conversations.can_read(self.about(), self.side):
            conversations.mark_read(application=self.about(), side=self.side)
        return page

    def perform(self, form: forms.Form) -> None:
        conversations.write(
            application=self.about(),
            side=self.side,
            words=form.cleaned_data["words"],
            by=person_of(self.request),
        )

    def get_success_url(self) -> str:
        return self.request.path

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        application = self.about()
        written = application.messages.select_related("author").order_by("-pk")
        if not conversations.can_read(application, self.side):
            written = written.none()
        page = Paginator(written, PER_PAGE).get_page(self.request.GET.get("page"))
        found = {
            "application": application,
            "role": application.opportunity,
            "caption": application.opportunity.title,
            "page": page,
            "rows": [self._row(message) for message in reversed(page.object_list)],
            "is_open": conversations.is_open(application),
            "closes_at": conversations.closes_at(application),
            "is_blocked": blocks.is_blocked(
                application.volunteer_id, application.opportunity.organisation_id
            ),
            "is_stopped": application.opportunity.organisation.suspended_at is not None,
            "has_blocked": blocks.has_blocked(
                self.side,
                volunteer=application.volunteer,
                organisation=application.opportunity.organisation,
            ),
            "most_a_day": conversations.MOST_A_DAY,
        }
        return super().get_context_data(**found | kwargs)

    def _row(self, message: Message) -> dict[str, Any]:
        return {
            "message": message,
            "is_mine": message.side == self.side,
            "name": self.name_of(message),
            "is_new": message.side != self.side and message.read_at is None,
        }

    def name_of(self, message: Message) -> str:
        """Give who wrote a message, as this side reads it."""
        raise NotImplementedError


def group_author(message: Message, group: str) -> str:
    """Give who wrote for a group, with the group's name."""
    names = {"person": conversations.name_of_group_author(message), "group": group}
    return _("%(person)s, %(group)s") % names if names["person"] else group


class ConversationOfPerson(VolunteerRequired, Conversation):
    """The person's side."""

    side = Mover.VOLUNTEER
    _application: Application | None = None

    def about(self) -> Application:
        if self._application is None:
            mine = sent_by(person_of(self.request))
            self._application = get_object_or_404(mine, pk=self.kwargs["application"])
        return self._application

    def name_of(self, message: Message) -> str:
        if message.side == Mover.VOLUNTEER:
            return _("You")
        return group_author(message, self.about().opportunity.organisation.name)

    def back(self) -> str:
        return reverse("web:application", args=[self.about().pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        group = self.about().opportunity.organisation.name
        return super().get_context_data(
            title=_("Messages with %(group)s") % {"group": group}, is_person=True, **kwargs
        )


class ConversationOfGroup(ApplicantRequired, Conversation):
    """The group's side."""

    side = Mover.GROUP

    def about(self) -> Application:
        return self.application

    def name_of(self, message: Message) -> str:
        if message.side == Mover.VOLUNTEER:
            return self.name
        author: User | None = message.author
        if author == self.request.user:
            return _("You")
        return conversations.name_of_group_author(message) or self.group.name

    def back(self) -> str:
        return self.list_address()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            title=_("Messages with %(name)s") % {"name": self.name},
            seen=seen_by_group(self.application),
            is_person=False,
            **kwargs,
        )


class Sharing(VolunteerRequired, QuestionPage):
    """Which of email address and phone number the group of one role sees."""

    form_class = SharingForm
    title = gettext_lazy("Share how to reach you")
    button = gettext_lazy("Save")

    def get_form_kwargs(self) -> dict[str, Any]:
        user = self.volunteer.user
        return super().get_form_kwargs() | {"email": user.email or "", "phone": user.phone}

    def get_initial(self) -> dict[str, Any]:
        about = self._about()
        shared = {"phone": about.share_phone, "email": about.share_email}
        return {"shared": [name for name, is_shared in shared.items() if is_shared]}

    def perform(self, form: forms.Form) -> None:
        shared = form.cleaned_data["shared"]
        sharing.choose(
            application=self._about(),
            email="email" in shared,
            phone="phone" in shared,
            by=self.volunteer.user,
        )

    @property
    def done(self) -> str:  # type: ignore[override]  # worked out when it is known
        about = self._about()
        group = about.opportunity.organisation.name
        if about.share_email or about.share_phone:
            return _("Saved. %(group)s sees what you ticked.") % {"group": group}
        return _("Saved. %(group)s sees no address or number of yours.") % {"group": group}

    def back(self) -> str:
        return reverse("web:application", args=[self.kwargs["application"]])

    def get_success_url(self) -> str:
        return self.back()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        about = self._about()
        return super().get_context_data(
            caption=about.opportunity.organisation.name,
            is_over=about.state in FINAL,
            cancel=self.back(),
            **kwargs,
        )

    def _about(self) -> Application:
        return get_object_or_404(sent_by(self.volunteer.user), pk=self.kwargs["application"])
