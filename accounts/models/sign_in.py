"""Where somebody is signed in."""

from django.contrib.sessions.models import Session
from django.db import models

from accounts.models.user import User


class SignIn(models.Model):
    """One session of a person, in the words that they know it by again; it goes with the session.

    Kept is what kind of browser and device it is, by name, and neither the address that requests
    come from nor all that the browser says of itself.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="sign_ins")
    session = models.OneToOneField(Session, on_delete=models.CASCADE, related_name="+")
    #: Names from accounts.devices; '' where they are not known.
    browser = models.CharField(max_length=30, blank=True)
    system = models.CharField(max_length=30, blank=True)
    began_at = models.DateTimeField()
    #: Kept to the hour or so.
    used_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"sign-in {self.pk}"
