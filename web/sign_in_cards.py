"""Where somebody is signed in, as their account shows it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.models import SignIn, User
from accounts.services import sign_ins
from web.dates import days_ago, moment_in_words


@dataclass(frozen=True)
class SignInCard:
    """One session: what it runs on, when it began and was last used, and whether it is this one."""

    number: int
    device: str
    began: str
    used: str
    is_this: bool


def sign_in_cards(person: User, *, this: str | None) -> list[SignInCard]:
    """Give the person's sessions: first the one whose key is `this`, then what was used last."""
    cards = [
        SignInCard(
            number=sign_in.pk,
            device=_device(sign_in),
            began=moment_in_words(sign_in.began_at),
            used=days_ago(sign_in.used_at),
            is_this=sign_in.session_id == this,
        )
        for sign_in in sign_ins.sessions_of(person)
    ]
    return sorted(cards, key=lambda card: not card.is_this)


def _device(sign_in: SignIn) -> str:
    if sign_in.browser and sign_in.system:
        return _("%(browser)s on %(system)s") % {
            "browser": sign_in.browser,
            "system": sign_in.system,
        }
    return sign_in.browser or sign_in.system or _("A device that we do not know")
