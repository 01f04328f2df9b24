"""Who of a group is mailed about people who wait: only who said yes, and until they say no."""

from django.db import transaction
from django.db.models import QuerySet

from accounts.languages import each_in_their_language
from accounts.models import User
from accounts.services import audit
from core.clock import now
from core.errors import NotAllowed
from insights.models import Prospectus, ProspectusMail
from insights.prospectus_links import address_of
from matching.wording import prospectuses as wording
from notifications.choices import choice_of
from notifications.models import ByMail
from notifications.services import preferences
from notifications.services.messages import notify
from notifications.subjects import subject_line
from notifications.topics import PROSPECTUSES
from opportunities.models import Membership, Organisation


@transaction.atomic
def choose(*, organisation: Organisation, wants: bool, told: str, by: User) -> None:
    """Set whether somebody who acts for the group is mailed; `told` are the words that they read.

    Each member says it for themselves: nobody can say yes for another. Raises NotAllowed for
    whoever is no member.
    """
    if not Membership.objects.filter(organisation=organisation, user=by).exists():
        raise NotAllowed(wording.each_for_themselves())
    if wants_mail(organisation=organisation, user=by) == wants:
        return
    row, __ = ProspectusMail.objects.update_or_create(
        organisation=organisation,
        user=by,
        defaults={"wants": wants, "told": told, "at": now()},
    )
    audit.record(by=by, action="prospectus.mail_chosen", subject=row, wants=wants)
    stopped = choice_of(by, PROSPECTUSES).by_mail == ByMail.NEVER
    if wants and stopped:
        # They stopped these mails by a link in one of them, and want them again.
        preferences.choose(user=by, topic=PROSPECTUSES, by_mail=ByMail.NOW, by=by)


def wants_mail(*, organisation: Organisation, user: User) -> bool:
    """Whether this person is mailed for this group."""
    return readers(organisation).filter(user=user).exists()


def readers(organisation: Organisation) -> QuerySet[ProspectusMail]:
    """Who of a group is mailed."""
    wanted = ProspectusMail.objects.wanted().filter(organisation=organisation)
    return wanted.select_related("user")


def tell(prospectus: Prospectus) -> int:
    """Write to those of the group who want it, in the caller's transaction; give how many."""
    counted = prospectus.counted
    people = [reader.user for reader in readers(prospectus.organisation).order_by("pk")]
    for person in each_in_their_language(people):
        notify(
            recipient=person,
            kind="prospectus",
            key=f"prospectus:{prospectus.pk}:{person.pk}",
            subject=subject_line(wording.subject(counted)),
            body=wording.mail(counted, prospectus.organisation.name, address_of(prospectus)),
            link=f"/groups/{prospectus.organisation_id}/prospectuses/{prospectus.pk}/",
        )
    return len(people)
