"""How a person wants to be told, and the links in mails and texts that stop such ones."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import TemplateView, View

from accounts.models import User
from core.errors import NotFound
from notifications import stopping
from notifications.choices import choice_of, choices_of, hours_of, topics_of
from notifications.models import Notification
from notifications.phones import mobile_number
from notifications.services import preferences, texting
from notifications.texts import can_send_texts
from notifications.topics import TOPICS, Topic, topic_of
from web.access import SignedIn, volunteer_of
from web.forms.notifications import QuietHoursForm, TopicForm
from web.group_access import person_of
from web.views.page import QuestionPage


class Notifications(SignedIn, TemplateView):
    """How the person is told of each thing that concerns them."""

    template_name = "web/notifications/detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        person = person_of(self.request)
        is_volunteer = volunteer_of(self.request) is not None
        return super().get_context_data(
            person=person,
            choices=choices_of(person, topics_of(person, is_volunteer=is_volunteer)),
            hours=hours_of(person),
            mobile=mobile_number(person.phone),
            texts=can_send_texts(),
            text_failed=texting.is_number_refused(person),
            **kwargs,
        )


class NotificationTopic(SignedIn, QuestionPage):
    """How the person is told of one topic."""

    template_name = "web/notifications/topic.html"
    button = gettext_lazy("Save")
    done = gettext_lazy("Saved.")
    topic: Topic

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        topic = TOPICS.get(kwargs["topic"])
        if topic is None:
            raise Http404
        self.topic = topic

    def get_form(self, form_class: type[forms.Form] | None = None) -> forms.Form:
        mobile = mobile_number(person_of(self.request).phone) or ""
        return TopicForm(self.topic, mobile if can_send_texts() else "", **self.get_form_kwargs())

    def get_initial(self) -> dict[str, Any]:
        choice = choice_of(person_of(self.request), self.topic)
        return {"by_mail": choice.by_mail.value, "by_text": choice.by_text}

    def perform(self, form: forms.Form) -> None:
        person = person_of(self.request)
        preferences.choose(user=person, topic=self.topic, by=person, **form.cleaned_data)

    def back(self) -> str:
        return reverse("web:notifications")

    def get_success_url(self) -> str:
        return self.back()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(title=self.topic.name, topic=self.topic, **kwargs)


class QuietHoursPage(SignedIn, QuestionPage):
    form_class = QuietHoursForm
    title = gettext_lazy("When should we leave you in peace?")
    intro = gettext_lazy(
        "In these hours we send no text messages, and no emails that can wait. They come when the "
        "hours are over."
    )
    button = gettext_lazy("Save")
    done = gettext_lazy("Saved.")

    def get_initial(self) -> dict[str, Any]:
        return QuietHoursForm.answers_of(hours_of(person_of(self.request)))

    def perform(self, form: forms.Form) -> None:
        person = person_of(self.request)
        preferences.keep_quiet(user=person, by=person, **form.cleaned_data)

    def back(self) -> str:
        return reverse("web:notifications")

    def get_success_url(self) -> str:
        return self.back()


@method_decorator([csrf_exempt, never_cache], name="dispatch")
class StopMails(TemplateView):
    """Where a mail's stop link leads: asks with one button, and does it when that is pressed.

    Opening it changes nothing: mail scanners follow links. A mail program may press the button
    itself (RFC 8058), without a cookie or token of ours; the signed link is the proof.
    """

    template_name = "web/notifications/stop.html"
    person: User
    stop: stopping.Stop

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        try:
            self.stop = stopping.read(kwargs["token"])
            self.person = stopping.person_of(self.stop.user_id)
        except NotFound as error:
            raise Http404(error.message) from error
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        before = {
            topic.code: preferences.stop(user=self.person, topic=topic, by=self.person)
            for topic in self.stop.topics
        }
        undo = stopping.undo_token(self.person.pk, before)
        return self.render_to_response(self.get_context_data(stopped=True, undo=undo))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(topics=self.stop.topics, **kwargs)


@method_decorator(never_cache, name="dispatch")
class TextedPage(TemplateView):
    """Where the link in a text message leads: to what it is about, and to a button that stops such
    texts. Opening it changes nothing. The signed link is the proof.
    """

    template_name = "web/notifications/texted.html"
    message: Notification

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        try:
            self.message = stopping.texted(kwargs["token"])
        except NotFound as error:
            raise Http404(error.message) from error
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        person = self.message.recipient
        preferences.stop_texts(user=person, topic=topic_of(self.message.kind), by=person)
        return self.render_to_response(self.get_context_data())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        topic = topic_of(self.message.kind)
        return super().get_context_data(
            topic=topic,
            link=self.message.link or reverse("web:messages"),
            stopped=not choice_of(self.message.recipient, topic).by_text,
            **kwargs,
        )


class StartMails(View):
    """Takes back a stop that was just made."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            user_id, before = stopping.read_undo(kwargs["token"])
            person = stopping.person_of(user_id)
        except NotFound as error:
            raise Http404(error.message) from error
        for topic, how in before.items():
            preferences.choose(
                user=person,
                topic=topic,
                by_mail=how,
                by_text=choice_of(person, topic).by_text,
                by=person,
            )
        messages.success(request, _("You get these emails again."))
        return redirect("web:notifications" if request.user.is_authenticated else "web:home")
