"""A code of the second step counts once, for as long as it could be right."""

from allauth.mfa import app_settings
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import BaseAuthenticateForm
from allauth.mfa.base.internal.flows import check_rate_limit
from django.core.cache import cache

from accounts.models import User


class OneTimeCodeForm(BaseAuthenticateForm):
    """A code, which nobody can give a second time.

    allauth remembers a code for its 30 seconds; where those before and after count too, it could
    be read over a shoulder and given again for a minute.
    """

    user: User

    def clean_code(self) -> str:
        code: str = super().clean_code()
        if not _is_first_use(self.user, code):
            check_rate_limit(self.user)
            raise get_adapter().validation_error("incorrect_code")
        return code


def _is_first_use(user: User, code: str) -> bool:
    """Whether nobody gave this code before, of many at the same time for one of them."""
    steps_that_fit = 2 * app_settings.TOTP_TOLERANCE + 1
    typed = "".join(letter for letter in code if letter.isalnum()).lower()
    key = f"second-step:given:{user.pk}:{typed}"
    return bool(cache.add(key, True, timeout=(steps_that_fit + 1) * app_settings.TOTP_PERIOD))
