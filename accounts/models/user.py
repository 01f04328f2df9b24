"""People who sign in, or for whom the volunteer centre acts."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _


class UserManager(BaseUserManager["User"]):
    """Makes people; an email address is kept in lower case."""

    def create_user(
        self, email: str | None = None, password: str | None = None, **fields: Any
    ) -> "User":
        """Give a saved person. Without `email` they cannot sign in: the broker acts for them."""
        user = self.model(email=self.normalised(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Give an administrator, who is a broker too."""
        fields |= {"is_staff": True, "is_superuser": True}
        fields.setdefault("staff_role", User.StaffRole.BROKER)
        return self.create_user(email, password, **fields)

    @staticmethod
    def normalised(email: str | None) -> str | None:
        """Give the address as it is stored, or None where there is none."""
        return (email or "").strip().lower() or None

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=self.normalised(username))


class User(AbstractBaseUser, PermissionsMixin):
    """One person with a way in. Volunteers and members of groups are people with a profile."""

    class StaffRole(models.TextChoices):
        NONE = "", _("None")
        BROKER = "broker", _("Volunteer centre")
        DELIVERY = "delivery", _("Delivery group")

    email = models.EmailField(_("email address"), unique=True, null=True, blank=True)
    first_name = models.CharField(_("first name"), max_length=80, blank=True)
    last_name = models.CharField(_("last name"), max_length=80, blank=True)
    phone = models.CharField(_("phone number"), max_length=30, blank=True)
    #: Code of the language in which they are written to; '' for the site's own.
    preferred_language = models.CharField(_("language"), max_length=10, blank=True)
    staff_role = models.CharField(
        max_length=10, choices=StaffRole, default=StaffRole.NONE, blank=True
    )
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(_("may open the administration pages"), default=False)
    date_joined = models.DateTimeField(default=timezone.now)
    #: How often every session was ended at once: a session counts only as long as this stays.
    sign_ins_ended = models.PositiveIntegerField(default=0, editable=False)

    objects: ClassVar[UserManager] = UserManager()

    EMAIL_FIELD = "email"
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.UniqueConstraint(Lower("email"), name="one_account_per_email"),
        ]

    def __str__(self) -> str:
        return self.get_full_name() or self.email or f"person {self.pk}"

    def clean(self) -> None:
        super().clean()
        self.email = UserManager.normalised(self.email)

    def get_full_name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    def get_short_name(self) -> str:
        return self.first_name

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What a session is checked against: the password, and how often all were ended."""
        ended = f":{self.sign_ins_ended}" if self.sign_ins_ended else ""
        return salted_hmac(
            "accounts.User.session", self.password + ended, secret=secret, algorithm="sha256"
        ).hexdigest()

    @property
    def works_here(self) -> bool:
        """Whether the person has a staff role or may open the administration pages."""
        return self.is_staff or self.is_superuser or self.staff_role != self.StaffRole.NONE

    @property
    def is_broker(self) -> bool:
        """Whether the person works for the volunteer centre."""
        return self.is_active and self.staff_role == self.StaffRole.BROKER

    @property
    def is_delivery_group(self) -> bool:
        """Whether the person reads the statistics for the delivery group."""
        return self.is_active and self.staff_role == self.StaffRole.DELIVERY
