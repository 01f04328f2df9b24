"""What is a person's among messages and what was sent."""

from allauth.account.models import EmailAddress
from django.db.models import Q

from accounts.models import User
from core.personal_data import holds
from notifications.phones import mobile_number


def _mail_to(person: User) -> Q:
    return Q(recipients__icontains=f'"{person.email}"') if person.email else Q(pk__in=[])


def _sealed_mail_to(person: User) -> Q:
    theirs = EmailAddress.objects.filter(user=person).values("email")
    return Q(address__in=theirs) | (Q(address=person.email) if person.email else Q(pk__in=[]))


def _texts_to(person: User) -> Q:
    number = mobile_number(person.phone)
    return Q(number=number) if number else Q(pk__in=[])


holds("notifications.Notification", path="recipient")
holds("notifications.Digest", path="recipient")
holds("notifications.Preference", path="user")
holds("notifications.QuietHours", path="user")
holds(
    "notifications.SealedMail",
    of=_sealed_mail_to,
    left_out={"words": "may lend whoever reads them the account"},
)
holds("notifications.SentMail", of=_mail_to)
holds("notifications.SentText", of=_texts_to)
