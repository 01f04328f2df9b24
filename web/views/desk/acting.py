"""What the volunteer centre does for a person, with the same forms that they would fill in."""

from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy
from django.views.generic import ListView

from desk.services import acting, pausing
from matching.selectors import recommended_roles
from matching.services import asking
from opportunities.models import Opportunity
from placements import policies
from placements.models import Application
from placements.states import HOLDS_PLACE
from volunteers.models import Volunteer
from web.forms.applications import ApplyForm
from web.forms.desk_acting import WithdrawForThemForm
from web.forms.desk_people import FindPersonForm
from web.forms.profile import QuestionForm
from web.group_access import person_of
from web.profile_questions import QUESTIONS_BY_SLUG, Question
from web.views.desk.people import PersonQuestion, PersonRequired
from web.views.page import ActionButton

#: Roles of a person's own list that are shown first.
ROLES_LISTED = 10


class ActingRequired(PersonRequired):
    """A page on which the centre acts for a volunteer; gives `self.volunteer`, and says so."""

    volunteer: Volunteer

    def prepare(self) -> None:
        super().prepare()
        volunteer = getattr(self.person, "volunteer", None)
        if volunteer is None:
            raise Http404
        volunteer.user = self.person
        self.volunteer = volunteer
        self.request.acting_for = str(self.person)  # type: ignore[attr-defined]  # for the banner


class ActOnQuestion(ActingRequired, PersonQuestion):
    """One question of the profile, asked as the person would be."""

    template_name = "web/profile/question.html"

    @cached_property
    def question(self) -> Question:
        try:
            return QUESTIONS_BY_SLUG[self.kwargs["question"]]
        except KeyError:
            raise Http404 from None

    def get_form_class(self) -> type[QuestionForm]:
        return self.question.form

    def get_initial(self) -> dict[str, Any]:
        return self.question.form.answers_of(self.volunteer)

    def perform(self, form: forms.Form) -> None:
        answers = cast(QuestionForm, form).profile_fields()
        acting.change_profile(volunteer=self.volunteer, by=person_of(self.request), **answers)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            title=self.question.heading, question=self.question, **kwargs
        )

    def get_success_url(self) -> str:
        return f"{self.person_address()}#profile"


class RolesForPerson(ActingRequired, ListView):
    """Roles to ask for: those of the person's own list, and open or full ones by name."""

    template_name = "web/desk/people/roles.html"
    context_object_name = "roles"
    paginate_by = 25

    def get_queryset(self) -> QuerySet[Opportunity]:
        words = self.request.GET.get("q", "").strip()
        # Also those that are full: they can have a waiting list.
        roles = Opportunity.objects.public().select_related("organisation").order_by("title", "pk")
        return roles.filter(title__icontains=words) if words else roles.none()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            person=self.person,
            form=FindPersonForm(self.request.GET),
            words=self.request.GET.get("q", "").strip(),
            suited=recommended_roles(self.volunteer).items[:ROLES_LISTED],
            **kwargs,
        )


class ApplyForPerson(ActingRequired, PersonQuestion):
    """Asks for a role for a person, in words that they said."""

    template_name = "web/desk/people/apply.html"
    form_class = ApplyForm
    title = gettext_lazy("Ask for this role for them")
    button = gettext_lazy("Send")
    done = gettext_lazy("Sent. The group has it now, and the person is told.")

    @cached_property
    def role(self) -> Opportunity:
        roles = Opportunity.objects.public().select_related("organisation")
        return get_object_or_404(roles, pk=self.kwargs["role_id"])

    def perform(self, form: forms.Form) -> None:
        asking.ask(
            volunteer=self.volunteer,
            opportunity=self.role,
            message=form.cleaned_data["message"],
            by=person_of(self.request),
        )

    def back(self) -> str:
        return reverse("web:desk-person-roles", args=[self.person.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        door = policies.door(self.volunteer, self.role)
        closed = policies.closed_gates(door)
        return super().get_context_data(
            role=self.role,
            volunteer=self.volunteer,
            closed=[gate.sentence(door) for gate in closed],
            can_wait=policies.can_wait_for(door),
            needs_parent=any(gate.code == "parent_confirmed" for gate in closed),
            **kwargs,
        )


class OneApplication(ActingRequired):
    """A page about one application of the person; gives `self.application`."""

    @cached_property
    def application(self) -> Application:
        own = Application.objects.filter(volunteer=self.volunteer)
        return get_object_or_404(
            own.select_related("opportunity__organisation", "volunteer__user"),
            pk=self.kwargs["application_id"],
        )


class WithdrawForPerson(OneApplication, PersonQuestion):
    form_class = WithdrawForThemForm
    title = gettext_lazy("Withdraw for them?")
    intro = gettext_lazy(
        "The group is told, and the place goes to somebody else. You cannot undo this. They can "
        "ask for this role again later, as anybody can."
    )
    intro_without_place = gettext_lazy(
        "The group is told. You cannot undo this. They can ask for this role again later, as "
        "anybody can."
    )
    button = gettext_lazy("Withdraw")
    done = gettext_lazy("Withdrawn. The group and the person are told.")

    def perform(self, form: forms.Form) -> None:
        acting.withdraw(
            application=self.application,
            reason=form.cleaned_data["reason"],
            by=person_of(self.request),
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        application = self.application
        return super().get_context_data(
            title=self.title,
            intro=self.intro if application.state in HOLDS_PLACE else self.intro_without_place,
            cancel=self.back(),
            role=application.opportunity,
            **kwargs,
        )


class TakeUpForPerson(OneApplication, ActionButton):
    done = gettext_lazy("The place is theirs. The group and the person are told.")

    def perform(self) -> None:
        acting.take_up(application=self.application, by=person_of(self.request))

    def next_page(self) -> str:
        return self.person_address()


class PauseForPerson(ActingRequired, ActionButton):
    done = gettext_lazy("Paused: we suggest no roles to them. The person is told.")

    def perform(self) -> None:
        pausing.pause(volunteer=self.volunteer, by=person_of(self.request))

    def next_page(self) -> str:
        return self.person_address()


class GoOnForPerson(ActingRequired, ActionButton):
    done = gettext_lazy("We suggest roles to them again. The person is told.")

    def perform(self) -> None:
        pausing.go_on(volunteer=self.volunteer, by=person_of(self.request))

    def next_page(self) -> str:
        return self.person_address()
