"""People who sign in."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from allauth.mfa.utils import decrypt
from factory.declarations import Sequence, Trait
from factory.django import DjangoModelFactory, Password
from factory.helpers import post_generation

from accounts.models import User
from core import clock

#: What `UserFactory` people sign in with.
PASSWORD = "correct horse battery staple"
_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


class UserFactory(DjangoModelFactory[User]):
    """Somebody who signs in with `PASSWORD`; `broker=True`, `delivery_group=True` for staff.

    Staff have an app that makes codes, as they need one; `app=False` for none, `app=True` gives one
    to others too.
    """

    class Meta:
        model = User
        skip_postgeneration_save = True

    class Params:
        broker = Trait(staff_role=User.StaffRole.BROKER)
        delivery_group = Trait(staff_role=User.StaffRole.DELIVERY)

    email = Sequence("person{}@example.org".format)
    first_name = Sequence("Demo{:04}".format)
    last_name = "Person"
    password = Password(PASSWORD)

    @post_generation
    def app(self: User, create: bool, given: bool | None, **_: Any) -> None:
        if create and (self.works_here if given is None else given):
            set_up_app(self)


def set_up_app(user: User) -> Authenticator:
    """Give the person an app that makes codes, and recovery codes."""
    RecoveryCodes.activate(user)
    return TOTP.activate(user, _SECRET).instance


def code_of(user: User, *, steps: int = 0) -> str:
    """Give the code that the person's app shows now, or so many steps of it later."""
    app = Authenticator.objects.get(user=user, type=Authenticator.Type.TOTP)
    counter = int(clock.now().timestamp()) // 30 + steps
    return format_hotp_value(hotp_value(decrypt(app.data["secret"]), counter))
