"""Kinds of pages: one question and its form, one button that does something."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.views.generic import FormView, View

from core.errors import DomainError, NotFound
from web.forms.base import explain


class QuestionPage(FormView):
    """A page with one form, which one service takes.

    What the service refuses is shown beside the fields, and nothing was changed.
    """

    template_name = "web/form_page.html"
    title: str | Promise = ""
    caption: str | Promise = ""
    intro: str | Promise = ""
    button: str | Promise = ""
    #: What to say on the next page.
    done: str | Promise = ""

    def perform(self, form: forms.Form) -> None:
        """Hand the form's answers to the service. May raise DomainError."""
        raise NotImplementedError

    def back(self) -> str:
        """Give the address of the page before, '' for none."""
        return ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = {
            "title": self.title,
            "caption": self.caption,
            "intro": self.intro,
            "button": self.button,
            "back": self.back(),
        }
        return super().get_context_data(**page | kwargs)

    def form_valid(self, form: forms.Form) -> HttpResponse:
        try:
            self.perform(form)
        except NotFound as error:
            raise Http404(error.message) from error
        except DomainError as error:
            explain(form, error)
            return self.form_invalid(form)
        if self.done:
            messages.success(self.request, str(self.done))
        return redirect(self.get_success_url())


class ActionButton(View):
    """What a button does: one service, then another page that says how it went."""

    http_method_names = ["post"]
    done: str | Promise = ""

    def perform(self) -> None:
        """Call the service. May raise DomainError."""
        raise NotImplementedError

    def next_page(self) -> str:
        """Give the address of the page that follows, done or refused."""
        raise NotImplementedError

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            self.perform()
        except NotFound as error:
            raise Http404(error.message) from error
        except DomainError as error:
            messages.error(request, error.message)
        else:
            if self.done:
                messages.success(request, str(self.done))
        return redirect(self.next_page())


class ConfirmedButton(ActionButton):
    """A button for what cannot be taken back: a page says so first, and has the button itself."""

    http_method_names = ["get", "head", "post"]
    title: str | Promise = ""
    intro: str | Promise = ""
    button: str | Promise = ""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        page = {
            "title": self.title,
            "intro": self.intro,
            "button": self.button,
            "back": self.page_before(),
        }
        return render(request, "web/confirm_page.html", page)

    def page_before(self) -> str:
        """Give the address of the page that the button stands on."""
        return self.next_page()
