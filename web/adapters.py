"""How registration and sign-in (allauth) fit this service."""

from contextlib import nullcontext
from datetime import timedelta
from io import BytesIO
from typing import Any, ClassVar, cast

import segno
from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.core import context as current
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts import second_factor, secrets
from accounts.languages import language_of
from accounts.models import User
from accounts.models.user import UserManager
from accounts.services import sign_ins
from desk.services import telling
from notifications.services import sealed_mail
from opportunities.services import followed_searches

_CONFIRM = ("email_confirmation", "email_confirmation_signup")
_NEW_PASSWORD = "password_reset_key"  # noqa: S105  # the name of a mail
#: What has no link that ends is news for so long.
_IS_NEWS_FOR = timedelta(days=3)


def _works_for(about: str) -> timedelta:
    """For how long the link in a mail works."""
    if about in _CONFIRM:
        return timedelta(days=app_settings.EMAIL_CONFIRMATION_EXPIRE_DAYS)
    if about == _NEW_PASSWORD:
        return timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)
    return _IS_NEWS_FOR


class AccountAdapter(DefaultAccountAdapter):
    """Keeps addresses in lower case, and says what went wrong in plain words."""

    error_messages: ClassVar[dict[str, str | Promise]] = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account has been closed. Ask the volunteer centre for help."),
        "cannot_remove_primary_email": _("You cannot take out the address to which we write."),
        "duplicate_email": _("This is your email address already."),
        "email_password_mismatch": _(
            "The email address or the password is not right. Check both and try again."
        ),
        "email_taken": _("Somebody has registered with this email address already."),
        "enter_current_password": _("This is not your password now."),
        "incorrect_code": _("This code is not right. Check it and try again."),
        "incorrect_password": _("This is not your password. Try again."),
        "invalid_login": _("This did not work. Please sign in again."),
        "invalid_or_expired_key": _("This link does not work any more. Ask for a new one."),
        "invalid_password_reset": _("This link does not work any more. Ask for a new one."),
        "max_email_addresses": _("You cannot add more than %d email addresses."),
        "too_many_login_attempts": _(
            "You have tried too many times. Wait 15 minutes and try again."
        ),
        "rate_limited": _("You have tried too many times. Wait a few minutes and try again."),
        "same_as_current": _("This is the same as before. Enter something else."),
        "select_only_one": _("Choose only one."),
        "unknown_email": _("Nobody has registered with this email address."),
        "unverified_primary_email": _("First confirm the address to which we write."),
    }

    def clean_email(self, email: str) -> str:
        return UserManager.normalised(email) or ""

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:
        """Register somebody, who is written to in the language in which they read the pages."""
        user.preferred_language = get_language() or ""
        registered: User = super().save_user(request, user, form, commit=commit)
        return registered

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        """Take an address as somebody's own: where letters went is no longer needed, and the
        searches that it follows are theirs.
        """
        confirmed: bool = super().confirm_email(request, email_address)
        if confirmed:
            person = cast(User, email_address.user)
            sealed_mail.withdraw(*_CONFIRM, address=email_address.email)
            telling.forget(person=person)
            followed_searches.adopt(user=person, email=email_address.email)
        return confirmed

    def set_password(self, user: User, password: str) -> None:
        """Keep a new password; what was signed in with the old one ends, but for this session."""
        super().set_password(user, password)
        sealed_mail.withdraw(_NEW_PASSWORD, address=user.email)
        sign_ins.end_all(user=user)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Have one mail sent by a worker, in its reader's language, or the page's where they are
        not known; each may say where to choose a new password.
        """
        address = current.request.build_absolute_uri(reverse("account_reset_password"))
        context = context | {"email": email, "password_reset_address": address}
        known = User.objects.filter(email=UserManager.normalised(email)).first()
        reader = context.get("user") or known
        with language_of(reader) if isinstance(reader, User) else nullcontext():
            mail = self.render_mail(template_prefix, email, context)
        about = template_prefix.rpartition("/")[-1]
        sealed_mail.post(mail, about=about, works_for=_works_for(about))

    def render_mail(
        self,
        template_prefix: str,
        email: str | list[str],
        context: dict[str, Any],
        headers: dict[str, str] | None = None,
    ) -> EmailMessage:
        """Give the mail as text, and as HTML that says the same in the look of our other mails."""
        mail = super().render_mail(template_prefix, email, context, headers=headers)
        if isinstance(mail, EmailMultiAlternatives):
            # The last paragraph is the one of base_message.txt; the HTML has its own.
            said = str(mail.body).split("\n\n")[:-1]
            about = context | {
                "subject": mail.subject,
                "site_name": settings.SITE_NAME,
                "paragraphs": [paragraph.splitlines() for paragraph in said],
            }
            mail.attach_alternative(render_to_string("account/email/mail.html", about), "text/html")
        return mail


class SecondStepAdapter(DefaultMFAAdapter):
    """Keeps the secrets of second factors sealed, and says what went wrong in plain words."""

    error_messages: ClassVar[dict[str, str | Promise]] = {
        **DefaultMFAAdapter.error_messages,
        "add_email_blocked": _("With the second step turned on you cannot add an email address."),
        "cannot_delete_authenticator": _(
            "You work here, so you need the second step. You cannot turn it off."
        ),
        "cannot_generate_recovery_codes": _("Set up the second step first."),
        "incorrect_code": _("This code is not right. Wait for the next one and try again."),
        "unverified_email": _("First confirm your email address. Then set up the second step."),
    }

    def encrypt(self, text: str) -> str:
        return secrets.encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        return secrets.decrypt(encrypted_text)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        return not second_factor.is_asked_of(cast(User, authenticator.user))

    def build_totp_svg(self, url: str) -> str:
        """Give the code for the camera of a phone, black on white whatever the page's colours."""
        drawn = BytesIO()
        segno.make(url, error="m").save(
            drawn, kind="svg", xmldecl=False, border=4, light="#fff", unit="", omitsize=True
        )
        return drawn.getvalue().decode()
