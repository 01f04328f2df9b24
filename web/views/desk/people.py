"""People at the desk: found by what a caller says, and each on a page of their own."""

from typing import Any

from allauth.account.models import EmailAddress
from django import forms
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from accounts import second_factor
from accounts.models import User
from accounts.services import audit
from core.clock import now, today
from desk import people
from desk.models import WayToTell
from desk.services import acting, notes, own_data, standing, telling
from matching.models import Suggestion
from matching.selectors import suggestions_to
from notifications.models import Notification
from placements import states
from placements.models import Application, WaitingListEntry
from placements.queues import live_offers_of, standings_of
from placements.selectors import unread_of_person
from placements.services.still_going import TIME_TO_ANSWER, open_for
from placements.states import Mover, State
from volunteers.models import ParentRequest, Volunteer
from volunteers.policies import is_under_16
from web.forms.desk_people import EmailForm, FindPersonForm, NoteOnPersonForm, WayForm
from web.forms.person import PersonForm
from web.group_access import BrokerRequired, person_of
from web.profile_questions import answers_of, needed_and_open, with_answers
from web.views.desk.lists import DeskList
from web.views.page import QuestionPage
from web.waiting_words import list_name

MESSAGES_LISTED = 10


class DeskPeople(DeskList):
    """People by name; with words of a search those who have them."""

    template_name = "web/desk/people/list.html"
    context_object_name = "people"
    form: FindPersonForm

    def get_queryset(self) -> QuerySet[User]:
        self.form = FindPersonForm(self.request.GET)
        answers = self.form.cleaned_data if self.form.is_valid() else {}
        rows = people.found(answers.get("q", ""))
        if answers.get("only") == "waiting":
            rows = rows.filter(
                is_active=True, volunteer__paused_at=None, volunteer__waiting_since__isnull=False
            )
        elif answers.get("only") == "silent":
            rows = rows.filter(volunteer__in=Volunteer.objects.waiting().silent())
        elif answers.get("only") == "no_email":
            rows = rows.filter(email=None)
        return rows

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(form=self.form, **kwargs)


class PersonRequired(BrokerRequired):
    """A page about one person; gives `self.person`, with their profile if they have one."""

    person: User
    kwargs: dict[str, Any]

    def prepare(self) -> None:
        everybody = User.objects.select_related("volunteer", "way_to_tell")
        self.person = get_object_or_404(everybody, pk=self.kwargs["person_id"])

    def person_address(self) -> str:
        return reverse("web:desk-person", args=[self.person.pk])


class DeskPerson(PersonRequired, TemplateView):
    """Everything about one person, and what can be done for them. That it was opened is kept."""

    template_name = "web/desk/people/detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        person = self.person
        audit.record(by=person_of(self.request), action="person.looked_at", subject=person)
        messages = Notification.objects.filter(recipient=person).select_related("telling")
        volunteer = getattr(person, "volunteer", None)
        if volunteer is not None:
            volunteer = with_answers(volunteer)
            kwargs["answers"] = answers_of(volunteer)
            kwargs["open_questions"] = needed_and_open(volunteer)
            kwargs["applications"] = _applications_of(person)
            kwargs["suggested"] = suggestions_to(volunteer).filter(
                state=Suggestion.State.SENT, answer_by__gt=now()
            )
            kwargs["is_child"] = is_under_16(volunteer, today())
            if kwargs["is_child"]:
                asked = ParentRequest.objects.filter(volunteer=volunteer)
                kwargs["parent_request"] = asked.first()
            kwargs["waiting_lists"] = _waiting_lists(volunteer)
            kwargs["still_there"] = [
                (question, question.asked_at + TIME_TO_ANSWER)
                for question in open_for(volunteer).select_related(
                    "application__opportunity__organisation"
                )
            ]
            kwargs["kept"] = live_offers_of(volunteer).select_related("opportunity__organisation")
        return super().get_context_data(
            person=person,
            volunteer=volunteer,
            way=getattr(person, "way_to_tell", None),
            is_told_by_mail=telling.is_told_by_mail(person),
            unconfirmed=EmailAddress.objects.filter(user=person, verified=False).first(),
            sent=messages[:MESSAGES_LISTED],
            notes=person.desk_notes.select_related("by"),
            history=standing.history(person),
            is_staff=person.works_here,
            can_have_data=own_data.can_have(person),
            has_second_step=second_factor.authenticator_of(person) is not None,
            memberships=person.memberships.select_related("organisation"),
            **kwargs,
        )


