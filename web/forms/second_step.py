"""Forms of the second step (allauth's), with our words and in the pattern of our pages."""

from typing import Any

from allauth.mfa.base import forms as giving
from allauth.mfa.recovery_codes import forms as recovery
from allauth.mfa.totp import forms as app
from crispy_forms_gds.layout import Field, Fixed, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.one_time import OneTimeCodeForm
from web.forms.base import PageFormMixin


class CodeFormMixin(PageFormMixin):
    """One box for a code."""

    hint: Any = _("6 digits from the app on your phone, or one of your recovery codes.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.fields["code"] = forms.CharField(
            label=_("Code"),
            help_text=self.hint,
            max_length=20,
            error_messages={"required": _("Enter the code.")},
            widget=forms.TextInput(
                attrs={
                    "autocomplete": "one-time-code",
                    "inputmode": "numeric",
                    "spellcheck": "false",
                }
            ),
        )

    def layout(self) -> Layout:
        return Layout(Field.text("code", field_width=Fixed.TEN))


class CodeForm(CodeFormMixin, OneTimeCodeForm, giving.AuthenticateForm):
    """The code that is asked for after the password."""


class CodeAgainForm(CodeFormMixin, OneTimeCodeForm, giving.ReauthenticateForm):
    """The same, of somebody who is signed in."""


class FirstCodeForm(CodeFormMixin, app.ActivateTOTPForm):
    """The first code of an app, which shows that it was set up right."""

    hint = _("The 6 digits that the app shows now.")


class TurnOffForm(PageFormMixin, app.DeactivateTOTPForm):
    """No question: the button is the answer."""


class NewCodesForm(PageFormMixin, recovery.GenerateRecoveryCodesForm):
    """No question: the button is the answer."""
