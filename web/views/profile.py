"""A volunteer's profile: a list of short pages, then everything on one."""

from typing import Any, cast

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from core.clock import today
from volunteers import policies
from volunteers.services import profiles
from web.access import VolunteerRequired
from web.forms.profile import SectionForm
from web.profile_sections import (
    SECTIONS,
    SECTIONS_BY_SLUG,
    Section,
    needed_and_open,
    with_answers,
)
from web.views.page import ActionButton, QuestionPage


class Profile(VolunteerRequired, TemplateView):
    """The sections, each with how far it is."""

    template_name = "web/profile/tasks.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        person = with_answers(self.volunteer)
        tasks = [
            {
                "title": section.title,
                "address": reverse("web:profile-section", args=[section.slug]),
                "is_done": section.is_done(person),
                "is_needed": section.is_needed,
            }
            for section in SECTIONS
        ]
        return super().get_context_data(
            volunteer=person,
            needs_parent=policies.needs_parent(person, today()),
            needed=[task for task in tasks if task["is_needed"]],
            helpful=[task for task in tasks if not task["is_needed"]],
            is_ready=not needed_and_open(person),
            **kwargs,
        )


class ProfileSection(VolunteerRequired, QuestionPage):
    """One section. It is saved by itself, and leads back to where the person came from."""

    template_name = "web/profile/section.html"
    button = gettext_lazy("Save and continue")
    section: Section

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            self.section = SECTIONS_BY_SLUG[kwargs["section"]]
        except KeyError:
            raise Http404 from None
        return super().dispatch(request, *args, **kwargs)  # type: ignore[return-value]  # Django's

    def get_form_class(self) -> type[SectionForm]:
        return self.section.form

    def get_initial(self) -> dict[str, Any]:
        return self.section.form.answers_of(self.volunteer)

    def perform(self, form: forms.Form) -> None:
        answers = cast(SectionForm, form).profile_fields()
        profiles.update(volunteer=self.volunteer, by=self.volunteer.user, **answers)

    def back(self) -> str:
        return reverse("web:profile-check" if self._is_change else "web:profile")

    def get_success_url(self) -> str:
        return self.back()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            section=self.section.slug,
            who_sees=self.section.who_sees,
            title=self.section.title,
            caption=_("Your profile"),
            **kwargs,
        )

    @property
    def _is_change(self) -> bool:
        """Whether the person came from the page with all answers."""
        return self.request.GET.get("from") == "check"


class CheckAnswers(VolunteerRequired, TemplateView):
    template_name = "web/profile/check.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        person = with_answers(self.volunteer)
        return super().get_context_data(
            sections=[{"section": section, "rows": section.rows(person)} for section in SECTIONS],
            open_sections=needed_and_open(person),
            **kwargs,
        )


class PauseProfile(VolunteerRequired, ActionButton):
    done = gettext_lazy("Paused. We do not look for roles for you until you come back.")

    def perform(self) -> None:
        profiles.pause(volunteer=self.volunteer, by=self.volunteer.user)

    def next_page(self) -> str:
        return reverse("web:profile")


class ResumeProfile(VolunteerRequired, ActionButton):
    done = gettext_lazy("Welcome back. We are looking for roles for you again.")

    def perform(self) -> None:
        profiles.resume(volunteer=self.volunteer, by=self.volunteer.user)

    def next_page(self) -> str:
        return reverse("web:recommended-roles")