def _applications_of(person: User) -> list[dict[str, Any]]:
    """Give a person's applications, the latest first, each with what can be done about it."""
    rows = (
        Application.objects.filter(volunteer__user=person)
        .select_related("opportunity__organisation")
        .order_by("-state_since", "-pk")
    )
    unread = unread_of_person(person)
    return [
        {
            "application": one,
            "moves": {move.value for move in states.moves_open(State(one.state), Mover.VOLUNTEER)},
            "unread": unread.get(one.pk, 0),
            "is_placed": one.state in states.PLACED,
            "was_placed": one.state in states.TAKEN_ON,
            "can_share": one.state not in states.FINAL or one.share_email or one.share_phone,
        }
        for one in rows
    ]


def _waiting_lists(volunteer: Volunteer) -> list[dict[str, Any]]:
    return [
        {
            "name": list_name(standing.entry),
            "standing": standing,
            "can_leave": standing.entry.state == WaitingListEntry.State.WAITING,
        }
        for standing in standings_of(volunteer)
    ]


class PersonQuestion(PersonRequired, QuestionPage):
    """One question about a person."""

    button = gettext_lazy("Save")
    done = gettext_lazy("Saved.")

    def back(self) -> str:
        return self.person_address()

    def get_success_url(self) -> str:
        return self.person_address()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(caption=str(self.person), **kwargs)


class PersonNote(PersonQuestion):
    form_class = NoteOnPersonForm
    title = gettext_lazy("Write a note")

    def perform(self, form: forms.Form) -> None:
        notes.write(about=self.person, by=person_of(self.request), **form.cleaned_data)


class PersonDetails(PersonQuestion):
    form_class = PersonForm
    title = gettext_lazy("Name and phone number")

    def get_initial(self) -> dict[str, Any]:
        return PersonForm.answers_of(self.person)

    def perform(self, form: forms.Form) -> None:
        acting.change_details(person=self.person, by=person_of(self.request), **form.cleaned_data)


class PersonWay(PersonQuestion):
    """How somebody whom no mail reaches hears from us."""

    form_class = WayForm
    title = gettext_lazy("How to tell them what is new")

    def get_initial(self) -> dict[str, Any]:
        chosen = getattr(self.person, "way_to_tell", None)
        way = chosen or WayToTell(way=WayToTell.Way.CALL)
        return {"way": way.way, "postal_address": way.postal_address}

    def perform(self, form: forms.Form) -> None:
        telling.choose(person=self.person, by=person_of(self.request), **form.cleaned_data)


class PersonEmail(PersonQuestion):
    """An email address for somebody who has none; it counts once they confirm it."""

    form_class = EmailForm
    title = gettext_lazy("Add an email address for them")
    intro = gettext_lazy(
        "We write to this address. Only when they open the link in that message does it become "
        "theirs here. Then they can choose a password, and hear from us by email."
    )
    button = gettext_lazy("Send the message")
    done = gettext_lazy("We wrote to that address. It counts once they open the link.")

    def perform(self, form: forms.Form) -> None:
        acting.ask_for_email(
            person=self.person,
            email=form.cleaned_data["email"],
            by=person_of(self.request),
            send=self.send,
        )

    def send(self, person: User, address: str) -> None:
        send_confirmation(self.request, person, address)


def send_confirmation(request: Any, person: User, address: str) -> None:
    """Ask whoever reads mail at an address whether it is this person's."""
    EmailAddress.objects.filter(user=person, verified=False).exclude(email=address).delete()
    row, _made = EmailAddress.objects.get_or_create(user=person, email=address)
    row.send_confirmation(request)
