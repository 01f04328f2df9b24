"""Skills, activities and languages read from a pasted text, for the person to confirm."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from volunteers.reading import read
from volunteers.services import profiles
from web.access import VolunteerRequired
from web.forms.profile.reading import FoundForm, PasteForm
from web.views.page import QuestionPage


class PasteText(VolunteerRequired, QuestionPage):
    """The text goes in, what was found in it comes back; nothing is saved by it."""

    form_class = PasteForm
    title = _("Find skills in a text")
    caption = _("Your profile")
    button = _("Look for skills")

    def form_valid(self, form: forms.Form) -> HttpResponse:
        found = read(form.cleaned_data["text"])
        if not found:
            form.add_error(
                "text", _now("We found nothing in this text. You can tick skills yourself.")
            )
            return self.form_invalid(form)
        return render(
            self.request,
            "web/profile/found.html",
            {
                "form": FoundForm.showing(found),
                "title": _now("Is this right?"),
                "caption": self.caption,
                "button": _now("Add to my profile"),
                "back": reverse("web:skills-import"),
            },
        )

    def back(self) -> str:
        return reverse("web:profile-question", args=["skills"])


class AddFound(VolunteerRequired, QuestionPage):
    """Adds what the person ticked to what they said before."""

    http_method_names = ["post"]
    form_class = FoundForm
    title = _("Is this right?")

    def perform(self, form: forms.Form) -> None:
        if not any(form.cleaned_data.values()):
            self.done = _("You ticked nothing, so nothing was added.")
            return
        lists: dict[str, Any] = {}
        for name, codes in form.cleaned_data.items():
            before = getattr(self.volunteer, name).values_list("code", flat=True)
            lists[name] = sorted({*before, *codes})
        profiles.update(volunteer=self.volunteer, by=self.volunteer.user, **lists)
        self.done = _("Added to your profile.")

    def form_invalid(self, form: forms.Form) -> HttpResponse:
        """A code that is not in the list was not offered either."""
        return redirect("web:skills-import")

    def get_success_url(self) -> str:
        return reverse("web:profile-check")
