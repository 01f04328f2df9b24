"""Forms of registration and sign-in (allauth's), with our words and in the pattern of our pages."""

from typing import Any

from allauth.account import forms as account
from crispy_forms_gds.layout import Field, Fluid, Layout
from django import forms
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from web.forms.base import PageFormMixin

PASSWORD_HELP = _(
    "At least 10 characters. Three words that you will remember work well. "
    "Not your name, and not a password that many people use."
)


class AccountForm(PageFormMixin):
    """What a form of allauth's needs to look like the others."""

    labels: dict[str, Any] = {}
    hints: dict[str, Any] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        # A password that can be shown need not be typed twice.
        self.fields.pop("password2", None)
        for name, field in self.fields.items():
            field.label = self.labels.get(name, field.label)
            field.help_text = self.hints.get(name, "")
            _say_what_is_missing(name, field)
            _tidy(field.widget)

    def layout(self) -> Layout:
        return Layout(*(Field.text(name, field_width=Fluid.TWO_THIRDS) for name in self.fields))


def _say_what_is_missing(name: str, field: forms.Field) -> None:
    if name in ("email", "login"):
        field.error_messages["required"] = _("Enter your email address.")
    elif "password" in name:
        field.error_messages["required"] = _("Enter a password.")


def _tidy(widget: forms.Widget) -> None:
    """Take out grey example text, which goes away as one types; set what helps filling in."""
    widget.attrs.pop("placeholder", None)
    if isinstance(widget, forms.PasswordInput):
        widget.attrs["class"] = "govuk-password-input__input govuk-js-password-input-input"
        widget.attrs |= {"spellcheck": "false", "autocapitalize": "none"}
    elif getattr(widget, "input_type", "") == "email":
        widget.attrs |= {"spellcheck": "false", "autocapitalize": "none"}


class SignInForm(AccountForm, account.LoginForm):
    labels = {"login": _("Email address"), "password": _("Password")}


class RegisterForm(AccountForm, account.SignupForm):
    """Asks for a name too: a group has to call a person something."""

    field_order = ["first_name", "last_name", "email", "password1"]
    labels = {
        "email": _("Email address"),
        "password1": _("Choose a password"),
    }
    hints = {
        "first_name": _("Groups see this when you apply for a role."),
        "last_name": _("Groups see this only when they give you a place."),
        "email": _(
            "We send messages here. A group sees it only if you share it with that group, and "
            "never if you are under 16."
        ),
        "password1": PASSWORD_HELP,
    }

    first_name = forms.CharField(
        label=_("First name"),
        max_length=80,
        error_messages={"required": _("Enter your first name.")},
        widget=forms.TextInput(attrs={"autocomplete": "given-name", "spellcheck": "false"}),
    )
    last_name = forms.CharField(
        label=_("Last name (optional)"),
        max_length=80,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "family-name", "spellcheck": "false"}),
    )

    def try_save(self, request: HttpRequest) -> tuple[User | None, HttpResponse | None]:
        """Register somebody. Of those who send one address at the same time the first does; to the
        others it is known by now, and they are answered as for any address that is.
        """
        try:
            with transaction.atomic():
                saved: tuple[User | None, HttpResponse | None] = super().try_save(request)
        except IntegrityError:
            self.account_already_exists = True
            saved = super().try_save(request)
        return saved


class ResetPasswordForm(AccountForm, account.ResetPasswordForm):
    labels = {"email": _("Email address")}


class ResetPasswordKeyForm(AccountForm, account.ResetPasswordKeyForm):
    labels = {"password1": _("New password")}
    hints = {"password1": PASSWORD_HELP}


class ChangePasswordForm(AccountForm, account.ChangePasswordForm):
    labels = {"oldpassword": _("Your password now"), "password1": _("New password")}
    hints = {"password1": PASSWORD_HELP}


class SetPasswordForm(AccountForm, account.SetPasswordForm):
    labels = {"password1": _("Password")}
    hints = {"password1": PASSWORD_HELP}


class ChangeEmailForm(AccountForm, account.AddEmailForm):
    labels = {"email": _("New email address")}


class ReauthenticateForm(AccountForm, account.ReauthenticateForm):
    labels = {"password": _("Password")}
